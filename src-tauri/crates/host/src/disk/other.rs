//! Disks on macOS and Windows, as `sysinfo` lists them.

use std::io;
use std::path::Path;

use freehold_model::ByteSize;
use freehold_model::machine::DiskFacts;
use sysinfo::{Disk, DiskKind, Disks};

/// Disks that files can be kept on.
pub(crate) fn all() -> Vec<DiskFacts> {
    Disks::new_with_refreshed_list()
        .map(|disks| disks.iter().map(facts).collect())
        .unwrap_or_default()
}

/// Brings the free space of `disks` up to date.
pub(crate) fn refresh(disks: &mut Vec<DiskFacts>) {
    *disks = all();
}

/// The disk that `path` lies on, or would lie on once it is made.
pub fn disk_at(path: &Path) -> io::Result<DiskFacts> {
    super::disk_of(path, &all())
        .cloned()
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no disk holds the path"))
}

/// Whether the disk that is mounted at `mount_point` may be pulled out. An unknown disk is not.
pub fn is_removable(mount_point: &Path) -> bool {
    let disks = Disks::new_with_refreshed_list();
    disks
        .iter()
        .any(|disk| disk.mount_point() == mount_point && disk.is_removable())
}

fn facts(disk: &Disk) -> DiskFacts {
    DiskFacts {
        mount_point: disk.mount_point().to_owned(),
        name: disk.name().to_string_lossy().into_owned(),
        file_system: disk.file_system().to_string_lossy().into_owned(),
        kind: match disk.kind() {
            DiskKind::SSD => "ssd",
            DiskKind::HDD => "hdd",
            DiskKind::Unknown(_) => "unknown",
        }
        .to_owned(),
        total: ByteSize(disk.total_space()),
        available: ByteSize(disk.available_space()),
    }
}
