//! Whether somebody holds what a running wallet holds.
//!
//! A lock that was left behind by a crash must not block for ever: a socket counts when somebody listens there, a process
//! id when that process lives and is the wallet's. The one rule: a lock's file is read up to its first bytes, never written.

use std::fs;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::adapter::{Adapter, Lock};
use crate::place::Places;
use crate::platform;
use crate::process::ProcessEntry;

/// A lock's file is a line; more is another file.
const LONGEST: u64 = 4096;
/// A listener on this machine takes a connection at once.
const CONNECT_WITHIN: Duration = Duration::from_millis(300);

/// How it is known that `lock` is held, for people; `None` when nobody holds it.
pub(crate) fn held(
    lock: &Lock,
    adapter: &dyn Adapter,
    places: &Places,
    processes: Option<&[ProcessEntry]>,
) -> Option<String> {
    let lives = |pid: u32| {
        let Some(processes) = processes else { return true };
        let found = processes.iter().find(|process| process.pid == pid);
        // A number that another program got since the crash is no evidence.
        found.is_some_and(|process| {
            adapter.processes().is_empty() || adapter.processes().iter().any(|name| process.is_named(name))
        })
    };
    let is_held = match lock {
        Lock::Socket(path) => platform::socket_is_held(path),
        Lock::File(path) => platform::file_is_locked(path),
        Lock::NamesSocket(path) => match first_bytes(path) {
            Some(text) => socket_named_in(&text, path).is_some_and(|socket| platform::socket_is_held(&socket)),
            None => false,
        },
        Lock::PidFile(path) => first_bytes(path).as_deref().and_then(first_number).is_some_and(lives),
        Lock::PidLink(path) => fs::read_link(path)
            .ok()
            .and_then(|target| target.to_str()?.rsplit_once('-')?.1.parse().ok())
            .is_some_and(lives),
        Lock::Port(port) => {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, *port));
            return TcpStream::connect_timeout(&address, CONNECT_WITHIN)
                .is_ok()
                .then(|| format!("something answers at its port {port}"));
        }
    };
    let path = match lock {
        Lock::Socket(path) | Lock::File(path) | Lock::NamesSocket(path) | Lock::PidFile(path) | Lock::PidLink(path) => {
            path
        }
        Lock::Port(_) => return None,
    };
    is_held.then(|| format!("its lock {} is held", places.shown(path)))
}

fn first_bytes(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let file = platform::open_no_follow(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn first_number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// The socket that a lock names: the quoted path that lies in the lock's own folder.
fn socket_named_in(text: &str, lock: &Path) -> Option<PathBuf> {
    let folder = lock.parent()?;
    let named = text.split(['\'', '"']).map(Path::new).find(|part| part.is_absolute());
    let own = named.filter(|path| path.starts_with(folder)).map(Path::to_owned);
    // One that moved with its folder is looked for beside the lock.
    own.or_else(|| named?.file_name().map(|name| folder.join(name)))
}

#[cfg(test)]
mod tests {
    use super::{first_number, socket_named_in};
    use std::path::{Path, PathBuf};

    #[test]
    fn a_lock_names_its_process_or_its_socket() {
        assert_eq!(first_number("PID: 417 Started: 2026"), Some(417));
        assert_eq!(first_number("812\nfeather\nhost\n"), Some(812));
        assert_eq!(first_number("none"), None);
        let text = "('unix', '/h/.electrum/daemon_rpc_socket', 1795335875.1)";
        assert_eq!(
            socket_named_in(text, Path::new("/h/.electrum/daemon")),
            Some(PathBuf::from("/h/.electrum/daemon_rpc_socket"))
        );
        assert_eq!(
            socket_named_in("('unix', '/etc/x', 1)", Path::new("/h/.electrum/daemon")),
            Some(PathBuf::from("/h/.electrum/x")),
            "no path outside its folder is touched"
        );
    }
}
