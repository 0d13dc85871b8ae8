//! The ways a program can be run: on the terminal, line by line, into a log, for its answer, or left running.
//!
//! Each has a limit of time. Output is read beside the waiting, because a pipe that nobody empties stops the program.

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};

use super::{A_MOMENT, Program};
use crate::files;
use crate::wait;

/// How often a running program is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How many lines of a failed program's output are repeated in the error.
const TAIL_LINES: usize = 25;

impl Program {
    /// Runs with the terminal as output.
    pub(crate) fn stream(&self, limit: Duration) -> Result<()> {
        let child = self.command().spawn().with_context(|| self.cannot_start())?;
        self.check(self.end_of(child, limit)?)
    }

    /// Runs and hands over standard output and standard error line by line, as they come.
    pub(crate) fn lines(&self, limit: Duration, mut on_line: impl FnMut(&str)) -> Result<()> {
        let (reader, writer) = std::io::pipe().context("no pipe")?;
        let mut command = self.command();
        command.stdout(writer.try_clone().context("no pipe")?).stderr(writer);
        let mut child = command.spawn().with_context(|| self.cannot_start())?;
        // Our copies of the write end must close, or the reader would never see the end.
        drop(command);
        let (sender, receiver) = mpsc::sync_channel::<String>(256);
        let forward = std::thread::spawn(move || {
            let mut reader = BufReader::new(reader);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                if sender
                    .send(String::from_utf8_lossy(&line).trim_end().to_owned())
                    .is_err()
                {
                    break;
                }
                line.clear();
            }
        });
        let begun = Instant::now();
        let mut has_ended = false;
        loop {
            let line = receiver.recv_timeout(LOOK_EVERY);
            if begun.elapsed() > limit {
                child.kill().with_context(|| format!("cannot stop {self}"))?;
                bail!("{self} did not end within {}", crate::steps::short(limit));
            }
            match line {
                Ok(line) => on_line(&line),
                Err(RecvTimeoutError::Disconnected) => break,
                // A grandchild may hold the pipe open for ever; one silence after the end is enough.
                Err(RecvTimeoutError::Timeout) if has_ended => break,
                Err(RecvTimeoutError::Timeout) => has_ended = child.try_wait().is_ok_and(|status| status.is_some()),
            }
        }
        drop(receiver);
        let ended = self.end_of(child, limit.saturating_sub(begun.elapsed()).max(A_MOMENT))?;
        if forward.is_finished() {
            forward
                .join()
                .map_err(|_| anyhow!("reading the output of {self} failed"))?;
        }
        self.check(ended)
    }

    /// Runs with the output in a log file; a failure repeats the log's end.
    pub(crate) fn logged(&self, limit: Duration, log: &Path, mut on_line: impl FnMut(&str)) -> Result<()> {
        let mut file = append(log)?;
        let mut broken = None;
        let ended = self.lines(limit, |line| {
            broken = broken.take().or(writeln!(file, "{line}").err());
            on_line(line);
        });
        if let Some(error) = broken {
            return Err(error).with_context(|| format!("cannot write {}", log.display()));
        }
        ended.map_err(|error| {
            anyhow!(
                "{error:#}\n{}\n(all of it: {})",
                files::tail(log, TAIL_LINES),
                log.display()
            )
        })
    }

    /// Runs and returns standard output; standard error goes into the error.
    pub(crate) fn output(&self, limit: Duration) -> Result<String> {
        let (status, out, err) = self.captured(limit)?;
        self.check(status)
            .map_err(|error| anyhow!("{error:#}: {}", err.trim()))?;
        Ok(out)
    }

    /// Runs and returns standard output whether or not the program liked what it found.
    pub(crate) fn output_anyway(&self, limit: Duration) -> Result<String> {
        self.captured(limit).map(|(_, out, _)| out)
    }

    /// Whether the program can be started and ends well.
    pub(crate) fn succeeds(&self, limit: Duration) -> bool {
        self.captured(limit).is_ok_and(|(status, _, _)| status.success())
    }

    /// Starts it with its output appended to a log, and does not wait for it.
    pub(crate) fn spawn(&self, log: &Path) -> Result<Child> {
        let file = append(log)?;
        let again = file
            .try_clone()
            .with_context(|| format!("cannot write {}", log.display()))?;
        self.command()
            .stdout(file)
            .stderr(again)
            .spawn()
            .with_context(|| self.cannot_start())
    }

    fn captured(&self, limit: Duration) -> Result<(ExitStatus, String, String)> {
        let (reader, writer) = std::io::pipe().context("no pipe")?;
        let (error_reader, error_writer) = std::io::pipe().context("no pipe")?;
        let mut command = self.command();
        command.stdout(writer).stderr(error_writer);
        let child = command.spawn().with_context(|| self.cannot_start())?;
        drop(command);
        let out = std::thread::spawn(move || std::io::read_to_string(reader).unwrap_or_default());
        let err = std::thread::spawn(move || std::io::read_to_string(error_reader).unwrap_or_default());
        let status = self.end_of(child, limit)?;
        let join = |thread: std::thread::JoinHandle<String>| {
            thread
                .join()
                .map_err(|_| anyhow!("reading the output of {self} failed"))
        };
        Ok((status, join(out)?, join(err)?))
    }

    fn end_of(&self, mut child: Child, limit: Duration) -> Result<ExitStatus> {
        let ended = wait::until(limit, LOOK_EVERY, || {
            child.try_wait().with_context(|| format!("lost {self}"))
        })?;
        if let Some(status) = ended {
            return Ok(status);
        }
        child.kill().with_context(|| format!("cannot stop {self}"))?;
        bail!("{self} did not end within {}", crate::steps::short(limit))
    }

    fn check(&self, status: ExitStatus) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        match status.code() {
            Some(code) => bail!("{self} ended with exit code {code}"),
            None => bail!("{self} was stopped by a signal ({status})"),
        }
    }

    fn cannot_start(&self) -> String {
        format!("cannot start {self}")
    }
}

