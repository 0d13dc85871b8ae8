//! The certificates that Sparrow remembers: one for each host, whatever the port.
//!
//! One of another server would keep it from connecting, so it goes with a switch to TLS and comes back with a revert.
//! Bitcoin Core is asked without TLS, so its `<host>.bitcoind` never matters to a switch.

use std::path::PathBuf;

use freehold_model::{Endpoint, Protocol};

use crate::adapter::NewFile;
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// The slot's name.
pub(super) const PIN: &str = "pin";

/// The names of this machine under which a certificate may be remembered.
const HOSTS: [&str; 3] = ["127.0.0.1", "localhost", "::1"];

/// Where Sparrow remembers the certificates of this machine. Since 2.5.3 its data may be in the XDG folder.
pub(super) fn slot(places: &Places, network_folder: &str) -> Slot {
    let homes = match places.os {
        Os::Linux | Os::MacOs => vec![
            places.dir("XDG_DATA_HOME", ".local/share").join("sparrow"),
            places.below(".sparrow"),
        ],
        Os::Windows => vec![places.dir("APPDATA", "AppData/Roaming").join("Sparrow")],
    };
    let in_home = |home: PathBuf| HOSTS.map(|host| home.join(network_folder).join("certs").join(host));
    Slot::named(PIN, homes.into_iter().flat_map(in_home).collect())
        .every()
        .whole()
}

/// The remembered certificates that would keep Sparrow from `endpoint`, taken away.
pub(super) fn forgotten(files: &Files, endpoint: &Endpoint, notes: &mut Vec<String>) -> Vec<NewFile> {
    if endpoint.protocol != Protocol::ElectrumSsl {
        return Vec::new();
    }
    let host = endpoint.host.to_ascii_lowercase();
    if !HOSTS.contains(&host.as_str()) {
        notes.push(format!(
            "Sparrow remembers the certificate of each host; if `{host}` had another one, remove `certs/{host}`."
        ));
        return Vec::new();
    }
    let is_of_host = |path: &PathBuf| path.file_name().is_some_and(|name| name == host.as_str());
    let found: Vec<NewFile> = files
        .every(PIN)
        .filter(|held| held.bytes.is_some() && is_of_host(&held.path))
        .map(|held| NewFile {
            slot: PIN,
            path: held.path.clone(),
            bytes: None,
            keys: Vec::new(),
        })
        .collect();
    if !found.is_empty() {
        notes.push(format!(
            "Sparrow forgets the certificate that it remembers for {host}, and remembers the node's at its next start."
        ));
    }
    found
}
