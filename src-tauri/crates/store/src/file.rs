//! Files that are whole after a crash.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use freehold_model::Timestamp;

use crate::StoreError;

/// Mode of files that only their owner may read.
pub const PRIVATE: u32 = 0o600;

/// Makes a folder that only its owner may enter; its parents get the system's default. A folder that is there already
/// keeps its mode: it may be somebody's on purpose.
pub fn create_private_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    set_mode(folder, 0o700)
}

/// Lets only the owner read a file.
pub fn make_private(path: &Path) -> Result<(), StoreError> {
    set_mode(path, PRIVATE)
}

/// Replaces `path` by `bytes`: temporary file beside it, fsync, rename, fsync of the folder. After a crash the file is
/// the old one or the new one.
pub fn write_atomic(path: &Path, bytes: &[u8], mode: u32) -> Result<(), StoreError> {
    replace(path, bytes, mode, |_| Ok(()))
}

/// Like [`write_atomic`], for a file that is mounted into a container: owner (user and group number; `None` leaves them)
/// and mode are set, whatever the umask, before anything is written into it. Fails where this user may not give files
/// away; the file is then as it was before. Owner and mode mean nothing on Windows.
pub fn write_for(path: &Path, bytes: &[u8], mode: u32, owner: Option<(u32, u32)>) -> Result<(), StoreError> {
    replace(path, bytes, PRIVATE, |file| dress(file, mode, owner))
}

/// The temporary file is made with `mode`, handed to `prepare` while it is empty, and taken away where anything fails.
fn replace(
    path: &Path,
    bytes: &[u8],
    mode: u32,
    prepare: impl FnOnce(&File) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".tmp");
    let temporary = folder.join(name);
    // A temporary file that an earlier crash left is worthless.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(StoreError::io(&temporary)(error)),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    with_mode(&mut options, mode);
    let mut file = options.open(&temporary).map_err(StoreError::io(&temporary))?;
    let written = prepare(&file)
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io(&temporary))
        .and_then(|()| fs::rename(&temporary, path).map_err(StoreError::io(path)));
    if let Err(error) = written {
        // The error that is told is the first; a rest that stays is taken away by the next write.
        let _stays = fs::remove_file(&temporary);
        return Err(error);
    }
    sync_folder(folder)
}

/// Makes a rename or removal in `folder` last over a power cut.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Folders cannot be opened for fsync on Windows; NTFS journals the rename itself.
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(StoreError::io(folder))?;
    }
    Ok(())
}

/// Moves a file that cannot be read out of the way, under a name that says when; never deletes it.
pub fn set_aside(path: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    for attempt in 0..100 {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".unreadable-{}", now.seconds() + attempt));
        let kept = path.with_file_name(name);
        if !kept.exists() {
            fs::rename(path, &kept).map_err(StoreError::io(path))?;
            return Ok(kept);
        }
    }
    Err(StoreError::io(path)(std::io::Error::from(ErrorKind::AlreadyExists)))
}

/// The file's bytes; `None` where it does not exist.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path)(error)),
    }
}

#[cfg(unix)]
fn with_mode(options: &mut OpenOptions, mode: u32) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(mode);
}

#[cfg(not(unix))]
fn with_mode(_: &mut OpenOptions, _: u32) {}

/// The owner first: giving a file away may clear bits of its mode.
#[cfg(unix)]
fn dress(file: &File, mode: u32, owner: Option<(u32, u32)>) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if let Some((user, group)) = owner {
        std::os::unix::fs::fchown(file, Some(user), Some(group))?;
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn dress(_: &File, _: u32, _: Option<(u32, u32)>) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(StoreError::io(path))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::{PRIVATE, dress, replace, set_aside, write_atomic, write_for};
    use freehold_model::Timestamp;

    #[test]
    fn a_write_replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        write_atomic(&file, b"one, and rather long", PRIVATE).unwrap();
        write_atomic(&file, b"two", PRIVATE).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file stays"
        );
    }

    #[test]
    fn the_rest_of_an_interrupted_write_does_not_stop_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::os::unix::fs::symlink("/nonexistent", folder.path().join("a.tmp")).unwrap();
        write_atomic(&file, b"new", PRIVATE).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn a_file_for_a_container_has_its_mode_and_owner_before_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jwt.hex");
        let own = std::fs::metadata(folder.path()).unwrap();
        // Only root may give files away; anybody else may at least name themselves.
        let (user, group) = if own.uid() == 0 {
            (4321, 4322)
        } else {
            (own.uid(), own.gid())
        };
        for mode in [0o666, 0o440] {
            write_for(&path, b"secret", mode, Some((user, group))).unwrap();
            let file = std::fs::metadata(&path).unwrap();
            assert_eq!((file.uid(), file.gid(), file.mode() & 0o7777), (user, group, mode));
        }
        write_for(&path, b"secret", 0o640, None).unwrap();
        let file = std::fs::metadata(&path).unwrap();
        assert_eq!((file.uid(), file.mode() & 0o7777), (own.uid(), 0o640), "our own");
        replace(&path, b"secret", PRIVATE, |file| {
            dress(file, 0o644, None)?;
            assert_eq!(file.metadata()?.len(), 0, "nothing to read yet");
            Ok(())
        })
        .unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"secret");
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_file_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_atomic(&path, b"old", PRIVATE).unwrap();
        let refuse = |_: &std::fs::File| Err(std::io::Error::from(std::io::ErrorKind::PermissionDenied));
        replace(&path, b"new", PRIVATE, refuse).unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file stays"
        );
    }

    #[test]
    fn setting_aside_never_overwrites_what_was_set_aside_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        let mut kept = Vec::new();
        for text in ["first", "second"] {
            write_atomic(&file, text.as_bytes(), PRIVATE).unwrap();
            kept.push(set_aside(&file, Timestamp(5000)).unwrap());
        }
        assert_eq!(std::fs::read_to_string(&kept[0]).unwrap(), "first");
        assert_eq!(std::fs::read_to_string(&kept[1]).unwrap(), "second");
    }
}
