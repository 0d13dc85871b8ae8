//! Installs and starts Docker on Debian and Ubuntu, with systemd or, where there is none, by hand.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::{Found, candidates, ping};
use crate::files;
use crate::paths::Places;
use crate::pid_record::PidRecord;
use crate::privilege::as_root;
use crate::process::{AN_HOUR, Program};
use crate::session::Session;
use crate::steps::Notes;
use crate::system::{apt_install, on_path, systemd_runs};
use crate::wait;

/// The first start prepares storage and network; this is generous on a slow disk.
const ANSWERS_WITHIN: Duration = Duration::from_secs(90);
/// The engine ends its containers first, each with its own grace.
const STOPS_WITHIN: Duration = Duration::from_mins(20);
/// The engine publishes ports with iptables, which its package only recommends.
const PACKAGES: [&str; 2] = ["docker.io", "iptables"];

pub(super) fn start(session: &Session, notes: &Notes) -> Result<()> {
    if on_path("dockerd").is_none() {
        apt_install(&session.places, &PACKAGES, notes)?;
    }
    if systemd_runs() {
        notes.say("Starting Docker with systemd.");
        as_root(Program::new("systemctl").args(["enable", "--now", "docker"]))?.output(AN_HOUR)?;
        return wait_for_answer(|| Ok(())).context("Docker was started by systemd, see `journalctl -u docker`");
    }
    by_hand(&session.places, notes)
}

/// Stops the engine if it was started by hand; `true` if it was. One that systemd manages is the system's.
pub(crate) fn stop(places: &Places) -> Result<bool> {
    let Some((process, _)) = PidRecord::read(&record(places)) else {
        return Ok(false);
    };
    process
        .stop(STOPS_WITHIN)
        .context("the container engine did not stop")?;
    files::remove(&record(places))?;
    Ok(true)
}

fn by_hand(places: &Places, notes: &Notes) -> Result<()> {
    let dockerd = on_path("dockerd").context("dockerd is not installed")?;
    let folder = folder(places);
    files::create_dir(&folder)?;
    let (log, pid_file) = (folder.join("dockerd.log"), folder.join("dockerd.pid"));
    files::remove(&log)?;
    // Left behind by an engine that was killed, it would keep the new one from starting.
    as_root(Program::new("rm").arg("-f").arg(&pid_file))?.output(AN_HOUR)?;
    notes.say(&format!("There is no systemd; starting {} by hand.", dockerd.display()));
    // setsid: it must survive the terminal, and Ctrl-C in it.
    let program = Program::new("setsid")
        .arg(dockerd)
        .arg("--host")
        .arg(candidates::DEFAULT);
    let mut child = as_root(program.arg("--pidfile").arg(&pid_file))?.spawn(&log)?;
    let started = wait_for_answer(|| match child.try_wait()? {
        Some(status) => bail!("dockerd ended, {status}"),
        None => Ok(()),
    });
    if let Err(error) = started {
        bail!(
            "Docker did not start ({error:#}); from its log {}:\n{}",
            log.display(),
            complaints(&log)
        );
    }
    // Under sudo the child is sudo itself; the engine wrote its own id.
    let pid = files::read_text(&pid_file)?
        .trim()
        .parse()
        .context("dockerd wrote no process id")?;
    PidRecord::of(pid)?.write(&record(places), "log", &log.to_string_lossy())?;
    notes.say(&format!(
        "Docker answers at {} (process {pid}, log {}).",
        candidates::DEFAULT,
        log.display()
    ));
    Ok(())
}

/// Waits for an engine that answers, or that refuses this user: it runs in both cases.
fn wait_for_answer(mut still_there: impl FnMut() -> Result<()>) -> Result<()> {
    let answer = wait::until(ANSWERS_WITHIN, Duration::from_millis(200), || {
        still_there()?;
        Ok((ping(candidates::DEFAULT) != Found::Nothing).then_some(()))
    })?;
    answer.with_context(|| format!("no answer within {} seconds", ANSWERS_WITHIN.as_secs()))
}

/// The lines of the log that say what went wrong; the rest is chatter with a time in front.
fn complaints(log: &Path) -> String {
    let tail = files::tail(log, 200);
    let bad = |line: &&str| !line.starts_with("time=") || line.contains("level=error") || line.contains("level=fatal");
    let mut text = tail.lines().filter(bad).collect::<Vec<_>>().join("\n");
    if text.contains("iptables") {
        text.push_str("\nIf the kernel lacks nftables: `update-alternatives --set iptables /usr/sbin/iptables-legacy`");
    }
    text
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("engine")
}

fn record(places: &Places) -> PathBuf {
    folder(places).join("process.json")
}
