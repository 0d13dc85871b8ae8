//! The user of the rootless Podman: made for the tests and removed after them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::files;
use crate::process::{A_MOMENT, Program};

const NAME: &str = "freehold-podman";
/// Rootless networks are made with it; every usual system lets every user open it.
const TUN: &str = "/dev/net/tun";
const FOR_EVERYBODY: &str = "666";

/// A user without password and shell.
#[derive(Debug)]
pub(super) struct Owner {
    id: String,
    home: PathBuf,
    /// The mode of the device, where it was changed.
    tun_mode: Option<String>,
}

impl Owner {
    /// The user, made where it is not there, with all that Podman expects of a session.
    pub(super) fn ready(folder: &Path) -> Result<Self> {
        let home = folder.join("home");
        if Self::find(folder).is_none() {
            // `useradd` also gives it a range of user ids for its containers.
            let add = Program::new("useradd").arg("--home-dir").arg(&home);
            add.args(["--no-create-home", "--shell", "/usr/sbin/nologin", NAME])
                .output(A_MOMENT)?;
        }
        let mut owner = Self::find(folder).context("the user of the rootless Podman was made, but is not there")?;
        files::create_dir(&owner.session())?;
        owner.give(&owner.session())?;
        chmod("700", &owner.session())?;
        let mode = Program::new("stat").args(["--format", "%a", TUN]).output(A_MOMENT)?;
        if mode.trim() != FOR_EVERYBODY {
            chmod(FOR_EVERYBODY, Path::new(TUN))?;
            owner.tun_mode = Some(mode.trim().to_owned());
        }
        Ok(owner)
    }

    /// The user, where it is there.
    pub(super) fn find(folder: &Path) -> Option<Self> {
        let id = Program::new("id").args(["-u", NAME]).output(A_MOMENT).ok()?;
        Some(Self {
            id: id.trim().to_owned(),
            home: folder.join("home"),
            tun_mode: None,
        })
    }

    /// The program, run as this user.
    pub(super) fn run(&self, program: Program) -> Program {
        program
            .env("HOME", &self.home)
            .env("XDG_RUNTIME_DIR", self.session())
            .under("runuser", ["-u", NAME, "--"])
    }

    pub(super) fn give(&self, folder: &Path) -> Result<()> {
        let chown = Program::new("chown").args(["--recursive", &self.id]);
        chown.arg(folder).output(A_MOMENT)?;
        Ok(())
    }

    /// Removes the user with everything that it left running: Podman keeps a process to hold its namespace.
    pub(super) fn remove(self) -> Result<()> {
        let own = Program::new("ps").args(["-u", NAME, "-o", "pid="]);
        for pid in own.output_anyway(A_MOMENT)?.split_whitespace() {
            // It may have ended by itself meanwhile.
            let _has_ended = Program::new("kill").args(["-KILL", pid]).succeeds(A_MOMENT);
        }
        if let Some(mode) = &self.tun_mode {
            chmod(mode, Path::new(TUN))?;
        }
        files::remove_dir(&self.session())?;
        Program::new("userdel").arg(NAME).output(A_MOMENT)?;
        Ok(())
    }

    /// What systemd makes for a user who logs in.
    fn session(&self) -> PathBuf {
        Path::new("/run/user").join(&self.id)
    }
}

fn chmod(mode: &str, path: &Path) -> Result<()> {
    Program::new("chmod").arg(mode).arg(path).output(A_MOMENT)?;
    Ok(())
}
