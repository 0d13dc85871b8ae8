//! Control groups on Linux. Files are opened once and read again with `pread`: no path is looked up twice.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::CgroupUsage;

mod text;
mod traffic;

use text::{Groups, field, number, start_time};
use traffic::Traffic;

/// Where the kernel shows processes and control groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// Processes.
    pub proc: PathBuf,
    /// Control groups.
    pub cgroup: PathBuf,
}

impl Default for Roots {
    fn default() -> Self {
        Self {
            proc: "/proc".into(),
            cgroup: "/sys/fs/cgroup".into(),
        }
    }
}

/// Larger than any file that is read here (`memory.stat` has about 2 kB).
const BUFFER: usize = 8192;

/// While a group's usage stays the same to the byte, its cache is taken to be the same for this long: what the kernel
/// counts as cache to be dropped can become cache to be kept meanwhile, and back.
const CACHE_HOLDS: Duration = Duration::from_secs(10);

/// Reads one control group again and again.
#[derive(Debug)]
pub struct Reader {
    /// `/proc/PID/comm`, the cheapest file of a process. Once open it belongs to that very process: when the process has
    /// ended, reading fails, even if its number was given to another.
    process: File,
    cpu: Cpu,
    memory: File,
    memory_stat: File,
    /// Name of the field in `memory_stat` that counts the file cache to be dropped first.
    inactive_file: &'static str,
    /// What that field said, and the usage at that moment.
    last_cache: Option<Cache>,
    traffic: Traffic,
}

/// The file cache of a group, as it was at one usage.
#[derive(Debug, Clone, Copy)]
struct Cache {
    inactive: u64,
    at_usage: u64,
    read_at: Instant,
}

#[derive(Debug)]
enum Cpu {
    /// `cpuacct.usage`, nanoseconds.
    V1(File),
    /// `cpu.stat` with `usage_usec`.
    V2(File),
}

impl Reader {
    /// Finds the control group of process `pid`. Fails with `NotFound` when there is no such process, with `Unsupported`
    /// when it runs in no group of its own, so that its figures would be the whole machine's.
    pub fn for_pid(pid: u32) -> io::Result<Self> {
        Self::for_pid_in(&Roots::default(), pid)
    }

    /// Like [`Reader::for_pid`], elsewhere.
    pub fn for_pid_in(roots: &Roots, pid: u32) -> io::Result<Self> {
        let folder = roots.proc.join(pid.to_string());
        let start_time = start_time_of(&folder)?;
        let process = File::open(folder.join("comm"))?;
        let groups = Groups::parse(&fs::read_to_string(folder.join("cgroup"))?);
        let (cpu, memory, memory_stat, inactive_file);
        if let Some(group) = groups.v1("memory") {
            let at = own_group(&roots.cgroup.join("memory"), group)?;
            memory = File::open(at.join("memory.usage_in_bytes"))?;
            memory_stat = File::open(at.join("memory.stat"))?;
            inactive_file = "total_inactive_file";
        } else {
            let at = unified(roots, &groups)?;
            memory = File::open(at.join("memory.current"))?;
            memory_stat = File::open(at.join("memory.stat"))?;
            inactive_file = "inactive_file";
        }
        if let Some(group) = groups.v1("cpuacct") {
            // Most systems mount this controller together with `cpu` and link both names to it.
            cpu = Cpu::V1(File::open(
                own_group(&roots.cgroup.join("cpuacct"), group)?.join("cpuacct.usage"),
            )?);
        } else {
            cpu = Cpu::V2(File::open(unified(roots, &groups)?.join("cpu.stat"))?);
        }
        let traffic = Traffic::open(roots, pid, &groups);
        // The number may have been given to another process between the first look and the last.
        if start_time_of(&folder)? != start_time {
            return Err(ended());
        }
        Ok(Self {
            process,
            cpu,
            memory,
            memory_stat,
            inactive_file,
            last_cache: None,
            traffic,
        })
    }

    /// What the group uses now. Fails once the process has ended.
    pub fn read(&mut self) -> io::Result<CgroupUsage> {
        let mut buffer = [0; BUFFER];
        if !read(&self.process, &mut buffer).is_ok_and(|name| !name.is_empty()) {
            return Err(ended());
        }
        let cpu_usec = match &self.cpu {
            Cpu::V1(file) => number(read(file, &mut buffer)?)? / 1000,
            Cpu::V2(file) => field(read(file, &mut buffer)?, "usage_usec")?,
        };
        let usage = number(read(&self.memory, &mut buffer)?)?;
        let inactive = self.inactive_file(usage, &mut buffer)?;
        let disk = self.traffic.disk(&mut buffer);
        let network = self.traffic.network(&mut buffer);
        Ok(CgroupUsage {
            cpu_usec,
            // The two files are read one after the other, so the part may exceed the whole for a moment.
            memory_bytes: usage.saturating_sub(inactive),
            disk_read_bytes: disk.map(|(read, _)| read),
            disk_written_bytes: disk.map(|(_, written)| written),
            network_in_bytes: network.map(|(received, _)| received),
            network_out_bytes: network.map(|(_, sent)| sent),
        })
    }

    /// The file cache to be dropped first. The kernel takes as long to write that file as all the others together, so it
    /// is read again when the usage has changed, and else every [`CACHE_HOLDS`].
    fn inactive_file(&mut self, usage: u64, buffer: &mut [u8; BUFFER]) -> io::Result<u64> {
        let is_known = |cache: &Cache| cache.at_usage == usage && cache.read_at.elapsed() < CACHE_HOLDS;
        if let Some(cache) = self.last_cache.filter(is_known) {
            return Ok(cache.inactive);
        }
        let inactive = field(read(&self.memory_stat, buffer)?, self.inactive_file)?;
        self.last_cache = Some(Cache {
            inactive,
            at_usage: usage,
            read_at: Instant::now(),
        });
        Ok(inactive)
    }
}

/// The folder of the process in the one hierarchy of version 2; beside version 1 that is mounted in `unified`.
fn unified(roots: &Roots, groups: &Groups) -> io::Result<PathBuf> {
    let group = groups.v2().ok_or_else(no_group)?;
    let top = &roots.cgroup;
    let mount = if top.join("cgroup.controllers").exists() {
        top.clone()
    } else {
        top.join("unified")
    };
    own_group(&mount, group)
}

/// The folder of `group` below `mount`; refuses the top, which is the whole machine, and what lies outside the view of a
/// control group namespace.
fn own_group(mount: &Path, group: &str) -> io::Result<PathBuf> {
    let relative = group.trim_start_matches('/');
    if relative.is_empty() || relative.split('/').any(|part| part == "..") {
        return Err(no_group());
    }
    Ok(mount.join(relative))
}

fn no_group() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "the process has no control group of its own",
    )
}

fn start_time_of(process: &Path) -> io::Result<u64> {
    start_time(&fs::read(process.join("stat"))?)
}

fn ended() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "the process has ended")
}

/// Reads a kernel file from its beginning. The kernel makes these files whole in one read.
fn read<'a>(file: &File, buffer: &'a mut [u8; BUFFER]) -> io::Result<&'a [u8]> {
    let length = file.read_at(buffer, 0)?;
    Ok(buffer.get(..length).unwrap_or_default())
}

#[cfg(test)]
mod tests;
