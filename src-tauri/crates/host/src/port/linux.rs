//! Finds a listener's process on Linux: port -> socket inode -> open file of a process.

use std::collections::BTreeSet;
use std::fs;

/// `LISTEN` in the kernel's socket table.
const LISTEN: &str = "0A";

/// The program that listens on `port` of any address, for example `bitcoind (pid 7)`; `None` when nobody does, or when
/// it belongs to another user and this one may not look.
pub fn owner(port: u16) -> Option<String> {
    let inodes: BTreeSet<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .flat_map(|table| listeners(&table, port))
        .collect();
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
    let open = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    open.filter_map(|entry| fs::read_link(entry.path()).ok()).any(|link| {
        let name = link.to_string_lossy();
        name.strip_prefix("socket:[")
            .and_then(|rest| rest.strip_suffix(']'))
            .is_some_and(|inode| inodes.contains(inode))
    })
}

#[cfg(test)]
mod tests {
    use super::listeners;

    #[test]
    fn only_listening_sockets_of_the_port_are_taken() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
            0: 0100007F:480B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41234 1 0 100\n\
            1: 0100007F:480B 0100007F:D2F4 01 00000000:00000000 00:00000000 00000000  1000        0 41235 1 0 100\n\
            2: 0100007F:480C 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41236 1 0 100\n";
        assert_eq!(listeners(table, 18_443), ["41234"]);
        assert!(listeners("", 18_443).is_empty());
    }
}
