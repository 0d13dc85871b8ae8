//! Addresses at which others in the same network reach this machine.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

use sysinfo::Networks;

/// Interfaces that lead to containers and virtual machines of this machine, not to a network.
const INTERNAL: [&str; 10] = [
    "lo", "docker", "br-", "veth", "podman", "cni", "virbr", "lxc", "vmnet", "vboxnet",
];
/// An address that nobody has (RFC 5737): only asked for the way there, nothing is sent.
const NOBODY: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// IPv4 addresses of this machine in its networks, the one towards the router first. Empty without a network.
pub fn network_addresses() -> Vec<Ipv4Addr> {
    let towards_router = route();
    let Ok(networks) = Networks::new_with_refreshed_list() else {
        return Vec::new();
    };
    let interfaces = networks.iter().filter(|(name, _)| {
        let name = name.to_string_lossy();
        !INTERNAL.iter().any(|internal| name.starts_with(internal))
    });
    let mut found: Vec<Ipv4Addr> = interfaces
        .flat_map(|(_, data)| data.ip_networks())
        .filter_map(|network| match network.addr {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        })
        .filter(|address| !address.is_loopback() && !address.is_link_local() && !address.is_unspecified())
        .collect();
    found.sort_unstable();
    found.dedup();
    found.sort_by_key(|address| Some(*address) != towards_router);
    found
}

fn route() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(NOBODY).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{network_addresses, route};

    #[test]
    fn addresses_are_those_that_others_could_use() {
        let found = network_addresses();
        assert!(
            found
                .iter()
                .all(|address| !address.is_loopback() && !address.is_unspecified())
        );
        let towards_router = route();
        if found.iter().any(|address| Some(*address) == towards_router) {
            assert_eq!(
                found.first().copied(),
                towards_router,
                "the address towards the router comes first"
            );
        }
    }
}
