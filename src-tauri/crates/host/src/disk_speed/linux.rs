//! The test on Linux: `O_DIRECT` where the file system has it, else the page cache is emptied before reading.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::ops::Range;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

use nix::fcntl::{FcntlArg, OFlag, PosixFadviseAdvice, fcntl, posix_fadvise};
use nix::sys::statvfs::statvfs;

use super::DiskSpeed;

/// Free room below which the test would be part of the problem.
const LEAST_FREE: u64 = 256 << 20;

/// What is written one after the other.
const MOST_WRITTEN: usize = 64 << 20;

/// Written or read at once.
const BLOCK: usize = 1 << 20;

/// A page of most databases, and a sector of most disks.
const PAGE: usize = 4096;

const WRITING: Duration = Duration::from_secs(2);
const FLUSHING: Duration = Duration::from_millis(500);
const READING: Duration = Duration::from_secs(1);
const SEEKING: Duration = Duration::from_millis(500);

pub(super) fn measure(folder: &Path) -> io::Result<DiskSpeed> {
    measure_above(folder, LEAST_FREE)
}

fn measure_above(folder: &Path, least_free: u64) -> io::Result<DiskSpeed> {
    let space = statvfs(folder)?;
    if space.blocks_available().saturating_mul(space.fragment_size()) < least_free {
        return Err(io::Error::new(
            io::ErrorKind::StorageFull,
            "too little room is free to measure the disk",
        ));
    }
    let file = nameless_file(folder)?;
    let mut memory = Aligned::new();
    // Zeros would be compressed away by some file systems.
    fill(memory.block());
    let (written, write_bytes_per_s) = write(&file, memory.block())?;
    let fsyncs_per_s = flush(&file, memory.page(), written)?;
    forget_cache(&file)?;
    let read_bytes_per_s = read(&file, memory.block(), written)?;
    forget_cache(&file)?;
    let random_reads_per_s = seek(&file, memory.page(), written)?;
    Ok(DiskSpeed {
        write_bytes_per_s,
        read_bytes_per_s,
        fsyncs_per_s,
        random_reads_per_s,
    })
}

/// A file in `folder` whose name is taken away at once: its room is free again when it is closed, even by a kill.
fn nameless_file(folder: &Path) -> io::Result<File> {
    let path = folder.join(format!(".freehold-disk-speed-{}", std::process::id()));
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

/// Writes ever larger runs, each flushed, until all is written or the next run would take too long: a fast disk is
/// measured over large runs, and a slow one is not kept busy for minutes by what the cache took in a moment.
fn write(file: &File, block: &[u8]) -> io::Result<(usize, f64)> {
    let start = Instant::now();
    let mut written = 0;
    let mut run = BLOCK;
    while written < MOST_WRITTEN {
        let run_start = Instant::now();
        let end = (written + run).min(MOST_WRITTEN);
        while written < end {
            file.write_all_at(block, written as u64)?;
            written += block.len();
        }
        file.sync_data()?;
        // Twice the size takes about twice the time.
        if start.elapsed() + run_start.elapsed() * 2 > WRITING {
            break;
        }
        run *= 2;
    }
    Ok((written, per_second(written, start)))
}

/// Appends pages behind `end`, each flushed with the file's length: the journal of a database.
fn flush(file: &File, page: &[u8], end: usize) -> io::Result<f64> {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < FLUSHING {
        file.write_all_at(page, (end + count * PAGE) as u64)?;
        file.sync_all()?;
        count += 1;
    }
    Ok(per_second(count, start))
}

/// Everything is on the disk already, so that the cache can let go of it.
fn forget_cache(file: &File) -> io::Result<()> {
    let flags = OFlag::from_bits_retain(fcntl(file, FcntlArg::F_GETFL)?);
    // Not every file system can read past the cache; the advice below does for those.
    let _cannot = fcntl(file, FcntlArg::F_SETFL(flags | OFlag::O_DIRECT));
    posix_fadvise(file, 0, 0, PosixFadviseAdvice::POSIX_FADV_DONTNEED)?;
    Ok(())
}

fn read(file: &File, block: &mut [u8], end: usize) -> io::Result<f64> {
    let start = Instant::now();
    let mut done = 0;
    while done < end && start.elapsed() < READING {
        file.read_exact_at(block, done as u64)?;
        done += block.len();
    }
    Ok(per_second(done, start))
}

/// Reads each page at most once, so that none comes from a cache that the read before filled.
fn seek(file: &File, page: &mut [u8], end: usize) -> io::Result<f64> {
    // Else the system reads neighbours ahead.
    posix_fadvise(file, 0, 0, PosixFadviseAdvice::POSIX_FADV_RANDOM)?;
    let start = Instant::now();
    let mut count = 0;
    for place in scattered(end / PAGE) {
        if start.elapsed() >= SEEKING {
            break;
        }
        file.read_exact_at(page, (place * PAGE) as u64)?;
        count += 1;
    }
    Ok(per_second(count, start))
}

/// Every number below `count` once, in an order without a pattern: a linear congruence of full period (its multiplier
/// is 1 more than a multiple of 4, its increment is odd) over the next power of two.
fn scattered(count: usize) -> impl Iterator<Item = usize> {
    let size = count.next_power_of_two();
    let mut at = 0_usize;
    (0..size)
        .map(move |_| {
            at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) & (size - 1);
            at
        })
        .filter(move |place| *place < count)
}

