//! The certificates that Electrum remembers: one for each host, whatever the port.
//!
//! One of another server would keep it from connecting, so it goes with a switch to TLS and comes back with a revert.

use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};

use freehold_model::Endpoint;

use crate::adapter::NewFile;
use crate::files::{Files, HeldFile};
use crate::slot::Slot;

/// The slot's name.
pub(super) const PIN: &str = "pin";

/// The names of this machine under which a certificate may be remembered.
const HOSTS: [&str; 3] = ["127.0.0.1", "localhost", "ipv6_00000000000000000000000000000001"];

/// Where the certificates of this machine may be remembered.
pub(super) fn slot(folders: &[PathBuf]) -> Slot {
    let of_folder = |folder: &PathBuf| HOSTS.map(|host| folder.join("certs").join(host));
    Slot::named(PIN, folders.iter().flat_map(of_folder).collect())
        .every()
        .whole()
}

/// The file's name for a host.
fn name(host: &str) -> String {
    match host.parse::<Ipv6Addr>() {
        Ok(address) => format!("ipv6_{:032x}", u128::from(address)),
        Err(_) => host.to_ascii_lowercase(),
    }
}

/// The certificate remembered for our host beside a settings file, taken away.
pub(super) fn forgotten(
    files: &Files,
    beside: &HeldFile,
    endpoint: &Endpoint,
    notes: &mut Vec<String>,
) -> Option<NewFile> {
    let name = name(&endpoint.host);
    if !HOSTS.contains(&name.as_str()) {
        notes.push(format!(
            "Electrum remembers the certificate of each host. If {} had another one before, remove its file `certs/{name}`.",
            endpoint.host
        ));
        return None;
    }
    let path = beside.path.parent().unwrap_or(Path::new("")).join("certs").join(&name);
    files.at(&path)?.bytes.as_ref()?;
    notes.push(format!(
        "Electrum forgets the certificate that it remembers for {}, and remembers the node's at its next start.",
        endpoint.host
    ));
    Some(NewFile {
        slot: PIN,
        path,
        bytes: None,
        keys: Vec::new(),
    })
}
