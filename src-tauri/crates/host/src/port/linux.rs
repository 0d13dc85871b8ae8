//! Finds a listener's process and its clients' on Linux: port -> socket inode -> open file of a process.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::PortClient;

/// `LISTEN` in the kernel's socket table.
const LISTEN: &str = "0A";
/// `ESTABLISHED` there.
const ESTABLISHED: &str = "01";
/// 127.0.0.0/8 ends so there: the words of an address stand in the order of a little-endian processor.
const LOOPBACK_V4_END: &str = "7F";
/// `::1` and the start of `::ffff:127.0.0.0/104`.
const LOOPBACK_V6: &str = "00000000000000000000000001000000";
const MAPPED_START: &str = "0000000000000000FFFF0000";

/// The program that listens on `port` of any address, for example `bitcoind (pid 7)`; `None` when nobody does, or when
/// it belongs to another user and this one may not look.
pub fn owner(port: u16) -> Option<String> {
    let inodes: BTreeSet<String> = tables().flat_map(|table| listeners(&table, port)).collect();
    if inodes.is_empty() {
        return None;
    }
    let pid = processes().find(|pid| has_open(*pid, &inodes))?;
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    Some(format!("{} (pid {pid})", name.trim()))
}

/// Socket inodes that listen on `port` in a table such as `/proc/net/tcp`.
fn listeners(table: &str, port: u16) -> Vec<String> {
    let wanted = format!(":{port:04X}");
    let inode = |line: &str| {
        let mut fields = line.split_whitespace().skip(1);
        let local = fields.next()?;
        let state = fields.nth(1)?;
        let inode = fields.nth(5)?;
        (local.ends_with(&wanted) && state == LISTEN).then(|| inode.to_owned())
    };
    table.lines().skip(1).filter_map(inode).collect()
}

fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn has_open(pid: u32, inodes: &BTreeSet<String>) -> bool {
    sockets(pid).any(|inode| inodes.contains(&inode))
}

/// The socket inodes that a process holds; none where this user may not look.
fn sockets(pid: u32) -> impl Iterator<Item = String> {
    let open = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    open.filter_map(|entry| fs::read_link(entry.path()).ok())
        .filter_map(|link| {
            let name = link.to_str()?;
            Some(name.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
}

/// The programs that are connected over 127.0.0.1 or ::1 to one of these ports now, as far as this user may see them;
/// ordered, each once for each port.
pub fn clients(ports: &BTreeSet<u16>) -> Vec<PortClient> {
    let connected: BTreeMap<String, u16> = tables().flat_map(|table| connections(&table, ports)).collect();
    if connected.is_empty() {
        return Vec::new();
    }
    let found = processes().flat_map(|pid| {
        let held = sockets(pid).filter_map(|inode| connected.get(&inode).copied());
        held.map(move |port| PortClient { port, pid }).collect::<Vec<_>>()
    });
    found.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Socket inodes that were opened to one of these ports of this machine, each with its port.
fn connections(table: &str, ports: &BTreeSet<u16>) -> Vec<(String, u16)> {
    let connection = |line: &str| {
        let mut fields = line.split_whitespace().skip(2);
        let (address, port) = fields.next()?.split_once(':')?;
        let state = fields.next()?;
        let inode = fields.nth(5)?;
        let port = u16::from_str_radix(port, 16).ok()?;
        let is_wanted = state == ESTABLISHED && ports.contains(&port) && is_loopback(address);
        is_wanted.then(|| (inode.to_owned(), port))
    };
    table.lines().skip(1).filter_map(connection).collect()
}

fn is_loopback(address: &str) -> bool {
    let v4 = match address.len() {
        8 => Some(address),
        _ => address.strip_prefix(MAPPED_START),
    };
    address == LOOPBACK_V6 || v4.is_some_and(|v4| v4.len() == 8 && v4.ends_with(LOOPBACK_V4_END))
}

/// The kernel's socket tables.
fn tables() -> impl Iterator<Item = String> {
    let files = ["/proc/net/tcp", "/proc/net/tcp6"].iter();
    files.filter_map(|file| fs::read_to_string(file).ok())
}

#[cfg(test)]
mod tests {
    use super::{connections, listeners};

    #[test]
    fn only_listening_sockets_of_the_port_are_taken() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
            0: 0100007F:480B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41234 1 0 100\n\
            1: 0100007F:480B 0100007F:D2F4 01 00000000:00000000 00:00000000 00000000  1000        0 41235 1 0 100\n\
            2: 0100007F:480C 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41236 1 0 100\n";
        assert_eq!(listeners(table, 18_443), ["41234"]);
        assert!(listeners("", 18_443).is_empty());
    }

    #[test]
    fn only_connections_to_the_port_of_this_machine_are_taken() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
            0: 0100007F:480B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100\n\
            1: 0100007F:480B 0100007F:D2F4 01 00000000:00000000 00:00000000 00000000  1000        0 2 1 0 100\n\
            2: 0100007F:D2F4 0100007F:480B 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 100\n\
            3: 0100007F:D2F5 0100007F:480B 06 00000000:00000000 00:00000000 00000000  1000        0 0 1 0 100\n\
            4: 0201A8C0:D2F6 0801A8C0:480B 01 00000000:00000000 00:00000000 00000000  1000        0 4 1 0 100\n";
        assert_eq!(connections(table, &[18_443].into()), [("3".to_owned(), 18_443)]);
        let six = "  sl  local_address                         remote_address                        st\n\
            0: 0000000000000000FFFF00000100007F:D2F4 0000000000000000FFFF00000100007F:480B 01 00000000:00000000 \
            00:00000000 00000000  1000        0 5 1 0 100\n\
            1: 00000000000000000000000001000000:D2F4 00000000000000000000000001000000:480B 01 00000000:00000000 \
            00:00000000 00000000  1000        0 6 1 0 100\n\
            2: B80D0120000000000000000001000000:D2F4 B80D0120000000000000000001000000:480B 01 00000000:00000000 \
            00:00000000 00000000  1000        0 7 1 0 100\n";
        let found: Vec<_> = connections(six, &[18_443].into())
            .into_iter()
            .map(|(inode, _)| inode)
            .collect();
        assert_eq!(found, ["5", "6"]);
    }
}
