//! What a node lacks of what a wallet needs, and the options that mend it.

use std::net::Ipv4Addr;

use freehold_model::NodeNeed;
use freehold_plan::{Lack, lacks, resolve};

use crate::fixture::{Case, bitcoin_core, chosen, network};
use crate::node::only;

fn judged(pairs: &[(&str, &str)], major: Option<u32>, needs: &[NodeNeed]) -> Vec<Lack> {
    lacks(&bitcoin_core(), &network("mainnet"), &chosen(pairs), major, needs).unwrap()
}

const ALL: [NodeNeed; 6] = [
    NodeNeed::WalletFunctions,
    NodeNeed::BlockFilters,
    NodeNeed::TransactionIndex,
    NodeNeed::FullBlocks,
    NodeNeed::BloomFilters,
    NodeNeed::PeerPort,
];

#[test]
fn a_node_as_it_comes_lacks_what_is_off_by_default() {
    let found = judged(&[], None, &ALL);
    let needs: Vec<NodeNeed> = found.iter().map(|lack| lack.need).collect();
    let expected = [
        NodeNeed::BlockFilters,
        NodeNeed::TransactionIndex,
        NodeNeed::BloomFilters,
        NodeNeed::PeerPort,
    ];
    assert_eq!(needs, expected);
    assert!(found.iter().all(|lack| lack.is_certain));
    assert_eq!(found[0].mend, chosen(&[("blockfilterindex", "on")]));
}

#[test]
fn what_mends_a_lack_mends_it() {
    let spec = bitcoin_core();
    let starts = [
        vec![],
        vec![("wallet", "off")],
        vec![("storage", "pruned")],
        vec![("storage", "pruned"), ("prune_size", "20GB"), ("wallet", "off")],
    ];
    for start in starts {
        for lack in judged(&start, None, &ALL) {
            assert!(!lack.mend.is_empty(), "{start:?}: {:?} can be mended", lack.need);
            let mut after = chosen(&start);
            after.extend(lack.mend);
            after.retain(|_, value| !value.is_empty());
            resolve(&spec, &network("mainnet"), &after).unwrap();
            let left = lacks(&spec, &network("mainnet"), &after, None, &[lack.need]).unwrap();
            assert_eq!(left, [], "{start:?}");
        }
    }
}

#[test]
fn a_pruned_node_gets_its_blocks_back_with_the_filters() {
    let start = [("storage", "pruned"), ("prune_size", "20GB")];
    let found = judged(&start, None, &[NodeNeed::BlockFilters]);
    let mend = [("blockfilterindex", "on"), ("storage", "full"), ("prune_size", "")];
    assert_eq!(found[0].mend, chosen(&mend));
}

#[test]
fn a_version_is_judged_by_what_runs_and_no_option_mends_it() {
    let need = NodeNeed::AtLeastVersion { major: 24 };
    assert_eq!(judged(&[], Some(31), &[need]), []);
    assert_eq!(judged(&[], Some(24), &[need]), []);
    let old = judged(&[], Some(23), &[need]);
    assert!(old[0].is_certain && old[0].mend.is_empty());
    assert!(!judged(&[], None, &[need])[0].is_certain, "nobody can tell");
}

#[test]
fn nobody_can_tell_what_the_entry_does_not_say() {
    let mut spec = bitcoin_core();
    spec.meets.clear();
    let found = lacks(&spec, &network("mainnet"), &chosen(&[]), None, &[NodeNeed::FullBlocks]).unwrap();
    assert!(!found[0].is_certain && found[0].mend.is_empty());
}

#[test]
fn the_peer_port_is_opened_for_this_machine_alone_unless_the_world_is_asked_in() {
    let address = |pairs: &[(&str, &str)]| {
        let container = only(&Case::new("mainnet", pairs));
        let port = container.ports.iter().find(|port| port.name == "p2p").cloned();
        port.map(|port| port.address)
    };
    assert_eq!(address(&[]), None);
    assert_eq!(address(&[("peer_port", "on")]), Some(Ipv4Addr::LOCALHOST.into()));
    let both = [("peer_port", "on"), ("inbound", "on")];
    assert_eq!(address(&both), Some(Ipv4Addr::UNSPECIFIED.into()));
}

#[test]
fn a_login_that_was_taken_back_is_no_part_of_the_node_and_the_others_stay_as_they_were() {
    use freehold_model::{Access, Timestamp};
    let before = only(&Case::new("regtest", &[]));
    let mut case = Case::new("regtest", &[]);
    let revoked = Access {
        revoked: Some(Timestamp(1)),
        ..Access::default()
    };
    case.record.access.insert("sparrow".to_owned(), revoked);
    let after = only(&case);
    let is_sparrows = |arg: &String| arg.starts_with("-rpcauth=sparrow:") || arg.starts_with("-rpcwhitelist=sparrow:");
    let others: Vec<&String> = before.args.iter().filter(|arg| !is_sparrows(arg)).collect();
    assert_eq!(before.args.len(), others.len() + 2);
    assert_eq!(after.args.iter().collect::<Vec<_>>(), others);
    assert_ne!(before.labels, after.labels, "the plan is another one");
}