fn append(log: &Path) -> Result<std::fs::File> {
    if let Some(folder) = log.parent() {
        files::create_dir(folder)?;
    }
    let file = OpenOptions::new().create(true).append(true).open(log);
    file.with_context(|| format!("cannot write {}", log.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str) -> Program {
        Program::new("sh").arg("-c").arg(script)
    }

    #[test]
    fn both_outputs_arrive_in_order() {
        let mut seen = Vec::new();
        sh("echo one; echo two >&2; echo three")
            .lines(A_MOMENT, |line| seen.push(line.to_owned()))
            .unwrap();
        assert_eq!(seen, ["one", "two", "three"]);
    }

    #[test]
    fn a_program_that_hangs_is_ended_and_named() {
        let begun = Instant::now();
        let error = sh("exec sleep 60")
            .lines(Duration::from_millis(80), |_| ())
            .unwrap_err();
        assert!(error.to_string().contains("did not end within"), "{error}");
        assert!(sh("exec sleep 60").output(Duration::from_millis(80)).is_err());
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_program_that_never_stops_talking_is_ended_too() {
        let error = sh("while :; do echo again; done")
            .lines(Duration::from_millis(80), |_| ())
            .unwrap_err();
        assert!(error.to_string().contains("did not end within"), "{error}");
    }

    #[test]
    fn a_background_process_that_holds_the_pipe_does_not_hold_us() {
        let begun = Instant::now();
        let mut seen = Vec::new();
        sh("sleep 5 & echo here")
            .lines(A_MOMENT, |line| seen.push(line.to_owned()))
            .unwrap();
        assert_eq!(seen, ["here"]);
        assert!(begun.elapsed() < Duration::from_secs(4));
    }

    #[test]
    fn a_failure_says_the_code_and_what_the_program_said() {
        let error = sh("echo no such disk >&2; exit 3")
            .output(A_MOMENT)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("exit code 3") && error.contains("no such disk"),
            "{error}"
        );
    }
}