fn per_second(count: usize, start: Instant) -> f64 {
    count as f64 / start.elapsed().as_secs_f64().max(1e-6)
}

/// Bytes that no file system can make smaller (xorshift).
fn fill(bytes: &mut [u8]) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for word in bytes.chunks_mut(8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        for (byte, random) in word.iter_mut().zip(state.to_le_bytes()) {
            *byte = random;
        }
    }
}

/// Memory at an address that `O_DIRECT` takes: a multiple of the page size.
struct Aligned {
    bytes: Vec<u8>,
    range: Range<usize>,
}

impl Aligned {
    fn new() -> Self {
        let bytes = vec![0; BLOCK + PAGE];
        // Never beyond a page; should the address not tell, the reads fail and nothing is measured wrongly.
        let start = bytes.as_ptr().align_offset(PAGE).min(PAGE);
        Self {
            bytes,
            range: start..start + BLOCK,
        }
    }

    fn block(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.range.clone()).unwrap_or_default()
    }

    fn page(&mut self) -> &mut [u8] {
        self.block().get_mut(..PAGE).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::io::ErrorKind;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use super::{LEAST_FREE, measure_above, scattered};
    use crate::disk_speed;

    #[test]
    fn this_disk_is_measured_in_bounded_time_and_nothing_stays() {
        let folder = tempfile::tempdir().unwrap();
        let start = Instant::now();
        let speed = disk_speed(folder.path()).unwrap();
        assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
        println!("{speed:?} in {:?}", start.elapsed());
        for figure in [
            speed.write_bytes_per_s,
            speed.read_bytes_per_s,
            speed.fsyncs_per_s,
            speed.random_reads_per_s,
        ] {
            assert!(figure.is_finite() && figure > 1.0, "{speed:?}");
        }
        assert!(
            speed.write_bytes_per_s > speed.fsyncs_per_s * 4096.0,
            "long runs are faster than single pages: {speed:?}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no file stays");
    }

    /// Memory has no `O_DIRECT` on older kernels, so the other way is taken there.
    #[test]
    fn a_file_system_in_memory_is_measured_too() {
        let shm = Path::new("/dev/shm");
        let Ok(folder) = tempfile::tempdir_in(shm) else { return };
        match measure_above(folder.path(), LEAST_FREE) {
            Ok(speed) => assert!(speed.random_reads_per_s > 1000.0, "{speed:?}"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::StorageFull, "{error}"),
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no file stays");
    }

    #[test]
    fn a_full_disk_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let error = measure_above(folder.path(), u64::MAX).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_missing_folder_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let error = disk_speed(&folder.path().join("gone")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn every_page_is_read_once_and_not_in_order() {
        for count in [1, 2, 100, 16_384] {
            let places: Vec<_> = scattered(count).collect();
            assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), count);
            assert_eq!(places.len(), count);
        }
        let places: Vec<_> = scattered(16_384).collect();
        let neighbours = places.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) < 32).count();
        assert!(neighbours < 200, "{neighbours} of 16384 steps are short");
    }
}
