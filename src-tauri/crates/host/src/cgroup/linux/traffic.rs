//! What a container has moved over its disks and its network. Not every kernel tells; what it does not is `None`.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::text::{Groups, read_and_written};
use super::{BUFFER, Roots, own_group, read, unified};
use crate::counters::network_bytes;

/// Files that are read again and again.
#[derive(Debug)]
pub(super) struct Traffic {
    disk: Option<File>,
    network: Option<File>,
}

impl Traffic {
    /// Finds the files of process `pid`, which runs in `groups`.
    pub(super) fn open(roots: &Roots, pid: u32, groups: &Groups) -> Self {
        Self {
            disk: open_disk(roots, groups),
            network: open_network(&roots.proc, pid),
        }
    }

    /// Bytes read from and written to disks since the group was made.
    pub(super) fn disk(&self, buffer: &mut [u8; BUFFER]) -> Option<(u64, u64)> {
        read_and_written(whole(self.disk.as_ref()?, buffer)?)
    }

    /// Bytes in and out over the container's network since it was made.
    pub(super) fn network(&self, buffer: &mut [u8; BUFFER]) -> Option<(u64, u64)> {
        network_bytes(whole(self.network.as_ref()?, buffer)?, |name| name != "lo")
    }
}

fn open_disk(roots: &Roots, groups: &Groups) -> Option<File> {
    let Some(group) = groups.v1("blkio") else {
        return File::open(unified(roots, groups).ok()?.join("io.stat")).ok();
    };
    let at = own_group(&roots.cgroup.join("blkio"), group).ok()?;
    // The first also counts groups below, which a container with an init system of its own has.
    [
        "blkio.throttle.io_service_bytes_recursive",
        "blkio.throttle.io_service_bytes",
    ]
    .iter()
    .find_map(|name| File::open(at.join(name)).ok())
}

/// `None` where the container shares the machine's network: the figures would be the machine's.
fn open_network(proc: &Path, pid: u32) -> Option<File> {
    let path = proc.join(pid.to_string()).join("net/dev");
    // The kernel makes this file once for each network. Unlike the link in `ns/net`, anybody may look at it.
    let of = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    (of(&path) != of(&proc.join("self/net/dev"))).then(|| File::open(path).ok())?
}

/// The file's text; `None` where it fills the buffer, since some of it may be missing then.
fn whole<'a>(file: &File, buffer: &'a mut [u8; BUFFER]) -> Option<&'a [u8]> {
    read(file, buffer).ok().filter(|bytes| bytes.len() < BUFFER)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::{Command, Stdio};

    use super::open_network;
    use crate::program::{end, first_line};

    /// A shell that waits, and whether it has a network of its own: `unshare` needs a privilege that not every test
    /// machine gives.
    fn is_told(program: &str, words: &[&str]) -> Option<bool> {
        let mut child = Command::new(program)
            .args(words)
            .args(["sh", "-c", "echo up; exec sleep 30"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let limit = std::time::Duration::from_secs(5);
        let is_up = first_line(child.stdout.take()?, limit).is_ok_and(|line| line == "up");
        let is_told = open_network(Path::new("/proc"), child.id()).is_some();
        end(&mut child, std::time::Duration::ZERO);
        is_up.then_some(is_told)
    }

    #[test]
    fn only_a_network_of_ones_own_is_told() {
        assert_eq!(is_told("env", &[]), Some(false), "it shares this test's network");
        let own = is_told("unshare", &["--net"]);
        assert!(own != Some(false), "it has a network of its own");
    }
}
