//! Programs that tests start: output in a file, every wait bounded, and nothing outlives its owner.
//!
//! Each program leads a process group of its own, so that what it starts (a browser's many processes, a driver's window)
//! ends with it. Only groups that were started here are signalled.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::wait::until;

/// For a program that only answers a question.
pub const A_MOMENT: Duration = Duration::from_secs(20);
/// A program that was asked to end gets this long before it is killed.
const ENDS_WITHIN: Duration = Duration::from_secs(8);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A program that runs beside the test; it ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts `command` with standard output and standard error in `log`.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let again = file.try_clone().context("no second handle for the log")?;
        command.stdin(Stdio::null()).stdout(file).stderr(again);
        lead_own_group(&mut command);
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self {
            name,
            child,
            log: log.to_path_buf(),
        })
    }

    /// The first line of its output that `wanted` accepts.
    pub async fn line<T>(&mut self, limit: Duration, wanted: impl Fn(&str) -> Option<T>) -> Result<T> {
        let what = format!("a line of {}", self.name);
        let found = until(&what, limit, async || {
            let text = std::fs::read_to_string(&self.log)?;
            // The last piece may be half a line.
            let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
            let line = whole.lines().find_map(&wanted);
            Ok(match line {
                Some(line) => Some(Ok(line)),
                None => self
                    .child
                    .try_wait()?
                    .map(|status| Err(anyhow!("{} ended with {status}: {text}", self.name))),
            })
        });
        found.await?
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where its output goes.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Asks it to end, waits, and says how it ended; killed if it does not listen.
    pub fn end(&mut self) -> Result<ExitStatus> {
        if let Some(status) = self.child.try_wait()? {
            return Ok(status);
        }
        signal_group(&self.child, "-TERM");
        if let Some(status) = ended(&mut self.child, ENDS_WITHIN)? {
            return Ok(status);
        }
        signal_group(&self.child, "-KILL");
        self.child.kill()?;
        self.child.wait()?;
        bail!("{} did not end when it was asked to and was killed", self.name)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that cares how it ends calls `end` itself.
        let _outcome = self.end();
        // The leader may have left others of its group behind.
        signal_group(&self.child, "-KILL");
    }
}

/// Runs a program to its end and returns its standard output.
pub fn output(mut command: Command, input: Option<&[u8]>, limit: Duration) -> Result<Vec<u8>> {
    let name = format!("{command:?}");
    let mut out = tempfile::tempfile().context("no temporary file")?;
    let mut err = tempfile::tempfile().context("no temporary file")?;
    let stdin = match input {
        None => Stdio::null(),
        Some(bytes) => {
            let mut file = tempfile::tempfile().context("no temporary file")?;
            std::io::Write::write_all(&mut file, bytes)?;
            file.seek(SeekFrom::Start(0))?;
            Stdio::from(file)
        }
    };
    command.stdin(stdin).stdout(out.try_clone()?).stderr(err.try_clone()?);
    let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
    let Some(status) = ended(&mut child, limit)? else {
        child.kill()?;
        child.wait()?;
        bail!("{name} did not end within {} s", limit.as_secs());
    };
    let read = |file: &mut File| -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let out = read(&mut out)?;
    if !status.success() {
        let said = [out, read(&mut err)?].concat();
        bail!("{name} ended with {status}: {}", String::from_utf8_lossy(&said).trim());
    }
    Ok(out)
}

/// A port of 127.0.0.1 that was free a moment ago.
pub fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").context("no free port")?;
    Ok(listener.local_addr()?.port())
}

fn ended(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > limit {
            return Ok(None);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "also called while dropping, where no runtime is"
        )]
        std::thread::sleep(LOOK_EVERY);
    }
}

#[cfg(unix)]
fn lead_own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn lead_own_group(_: &mut Command) {}

fn signal_group(leader: &Child, signal: &str) {
    // An error means that the group is gone, which is what is wanted.
    let _outcome = Command::new("kill")
        .args([signal, "--"])
        .arg(format!("-{}", leader.id()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}
