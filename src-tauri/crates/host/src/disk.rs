//! Disks: which there are, and which one a folder lies on.

use std::path::{Path, PathBuf};

use freehold_model::machine::DiskFacts;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::{all, refresh};
#[cfg(target_os = "linux")]
pub use linux::{disk_at, is_removable};

#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
pub(crate) use other::{all, refresh};
#[cfg(not(target_os = "linux"))]
pub use other::{disk_at, is_removable};

/// The disk among `disks` that `path` lies on, or would lie on once it is made: the longest mount point above its
/// nearest existing ancestor, links followed.
pub fn disk_of<'a>(path: &Path, disks: &'a [DiskFacts]) -> Option<&'a DiskFacts> {
    let real = existing_ancestor(path)?;
    disks
        .iter()
        .filter(|disk| real.starts_with(&disk.mount_point))
        .max_by_key(|disk| disk.mount_point.components().count())
}

/// The nearest ancestor of `path` (or itself) that exists, with links resolved. `None` for a relative path.
pub(crate) fn existing_ancestor(path: &Path) -> Option<PathBuf> {
    path.is_absolute()
        .then(|| path.ancestors().find_map(|ancestor| ancestor.canonicalize().ok()))?
}

/// A file system whose server, not this machine, decides when it answers; SQLite and LevelDB are not safe on most.
pub fn is_network_file_system(file_system: &str) -> bool {
    is_network(file_system)
}

pub(crate) fn is_network(file_system: &str) -> bool {
    const NETWORK: [&str; 18] = [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    ];
    NETWORK.contains(&file_system)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use freehold_model::ByteSize;
    use freehold_model::machine::DiskFacts;

    use super::{disk_of, is_network};

    fn disk(mount_point: &Path) -> DiskFacts {
        DiskFacts {
            mount_point: mount_point.to_owned(),
            name: "sda".to_owned(),
            file_system: "ext4".to_owned(),
            kind: "ssd".to_owned(),
            total: ByteSize::gb(2),
            available: ByteSize::gb(1),
        }
    }

    #[test]
    fn the_longest_mount_point_above_the_folder_wins() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(real.join("mnt/deep")).unwrap();
        let disks = [disk(Path::new("/")), disk(&real.join("mnt")), disk(&real.join("mnt2"))];
        let of = |path: &str| disk_of(&real.join(path), &disks).map(|disk| disk.mount_point.clone());
        assert_eq!(of("mnt/deep"), Some(real.join("mnt")));
        assert_eq!(
            of("mnt/not/made/yet"),
            Some(real.join("mnt")),
            "a folder to be made lies where its parent lies"
        );
        assert_eq!(
            of("mntother"),
            Some("/".into()),
            "a name that begins alike is another folder"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_the_disk_that_it_points_to() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir(real.join("mnt")).unwrap();
        std::os::unix::fs::symlink(real.join("mnt"), real.join("link")).unwrap();
        let disks = [disk(Path::new("/")), disk(&real.join("mnt"))];
        assert_eq!(
            disk_of(&real.join("link/new"), &disks).unwrap().mount_point,
            real.join("mnt")
        );
    }

    #[test]
    fn a_relative_path_lies_nowhere() {
        assert!(disk_of(Path::new("chain"), &[disk(Path::new("/"))]).is_none());
    }

    #[test]
    fn network_file_systems_are_known() {
        assert!(is_network("nfs4") && is_network("cifs") && is_network("fuse.sshfs"));
        assert!(!is_network("ext4") && !is_network("fuseblk") && !is_network("btrfs"));
    }
}
