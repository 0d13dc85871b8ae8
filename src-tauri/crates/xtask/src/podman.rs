//! A Podman of its own for one test run: service, storage, networks and settings in one folder, and all of it gone after.
//!
//! The person's own Podman is neither used nor changed: every folder that Podman knows is named here. Both kinds are
//! started as root, because the rootless one gets a user of its own.

mod config;
mod owner;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use self::owner::Owner;
use crate::paths::Places;
use crate::pid_record::PidRecord;
use crate::process::{A_MOMENT, Program, end};
use crate::steps::Notes;
use crate::{engine, files, platform, wait};

/// Usually a quarter of a second; the first start also makes the storage.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
const STOPS_WITHIN: Duration = Duration::from_secs(30);
/// Containers are killed at once, each takes a moment.
const EMPTIES_WITHIN: Duration = Duration::from_mins(5);

/// Who runs the containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Rootful,
    Rootless,
}

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rootful => "podman",
            Self::Rootless => "podman-rootless",
        }
    }
}

/// A Podman service that answers; dropped, it ends with its containers, its folder and its user.
#[derive(Debug)]
pub(crate) struct Podman {
    folder: PathBuf,
    mode: Mode,
    owner: Option<Owner>,
    service: Option<Child>,
}

impl Podman {
    pub(crate) fn start(places: &Places, mode: Mode, notes: &Notes) -> Result<Self> {
        if !platform::is_root() {
            bail!("the tests with {} make users and mounts; run this as root", mode.name());
        }
        // Short, because a socket's path may have 108 bytes; one name, so that what a killed run left is found.
        let folder = std::env::temp_dir().join(format!("freehold-{}", mode.name()));
        let mut podman = Self {
            owner: None,
            service: None,
            folder,
            mode,
        };
        podman
            .clear()
            .context("what an earlier run left could not be removed")?;
        files::create_dir(&podman.own())?;
        if mode == Mode::Rootless {
            podman.owner = Some(Owner::ready(&podman.own())?);
        }
        config::write(&podman.own(), mode)?;
        if let Some(owner) = &podman.owner {
            owner.give(&podman.own())?;
        }
        podman.serve(places, notes)?;
        Ok(podman)
    }

    /// The engine's address.
    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.own().join("api.sock").display())
    }

    /// A folder for what the tests need; every user can read it.
    pub(crate) fn stage(&self) -> PathBuf {
        self.folder.join("stage")
    }

    /// Hands a folder to the user who runs the containers.
    pub(crate) fn give(&self, folder: &Path) -> Result<()> {
        self.owner.as_ref().map_or(Ok(()), |owner| owner.give(folder))
    }

    /// The program, run as the user who runs the containers.
    pub(crate) fn as_owner(&self, program: Program) -> Program {
        match &self.owner {
            Some(owner) => owner.run(program),
            None => program,
        }
    }

    /// What Podman itself reads and writes.
    fn own(&self) -> PathBuf {
        self.folder.join("engine")
    }

    fn record(&self) -> PathBuf {
        self.folder.join("service.json")
    }

    fn program(&self) -> Program {
        self.as_owner(config::program(&self.own(), self.mode))
    }

    fn serve(&mut self, places: &Places, notes: &Notes) -> Result<()> {
        let log = places.state.join("logs").join(format!("{}.log", self.mode.name()));
        files::remove(&log)?;
        let url = self.url();
        let service = self.program().args(["system", "service", "--time=0", &url]);
        let mut child = service.in_folder(&self.own()).spawn(&log)?;
        PidRecord::of(child.id())?.write(&self.record(), "log", &log.to_string_lossy())?;
        let answer = wait::until(ANSWERS_WITHIN, Duration::from_millis(50), || {
            if let Some(status) = child.try_wait()? {
                bail!("Podman ended ({status}): {}", files::tail(&log, 10));
            }
            Ok(engine::answers(&url).then_some(()))
        });
        self.service = Some(child);
        answer?.with_context(|| format!("Podman does not answer at {url}, see {}", log.display()))?;
        notes.say(&format!("Podman answers at {url}."));
        Ok(())
    }

    /// Ends and removes everything in the folder, also what a run that was killed has left there.
    fn clear(&mut self) -> Result<()> {
        if self.mode == Mode::Rootless && self.owner.is_none() {
            self.owner = Owner::find(&self.own());
        }
        if self.own().join(config::FILE).is_file() {
            // An engine that is broken may refuse; the folder goes all the same.
            let emptied = self.program().args(["rm", "--all", "--force", "--time", "0"]);
            if let Err(error) = emptied.in_folder(&self.own()).output(EMPTIES_WITHIN) {
                eprintln!("      {error:#}");
            }
        }
        if let Some(mut service) = self.service.take() {
            end(&mut service);
        } else if let Some((service, _)) = PidRecord::read(&self.record()) {
            service.stop(STOPS_WITHIN)?;
        }
        if let Some(owner) = self.owner.take() {
            owner.remove()?;
        }
        unmount(&self.folder)?;
        files::remove_dir(&self.folder)
    }
}

impl Drop for Podman {
    fn drop(&mut self) {
        if let Err(error) = self.clear() {
            eprintln!("      {} could not be removed: {error:#}", self.folder.display());
        }
    }
}

/// Podman mounts its storage onto itself, which keeps the folder from being deleted.
fn unmount(folder: &Path) -> Result<()> {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    for mount in mounts_below(&mounts, folder) {
        Program::new("umount").arg("--lazy").arg(mount).output(A_MOMENT)?;
    }
    Ok(())
}

/// The deepest first.
fn mounts_below(mounts: &str, folder: &Path) -> Vec<String> {
    let points = mounts.lines().filter_map(|line| line.split(' ').nth(1));
    let mut below: Vec<String> = points
        .filter(|point| Path::new(point).starts_with(folder))
        .map(str::to_owned)
        .collect();
    below.reverse();
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mounts_inside_the_folder_are_undone_and_inner_ones_first() {
        // Linux 6.18
        let mounts = "/dev/vda / ext4 rw 0 0\n/dev/vda /tmp/a/root/overlay ext4 rw 0 0\n\
                      overlay /tmp/a/root/overlay/1/merged overlay rw 0 0\ntmpfs /tmp/ab tmpfs rw 0 0\n";
        assert_eq!(
            mounts_below(mounts, Path::new("/tmp/a")),
            ["/tmp/a/root/overlay/1/merged", "/tmp/a/root/overlay"]
        );
    }
}
