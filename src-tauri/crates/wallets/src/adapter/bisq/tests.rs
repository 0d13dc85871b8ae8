//! Claims about what Bisq is told to use.

use super::Bisq;
use crate::adapter::Adapter;
use crate::files::Files;
use freehold_model::{Network, NodeNeed, Protocol};

#[test]
fn the_nodes_that_are_named_are_seen_and_a_node_of_ones_own_is_looked_for() {
    let seen = |text: &str| {
        Bisq.inspect(&Files::single(Some(text.as_bytes())), &Network::mainnet())
            .unwrap()
    };
    let found = seen("btcNodes=192.168.1.7:8444,node.example\n");
    assert_eq!(found.endpoint.unwrap().text, "bitcoin+p2p://192.168.1.7:8444");
    assert_eq!(found.others[0].text, "bitcoin+p2p://node.example:8333");
    let none = seen("ignoreLocalBtcNode=true\n");
    assert!(none.endpoint.is_none() && none.leans_on.is_some());
    assert!(none.notes[0].contains("ignoreLocalBtcNode"));
    assert!(Bisq.needs(Protocol::BitcoinHttp).contains(&NodeNeed::PeerPort));
    assert!(Bisq.needs(Protocol::BitcoinHttp).contains(&NodeNeed::BloomFilters));
    assert!(Bisq.by_hand().is_some_and(|steps| steps.contains("8333")));
}
