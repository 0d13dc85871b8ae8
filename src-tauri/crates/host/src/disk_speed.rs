//! How fast the disk of a folder is, by a short measured test: a chain's first sync on a slow disk takes weeks.

use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux::measure;

/// A test that takes longer than this is stuck in the disk itself.
const GIVE_UP: Duration = Duration::from_secs(15);

/// What the test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiskSpeed {
    /// Bytes a second written one after the other and flushed to the disk.
    pub write_bytes_per_s: f64,
    /// Bytes a second read one after the other, past the system's cache. A disk's or a virtual machine's own cache may
    /// still have helped.
    pub read_bytes_per_s: f64,
    /// Blocks of 4 KiB a second that were appended and each flushed to the disk: what a database's commit waits for.
    pub fsyncs_per_s: f64,
    /// Blocks of 4 KiB a second read here and there, one at a time, past the system's cache.
    pub random_reads_per_s: f64,
}

/// Measures the disk that `folder` (which must exist) lies on: about four seconds, at most 64 MiB and a little written to
/// a file that has no name, so that nothing stays whatever happens. Blocks; refuses with `StorageFull` when less than
/// 256 MiB is free, fails with `TimedOut` after 15 seconds and with `Unsupported` on systems other than Linux.
pub fn disk_speed(folder: &Path) -> io::Result<DiskSpeed> {
    let (sender, receiver) = mpsc::channel();
    let folder = folder.to_owned();
    // A call into a disk that hangs cannot be taken back, so the thread is left to it.
    std::thread::Builder::new()
        .name("disk-speed".to_owned())
        .spawn(move || {
            // Nobody listens any more after the limit; then there is nothing to say.
            let _late = sender.send(measure(&folder));
        })?;
    receiver
        .recv_timeout(GIVE_UP)
        .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the disk does not answer"))?
}

#[cfg(not(target_os = "linux"))]
fn measure(_: &Path) -> io::Result<DiskSpeed> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "the speed of a disk cannot be measured on this system",
    ))
}
