//! Ports of this machine: free or taken, and by whom.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub use linux::{clients, owner};

/// The program that listens on `port`; `None` where the system does not tell.
#[cfg(not(target_os = "linux"))]
pub fn owner(_port: u16) -> Option<String> {
    None
}

/// A program that is connected to a port of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PortClient {
    /// The port.
    pub port: u16,
    /// Process id of the program that opened the connection.
    pub pid: u32,
}

/// Nothing: this system does not tell who is connected.
#[cfg(not(target_os = "linux"))]
pub fn clients(_ports: &std::collections::BTreeSet<u16>) -> Vec<PortClient> {
    Vec::new()
}

/// An address of this machine answers within microseconds; this only bounds an odd firewall.
const ANSWER_WITHIN: Duration = Duration::from_millis(200);

/// A new listener could be opened at `address` and `port`. Binds for a moment to find out, then tries to connect: an
/// engine may forward a port without anybody listening, and some systems let two listeners share one. An address that
/// this machine does not have has no free port; a port that only root may open counts as free if nobody answers there.
pub fn is_free(address: IpAddr, port: u16) -> bool {
    match TcpListener::bind(SocketAddr::new(address, port)) {
        // The listener is closed again before the question below.
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {}
        Err(_) => return false,
    }
    let asked = match address {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        IpAddr::V4(_) | IpAddr::V6(_) => address,
    };
    // Port 0 asks the system for any port; nobody can answer there.
    port == 0 || TcpStream::connect_timeout(&SocketAddr::new(asked, port), ANSWER_WITHIN).is_err()
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, TcpListener};

    use super::is_free;

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const ANY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

    #[test]
    fn a_listening_port_is_taken_on_its_address_and_on_all() {
        let listener = TcpListener::bind((LOOPBACK, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(LOOPBACK, port), "somebody listens there");
        assert!(!is_free(ANY, port), "all addresses hold the taken one");
        drop(listener);
        assert!(is_free(LOOPBACK, port), "free again at once, without a waiting time");
    }

    #[test]
    fn a_listener_on_all_addresses_takes_loopback_too() {
        let listener = TcpListener::bind((ANY, 0)).unwrap();
        assert!(!is_free(LOOPBACK, listener.local_addr().unwrap().port()));
    }

    #[test]
    fn a_foreign_address_has_no_free_port() {
        assert!(
            !is_free("192.0.2.1".parse().unwrap(), 18_443),
            "192.0.2.0/24 belongs to documentation"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn who_is_connected_is_known_while_the_connection_lasts() {
        let listener = TcpListener::bind((LOOPBACK, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let ports = [port].into();
        assert_eq!(super::clients(&ports), [], "a listener is no client");
        let connection = std::net::TcpStream::connect((LOOPBACK, port)).unwrap();
        let pid = std::process::id();
        assert_eq!(super::clients(&ports), [super::PortClient { port, pid }]);
        assert_eq!(super::clients(&[1].into()), [], "another port");
        drop(connection);
        assert_eq!(super::clients(&ports), [], "it is over");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_owner_is_named_with_its_id() {
        let listener = TcpListener::bind((LOOPBACK, 0)).unwrap();
        let owner = super::owner(listener.local_addr().unwrap().port()).unwrap();
        assert!(owner.contains(&format!("(pid {})", std::process::id())), "{owner}");
        assert!(super::owner(1).is_none(), "nobody listens on port 1");
    }
}
