//! Debian and Ubuntu: which packages are installed, and installing the others.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::paths::Places;
use crate::privilege::as_root;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;
use crate::system::on_path;

/// How often a long installation says how far it is.
const SAY_EVERY: Duration = Duration::from_secs(5);
/// This package starts a service of its own, on every address of the machine; ours listens on loopback only.
const UNWANTED_SERVICE: &str = "docker-registry";

/// Which of the packages are installed.
pub(crate) fn installed(packages: &BTreeSet<&str>) -> BTreeSet<String> {
    // dpkg-query fails when it does not know one of them, and still lists the others.
    let query = Program::new("dpkg-query")
        .arg("-W")
        .arg("-f=${Package}\t${db:Status-Status}\n")
        .args(packages);
    parse_installed(&query.output_anyway(A_MOMENT).unwrap_or_default())
}

fn parse_installed(list: &str) -> BTreeSet<String> {
    list.lines()
        .filter_map(|line| line.strip_suffix("\tinstalled"))
        .map(str::to_owned)
        .collect()
}

/// Installs packages, after fetching fresh lists: old lists name files that mirrors no longer have.
pub(crate) fn install(places: &Places, packages: &[&str], notes: &Notes) -> Result<()> {
    notes.say(&format!("Missing: {}", packages.join(", ")));
    let log = log(places);
    refresh(places, notes);
    let count = Cell::new(Progress::default());
    let said = Cell::new(Instant::now());
    run(
        &[
            "install",
            "-q",
            "-y",
            "--no-install-recommends",
            "-o",
            "DPkg::Lock::Timeout=300",
        ],
        packages,
        &log,
        |line| {
            let now = count.get().after(line);
            count.set(now);
            if now.total > 0 && said.get().elapsed() > SAY_EVERY {
                said.set(Instant::now());
                notes.say(&format!("{} of {} packages are set up.", now.done, now.total));
            }
        },
    )
    .context("the packages could not be installed")?;
    let progress = count.get();
    notes.say(&format!(
        "{} packages are new, with what they need themselves.",
        progress.total
    ));
    if packages.contains(&UNWANTED_SERVICE) && systemd_runs() {
        notes.say("Stopping the registry service that its package has started; Freehold runs its own, on loopback.");
        let disable = Program::new("systemctl").args(["disable", "--now", UNWANTED_SERVICE]);
        as_root(disable)?.output(AN_HOUR)?;
    }
    Ok(())
}

/// Fetches fresh package lists.
pub(crate) fn refresh(places: &Places, notes: &Notes) {
    notes.say("Fetching the package lists.");
    // One broken source among many makes this fail; whether that matters shows when the packages are fetched.
    if let Err(error) = run(&["update", "-q"], &[], &log(places), |_| ()) {
        notes.say(&format!(
            "Not every package list could be fetched, going on with the others: {error:#}"
        ));
    }
}

fn log(places: &Places) -> PathBuf {
    places.state.join("logs").join("apt.log")
}

/// Whether systemd manages this machine.
pub(crate) fn systemd_runs() -> bool {
    Path::new("/run/systemd/system").is_dir() && on_path("systemctl").is_some()
}

fn run(action: &[&str], packages: &[&str], log: &Path, on_line: impl FnMut(&str)) -> Result<()> {
    let program = Program::new("apt-get").args(action).args(packages);
    let program = program
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("NEEDRESTART_SUSPEND", "1")
        .env("LC_ALL", "C");
    as_root(program)?.logged(AN_HOUR, log, on_line)
}

/// How far an installation is, read from what apt-get prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Progress {
    done: usize,
    total: usize,
}

impl Progress {
    fn after(self, line: &str) -> Self {
        if line.starts_with("Setting up ") {
            return Self {
                done: self.done + 1,
                ..self
            };
        }
        let new = line.split(", ").find_map(|part| part.strip_suffix(" newly installed"));
        match new.and_then(|count| count.parse().ok()) {
            Some(total) => Self { total, ..self },
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_in_the_installed_state_count() {
        // dpkg 1.21.22: removed with its configuration left, half done, and never there.
        let list = "cmake\tinstalled\nbusybox\tnot-installed\nnodejs\tconfig-files\ng++\tinstalled\ndbus\tunpacked\n";
        assert_eq!(parse_installed(list).into_iter().collect::<Vec<_>>(), ["cmake", "g++"]);
    }

    #[test]
    fn progress_is_read_from_apt_get() {
        // apt 2.6.1
        let lines = [
            "Reading package lists...",
            "0 upgraded, 3 newly installed, 0 to remove and 7 not upgraded.",
            "Selecting previously unselected package xvfb.",
            "Setting up xvfb (2:21.1.7-3+deb12u13) ...",
            "Setting up x11-common (1:7.7+23) ...",
        ];
        let end = lines
            .iter()
            .fold(Progress::default(), |progress, line| progress.after(line));
        assert_eq!(end, Progress { done: 2, total: 3 });
    }
}
