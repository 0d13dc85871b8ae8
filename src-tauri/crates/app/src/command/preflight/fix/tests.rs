use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use freehold_contract::{DiskChoice, FixView};
use freehold_model::{
    ByteSize, ClientId, FaultCode, Finding, Network, NodeId, NodeRecord, NodeSpec, OptionId, Severity, Timestamp,
};

use super::{Around, fixes};
use crate::command::prepare::{Prepared, PreparedNode, Structure};

fn spec(client: &str) -> Arc<NodeSpec> {
    let shelf = crate::catalog::Shelf::load(None);
    shelf.spec(&ClientId::try_new(client).unwrap()).unwrap()
}

fn prepared(client: &str, options: &[(&str, &str)], free_gb: u64) -> Prepared {
    let spec = spec(client);
    let chosen: BTreeMap<OptionId, String> = options
        .iter()
        .map(|(id, value)| (OptionId::try_new(*id).unwrap(), (*value).to_owned()))
        .collect();
    let mut record = NodeRecord::new(
        NodeId::try_new("node").unwrap(),
        spec.id.clone(),
        Network::mainnet(),
        PathBuf::from("/chains/node"),
        Timestamp(0),
    );
    let resolved = freehold_plan::resolve(&spec, &record.network, &chosen).unwrap();
    record.options = resolved.chosen_texts();
    Prepared {
        nodes: vec![PreparedNode {
            spec,
            record,
            options: resolved,
            secrets: BTreeMap::new(),
            findings: Vec::new(),
            disk_available: Some(ByteSize::gb(free_gb).bytes()),
        }],
        changes: Vec::new(),
        findings: Vec::new(),
        structure: Structure::default(),
    }
}

fn disk(mount_point: &str, free_gb: u64, kind: &str, problem: Option<&str>) -> DiskChoice {
    DiskChoice {
        mount_point: mount_point.to_owned(),
        file_system: "ext4".to_owned(),
        kind: kind.to_owned(),
        total: ByteSize::gb(free_gb * 2).bytes(),
        available: ByteSize::gb(free_gb).bytes(),
        folder: format!("{mount_point}/freehold"),
        setting: String::new(),
        measure_in: mount_point.to_owned(),
        is_current: false,
        problem: problem.map(str::to_owned),
        mend: None,
    }
}

fn found(check: &str, severity: Severity, message: &str) -> Finding {
    Finding {
        severity,
        check: check.to_owned(),
        message: message.to_owned(),
        hint: None,
        fault: (severity == Severity::Blocker).then_some(FaultCode::PortInUse),
    }
}

fn all(prepared: &Prepared, finding: &Finding, disks: &[DiskChoice], memory_gb: u64) -> Vec<FixView> {
    let around = Around {
        prepared,
        node: prepared.asked_for().unwrap(),
        disks,
        memory: ByteSize::gb(memory_gb),
        given_ports: &[],
    };
    fixes(finding, &around)
}

fn short(fixes: &[FixView]) -> Vec<(String, String)> {
    fixes
        .iter()
        .map(|fix| {
            (
                format!("{} {}", fix.kind, fix.name).trim().to_owned(),
                fix.value.clone(),
            )
        })
        .collect()
}

#[test]
fn a_disk_that_is_too_small_is_mended_by_fewer_blocks_or_another_disk() {
    let finding = found("disk", Severity::Blocker, "too small");
    let bitcoin = prepared("bitcoin-core", &[], 100);
    let disks = [
        disk("/big", 2000, "ssd", None),
        disk("/nas", 9000, "network", None),
        disk("/locked", 5000, "ssd", Some("not yours")),
        disk("/small", 200, "ssd", None),
    ];
    let mended = all(&bitcoin, &finding, &disks, 16);
    assert_eq!(
        short(&mended),
        [
            ("option storage".to_owned(), "pruned".to_owned()),
            ("folder".to_owned(), "/big/freehold/node".to_owned())
        ]
    );
    assert_eq!(mended[0].words, ["Storage", "Pruned"]);
    assert!(
        all(&prepared("bitcoin-core", &[], 3), &finding, &[], 16).is_empty(),
        "nothing fits into 3 GB"
    );

    // The data decides, not the code: another client has another option, and where that is not enough two go together.
    let one = all(&prepared("ethereum", &[], 720), &finding, &[], 64);
    assert!(
        !one.is_empty() && one.iter().all(|fix| fix.kind == "option" && fix.also.is_empty()),
        "{one:?}"
    );
    let two = all(&prepared("ethereum", &[], 320), &finding, &[], 64);
    let [fix, ..] = &two[..] else { panic!("no fix") };
    assert!(
        fix.name == "execution" && fix.also.len() == 1 && fix.words.len() == 4,
        "{fix:?}"
    );
}

#[test]
fn too_little_memory_is_mended_by_a_smaller_cache() {
    let finding = found("memory", Severity::Warning, "too little");
    let greedy = prepared("bitcoin-core", &[("dbcache", "8192MiB")], 2000);
    let mended = all(&greedy, &finding, &[], 4);
    let [fix] = &mended[..] else {
        panic!("one fix: {mended:?}")
    };
    assert_eq!((fix.kind.as_str(), fix.name.as_str()), ("option", "dbcache"));
    let with_it = prepared("bitcoin-core", &[("dbcache", &fix.value)], 2000);
    let node = with_it.asked_for().unwrap();
    let (needs, _) = freehold_plan::needs(&node.spec, &node.record.network, &node.options).unwrap();
    assert!(
        needs.ram <= ByteSize::gb(4) && needs.ram > ByteSize::gb(3),
        "as large as it can be: {}",
        needs.ram
    );
    assert!(
        all(&prepared("bitcoin-core", &[], 2000), &finding, &[], 1).is_empty(),
        "no cache is small enough for 1 GB"
    );
}

#[test]
fn a_taken_port_gets_another_number_or_stays_closed() {
    let taken = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let number = taken.local_addr().unwrap().port();
    let mut bitcoin = prepared("bitcoin-core", &[("inbound", "on")], 2000);
    bitcoin.nodes[0].record.ports.insert("p2p".to_owned(), number);
    let finding = found(
        "ports",
        Severity::Blocker,
        &format!("Port {number} on all addresses is used by x."),
    );
    let mended = short(&all(&bitcoin, &finding, &[], 16));
    assert_eq!(mended[1], ("option inbound".to_owned(), "off".to_owned()));
    let (kind, value) = &mended[0];
    assert_eq!(kind, "port p2p");
    assert!(value.parse::<u16>().unwrap() > number);
    let other = found("ports", Severity::Blocker, "Port 1 on 127.0.0.1 is used by x.");
    assert!(
        all(&bitcoin, &other, &[], 16).is_empty(),
        "another port is not this finding's"
    );
}

#[test]
fn notes_need_no_mending_and_a_missing_engine_has_its_page() {
    let bitcoin = prepared("bitcoin-core", &[], 100);
    assert!(
        all(
            &bitcoin,
            &found("disk", Severity::Note, "fine"),
            &[disk("/big", 2000, "ssd", None)],
            16
        )
        .is_empty()
    );
    let engine = all(&bitcoin, &found("engine", Severity::Blocker, "none"), &[], 16);
    assert_eq!(short(&engine), [("engine".to_owned(), String::new())]);
}
