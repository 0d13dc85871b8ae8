//! Plans of nodes: arguments, users, mounts, ports, names, and how a changed plan is recognised.

use std::path::PathBuf;

use freehold_model::plan::{MountSource, label};
use freehold_model::{ContainerPlan, EngineKind};
use freehold_plan::{PRIVATE_PORTS, PlanError, choose_ports};

use crate::fixture::{Case, PASSWORD, bitcoin_core, engine, network};

pub(crate) fn only(case: &Case) -> ContainerPlan {
    let plan = case.plan();
    assert_eq!(plan.containers.len(), 1, "Bitcoin Core is one container");
    plan.containers[0].clone()
}

#[test]
fn arguments_are_filled_in_the_order_of_the_entry() {
    let container = only(&Case::new(
        "regtest",
        &[("addnode", "a.example:1,b.example:2"), ("upload_limit", "5000")],
    ));
    for arg in [
        "-datadir=/home/bitcoin/.bitcoin",
        "-chain=regtest",
        "-rpcport=18443",
        "-port=18444",
        "-listen=1",
        "-txindex=0",
        "-dbcache=450",
        "-maxconnections=125",
        "-maxuploadtarget=5000M",
        "-addnode=a.example:1",
        "-addnode=b.example:2",
    ] {
        assert!(
            container.args.iter().any(|found| found == arg),
            "{arg} in {:#?}",
            container.args
        );
    }
    for absent in ["-prune", "-disablewallet", "-rpcallowip=0.0.0.0"] {
        assert!(
            !container.args.iter().any(|found| found.starts_with(absent)),
            "{absent}"
        );
    }
    assert_eq!(container.entrypoint, ["bitcoind"]);
}

#[test]
fn every_consumer_has_its_own_user_with_its_own_methods_and_no_password_is_in_the_plan() {
    let container = only(&Case::new("regtest", &[]));
    for consumer in ["freehold", "bitcoin-cli", "sparrow"] {
        let count = |prefix: String| container.args.iter().filter(|arg| arg.starts_with(&prefix)).count();
        assert_eq!(count(format!("-rpcauth={consumer}:")), 1, "{consumer}");
        assert_eq!(count(format!("-rpcwhitelist={consumer}:")), 1, "{consumer}");
    }
    assert!(!format!("{container:?}").contains(PASSWORD));
}

#[test]
fn storage_and_switches_become_their_arguments() {
    let pruned = only(&Case::new(
        "mainnet",
        &[("storage", "pruned"), ("wallet", "off"), ("inbound", "on")],
    ));
    for arg in [
        "-prune=9536",
        "-txindex=0",
        "-disablewallet",
        "-listen=1",
        "-chain=main",
    ] {
        assert!(pruned.args.iter().any(|found| found == arg), "{arg}");
    }
}

#[test]
fn rpc_is_published_on_loopback_and_the_peer_port_only_with_consent() {
    let closed = only(&Case::new("regtest", &[]));
    let [rpc] = closed.ports.as_slice() else {
        panic!("only RPC is published")
    };
    assert_eq!(
        (rpc.address.to_string().as_str(), rpc.host, rpc.container),
        ("127.0.0.1", 23_000, 18_443)
    );
    let open = only(&Case::new("regtest", &[("inbound", "on")]));
    let p2p = open.ports.iter().find(|port| port.name == "p2p").unwrap();
    assert_eq!(
        (p2p.address.to_string().as_str(), p2p.host, p2p.container),
        ("0.0.0.0", 18_444, 18_444)
    );
}

#[test]
fn a_private_port_with_a_consent_keeps_its_number_and_is_opened_only_while_that_is_on() {
    for (pairs, address) in [(&[][..], "127.0.0.1"), (&[("inbound", "on")][..], "0.0.0.0")] {
        let mut case = Case::new("regtest", pairs);
        let ports = case.spec.services.iter_mut().flat_map(|service| &mut service.ports);
        for port in ports.filter(|port| port.name == "rpc") {
            port.consent = Some(freehold_model::OptionId::try_new("inbound").unwrap());
        }
        let container = only(&case);
        let rpc = container.ports.iter().find(|port| port.name == "rpc").unwrap();
        assert_eq!((rpc.address.to_string().as_str(), rpc.host), (address, 23_000));
    }
}

