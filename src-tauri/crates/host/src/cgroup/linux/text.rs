//! The kernel's small text formats.

use std::io;

/// `/proc/PID/cgroup`: the process's group in each hierarchy.
#[derive(Debug)]
pub(super) struct Groups(Vec<(String, String)>);

impl Groups {
    /// Reads lines such as `4:memory:/docker/1a2b` (version 1) and `0::/system.slice/x.scope` (version 2).
    pub(super) fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let mut fields = line.splitn(3, ':').skip(1);
            Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
        };
        Self(text.lines().filter_map(line).collect())
    }

    /// The group in the version 1 hierarchy of `controller`.
    pub(super) fn v1(&self, controller: &str) -> Option<&str> {
        let is_of = |controllers: &str| controllers.split(',').any(|name| name == controller);
        self.0
            .iter()
            .find(|(controllers, _)| is_of(controllers))
            .map(|(_, group)| group.as_str())
    }

    /// The group in the hierarchy of version 2.
    pub(super) fn v2(&self) -> Option<&str> {
        self.0
            .iter()
            .find(|(controllers, _)| controllers.is_empty())
            .map(|(_, group)| group.as_str())
    }
}

/// A file that holds one number.
pub(super) fn number(bytes: &[u8]) -> io::Result<u64> {
    parse(bytes.trim_ascii())
}

/// The number behind `name` in a file of `name number` lines.
pub(super) fn field(bytes: &[u8], name: &str) -> io::Result<u64> {
    let value = |line: &'_ [u8]| line.strip_prefix(name.as_bytes())?.strip_prefix(b" ").map(parse);
    bytes
        .split(|byte| *byte == b'\n')
        .find_map(value)
        .unwrap_or_else(|| Err(odd()))
}

/// Bytes read and written over all devices, out of `io.stat` (version 2, a line `8:0 rbytes=1 wbytes=2 rios=3 ...` for
/// each device) or `blkio.throttle.io_service_bytes` (version 1, lines `8:0 Read 1` and `8:0 Write 2`). No lines mean that
/// nothing was moved yet; `None` for a number of an unknown form.
pub(super) fn read_and_written(bytes: &[u8]) -> Option<(u64, u64)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (mut read, mut written) = (0_u64, 0_u64);
    for line in text.lines() {
        let mut words = line.split_whitespace().skip(1);
        while let Some(word) = words.next() {
            let (sum, number) = match word.split_once('=') {
                Some(("rbytes", number)) => (&mut read, number),
                Some(("wbytes", number)) => (&mut written, number),
                None if word == "Read" => (&mut read, words.next()?),
                None if word == "Write" => (&mut written, words.next()?),
                Some(_) | None => continue,
            };
            *sum = sum.saturating_add(number.parse().ok()?);
        }
    }
    Some((read, written))
}

/// Field 22 of `/proc/PID/stat`: when the process began, in ticks since the machine started. Counted from the last `)`,
/// because the program's name in brackets may hold anything.
pub(super) fn start_time(bytes: &[u8]) -> io::Result<u64> {
    let after = bytes
        .iter()
        .rposition(|byte| *byte == b')')
        .and_then(|at| bytes.get(at + 1..))
        .ok_or_else(odd)?;
    let mut fields = after.trim_ascii().split(|byte| *byte == b' ');
    fields.nth(19).map_or_else(|| Err(odd()), parse)
}

fn parse(bytes: &[u8]) -> io::Result<u64> {
    std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(odd)
}

fn odd() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a kernel file has an unknown form")
}

#[cfg(test)]
mod tests {
    use super::{Groups, field, number, read_and_written, start_time};

    #[test]
    fn groups_of_both_versions_are_found() {
        let groups = Groups::parse("9:name=systemd:/x\n4:memory:/docker/1a\n2:cpu,cpuacct:/docker/1a:b\n0::/y.scope\n");
        assert_eq!(groups.v1("memory"), Some("/docker/1a"));
        assert_eq!(
            groups.v1("cpuacct"),
            Some("/docker/1a:b"),
            "a group's name may hold a colon"
        );
        assert_eq!(groups.v1("pids"), None);
        assert_eq!(groups.v2(), Some("/y.scope"));
    }

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let stat = b"inactive_file_x 1\ntotal_inactive_file 3\ninactive_file 2\n";
        assert_eq!(field(stat, "inactive_file").unwrap(), 2);
        assert_eq!(field(stat, "total_inactive_file").unwrap(), 3);
        assert!(field(stat, "active_file").is_err());
        assert_eq!(number(b"42\n").unwrap(), 42);
        assert!(number(b"max\n").is_err());
    }

    #[test]
    fn disk_counters_of_both_versions_are_summed_over_devices() {
        let v1 =
            b"8:0 Read 4096\n8:0 Write 100\n8:0 Sync 7\n8:0 Total 4196\n254:16 Read 4\n254:16 Write 1\nTotal 4201\n";
        assert_eq!(read_and_written(v1), Some((4100, 101)));
        let v2 = b"8:0 rbytes=4096 wbytes=100 rios=1 wios=1 dbytes=9 dios=1\n254:16 \n254:0 rbytes=4 wbytes=1 rios=5\n";
        assert_eq!(read_and_written(v2), Some((4100, 101)));
        assert_eq!(read_and_written(b""), Some((0, 0)), "nothing was moved yet");
        assert_eq!(read_and_written(b"Total 0\n"), Some((0, 0)));
        assert_eq!(read_and_written(b"8:0 rbytes=x wbytes=1\n"), None);
    }

    #[test]
    fn a_program_may_be_called_anything() {
        let stat = b"7 (a) b (c) S 1 7 7 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 98765 1000 10 18446744073709551615 1";
        assert_eq!(start_time(stat).unwrap(), 98_765);
        assert!(start_time(b"7 (a) S 1").is_err());
    }
}
