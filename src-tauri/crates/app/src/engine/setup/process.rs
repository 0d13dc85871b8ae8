//! A command as it runs: what it prints, both of its outputs together, and how it ended.
//!
//! The one rule: it prints into a file, not into a pipe. An installation whose reader goes away would be cut off in the
//! middle; so it goes on to its end whatever becomes of Freehold.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::process::Stdio;

use tokio::process::{Child, Command};

use super::Run;

/// A longer line is cut: progress bars are drawn without line ends.
const LONGEST_LINE: usize = 400;
/// Read at once; more is read the next time.
const PORTION: u64 = 64 * 1024;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// With code 0.
    Well,
    /// With another code.
    Code(i32),
    /// By a signal.
    Signal,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Well => f.write_str("ended well"),
            Self::Code(code) => write!(f, "ended with code {code}"),
            Self::Signal => f.write_str("was ended by a signal"),
        }
    }
}

/// A command that runs.
pub(super) struct Process {
    child: Child,
    printed: File,
    /// The beginning of a line whose end has not been printed yet.
    begun: Vec<u8>,
}

/// Starts a command that prints into `log`. It gets no input; where Freehold ends first, a command without special rights
/// ends with it.
pub(super) fn start(run: &Run, log: &Path) -> io::Result<Process> {
    freehold_store::file::write_atomic(log, b"", freehold_store::file::PRIVATE).map_err(io::Error::other)?;
    let print = || OpenOptions::new().append(true).open(log);
    let child = Command::new(&run.program)
        .args(&run.args)
        .stdin(Stdio::null())
        .stdout(print()?)
        .stderr(print()?)
        .kill_on_drop(!run.as_root)
        .spawn()?;
    Ok(Process {
        child,
        printed: File::open(log)?,
        begun: Vec::new(),
    })
}

impl Process {
    /// The lines that were printed since the last time. A local file answers at once.
    pub(super) fn new_lines(&mut self) -> Vec<String> {
        let mut bytes = Vec::new();
        // What cannot be read is shown the next time, or never: the outcome does not rest on it.
        let _unread = (&mut self.printed).take(PORTION).read_to_end(&mut bytes);
        let mut lines = Vec::new();
        for byte in bytes {
            if matches!(byte, b'\n' | b'\r') || self.begun.len() >= LONGEST_LINE {
                lines.extend(self.take_begun());
            }
            if !byte.is_ascii_control() {
                self.begun.push(byte);
            }
        }
        lines
    }

    /// The last line, where it was printed without an end.
    pub(super) fn take_begun(&mut self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.begun).trim_end().to_owned();
        self.begun.clear();
        (!text.is_empty()).then_some(text)
    }

    /// Waits for the end. May be given up and called again.
    pub(super) async fn ended(&mut self) -> io::Result<Ended> {
        let status = self.child.wait().await?;
        Ok(match status.code() {
            Some(0) => Ended::Well,
            Some(code) => Ended::Code(code),
            None => Ended::Signal,
        })
    }
}
