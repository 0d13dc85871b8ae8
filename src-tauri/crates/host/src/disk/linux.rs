//! Disks on Linux: the mount table and `statvfs`.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use freehold_model::ByteSize;
use freehold_model::machine::DiskFacts;
use nix::sys::statvfs::statvfs;

use super::{existing_ancestor, is_network};

/// How long a network or FUSE file system may take to say how full it is.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// One line of the mount table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mount {
    /// `major:minor`.
    device: String,
    at: PathBuf,
    file_system: String,
    /// What is mounted, for example `/dev/sda1`.
    source: String,
}

/// File systems that hold nobody's files.
const PSEUDO: [&str; 27] = [
    "autofs",
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "debugfs",
    "devpts",
    "devtmpfs",
    "efivarfs",
    "fuse.gvfsd-fuse",
    "fuse.lxcfs",
    "fuse.portal",
    "fusectl",
    "hugetlbfs",
    "mqueue",
    "nsfs",
    "proc",
    "pstore",
    "ramfs",
    "rpc_pipefs",
    "securityfs",
    "selinuxfs",
    "squashfs",
    "sysfs",
    "tmpfs",
    "tracefs",
];

/// Disks that files can be kept on. `tmpfs` is left out: it is memory.
pub(crate) fn all() -> Vec<DiskFacts> {
    let mut seen = BTreeSet::new();
    let mut disks: Vec<DiskFacts> = mounts()
        .into_iter()
        .rev()
        .filter(|mount| !PSEUDO.contains(&mount.file_system.as_str()))
        // The root of a container of somebody's, seen from outside; the disk below it is listed itself.
        .filter(|mount| mount.file_system != "overlay" || mount.at == Path::new("/"))
        // Only the last mount over a folder is visible; a file can be a mount point too (containers do that).
        .filter(|mount| seen.insert(mount.at.clone()) && mount.at.is_dir())
        .filter_map(|mount| facts(&mount).ok())
        .filter(|disk| disk.total.bytes() > 0)
        .collect();
    disks.reverse();
    // A device that is mounted several times (bind mounts) is one disk to a person: its shortest place stands for it.
    disks.sort_by_key(|disk| disk.mount_point.components().count());
    let mut devices = BTreeSet::new();
    disks.retain(|disk| devices.insert((disk.name.clone(), disk.total.bytes())));
    disks
}

/// Brings the free space of `disks` up to date; leaves out what might hang.
pub(crate) fn refresh(disks: &mut [DiskFacts]) {
    for disk in disks.iter_mut().filter(|disk| !may_hang(&disk.file_system)) {
        if let Ok((total, available)) = space(&disk.mount_point) {
            disk.total = total;
            disk.available = available;
        }
    }
}

/// The disk that `path` lies on, or would lie on once it is made, whatever kind of file system that is.
pub fn disk_at(path: &Path) -> io::Result<DiskFacts> {
    let real = existing_ancestor(path)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path is not absolute"))?;
    let mount = mounts()
        .into_iter()
        .filter(|mount| real.starts_with(&mount.at))
        // The later of two mounts at one place covers the earlier.
        .max_by_key(|mount| mount.at.components().count())
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no mount point holds the path"))?;
    facts(&mount)
}

/// Whether the disk that is mounted at `mount_point` may be pulled out: the kernel says so, or it hangs on a USB port. An
/// unknown disk is not.
pub fn is_removable(mount_point: &Path) -> bool {
    let found = mounts().into_iter().rev().find(|mount| mount.at == mount_point);
    let Some(device) = found.and_then(|mount| Path::new("/sys/dev/block").join(mount.device).canonicalize().ok())
    else {
        return false;
    };
    let is_flagged = |folder: &Path| fs::read_to_string(folder.join("removable")).is_ok_and(|flag| flag.trim() == "1");
    // A partition's flag is in the folder of its disk.
    is_flagged(&device) || device.parent().is_some_and(is_flagged) || hangs_on_usb(&device)
}

