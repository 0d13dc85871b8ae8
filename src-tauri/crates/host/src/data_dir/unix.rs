//! Folders on Unix: owner, mode, read-only file systems.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::{AccessFlags, Uid, User, access, geteuid};

use super::DataDirState;
use crate::disk::existing_ancestor;

/// What `path` is good for, for a node that runs as `uid` and `gid`.
pub(super) fn state_of(path: &Path, uid: u32, gid: u32) -> DataDirState {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return missing(path),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return DataDirState::NotAFolder,
        // A parent folder may not be entered, so nothing below can be seen or used.
        Err(_) => return DataDirState::NotWritable,
    };
    if !metadata.is_dir() {
        return DataDirState::NotAFolder;
    }
    if is_read_only(path) {
        return DataDirState::NotWritable;
    }
    if !may_write(path, &metadata, uid, gid) {
        return if metadata.uid() == uid {
            DataDirState::NotWritable
        } else {
            DataDirState::OwnedByOther {
                owner: name_of(metadata.uid()),
            }
        };
    }
    // Every fresh ext4 disk holds `lost+found`. What cannot be listed is taken for data: nothing is ever put over it.
    let is_empty = fs::read_dir(path)
        .is_ok_and(|mut listing| listing.all(|entry| entry.is_ok_and(|entry| entry.file_name() == "lost+found")));
    if is_empty {
        DataDirState::Empty
    } else {
        DataDirState::HasData
    }
}

fn missing(path: &Path) -> DataDirState {
    // A link that points nowhere has this name already; nothing can be made there.
    let is_dangling_link = fs::symlink_metadata(path).is_ok();
    let is_creatable = !is_dangling_link
        && existing_ancestor(path)
            .is_some_and(|parent| parent.is_dir() && access(&parent, AccessFlags::W_OK | AccessFlags::X_OK).is_ok());
    DataDirState::Missing { is_creatable }
}

fn is_read_only(path: &Path) -> bool {
    statvfs(path).is_ok_and(|answer| answer.flags().contains(FsFlags::ST_RDONLY))
}

fn may_write(path: &Path, metadata: &Metadata, uid: u32, gid: u32) -> bool {
    if uid == geteuid().as_raw() {
        // The system's own answer also knows access lists and further groups.
        return access(path, AccessFlags::R_OK | AccessFlags::W_OK | AccessFlags::X_OK).is_ok();
    }
    let shift = if metadata.uid() == uid {
        6
    } else if metadata.gid() == gid {
        3
    } else {
        0
    };
    metadata.mode() >> shift & 0o7 == 0o7
}

fn name_of(uid: u32) -> String {
    User::from_uid(Uid::from_raw(uid))
        .ok()
        .flatten()
        .map_or_else(|| format!("user {uid}"), |user| user.name)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::path::Path;

    use nix::unistd::{getegid, geteuid};

    use crate::data_dir::{DataDirState, inspect};

    fn own_state(path: &Path) -> DataDirState {
        inspect(path, geteuid().as_raw(), getegid().as_raw()).state
    }

    #[test]
    fn missing_empty_and_used_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            own_state(&folder.path().join("a/b")),
            DataDirState::Missing { is_creatable: true }
        );
        assert_eq!(own_state(folder.path()), DataDirState::Empty);
        fs::create_dir(folder.path().join("lost+found")).unwrap();
        assert_eq!(
            own_state(folder.path()),
            DataDirState::Empty,
            "every fresh disk holds lost+found"
        );
        fs::create_dir(folder.path().join("blocks")).unwrap();
        assert_eq!(own_state(folder.path()), DataDirState::HasData);
    }

    #[test]
    fn a_file_and_a_dangling_link_are_no_place_for_data() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::File::create(&file).unwrap();
        assert_eq!(own_state(&file), DataDirState::NotAFolder);
        assert_eq!(own_state(&file.join("below")), DataDirState::NotAFolder);
        let link = folder.path().join("link");
        symlink(folder.path().join("nowhere"), &link).unwrap();
        assert_eq!(own_state(&link), DataDirState::Missing { is_creatable: false });
    }

    #[test]
    fn a_folder_that_the_nodes_user_may_not_write_names_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let stranger = geteuid().as_raw() + 54_321;
        let state = inspect(folder.path(), stranger, stranger).state;
        let DataDirState::OwnedByOther { owner } = state else {
            panic!("expected an owner, got {state:?}")
        };
        if fs::metadata(folder.path()).unwrap().uid() == 0 {
            assert_eq!(owner, "root", "the owner is named, not numbered");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(
            inspect(folder.path(), stranger, stranger).state,
            DataDirState::Empty,
            "everybody may write there"
        );
    }

    #[test]
    fn a_local_disk_is_no_network() {
        let folder = tempfile::tempdir().unwrap();
        let facts = inspect(folder.path(), geteuid().as_raw(), getegid().as_raw());
        assert_eq!(facts.network_file_system, None);
        assert!(facts.disk.is_some(), "every folder lies somewhere");
    }
}
