//! Unix: modes, owners, sockets.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use nix::fcntl::{FcntlArg, fcntl};
use nix::libc;
use nix::unistd::{AccessFlags, access};

use super::Ownership;

/// A live listener accepts at once; only one whose queue is full lets a connection wait.
const CONNECT_WITHIN: Duration = Duration::from_millis(500);

/// Opens a file for reading, but not through a link, and without waiting for a pipe's other end.
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(path)
}

/// Makes a new file of mode 0600; fails when something is there already.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Makes a folder of mode 0700.
pub(crate) fn make_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

/// Makes the names in a folder durable.
pub(crate) fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Owner and mode of a file.
pub(crate) fn ownership(metadata: &Metadata) -> Ownership {
    Ownership {
        mode: metadata.mode() & 0o7777,
        uid: metadata.uid(),
        gid: metadata.gid(),
    }
}

/// Gives a file its owner and mode. The owner first: changing it may clear bits of the mode.
pub(crate) fn set_ownership(file: &File, wanted: Ownership) -> io::Result<()> {
    let now = ownership(&file.metadata()?);
    if (now.uid, now.gid) != (wanted.uid, wanted.gid) {
        std::os::unix::fs::fchown(file, Some(wanted.uid), Some(wanted.gid))?;
    }
    file.set_permissions(std::fs::Permissions::from_mode(wanted.mode))
}

/// Whether this user may write there. A file or folder without any write bit counts as read-only for the system's
/// administrator too, because somebody took the bits away on purpose.
pub(crate) fn is_writable(path: &Path) -> io::Result<bool> {
    let mode = std::fs::metadata(path)?.mode();
    Ok(mode & 0o222 != 0 && access(path, AccessFlags::W_OK).is_ok())
}

/// Whether a program listens at a Unix socket: connects and hangs up again.
pub(crate) fn socket_is_held(path: &Path) -> bool {
    if std::fs::symlink_metadata(path).is_err() {
        return false;
    }
    let (done, answer) = mpsc::channel();
    let path = path.to_owned();
    // Connecting to a socket cannot be given a time limit, so it is done aside.
    std::thread::spawn(move || {
        let _ = done.send(UnixStream::connect(&path).is_ok());
    });
    // No answer means that a listener exists which does not get round to us.
    answer.recv_timeout(CONNECT_WITHIN).unwrap_or(true)
}

/// Whether a program holds a lock on a file with `fcntl`. Asks only; takes none.
pub(crate) fn file_is_locked(path: &Path) -> bool {
    let Ok(file) = open_no_follow(path) else { return false };
    // These numbers are small, but have another type on every system.
    let (Ok(to_write), Ok(unlocked), Ok(from_start)) = (
        libc::c_short::try_from(libc::F_WRLCK),
        libc::c_short::try_from(libc::F_UNLCK),
        libc::c_short::try_from(libc::SEEK_SET),
    ) else {
        return false;
    };
    let mut asked = libc::flock {
        l_type: to_write,
        l_whence: from_start,
        l_start: 0,
        l_len: 0,
        l_pid: 0,
    };
    let is_asked = fcntl(&file, FcntlArg::F_GETLK(&mut asked)).is_ok();
    is_asked && asked.l_type != unlocked
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::file_is_locked;
    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc;

    #[test]
    fn a_lock_that_another_holds_is_seen_and_its_end_too() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(!file_is_locked(file.path()));
        let lock = libc::flock {
            l_type: libc::c_short::try_from(libc::F_WRLCK).unwrap(),
            l_whence: 0,
            l_start: 0,
            l_len: 0,
            l_pid: 0,
        };
        // One of the open file counts as another's, also within this process.
        let holder = file.reopen().unwrap();
        fcntl(&holder, FcntlArg::F_OFD_SETLK(&lock)).unwrap();
        assert!(file_is_locked(file.path()));
        drop(holder);
        assert!(!file_is_locked(file.path()));
        assert!(!file_is_locked(&file.path().with_extension("none")));
    }
}
