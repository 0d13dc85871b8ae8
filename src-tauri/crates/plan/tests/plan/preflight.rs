//! Preflight: what stops an install, what is only worth a word, and how it is said.

use std::collections::BTreeMap;
use std::path::Path;

use freehold_model::machine::{DiskFacts, MachineFacts};
use freehold_model::{ByteSize, EngineFacts, EngineKind, FaultCode, Finding, NodeSpec, Severity};
use freehold_plan::{ClockSkew, DataDirState, PreflightInput, preflight};

use crate::fixture::{bitcoin_core, disk, engine, machine, network, options};

/// A machine on which a full mainnet node fits; each test spoils one thing.
struct Case {
    spec: NodeSpec,
    network: &'static str,
    set: Vec<(&'static str, &'static str)>,
    machine: MachineFacts,
    engine: Option<EngineFacts>,
    state: DataDirState,
    disk: Option<DiskFacts>,
    taken: Vec<(u16, String)>,
    skew: Option<(i64, &'static str)>,
    today: &'static str,
    image_present: bool,
}

impl Case {
    fn new() -> Self {
        Self {
            spec: bitcoin_core(),
            network: "mainnet",
            set: Vec::new(),
            machine: machine(),
            engine: Some(engine(EngineKind::Docker, false)),
            state: DataDirState::Missing { writable_parent: true },
            disk: Some(disk("/mnt/big", 2000)),
            taken: Vec::new(),
            skew: None,
            today: "2026-11-23",
            image_present: false,
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let options = options(&self.spec, self.network, &self.set);
        let found = preflight(&PreflightInput {
            spec: &self.spec,
            network: &network(self.network),
            options: &options,
            ports: &BTreeMap::from([("rpc".to_owned(), 23_000), ("p2p".to_owned(), 8333)]),
            machine: &self.machine,
            engine: self.engine.as_ref(),
            data_dir: Path::new("/data/node"),
            data_dir_state: &self.state,
            disk: self.disk.as_ref(),
            taken_ports: &self.taken,
            clock_skew: self.skew.map(|(seconds, source)| ClockSkew { seconds, source }),
            today: self.today,
            image_present: self.image_present,
        });
        for finding in &found {
            assert!(
                finding.message.ends_with(['.', ')']),
                "a whole sentence: {}",
                finding.message
            );
            assert_eq!(
                finding.fault.is_some(),
                finding.severity == Severity::Blocker,
                "{}",
                finding.message
            );
        }
        assert!(
            found.is_sorted_by_key(|finding| std::cmp::Reverse(finding.severity)),
            "blockers first"
        );
        found
    }

    /// The one finding of a check at a severity, or none.
    fn find(&self, severity: Severity, check: &str) -> Option<Finding> {
        self.findings()
            .into_iter()
            .find(|finding| finding.severity == severity && finding.check == check)
    }

    fn blocker(&self, check: &str) -> Finding {
        self.find(Severity::Blocker, check)
            .unwrap_or_else(|| panic!("a blocker of {check} in {:#?}", self.findings()))
    }

    fn warning(&self, check: &str) -> Finding {
        self.find(Severity::Warning, check)
            .unwrap_or_else(|| panic!("a warning of {check} in {:#?}", self.findings()))
    }
}

#[test]
fn a_fitting_machine_gets_notes_only() {
    let found = Case::new().findings();
    assert!(
        found.iter().all(|finding| finding.severity == Severity::Note),
        "{found:#?}"
    );
    let sync = found.iter().find(|finding| finding.check == "sync").unwrap();
    assert!(
        sync.message.contains("2026-11-22") && sync.message.contains("835 GB"),
        "{}",
        sync.message
    );
}

#[test]
fn a_disk_that_is_too_small_is_named_with_those_that_are_not() {
    let mut case = Case::new();
    case.disk = Some(disk("/", 100));
    let finding = case.blocker("disk");
    assert_eq!(finding.fault, Some(FaultCode::DiskTooSmall));
    assert!(
        finding.message.contains("100 GB free") && finding.message.contains("932 GB"),
        "847 and a tenth: {}",
        finding.message
    );
    assert!(finding.hint.unwrap().contains("/mnt/big (2.0 TB free)"));
    case.set = vec![("storage", "pruned")];
    assert!(case.find(Severity::Blocker, "disk").is_none(), "a pruned node fits");
}

#[test]
fn what_is_already_there_counts() {
    let mut case = Case::new();
    case.disk = Some(disk("/", 300));
    case.state = DataDirState::HasData {
        bytes: ByteSize::gb(700).bytes(),
    };
    assert!(
        case.find(Severity::Blocker, "disk").is_none(),
        "147 GB are missing, 162 with the margin"
    );
    case.disk = Some(disk("/", 150));
    assert!(case.blocker("disk").message.contains("beyond the 700 GB"));
}

#[test]
fn a_disk_that_will_be_full_within_a_year_is_a_warning() {
    let mut case = Case::new();
    case.disk = Some(disk("/", 935));
    assert!(
        case.warning("disk").message.contains("about 11 months"),
        "{:?}",
        case.warning("disk").message
    );
}

#[test]
fn a_network_file_system_and_a_hard_disk_are_warnings() {
    let mut case = Case::new();
    let remote = DiskFacts {
        file_system: "nfs4".to_owned(),
        ..disk("/mnt/nas", 5000)
    };
    case.disk = Some(remote);
    assert!(case.warning("file-system").message.contains("nfs4"));
    case.disk = Some(DiskFacts {
        kind: "hdd".to_owned(),
        ..disk("/mnt/slow", 5000)
    });
    assert!(case.warning("file-system").message.contains("hard disk"));
    case.network = "regtest";
    let found = case.find(Severity::Warning, "file-system");
    assert!(
        found.is_none(),
        "a chain made on this machine has no first sync: {found:?}"
    );
}

#[test]
fn each_state_of_the_data_folder_has_its_fault() {
    let mut case = Case::new();
    for (state, fault) in [
        (
            DataDirState::Missing { writable_parent: false },
            FaultCode::DataDirUnusable,
        ),
        (
            DataDirState::NotWritable {
                reason: "read-only".to_owned(),
            },
            FaultCode::DataDirUnusable,
        ),
        (
            DataDirState::OwnedBy {
                owner: "alice".to_owned(),
            },
            FaultCode::DataDirOwner,
        ),
        (
            DataDirState::InUseBy {
                node: "other".to_owned(),
            },
            FaultCode::DataDirInUse,
        ),
    ] {
        case.state = state;
        assert_eq!(case.blocker("data").fault, Some(fault));
    }
    case.state = DataDirState::Empty;
    assert!(case.find(Severity::Blocker, "data").is_none());
}

#[test]
fn a_taken_port_is_a_blocker_that_names_its_owner_and_counts_only_where_it_is_used() {
    let mut case = Case::new();
    case.taken = vec![(8333, "bitcoind (pid 7)".to_owned())];
    assert!(
        case.find(Severity::Blocker, "ports").is_none(),
        "the peer port is closed by default"
    );
    case.set = vec![("inbound", "on")];
    let finding = case.blocker("ports");
    assert!(finding.message.contains("8333") && finding.message.contains("bitcoind (pid 7)"));
    case.taken = vec![(23_000, "nginx (pid 9)".to_owned())];
    assert_eq!(case.blocker("ports").fault, Some(FaultCode::PortInUse));
}

#[test]
fn ten_minutes_are_the_most_that_the_clock_may_be_off() {
    let mut case = Case::new();
    for (seconds, word) in [(601, "ahead of"), (-601, "behind")] {
        case.skew = Some((seconds, "the registry"));
        let finding = case.blocker("clock");
        assert_eq!(finding.fault, Some(FaultCode::ClockSkew));
        assert!(
            finding.message.contains(word) && finding.message.contains("10 minutes"),
            "{}",
            finding.message
        );
    }
    for seconds in [600, -600, 0] {
        case.skew = Some((seconds, "the registry"));
        assert!(case.find(Severity::Blocker, "clock").is_none(), "{seconds} s");
    }
}

#[test]
fn a_date_before_the_catalogs_own_figures_is_a_wrong_clock() {
    let mut case = Case::new();
    case.today = "2020-01-01";
    assert!(case.blocker("clock").message.contains("2020-01-01"));
    case.today = "2026-11-21";
    assert!(
        case.find(Severity::Blocker, "clock").is_none(),
        "a time zone may make a day"
    );
}

#[test]
fn a_missing_old_or_foreign_engine_is_a_blocker() {
    let mut case = Case::new();
    case.engine = None;
    assert_eq!(case.blocker("engine").fault, Some(FaultCode::EngineMissing));
    for (kind, version, is_old) in [
        (EngineKind::Docker, "20.10.24+dfsg1", false),
        (EngineKind::Docker, "19.03.15", true),
        (EngineKind::Podman, "4.3.1", false),
        (EngineKind::Podman, "4.2.0", true),
        (EngineKind::Podman, "dev", false),
    ] {
        case.engine = Some(EngineFacts {
            version: version.to_owned(),
            ..engine(kind, false)
        });
        assert_eq!(
            case.find(Severity::Blocker, "engine").is_some(),
            is_old,
            "{kind:?} {version}"
        );
    }
    for (platform, fits) in [
        ("linux/amd64", true),
        ("linux/arm64", true),
        ("linux/arm64/v8", true),
        ("linux/arm/v7", true),
        ("linux/riscv64", false),
    ] {
        case.engine = Some(EngineFacts {
            platform: platform.to_owned(),
            ..engine(EngineKind::Docker, false)
        });
        assert_eq!(case.find(Severity::Blocker, "platform").is_none(), fits, "{platform}");
    }
}

#[test]
fn little_memory_is_a_warning_and_the_engines_own_limit_counts() {
    let mut case = Case::new();
    case.machine.memory = ByteSize::gb(1);
    assert!(
        case.warning("memory")
            .message
            .contains("1.0 GB of memory; Bitcoin Core needs 2.0 GB")
    );
    let mut case = Case::new();
    let small = EngineFacts {
        shares_machine: false,
        memory: ByteSize::gb(1),
        ..engine(EngineKind::Docker, false)
    };
    case.engine = Some(small);
    assert!(case.warning("memory").message.contains("virtual machine"));
}

#[test]
fn in_a_virtual_machine_this_machines_disk_does_not_count() {
    let mut case = Case::new();
    case.disk = Some(disk("/", 1));
    case.state = DataDirState::OwnedBy {
        owner: "root".to_owned(),
    };
    case.engine = Some(EngineFacts {
        shares_machine: false,
        ..engine(EngineKind::Docker, false)
    });
    assert!(
        case.findings()
            .iter()
            .all(|finding| finding.severity != Severity::Blocker)
    );
    assert!(case.warning("disk").message.contains("virtual machine"));
}

#[test]
fn an_entry_that_ends_soon_is_a_warning_and_one_that_has_ended_cannot_be_installed() {
    let mut case = Case::new();
    case.spec.expires = Some("2027-11-23".to_owned());
    assert!(
        case.find(Severity::Warning, "catalog").is_none(),
        "a year is long enough"
    );
    case.spec.expires = Some("2026-11-23".to_owned());
    assert!(
        case.warning("catalog").message.contains("2026-11-23"),
        "the last day is still good"
    );
    case.spec.expires = Some("2026-11-22".to_owned());
    let over = case.find(Severity::Blocker, "catalog").unwrap();
    assert_eq!(over.fault, Some(freehold_model::FaultCode::EntryExpired));
}

#[test]
fn an_overridden_choice_is_a_warning() {
    let mut case = Case::new();
    case.set = vec![("storage", "pruned"), ("txindex", "on")];
    assert!(
        case.warning("options")
            .message
            .contains("`txindex` becomes off instead of on")
    );
}

#[test]
fn an_unknown_disk_is_said_to_be_unknown() {
    let mut case = Case::new();
    case.disk = None;
    assert!(case.warning("disk").message.contains("not known"));
}
