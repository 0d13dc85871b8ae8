//! Nodes beside each other: what one has been given, no other gets.

use std::collections::BTreeSet;
use std::path::PathBuf;

use freehold_model::NodeId;
use freehold_model::plan::MountSource;
use freehold_model::spec::{NodeSpec, Publish};
use freehold_plan::{PRIVATE_PORTS, choose_ports};
use proptest::prelude::*;

use crate::fixture::{Case, network};

const NETWORKS: [&str; 4] = ["mainnet", "testnet4", "signet", "regtest"];

/// Names of the ports that are published on loopback.
fn private(spec: &NodeSpec) -> BTreeSet<String> {
    let ports = spec.services.iter().flat_map(|service| &service.ports);
    ports
        .filter(|port| port.publish == Publish::Loopback)
        .map(|port| port.name.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is installed, and whatever other programs hold already.
    #[test]
    fn no_two_nodes_share_a_private_port_or_a_folder(
        on in prop::collection::vec(prop::sample::select(&NETWORKS[..]), 2..40),
        held in prop::collection::btree_set(23_000_u16..23_100, 0..60),
    ) {
        let mut given: BTreeSet<u16> = BTreeSet::new();
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        for (index, on) in on.iter().enumerate() {
            let mut case = Case::new(on, &[]);
            let names = private(&case.spec);
            let mut is_free = |port: u16| !held.contains(&port) && !given.contains(&port);
            let ports = choose_ports(&case.spec, &network(on), *PRIVATE_PORTS.start(), &mut is_free).unwrap();
            for (name, port) in ports.iter().filter(|(name, _)| names.contains(*name)) {
                prop_assert!(!held.contains(port), "{name} was given {port}, which somebody holds");
                prop_assert!(given.insert(*port), "{name} was given {port} a second time");
            }
            case.record.id = NodeId::try_new(format!("node-{index}")).unwrap();
            case.record.data_dir = PathBuf::from(format!("/data/node-{index}"));
            case.record.ports = ports;
            for made in case.plan().containers {
                for mount in made.mounts {
                    if let MountSource::Folder(folder) = mount.source {
                        prop_assert!(folders.insert(folder.clone()), "{} is mounted twice", folder.display());
                    }
                }
            }
        }
    }
}