/// Reads it from the device's path, for example `/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/…/block/sdb/sdb1`.
fn hangs_on_usb(device: &Path) -> bool {
    let is_port = |name: &str| {
        name.strip_prefix("usb")
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    device
        .components()
        .any(|part| part.as_os_str().to_str().is_some_and(is_port))
}

fn may_hang(file_system: &str) -> bool {
    is_network(file_system) || file_system.starts_with("fuse.")
}

fn facts(mount: &Mount) -> io::Result<DiskFacts> {
    let (total, available) = if may_hang(&mount.file_system) {
        space_or_late(&mount.at)?
    } else {
        space(&mount.at)?
    };
    Ok(DiskFacts {
        name: mount.source.rsplit('/').next().unwrap_or_default().to_owned(),
        kind: kind(&mount.device).to_owned(),
        mount_point: mount.at.clone(),
        file_system: mount.file_system.clone(),
        total,
        available,
    })
}

fn space(mount_point: &Path) -> io::Result<(ByteSize, ByteSize)> {
    let answer = statvfs(mount_point)?;
    let block = answer.fragment_size();
    Ok((
        ByteSize(answer.blocks().saturating_mul(block)),
        ByteSize(answer.blocks_available().saturating_mul(block)),
    ))
}

/// Asks on a thread of its own: a call into a dead server cannot be taken back, so the thread is left to it.
fn space_or_late(mount_point: &Path) -> io::Result<(ByteSize, ByteSize)> {
    let (sender, receiver) = mpsc::channel();
    let asked = mount_point.to_owned();
    std::thread::Builder::new().name("statvfs".to_owned()).spawn(move || {
        // Nobody listens any more after the limit; then there is nothing to say.
        let _late = sender.send(space(&asked));
    })?;
    receiver
        .recv_timeout(ANSWER_WITHIN)
        .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the file system does not answer"))?
}

/// `ssd`, `hdd` or `unknown`, by what the kernel says of the device (a partition's says it in its parent's folder).
fn kind(device: &str) -> &'static str {
    let base = PathBuf::from("/sys/dev/block").join(device);
    let flag = ["queue/rotational", "../queue/rotational"]
        .iter()
        .find_map(|file| fs::read_to_string(base.join(file)).ok());
    match flag.as_deref().map(str::trim) {
        Some("0") => "ssd",
        Some("1") => "hdd",
        Some(_) | None => "unknown",
    }
}

fn mounts() -> Vec<Mount> {
    // Read as bytes: a mount point may have any name.
    let table = fs::read("/proc/self/mountinfo").unwrap_or_default();
    table.split(|byte| *byte == b'\n').filter_map(parse_line).collect()
}

/// Reads `36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/sda1 rw`.
fn parse_line(line: &[u8]) -> Option<Mount> {
    let mut fields = line.split(|byte| *byte == b' ');
    let device = String::from_utf8(fields.nth(2)?.to_vec()).ok()?;
    let at = PathBuf::from(std::ffi::OsString::from_vec(unescape(fields.nth(1)?)));
    let mut tail = fields.skip_while(|field| *field != b"-").skip(1);
    let file_system = String::from_utf8_lossy(tail.next()?).into_owned();
    let source = String::from_utf8_lossy(&unescape(tail.next()?)).into_owned();
    Some(Mount {
        device,
        at,
        file_system,
        source,
    })
}

/// Undoes the kernel's `\040` for a space and the like.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'\\').then(|| after.get(..3)).flatten();
        let byte = code
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|d| u8::from_str_radix(d, 8).ok());
        plain.push(byte.unwrap_or(*first));
        rest = if byte.is_some() {
            after.get(3..).unwrap_or_default()
        } else {
            after
        };
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Mount, all, disk_at, hangs_on_usb, is_removable, parse_line};

    #[test]
    fn a_disk_on_a_usb_port_is_known_by_its_path() {
        let usb = "/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sdb/sdb1";
        assert!(hangs_on_usb(Path::new(usb)));
        for inside in [
            "/sys/devices/pci0000:00/0000:00:1d.0/nvme/nvme0/nvme0n1/nvme0n1p2",
            "/sys/devices/usbfoo/block/sda",
        ] {
            assert!(!hangs_on_usb(Path::new(inside)), "{inside}");
        }
        assert!(
            !is_removable(Path::new("/nowhere/mounted")),
            "an unknown disk stays where it is"
        );
    }

    #[test]
    fn reads_a_line_of_the_mount_table() {
        let line = br"36 35 98:0 / /mnt/my\040disk rw,noatime shared:1 master:2 - fuseblk /dev/sdb1 rw,user_id=0";
        let expected = Mount {
            device: "98:0".to_owned(),
            at: "/mnt/my disk".into(),
            file_system: "fuseblk".to_owned(),
            source: "/dev/sdb1".to_owned(),
        };
        assert_eq!(parse_line(line), Some(expected));
        for broken in [&b""[..], b"36 35", b"36 35 98:0 / /mnt rw", b"36 35 98:0 / /mnt rw -"] {
            assert_eq!(parse_line(broken), None, "half a line is none");
        }
    }

    #[test]
    fn no_mount_point_is_listed_twice() {
        let disks = all();
        let mut points: Vec<_> = disks.iter().map(|disk| &disk.mount_point).collect();
        let count = points.len();
        points.sort();
        points.dedup();
        assert_eq!(points.len(), count, "{disks:?}");
    }

    #[test]
    fn a_folder_that_is_not_made_yet_lies_on_a_disk_with_room() {
        let folder = tempfile::tempdir().unwrap();
        let disk = disk_at(&folder.path().join("not/made/yet")).unwrap();
        assert!(disk.total.bytes() > 0 && disk.available <= disk.total, "{disk:?}");
        assert!(disk_at(std::path::Path::new("relative")).is_err());
    }
}
