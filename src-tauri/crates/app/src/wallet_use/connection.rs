//! Which wallets are connected to which nodes, from the programs that hold connections to their ports.

use std::collections::{BTreeMap, BTreeSet};

use freehold_host::port::PortClient;
use freehold_model::NodeId;
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Places, ProcessEntry, processes_of};

use super::switched::Switched;

/// The ports on this machine behind which nodes answer.
pub(super) fn ports(nodes: &[NodeSnapshot]) -> BTreeMap<u16, NodeId> {
    let of_node = |node: &NodeSnapshot| {
        let external = node.record.external.iter().map(|external| external.port);
        let own = node.record.ports.values().copied();
        let id = node.record.id.clone();
        own.chain(external)
            .map(move |port| (port, id.clone()))
            .collect::<Vec<_>>()
    };
    nodes.iter().flat_map(of_node).collect()
}

/// The switched wallets whose own programs are connected to a node now, each with that node.
pub(super) fn connected<'s>(
    switched: &'s [Switched],
    places: &Places,
    processes: &[ProcessEntry],
    clients: &[PortClient],
    ports: &BTreeMap<u16, NodeId>,
) -> BTreeSet<(NodeId, &'s str)> {
    let of_wallet = |one: &'s Switched| {
        let pids: BTreeSet<u32> = processes_of(one.adapter, places, processes)
            .map(|process| process.pid)
            .collect();
        let held = clients.iter().filter(move |client| pids.contains(&client.pid));
        held.filter_map(|client| Some((ports.get(&client.port)?.clone(), one.adapter.id())))
    };
    switched.iter().flat_map(of_wallet).collect()
}

#[cfg(test)]
mod tests {
    use freehold_host::port::PortClient;
    use freehold_model::NodeId;
    use freehold_wallets::{Os, Places, ProcessEntry};

    use super::connected;
    use crate::wallet_use::switched::tests::switched;

    #[test]
    fn a_connection_counts_for_the_wallet_whose_program_holds_it() {
        let places = Places {
            home: "/h".into(),
            env: [].into(),
            os: Os::Linux,
            is_own_home: true,
            uid: Some(1000),
            chosen: None,
        };
        let process = |pid: u32, name: &str, uid: u32| ProcessEntry {
            pid,
            name: name.to_owned(),
            uid: Some(uid),
            ..ProcessEntry::default()
        };
        let processes = [
            process(7, "Sparrow", 1000),
            process(8, "curl", 1000),
            process(9, "Sparrow", 1001),
        ];
        let node = NodeId::try_new("mine").unwrap();
        let ports = [(20_001, node.clone())].into();
        let wallets = [switched("sparrow", 20_001), switched("electrum", 20_001)];
        let found = |clients: &[PortClient]| connected(&wallets, &places, &processes, clients, &ports);
        let client = |port, pid| PortClient { port, pid };
        assert_eq!(found(&[client(20_001, 7)]), [(node, "sparrow")].into());
        let strangers = [client(20_001, 8), client(20_001, 9), client(443, 7)];
        assert!(
            found(&strangers).is_empty(),
            "another program, another user's wallet, another port"
        );
    }
}
