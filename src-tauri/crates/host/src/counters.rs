//! What has gone over the machine's network and disks since it started.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The kernel counts sectors of this many bytes, whatever the disk's own are.
const SECTOR: u64 = 512;

/// Bytes since the machine started. Each is `None` where the system does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MachineCounters {
    /// Bytes that came in over network hardware; what containers and programs exchange within the machine is not
    /// counted.
    pub network_in_bytes: Option<u64>,
    /// Bytes that went out over network hardware.
    pub network_out_bytes: Option<u64>,
    /// Bytes read from disks. What the cache gave is not counted.
    pub disk_read_bytes: Option<u64>,
    /// Bytes written to disks.
    pub disk_written_bytes: Option<u64>,
}

/// Reads [`MachineCounters`] again and again.
#[derive(Debug)]
pub(crate) struct CounterReader {
    proc: PathBuf,
    interfaces: Hardware,
    disks: Hardware,
}

impl CounterReader {
    /// A reader of this machine's counters.
    pub(crate) fn new() -> Self {
        Self::new_in(Path::new("/proc"), Path::new("/sys"))
    }

    /// Like [`CounterReader::new`], from folders of the form of `/proc` and `/sys`.
    pub(crate) fn new_in(proc: &Path, sys: &Path) -> Self {
        Self {
            proc: proc.to_owned(),
            interfaces: Hardware::new(sys.join("class/net")),
            disks: Hardware::new(sys.join("block")),
        }
    }

    /// Reads them now. All `None` on systems other than Linux.
    pub(crate) fn read(&mut self) -> MachineCounters {
        if !cfg!(target_os = "linux") {
            return MachineCounters::default();
        }
        let network = fs::read(self.proc.join("net/dev"))
            .ok()
            // Every container has one of these: a name saves a look at hundreds of folders.
            .and_then(|table| network_bytes(&table, |name| !name.starts_with("veth") && self.interfaces.has(name)));
        let disk = fs::read_to_string(self.proc.join("diskstats"))
            .ok()
            .and_then(|table| disk_bytes(&table, |name| self.disks.has(name)));
        MachineCounters {
            network_in_bytes: network.map(|(received, _)| received),
            network_out_bytes: network.map(|(_, sent)| sent),
            disk_read_bytes: disk.map(|(read, _)| read),
            disk_written_bytes: disk.map(|(_, written)| written),
        }
    }
}

/// Which devices of one class are hardware. What is made of other devices (bridges, bonds, partitions, encrypted volumes)
/// would count twice; hardware is what has a device behind it.
#[derive(Debug)]
struct Hardware {
    class: PathBuf,
    /// A name keeps its answer, since a look at each of two dozen folders costs more than the counters themselves.
    known: HashMap<String, bool>,
}

impl Hardware {
    fn new(class: PathBuf) -> Self {
        Self {
            class,
            known: HashMap::new(),
        }
    }

    fn has(&mut self, name: &str) -> bool {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let is_there = self.class.join(name).join("device").exists();
        self.known.insert(name.to_owned(), is_there);
        is_there
    }
}

/// Bytes in and out of the interfaces of a table such as `/proc/net/dev` that `is_wanted` says yes to; `None` where there
/// is none.
pub(crate) fn network_bytes(table: &[u8], mut is_wanted: impl FnMut(&str) -> bool) -> Option<(u64, u64)> {
    let interface = |line: &[u8]| {
        let (name, counters) = std::str::from_utf8(line).ok()?.split_once(':')?;
        if !is_wanted(name.trim()) {
            return None;
        }
        let mut counters = counters.split_whitespace();
        let received: u64 = counters.next()?.parse().ok()?;
        let sent: u64 = counters.nth(7)?.parse().ok()?;
        Some((received, sent))
    };
    sum(table.split(|byte| *byte == b'\n').filter_map(interface))
}

/// Bytes read and written by the disks of a table such as `/proc/diskstats` that `is_wanted` says yes to.
fn disk_bytes(table: &str, mut is_wanted: impl FnMut(&str) -> bool) -> Option<(u64, u64)> {
    let disk = |line: &str| {
        let mut fields = line.split_whitespace().skip(2);
        // The kernel writes the `/` of a name as `!`, in its folders too.
        let name = fields.next()?;
        let read: u64 = fields.nth(2)?.parse().ok()?;
        let written: u64 = fields.nth(3)?.parse().ok()?;
        is_wanted(name).then(|| (read.saturating_mul(SECTOR), written.saturating_mul(SECTOR)))
    };
    sum(table.lines().filter_map(disk))
}

