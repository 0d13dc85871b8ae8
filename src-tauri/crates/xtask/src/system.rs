//! What this machine is, what it lacks, and how that is put right.
//!
//! On Debian and Ubuntu the missing packages are installed; elsewhere the exact commands are shown, because we do not
//! test there and a wrong guess as root is worse than a command that a person can read first.

mod apt;
mod facts;
mod needs;
mod os_release;
mod plan;

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

pub(crate) use apt::{install as apt_install, refresh as apt_refresh, systemd_runs};
pub(crate) use needs::Purpose;
pub(crate) use os_release::System;
pub(crate) use plan::{EngineFact, Shell, engine_commands};

use crate::session::Session;
use crate::steps::Notes;

/// Installs what the purposes need, or ends with the commands that a person has to run.
pub(crate) fn prepare(session: &Session, purposes: &[Purpose], notes: &Notes) -> Result<()> {
    let needs: Vec<_> = needs::NEEDS
        .iter()
        .filter(|need| purposes.contains(&need.purpose))
        .collect();
    let facts = facts::gather(&session.system, &needs);
    if session.system.installs() {
        let missing = plan::missing_packages(&session.system, &needs, &facts);
        if missing.is_empty() {
            notes.say("Every package that is needed is installed.");
            return Ok(());
        }
        return apt::install(&session.places, &missing, notes);
    }
    let commands = plan::install_commands(&session.system, &needs, &facts);
    if commands.is_empty() {
        notes.say("Everything that is needed is installed.");
        return Ok(());
    }
    for command in &commands {
        notes.say(&format!("  {command}"));
    }
    bail!(
        "programs or libraries are missing on {}; run the commands above, then start this again",
        session.system
    )
}

/// The full path of a command, looked for like a shell does, and in the folders of system programs, which are not on
/// every user's `PATH`.
pub(crate) fn on_path(command: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let system = ["/usr/local/sbin", "/usr/sbin", "/sbin"].into_iter().map(PathBuf::from);
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let folders = env::split_paths(&path).chain(system);
    folders
        .flat_map(|folder| {
            endings
                .iter()
                .map(move |ending| folder.join(format!("{command}{ending}")))
        })
        .find(|file| file.is_file())
}