#[test]
fn the_container_runs_as_the_user_that_its_files_belong_to() {
    for (kind, rootless, user, expected, keep_id) in [
        (EngineKind::Docker, false, (1001, 1002), "1001:1002", false),
        (EngineKind::Podman, false, (1001, 1002), "1001:1002", false),
        (EngineKind::Docker, false, (0, 0), "1000:1000", false),
        (EngineKind::Podman, false, (0, 0), "1000:1000", false),
        (EngineKind::Docker, true, (1001, 1002), "0:0", false),
        (EngineKind::Podman, true, (1001, 1002), "1001:1002", true),
    ] {
        let mut case = Case::new("regtest", &[]);
        case.engine = engine(kind, rootless);
        case.user = user;
        let container = only(&case);
        assert_eq!(
            (container.user.as_str(), container.keep_id),
            (expected, keep_id),
            "{kind:?} rootless={rootless} {user:?}"
        );
    }
}

#[test]
fn data_is_a_folder_on_this_machine_and_a_volume_elsewhere() {
    let mut case = Case::new("regtest", &[]);
    let container = only(&case);
    assert_eq!(
        container.mounts[0].source,
        MountSource::Folder(PathBuf::from("/data/bitcoin-core-regtest/chain"))
    );
    assert_eq!(container.mounts[0].target, "/home/bitcoin/.bitcoin");
    case.engine.shares_machine = false;
    let volume = "freehold-01234567-bitcoin-core-regtest-chain".to_owned();
    assert_eq!(only(&case).mounts[0].source, MountSource::Volume(volume));
}

#[test]
fn containers_are_closed_by_default_and_named_after_node_and_instance() {
    let container = only(&Case::new("regtest", &[]));
    assert!(container.read_only_root && container.cap_add.is_empty());
    assert_eq!(
        (container.pids_limit, container.tmpfs.as_slice()),
        (512, ["/tmp".to_owned()].as_slice())
    );
    assert_eq!(container.name, "freehold-bitcoin-core-regtest-bitcoind-01234567");
    assert_eq!(container.network, "freehold-01234567");
    assert_eq!(
        container.aliases,
        ["bitcoin-core-regtest", "bitcoin-core-regtest-bitcoind"]
    );
    assert_eq!(
        (container.stop_signal.as_str(), container.stop_grace.as_secs()),
        ("SIGTERM", 930)
    );
}

#[test]
fn a_changed_plan_has_another_spec_label_and_the_same_plan_the_same() {
    let spec_label = |pairs: &[(&str, &str)]| only(&Case::new("regtest", pairs)).labels[label::SPEC].clone();
    let first = spec_label(&[]);
    assert_eq!(first, spec_label(&[]));
    assert_eq!(first.len(), 16);
    for pairs in [[("dbcache", "451MiB")], [("inbound", "on")], [("wallet", "off")]] {
        assert_ne!(first, spec_label(&pairs), "{pairs:?}");
    }
}

#[test]
fn the_image_is_the_records_not_the_catalogs() {
    let mut case = Case::new("regtest", &[]);
    for image in case.record.images.values_mut() {
        image.tag = "30.2".to_owned();
    }
    assert_eq!(only(&case).image.tag, "30.2");
    case.record.images.clear();
    assert!(matches!(case.try_plan(), Err(PlanError::ImageMissing { .. })));
}

#[test]
fn what_is_missing_is_named() {
    let mut case = Case::new("regtest", &[]);
    case.credentials.retain(|credential| credential.consumer != "sparrow");
    assert_eq!(
        case.try_plan(),
        Err(PlanError::CredentialMissing {
            consumer: "sparrow".to_owned()
        })
    );
    let mut case = Case::new("regtest", &[]);
    case.record.ports.clear();
    assert_eq!(case.try_plan(), Err(PlanError::PortMissing { port: "rpc".to_owned() }));
    let mut case = Case::new("regtest", &[]);
    case.record.network = network("moonnet");
    let text = case.try_plan().unwrap_err().to_string();
    assert!(text.contains("moonnet") && text.contains("signet"), "{text}");
}

#[test]
fn private_ports_avoid_what_is_taken_and_public_ones_keep_their_number() {
    let spec = bitcoin_core();
    let mut asked = Vec::new();
    let ports = choose_ports(&spec, &network("regtest"), *PRIVATE_PORTS.start(), &mut |port| {
        asked.push(port);
        port > 23_004
    })
    .unwrap();
    assert_eq!(ports["rpc"], 23_005);
    assert_eq!(ports["p2p"], 18_444, "other nodes know it by this number");
    assert!(
        asked.iter().all(|port| PRIVATE_PORTS.contains(port)),
        "well-known ports are never tried"
    );
    let last = choose_ports(&spec, &network("regtest"), 23_999, &mut |port| port != 23_999).unwrap();
    assert_eq!(last["rpc"], 23_000, "after the last comes the first");
    let full = choose_ports(&spec, &network("regtest"), *PRIVATE_PORTS.start(), &mut |_| false);
    assert!(matches!(full, Err(PlanError::NoFreePort { .. })));
}
