//! Ports on this machine, chosen once when a node is added, so that its endpoints never move.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;

use freehold_model::Network;
use freehold_model::spec::{NodeSpec, PortSpec, Publish};

use crate::{PlanError, ResolvedOptions};

/// Ports for what is published on loopback: below Linux's ephemeral range (from 32768), above the ports that nodes are
/// known by (8332, 18443 ...), which stay free for one stable endpoint per chain.
pub const PRIVATE_PORTS: RangeInclusive<u16> = 23_000..=23_999;

/// Where these options publish a port: on loopback, on all addresses, or not at all.
pub fn publish_address(port: &PortSpec, options: &ResolvedOptions) -> Option<Ipv4Addr> {
    let is_on = |option: &Option<_>| option.as_ref().is_some_and(|option| options.is_on(option));
    match port.publish {
        Publish::Loopback | Publish::Public if is_on(&port.consent) => Some(Ipv4Addr::UNSPECIFIED),
        Publish::Loopback => Some(Ipv4Addr::LOCALHOST),
        Publish::Public => is_on(&port.local).then_some(Ipv4Addr::LOCALHOST),
    }
}

/// A port on this machine for every published port of the entry, by name: private high ports for loopback, the port's own
/// number for public ones, whether that is free or not (preflight tells).
///
/// The search for private ports begins at `first` and goes round. `is_free` is asked about each candidate and should also
/// refuse ports that other nodes have been given.
pub fn choose_ports(
    spec: &NodeSpec,
    network: &Network,
    first: u16,
    is_free: &mut dyn FnMut(u16) -> bool,
) -> Result<BTreeMap<String, u16>, PlanError> {
    let network = find_network(spec, network)?;
    // Whatever the entry itself is known by is not taken for something else.
    let well_known: BTreeSet<u16> = spec
        .networks
        .iter()
        .flat_map(|known| known.ports.values().copied())
        .collect();
    let mut chosen = BTreeMap::new();
    let (before, after): (Vec<u16>, Vec<u16>) = PRIVATE_PORTS.partition(|port| *port < first);
    let round = after.into_iter().chain(before);
    let mut candidates = round.filter(|port| !well_known.contains(port));
    for port in spec.services.iter().flat_map(|service| &service.ports) {
        // Services of one role publish the same names: a node keeps its ports when it changes its client.
        if chosen.contains_key(&port.name) {
            continue;
        }
        let own = network.ports.get(&port.name).ok_or_else(|| PlanError::PortMissing {
            port: port.name.clone(),
        })?;
        let number = match port.publish {
            Publish::Public => *own,
            Publish::Loopback => {
                candidates
                    .find(|candidate| is_free(*candidate))
                    .ok_or_else(|| PlanError::NoFreePort {
                        port: port.name.clone(),
                        first: *PRIVATE_PORTS.start(),
                        last: *PRIVATE_PORTS.end(),
                    })?
            }
        };
        chosen.insert(port.name.clone(), number);
    }
    Ok(chosen)
}

/// The network's part of the entry.
pub(crate) fn find_network<'a>(
    spec: &'a NodeSpec,
    network: &Network,
) -> Result<&'a freehold_model::spec::NetworkSpec, PlanError> {
    spec.network(network).ok_or_else(|| PlanError::NetworkUnknown {
        network: network.clone(),
        known: spec.networks.iter().map(|known| known.id.to_string()).collect(),
    })
}
