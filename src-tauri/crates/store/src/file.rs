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

/// Replaces `path` by `bytes`: temporary file beside it, fsync, rename, fsync of the folder. After a crash the file is
/// the old one or the new one.
pub fn write_atomic(path: &Path, bytes: &[u8], mode: u32) -> Result<(), StoreError> {
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
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io(&temporary))?;
    fs::rename(&temporary, path).map_err(StoreError::io(path))?;
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
    use super::{PRIVATE, set_aside, write_atomic};
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
