//! Short helpers that are run as programs: every wait for them is bounded.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ExitStatus};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Longest line that is taken; the rest is not read.
const LONGEST_LINE: u64 = 4096;

/// How often an ending program is looked at. The system can tell of the end only by a signal to the whole process.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// The first line of `source` without its end, empty where it ended before. `TimedOut` after `limit`; the thread that
/// reads then lives until the program closes its end.
pub(crate) fn first_line(source: impl Read + Send + 'static, limit: Duration) -> io::Result<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().name("program".to_owned()).spawn(move || {
        let mut line = Vec::new();
        let read = BufReader::new(source.take(LONGEST_LINE)).read_until(b'\n', &mut line);
        // Nobody listens any more after the limit; then there is nothing to say.
        let _late = sender.send(read.map(|_| String::from_utf8_lossy(&line).trim_end().to_owned()));
    })?;
    receiver
        .recv_timeout(limit)
        .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the program did not answer"))?
}

/// How the program ended; `None` when it still runs after `limit`.
pub(crate) fn wait_within(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        let status = child.try_wait()?;
        if status.is_some() || start.elapsed() >= limit {
            return Ok(status);
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
}

/// Gives the program `grace` to end by itself, then kills it; takes note of its end either way, so that no zombie stays.
pub(crate) fn end(child: &mut Child, grace: Duration) {
    if matches!(wait_within(child, grace), Ok(Some(_))) {
        return;
    }
    // Both fail only where it has ended already.
    let _ended = child.kill();
    let _reaped = wait_within(child, Duration::from_secs(1));
}

/// A script in `folder` that runs `body` with the shell. Another process writes it: a file that this one had open for
/// writing while another test started a program could not be run ("text file busy").
#[cfg(all(test, target_os = "linux"))]
pub(crate) fn test_script(folder: &std::path::Path, body: &str) -> std::path::PathBuf {
    let path = folder.join("script");
    let is_written = std::process::Command::new("sh")
        .args([
            "-c",
            "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod 755 \"$1\"",
            "sh",
        ])
        .arg(&path)
        .arg(body)
        .status()
        .is_ok_and(|status| status.success());
    assert!(is_written, "the script was not written");
    path
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use super::{end, first_line, wait_within};

    #[test]
    fn one_line_is_taken_and_a_long_one_is_cut() {
        let limit = Duration::from_secs(5);
        assert_eq!(first_line(&b"u 4\r\nmore\n"[..], limit).unwrap(), "u 4");
        assert_eq!(first_line(&b""[..], limit).unwrap(), "");
        assert_eq!(first_line(std::io::repeat(b'x'), limit).unwrap().len(), 4096);
    }

    #[test]
    fn a_program_that_does_not_end_is_killed_and_leaves_no_zombie() {
        let mut child = Command::new("sh")
            .args(["-c", "trap '' TERM; echo up; while :; do sleep 1; done"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        assert_eq!(
            first_line(child.stdout.take().unwrap(), Duration::from_secs(5)).unwrap(),
            "up"
        );
        assert_eq!(
            wait_within(&mut child, Duration::from_millis(20)).unwrap(),
            None,
            "it runs"
        );
        end(&mut child, Duration::from_millis(20));
        let status = child.try_wait().unwrap().expect("it has ended and was taken note of");
        assert!(!status.success(), "killed, not ended by itself");
    }
}
