//! How much of its disk a folder takes.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// Most entries that one call looks at: a Bitcoin node with every index has about 20,000 files. More than this is not a
/// node's folder, and counting it would keep the disk from the node.
const MOST_ENTRIES: usize = 500_000;

/// Bytes allocated on disk for everything below `path`, folders included. Blocks that were set aside but are not written
/// yet count, holes do not; a link counts as itself; other file systems mounted below are left out, and a file with
/// several names counts once for each. Fails where a folder may not be read, rather than telling too little.
pub fn folder_size(path: &Path) -> io::Result<u64> {
    let top = fs::symlink_metadata(path)?;
    let mut bytes = allocated(&top);
    let mut waiting = if top.is_dir() {
        vec![path.to_owned()]
    } else {
        Vec::new()
    };
    let mut entries = 0_usize;
    while let Some(folder) = waiting.pop() {
        let listing = match fs::read_dir(&folder) {
            Ok(listing) => listing,
            // A running node makes and removes files all the time.
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder != path => continue,
            Err(error) => return Err(error),
        };
        for entry in listing {
            entries += 1;
            if entries > MOST_ENTRIES {
                return Err(io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    format!("more than {MOST_ENTRIES} files and folders"),
                ));
            }
            let entry = entry?;
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            if !is_same_disk(&top, &metadata) {
                continue;
            }
            bytes = bytes.saturating_add(allocated(&metadata));
            if metadata.is_dir() {
                waiting.push(entry.path());
            }
        }
    }
    Ok(bytes)
}

/// `st_blocks` counts units of 512 bytes on every Unix, whatever the file system's own block size.
#[cfg(unix)]
fn allocated(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata).saturating_mul(512)
}

#[cfg(not(unix))]
fn allocated(metadata: &Metadata) -> u64 {
    if metadata.is_file() { metadata.len() } else { 0 }
}

#[cfg(unix)]
fn is_same_disk(top: &Metadata, entry: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    top.dev() == entry.dev()
}

#[cfg(not(unix))]
fn is_same_disk(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write;
    use std::os::unix::fs::symlink;

    use super::folder_size;

    fn file_of(path: &std::path::Path, bytes: usize) {
        let mut file = File::create(path).unwrap();
        file.write_all(&vec![7; bytes]).unwrap();
        file.sync_all().unwrap();
    }

    #[test]
    fn holes_do_not_count_and_files_in_folders_do() {
        let folder = tempfile::tempdir().unwrap();
        let hole = File::create(folder.path().join("blk00000.dat")).unwrap();
        hole.set_len(128 << 20).unwrap();
        assert!(
            folder_size(folder.path()).unwrap() < 1 << 20,
            "a hole of 128 MiB takes no room"
        );
        fs::create_dir_all(folder.path().join("blocks/index")).unwrap();
        file_of(&folder.path().join("blocks/index/000005.ldb"), 3 << 20);
        let size = folder_size(folder.path()).unwrap();
        assert!(
            (3 << 20..4 << 20).contains(&size),
            "three MiB were written, {size} counted"
        );
    }

    #[test]
    fn links_are_not_followed() {
        let elsewhere = tempfile::tempdir().unwrap();
        file_of(&elsewhere.path().join("big"), 2 << 20);
        let folder = tempfile::tempdir().unwrap();
        symlink(elsewhere.path(), folder.path().join("link")).unwrap();
        symlink(folder.path(), folder.path().join("circle")).unwrap();
        assert!(
            folder_size(folder.path()).unwrap() < 1 << 20,
            "what a link points to lies elsewhere"
        );
    }

    #[test]
    fn a_missing_folder_is_an_error_not_zero() {
        let folder = tempfile::tempdir().unwrap();
        let error = folder_size(&folder.path().join("gone")).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    }
}