fn sum(pairs: impl Iterator<Item = (u64, u64)>) -> Option<(u64, u64)> {
    pairs.reduce(|(one, two), (further_one, further_two)| {
        (one.saturating_add(further_one), two.saturating_add(further_two))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{CounterReader, MachineCounters};

    const NETWORK: &str = "Inter-|   Receive                                                |  Transmit\n \
        face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls\n    \
        lo: 1880534044  611391    0    0    0     0          0         0 1880534044  611391    0    0    0     0\n  \
        eth0: 1622851880   55685    0    0    0     0          0         0  4533731   37878    0    0    0     0\n \
        wlan0:20 1 0 0 0 0 0 0 7 1 0 0 0 0\n\
        docker0:    3186      54    0    0    0     0          0         0     8504      97    0    9    0     0\n";

    const DISKS: &str = "   7       0 loop0 9 9 9 9 9 9 9 9 9 9 9\n \
        254       0 vda 2411388 77771 1000 4337894 643093 417591 3000 767266 0 225456 5165523 265909 103 6 4 1 1\n \
        254       1 vda1 2411388 77771 900 4337894 643093 417591 2900 767266 0 225456 5165523\n \
        253       0 dm-0 5 5 1000 5 5 5 3000 5 5 5 5\n";

    #[expect(clippy::disallowed_methods, reason = "a test's own temporary files")]
    fn counters(hardware: &[&str]) -> MachineCounters {
        let folder = tempfile::tempdir().unwrap();
        let (proc, sys) = (folder.path().join("proc"), folder.path().join("sys"));
        fs::create_dir_all(proc.join("net")).unwrap();
        fs::write(proc.join("net/dev"), NETWORK).unwrap();
        fs::write(proc.join("diskstats"), DISKS).unwrap();
        for path in ["class/net/docker0", "block/dm-0", "block/loop0"] {
            fs::create_dir_all(sys.join(path)).unwrap();
        }
        for path in hardware {
            fs::create_dir_all(sys.join(path).join("device")).unwrap();
        }
        CounterReader::new_in(&proc, &sys).read()
    }

    #[test]
    fn hardware_counts_and_what_is_made_of_it_does_not() {
        let expected = MachineCounters {
            network_in_bytes: Some(1_622_851_900),
            network_out_bytes: Some(4_533_738),
            disk_read_bytes: Some(512_000),
            disk_written_bytes: Some(1_536_000),
        };
        assert_eq!(counters(&["class/net/eth0", "class/net/wlan0", "block/vda"]), expected);
    }

    #[test]
    fn without_hardware_or_tables_nothing_is_said() {
        assert_eq!(counters(&[]), MachineCounters::default());
        let nowhere = Path::new("/nonexistent");
        assert_eq!(
            CounterReader::new_in(nowhere, nowhere).read(),
            MachineCounters::default()
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_this_machine_writes_is_counted() {
        use std::io::Write;

        let mut reader = CounterReader::new();
        let before = reader.read();
        let Some(written_before) = before.disk_written_bytes else {
            assert!(
                !fs::read_dir("/sys/block").is_ok_and(|mut disks| {
                    disks.any(|disk| disk.is_ok_and(|disk| disk.path().join("device").exists()))
                }),
                "this machine has a disk, yet none was counted"
            );
            return;
        };
        // The build folder lies on a disk, where the temporary folder may lie in memory.
        let mut file = tempfile::tempfile_in(std::env::current_exe().unwrap().parent().unwrap()).unwrap();
        // Nothing that a file system could write in fewer bytes.
        let scattered = (0_u32..4 << 20).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
        file.write_all(&scattered.collect::<Vec<_>>()).unwrap();
        file.sync_all().unwrap();
        let after = reader.read();
        let written = after.disk_written_bytes.unwrap() - written_before;
        assert!(written >= 4 << 20, "4 MiB were written, {written} counted");
        assert!(after.network_in_bytes >= before.network_in_bytes, "counters only grow");
    }
}
