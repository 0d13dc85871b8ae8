//! Copies a node's data to another folder: resumable, checked, the source untouched.
//!
//! A file counts as copied once the copy has the source's length and time of change; that time is set last, after the
//! bytes were written, forced to the disk and read back. So a copy that was cut off goes on where it was.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest as _, Sha256};

/// Bytes read at a time.
const BLOCK: usize = 1 << 20;
/// Ending of a copy that is not complete.
const PARTIAL: &str = ".freehold-partial";

/// What went wrong, and where.
pub(crate) type CopyError = (PathBuf, Error);

/// One folder to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) from: PathBuf,
    pub(crate) to: PathBuf,
}

/// Bytes of all legs, and those of them that are copied already.
pub(crate) fn measure(legs: &[Leg]) -> Result<(u64, u64), CopyError> {
    let (mut total, mut done) = (0, 0);
    for leg in legs {
        walk(&leg.from, &mut |path, found| {
            if found.is_file() {
                total += found.len();
                if is_copied(found, &target(leg, path)) {
                    done += found.len();
                }
            }
            Ok(())
        })?;
    }
    Ok((total, done))
}

/// Copies every leg. `on_progress` gets the bytes done and the bytes in all; `stop` ends the copy between two blocks.
pub(crate) fn copy(legs: &[Leg], on_progress: &dyn Fn(u64, u64), stop: &AtomicBool) -> Result<(), CopyError> {
    let (total, _) = measure(legs)?;
    let mut done = 0;
    for leg in legs {
        walk(&leg.from, &mut |path, found| {
            if stop.load(Ordering::Relaxed) {
                return Err((path.to_owned(), ErrorKind::Interrupted.into()));
            }
            let to = target(leg, path);
            let at = |error| (to.clone(), error);
            if found.is_dir() {
                fs::create_dir_all(&to).map_err(at)?;
                fs::set_permissions(&to, found.permissions()).map_err(at)?;
                remove_what_is_only_there(path, &to)?;
                return keep_owner(found, &to).map_err(at);
            }
            if found.is_symlink() {
                return copy_link(path, &to).map_err(at);
            }
            if !found.is_file() {
                // A socket or a pipe of a program that no longer runs.
                return Ok(());
            }
            if !is_copied(found, &to) {
                copy_file(path, found, &to, &mut |bytes| on_progress(done + bytes, total), stop)?;
            }
            done += found.len();
            on_progress(done, total);
            Ok(())
        })?;
    }
    // Names too must be on the disk before the source may go: every folder of the copy.
    for leg in legs {
        walk(&leg.to, &mut |path, found| {
            if found.is_dir() {
                sync_folder(path).map_err(|error| (path.to_owned(), error))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Takes away what an earlier, cut off or abandoned move has left in a folder of the copy and the source does not have:
/// a database would read it together with the rest.
fn remove_what_is_only_there(source: &Path, copy: &Path) -> Result<(), CopyError> {
    let at = |error| (copy.to_owned(), error);
    for entry in fs::read_dir(copy).map_err(at)? {
        let entry = entry.map_err(at)?;
        if fs::symlink_metadata(source.join(entry.file_name())).is_ok() {
            continue;
        }
        let path = entry.path();
        let is_folder = entry.file_type().map_err(at)?.is_dir();
        let gone = if is_folder {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        gone.map_err(|error| (path, error))?;
    }
    Ok(())
}

fn target(leg: &Leg, path: &Path) -> PathBuf {
    match path.strip_prefix(&leg.from) {
        Ok(rest) if rest.as_os_str().is_empty() => leg.to.clone(),
        Ok(rest) => leg.to.join(rest),
        Err(_) => leg.to.clone(),
    }
}

type Visit<'a> = dyn FnMut(&Path, &fs::Metadata) -> Result<(), CopyError> + 'a;

/// Every folder before what is in it; links below the root are not followed. A root that is not there is an error: its
/// disk may not be connected.
fn walk(root: &Path, visit: &mut Visit<'_>) -> Result<(), CopyError> {
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        let at = |error| (path.clone(), error);
        // The root may be a link to where the data really is; nothing below it is followed.
        let found = if path == root {
            fs::metadata(&path)
        } else {
            fs::symlink_metadata(&path)
        };
        let found = found.map_err(at)?;
        visit(&path, &found)?;
        if found.is_dir() {
            for entry in fs::read_dir(&path).map_err(at)? {
                open.push(entry.map_err(at)?.path());
            }
        }
    }
    Ok(())
}

fn is_copied(source: &fs::Metadata, copy: &Path) -> bool {
    fs::symlink_metadata(copy).is_ok_and(|there| {
        there.is_file() && there.len() == source.len() && there.modified().ok() == source.modified().ok()
    })
}

fn copy_file(
    from: &Path,
    found: &fs::Metadata,
    to: &Path,
    on_bytes: &mut dyn FnMut(u64),
    stop: &AtomicBool,
) -> Result<(), CopyError> {
    let mut name = to.as_os_str().to_owned();
    name.push(PARTIAL);
    let partial = PathBuf::from(name);
    let at_copy = |error| (partial.clone(), error);
    let mut source = File::open(from).map_err(|error| (from.to_owned(), error))?;
    let mut copy = File::create(&partial).map_err(at_copy)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK];
    let mut bytes = 0;
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err((from.to_owned(), ErrorKind::Interrupted.into()));
        }
        let read = source.read(&mut block).map_err(|error| (from.to_owned(), error))?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else {
            break;
        };
        hash.update(part);
        copy.write_all(part).map_err(at_copy)?;
        bytes += part.len() as u64;
        on_bytes(bytes);
    }
    copy.sync_all().map_err(at_copy)?;
    drop(copy);
    if hash_of(&partial, &mut block).map_err(at_copy)? != hash.finalize().as_slice() {
        return Err(at_copy(Error::new(
            ErrorKind::InvalidData,
            "the copy reads back as other bytes than were written",
        )));
    }
    keep_owner(found, &partial).map_err(at_copy)?;
    fs::set_permissions(&partial, found.permissions()).map_err(at_copy)?;
    let modified = found.modified().map_err(|error| (from.to_owned(), error))?;
    let copy = File::options().write(true).open(&partial).map_err(at_copy)?;
    copy.set_modified(modified).map_err(at_copy)?;
    copy.sync_all().map_err(at_copy)?;
    fs::rename(&partial, to).map_err(|error| (to.to_owned(), error))
}

fn hash_of(path: &Path, block: &mut [u8]) -> Result<Vec<u8>, Error> {
    let mut file = File::open(path)?;
    forget_cached(&file);
    let mut hash = Sha256::new();
    loop {
        let read = file.read(block)?;
        match block.get(..read).filter(|part| !part.is_empty()) {
            Some(part) => hash.update(part),
            None => return Ok(hash.finalize().to_vec()),
        }
    }
}

/// What is read back must come from the disk, not from the memory that was just written to.
#[cfg(target_os = "linux")]
fn forget_cached(file: &File) {
    // A file system that does not know the advice is read through its cache.
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn forget_cached(_: &File) {}

fn copy_link(from: &Path, to: &Path) -> Result<(), Error> {
    let leads_to = fs::read_link(from)?;
    if fs::read_link(to).is_ok_and(|there| there == leads_to) {
        return Ok(());
    }
    link(&leads_to, to)
}

#[cfg(unix)]
fn link(leads_to: &Path, at: &Path) -> Result<(), Error> {
    std::os::unix::fs::symlink(leads_to, at)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> Result<(), Error> {
    Err(Error::new(
        ErrorKind::Unsupported,
        "links are not copied on this system",
    ))
}

/// Only root can give files away; for anybody else the copy is theirs as the source was.
#[cfg(unix)]
fn keep_owner(found: &fs::Metadata, copy: &Path) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt;
    let there = fs::symlink_metadata(copy)?;
    if (there.uid(), there.gid()) == (found.uid(), found.gid()) {
        return Ok(());
    }
    std::os::unix::fs::lchown(copy, Some(found.uid()), Some(found.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::Metadata, _: &Path) -> Result<(), Error> {
    Ok(())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), Error> {
    match File::open(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        opened => opened?.sync_all(),
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), Error> {
    Ok(())
}

#[cfg(test)]
mod tests;
