//! A disk of a few megabytes, for what happens when it is full. Only root can make one.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::evidence::left_out;
use crate::process::{A_MOMENT, output};

/// A small file system in memory; it is unmounted when this is dropped.
#[derive(Debug)]
pub struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// One with room for `megabytes`; `None`, with a line that says so, for anybody but root.
    pub fn mount(megabytes: u32) -> Result<Option<Self>> {
        if !nix::unistd::getuid().is_root() {
            left_out("only root can make a small disk");
            return Ok(None);
        }
        let folder = tempfile::Builder::new().prefix("freehold-disk-").tempdir()?;
        let mut mount = Command::new("mount");
        mount.args([
            "-t",
            "tmpfs",
            "-o",
            &format!("size={megabytes}m,mode=0755"),
            "freehold-test",
        ]);
        mount.arg(folder.path());
        output(mount, None, A_MOMENT).context("a small disk")?;
        let disk = Self { folder };
        ensure!(disk.is_mounted(), "mount said nothing and did nothing");
        Ok(Some(disk))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes room: a person has bought a larger one, or has thrown things away.
    pub fn grow(&self, megabytes: u32) -> Result<()> {
        let mut mount = Command::new("mount");
        mount.args(["-o", &format!("remount,size={megabytes}m")]);
        mount.arg(self.folder.path());
        output(mount, None, A_MOMENT).context("a larger disk")?;
        Ok(())
    }

    fn is_mounted(&self) -> bool {
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let here = PathBuf::from(self.path());
        mounts
            .lines()
            .any(|line| line.split(' ').nth(1).map(Path::new) == Some(&here))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if !self.is_mounted() {
            return;
        }
        // Lazily: a container that a failed test left may still hold it, and must not keep it for ever.
        let mut unmount = Command::new("umount");
        unmount.arg("--lazy").arg(self.path());
        if let Err(error) = output(unmount, None, A_MOMENT) {
            eprintln!("{} stays mounted: {error:#}", self.path().display());
        }
    }
}
