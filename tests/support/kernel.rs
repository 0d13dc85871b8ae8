//! What the kernel holds a process to: its own account, which is the same whichever engine made the container.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// What version 1 of control groups calls unlimited is a number of this size.
const UNLIMITED: u64 = 1 << 60;

/// What a process may use. `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldTo {
    /// Bytes.
    pub memory: Option<u64>,
    /// Thousandths of a processor.
    pub millicpus: Option<u64>,
    /// Processes and threads.
    pub processes: Option<u64>,
}

/// What a process may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privileges {
    /// Every set of capabilities that is not empty, as `CapEff 00000000a80425fb`.
    pub capabilities: Vec<String>,
    /// It can gain none either, whatever program it starts.
    pub no_new: bool,
    /// It cannot write to its root file system.
    pub read_only_root: bool,
}

impl HeldTo {
    /// Reads the control groups of process `pid`, and those around them.
    pub fn of(pid: u64) -> Result<Self> {
        let groups = read(&format!("/proc/{pid}/cgroup"))?;
        let files = |controller, version_1, version_2| Files {
            groups: &groups,
            controller,
            version_1,
            version_2,
        };
        let memory = files("memory", "memory.limit_in_bytes", "memory.max").smallest(amount)?;
        // Version 1 has the period in a file of its own; nobody here uses another than the usual one, and so the quota says all.
        let quota = files("cpu", "cpu.cfs_quota_us", "cpu.max").smallest(amount)?;
        let processes = files("pids", "pids.max", "pids.max").smallest(amount)?;
        Ok(Self {
            memory,
            millicpus: quota.map(|quota| quota / 100),
            processes,
        })
    }
}

/// Whether the engine that runs process `pid` can limit anything at all: one without root cannot, on a kernel with
/// version 1 of control groups.
pub fn can_be_limited(pid: u64) -> Result<bool> {
    let map = read(&format!("/proc/{pid}/uid_map"))?;
    let is_roots = map.split_whitespace().eq(["0", "0", "4294967295"]);
    Ok(is_roots || Path::new("/sys/fs/cgroup/cgroup.controllers").exists())
}

impl Privileges {
    /// Reads them of process `pid`.
    pub fn of(pid: u64) -> Result<Self> {
        let status = read(&format!("/proc/{pid}/status"))?;
        let fields: Vec<(&str, &str)> = status
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name, value.trim()))
            .collect();
        let sets = fields.iter().filter(|(name, _)| name.starts_with("Cap"));
        ensure!(sets.clone().count() >= 5, "the kernel tells its capabilities: {status}");
        let capabilities = sets
            .filter(|(_, set)| set.chars().any(|digit| digit != '0'))
            .map(|(name, set)| format!("{name} {set}"))
            .collect();
        let mounts = read(&format!("/proc/{pid}/mounts"))?;
        let root = mounts
            .lines()
            .map(|line| line.split(' ').collect::<Vec<_>>())
            .rfind(|parts| parts.get(1) == Some(&"/"))
            .context("it has a root file system")?;
        let options = root.get(3).context("a mount has options")?;
        Ok(Self {
            capabilities,
            no_new: fields.contains(&("NoNewPrivs", "1")),
            read_only_root: options.split(',').any(|option| option == "ro"),
        })
    }
}

/// One setting, in the group of the process and in each group around that.
struct Files<'a> {
    groups: &'a str,
    controller: &'a str,
    version_1: &'a str,
    version_2: &'a str,
}

impl Files<'_> {
    /// The smallest number; an engine may put the process a group deeper than the limits.
    fn smallest(&self, number: impl Fn(&str) -> Option<u64>) -> Result<Option<u64>> {
        let mut lines = self.groups.lines().filter_map(|line| {
            let mut parts = line.splitn(3, ':').skip(1);
            Some((parts.next()?, parts.next()?))
        });
        let of_version_1 = lines
            .clone()
            .find(|(names, _)| names.split(',').any(|name| name == self.controller));
        let (mount, group, file) = match of_version_1 {
            Some((_, group)) => (format!("/sys/fs/cgroup/{}", self.controller), group, self.version_1),
            None => {
                let (_, group) = lines
                    .find(|(names, _)| names.is_empty())
                    .context("it is in a control group")?;
                ("/sys/fs/cgroup".to_owned(), group, self.version_2)
            }
        };
        let mount = Path::new(&mount);
        let own = mount.join(group.trim_start_matches('/'));
        let all = own.ancestors().take_while(|folder| folder.starts_with(mount));
        // A group may be without the setting: the top one, and one whose controller is off.
        let texts = all.filter_map(|folder| std::fs::read_to_string(folder.join(file)).ok());
        Ok(texts.filter_map(|text| number(&text)).min())
    }
}

/// The first word as a limit: `max`, `-1` and what version 1 writes for unlimited are none.
fn amount(text: &str) -> Option<u64> {
    let number = text.split_whitespace().next()?.parse().ok()?;
    (number < UNLIMITED).then_some(number)
}

fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))
}
