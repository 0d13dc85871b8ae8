//! Whether the container registry that the catalog names can be reached from this machine.

use std::net::{TcpStream, ToSocketAddrs as _};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Result;

use crate::files;
use crate::paths::Places;

/// Where a registry does not answer a connection by then, a pull is of no use either.
const LIMIT: Duration = Duration::from_secs(3);
/// The entry whose image is asked for: the one that the local images can stand in for.
const ENTRY: &str = "assets/catalog/bitcoin-core/node.toml";

/// The registry's address in the catalog, and whether something accepts connections there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) host: String,
    pub(crate) answers: bool,
}

/// Asks the registry that the catalog names; `None` where the catalog names no host.
pub(crate) fn catalog_registry(places: &Places) -> Result<Option<Reach>> {
    let Some(host) = registry_host(&files::read_text(&places.root.join(ENTRY))?) else {
        return Ok(None);
    };
    let address = if host.contains(':') {
        host.clone()
    } else {
        format!("{host}:443")
    };
    Ok(Some(Reach {
        host,
        answers: accepts(address, LIMIT),
    }))
}

/// The host in the first `repository = "HOST/NAME"` line. Without a dot or a port the first part is no host.
fn registry_host(toml: &str) -> Option<String> {
    let value = toml
        .lines()
        .find_map(|line| line.trim().strip_prefix("repository")?.trim_start().strip_prefix('='))?;
    let (host, _) = value.trim().trim_matches(['"', '\'']).split_once('/')?;
    (host.contains('.') || host.contains(':')).then(|| host.to_owned())
}

/// Name look-up has no time limit of its own, so that it runs beside us; a late thread ends with the process.
fn accepts(address: String, limit: Duration) -> bool {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let reached = address
            .to_socket_addrs()
            .is_ok_and(|mut addresses| addresses.any(|one| TcpStream::connect_timeout(&one, limit).is_ok()));
        // The answer may come too late for anybody to be listening.
        let _nobody_waits = sender.send(reached);
    });
    receiver.recv_timeout(limit).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn the_host_is_read_from_the_catalog() {
        let host = |line: &str| registry_host(&format!("schema_version = 1\n[[service]]\n{line}\ntag = \"1\"\n"));
        assert_eq!(
            host("repository = \"registry.example/bitcoin/bitcoin\"").as_deref(),
            Some("registry.example")
        );
        assert_eq!(
            host("  repository='127.0.0.1:5055/a'").as_deref(),
            Some("127.0.0.1:5055")
        );
        assert_eq!(host("repository = \"bitcoin/bitcoin\""), None);
        assert_eq!(host("name = \"x\""), None);
    }

    #[test]
    fn a_listener_is_reached_and_a_closed_port_is_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        assert!(accepts(address.clone(), LIMIT));
        drop(listener);
        assert!(!accepts(address, LIMIT));
    }
}
