//! The folders that hold chain data: made with the right owner, and erased only when asked for.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use freehold_model::plan::{ContainerPlan, MountSource};

/// Makes every folder that a container mounts, owned by the user it runs as, and writes the files that it mounts.
pub(crate) fn prepare(plan: &ContainerPlan, own_uid: u32) -> Result<(), (PathBuf, Error)> {
    let owner = parse_user(&plan.user).filter(|_| own_uid == 0);
    for file in &plan.files {
        if let Some(folder) = file.source.parent() {
            let made = freehold_store::file::create_private_folder(folder);
            made.map_err(|error| (folder.to_owned(), Error::other(error)))?;
        }
        let written = freehold_store::file::write_for(&file.source, file.content.expose().as_bytes(), 0o600, owner);
        written.map_err(|error| (file.source.clone(), Error::other(error)))?;
    }
    for mount in &plan.mounts {
        let MountSource::Folder(folder) = &mount.source else {
            continue;
        };
        make_mount(folder).map_err(|error| (folder.clone(), error))?;
        // Only root can give a folder away, and only root needs to: otherwise the container runs as the user itself.
        if own_uid == 0
            && let Some((uid, gid)) = parse_user(&plan.user)
        {
            give(folder, uid, gid).map_err(|error| (folder.clone(), error))?;
        }
    }
    Ok(())
}

fn parse_user(user: &str) -> Option<(u32, u32)> {
    let (uid, gid) = user.split_once(':')?;
    Some((uid.parse().ok()?, gid.parse().ok()?))
}

#[cfg(unix)]
fn give(folder: &Path, uid: u32, gid: u32) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt;
    let now = fs::metadata(folder)?;
    if now.uid() == uid && now.gid() == gid {
        return Ok(());
    }
    // Only an empty folder changes hands here: one with data in it belongs to somebody on purpose.
    if fs::read_dir(folder)?.next().is_some() {
        return Err(Error::new(
            ErrorKind::PermissionDenied,
            format!("it belongs to user {} and holds data", now.uid()),
        ));
    }
    std::os::unix::fs::chown(folder, Some(uid), Some(gid))
}

#[cfg(not(unix))]
fn give(_: &Path, _: u32, _: u32) -> Result<(), Error> {
    Ok(())
}

/// Makes a mount's folder. What it is in was made when the node was added: where that is missing now, its disk is not
/// connected, and a new chain would be begun on another one.
fn make_mount(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    if folder.parent().is_some_and(|parent| !parent.is_dir()) {
        return Err(Error::new(
            ErrorKind::NotFound,
            "it is missing; is the disk that holds it connected?",
        ));
    }
    fs::create_dir(folder)
}

/// Erases the files that were written for a node's containers.
pub(crate) fn forget_files(folder: &Path) -> Result<(), (PathBuf, Error)> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err((folder.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Erases the mount folders below `data_dir` and then `data_dir` itself if nothing else is in it. Nothing but the named
/// folders is touched, and links are not followed.
pub(crate) fn erase(data_dir: &Path, mounts: &[String]) -> Result<(), (PathBuf, Error)> {
    for mount in mounts {
        let folder = data_dir.join(mount);
        let is_link = fs::symlink_metadata(&folder).is_ok_and(|found| found.file_type().is_symlink());
        let is_file = fs::symlink_metadata(&folder).is_ok_and(|found| found.is_file());
        let gone = if is_link || is_file {
            fs::remove_file(&folder)
        } else {
            fs::remove_dir_all(&folder)
        };
        match gone {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err((folder, error)),
            _ => {}
        }
    }
    // The mounts were what held data. The folder itself may hold other things, be a mount point, or lie in one that this
    // user may not change: it stays then.
    let _ = fs::remove_dir(data_dir);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::erase;

    #[test]
    fn erasing_takes_the_mounts_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let node = root.path().join("node");
        std::fs::create_dir_all(node.join("chain/blocks")).unwrap();
        std::fs::create_dir_all(node.join("photos")).unwrap();
        erase(&node, &["chain".to_owned()]).unwrap();
        assert!(!node.join("chain").exists());
        assert!(node.join("photos").exists(), "what is not ours stays");
        std::fs::remove_dir(node.join("photos")).unwrap();
        erase(&node, &["chain".to_owned()]).unwrap();
        assert!(
            !node.exists(),
            "an empty folder goes too, and erasing twice does no harm"
        );
    }

    #[test]
    fn a_link_is_removed_and_its_target_stays() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("elsewhere");
        std::fs::create_dir_all(target.join("blocks")).unwrap();
        let node = root.path().join("node");
        std::fs::create_dir(&node).unwrap();
        std::os::unix::fs::symlink(&target, node.join("chain")).unwrap();
        erase(&node, &["chain".to_owned()]).unwrap();
        assert!(target.join("blocks").exists());
    }
}
