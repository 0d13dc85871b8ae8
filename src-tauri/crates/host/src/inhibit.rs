//! Holds off a shutdown while a node writes its state: a killed node may have to check hours of data at its next start.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use crate::program;

/// How long the system may take to agree.
const AGREED_WITHIN: Duration = Duration::from_secs(3);

/// How long the helper may take to end once its input is closed.
const ENDED_WITHIN: Duration = Duration::from_millis(500);

/// While this lives, the system neither shuts down nor sleeps. Dropping it lets the system go on; that takes a few
/// milliseconds, at most about a second. If this process is killed, the system goes on too: the helper's input closes
/// with it.
#[derive(Debug)]
pub struct Inhibitor {
    helper: Child,
    /// The helper ends when this is closed; never `None` before the drop.
    input: Option<ChildStdin>,
}

impl Inhibitor {
    /// Asks the system to wait, for the reason `why` (a sentence that the system shows to people). On return the system
    /// has agreed. Blocks for a moment. Fails where `systemd-inhibit` is missing, refuses or does not answer within three seconds; callers may
    /// go on without it.
    pub fn take(why: &str) -> io::Result<Self> {
        if !cfg!(target_os = "linux") {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "a shutdown cannot be held off on this system",
            ));
        }
        Self::take_by(OsStr::new("systemd-inhibit"), why)
    }

    /// Like [`Inhibitor::take`], with `program` in place of `systemd-inhibit`.
    pub fn take_by(program: &OsStr, why: &str) -> io::Result<Self> {
        let mut helper = Command::new(program)
            .args(["--what=shutdown:sleep", "--mode=block", "--who=Freehold"])
            .arg(format!("--why={why}"))
            .arg("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let input = helper.stdin.take();
        let mut taken = Self { helper, input };
        taken.wait_until_held()?;
        Ok(taken)
    }

    /// `cat` is started only once the lock is held, so its echo is the proof.
    fn wait_until_held(&mut self) -> io::Result<()> {
        let (Some(input), Some(output)) = (&mut self.input, self.helper.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        // Where the helper has ended already the missing echo tells, and its error text says more.
        let _sent = input.write_all(b"held\n");
        if program::first_line(output, AGREED_WITHIN)? == "held" {
            return Ok(());
        }
        let said = self
            .helper
            .stderr
            .take()
            .map(|stderr| program::first_line(stderr, ENDED_WITHIN));
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            match said {
                Some(Ok(line)) if !line.is_empty() => line,
                _ => "the system refused to hold off a shutdown".to_owned(),
            },
        ))
    }
}

impl Drop for Inhibitor {
    fn drop(&mut self) {
        drop(self.input.take());
        program::end(&mut self.helper, ENDED_WITHIN);
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::io::ErrorKind;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use super::Inhibitor;
    use crate::program::test_script;

    fn process(pid: &Path) -> std::path::PathBuf {
        Path::new("/proc").join(fs::read_to_string(pid).unwrap().trim())
    }

    #[test]
    fn it_is_held_from_taking_to_dropping() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().display();
        let script = test_script(
            folder.path(),
            &format!("echo $$ > '{at}/pid'; printf '%s\\n' \"$@\" > '{at}/words'; cat; echo ended > '{at}/ended'"),
        );
        let held = Inhibitor::take_by(script.as_os_str(), "Bitcoin Core writes its state").unwrap();
        let words = fs::read_to_string(folder.path().join("words")).unwrap();
        assert_eq!(
            words.lines().collect::<Vec<_>>(),
            [
                "--what=shutdown:sleep",
                "--mode=block",
                "--who=Freehold",
                "--why=Bitcoin Core writes its state",
                "cat"
            ]
        );
        let process = process(&folder.path().join("pid"));
        assert!(process.exists(), "it lives while it is held");
        drop(held);
        assert!(
            folder.path().join("ended").exists(),
            "it ended by itself when its input was closed"
        );
        assert!(!process.exists(), "neither running nor a zombie");
    }

    #[test]
    fn a_helper_that_does_not_let_go_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let script = test_script(
            folder.path(),
            &format!("echo $$ > '{}/pid'; echo held; exec sleep 60", folder.path().display()),
        );
        let held = Inhibitor::take_by(script.as_os_str(), "a test").unwrap();
        let process = process(&folder.path().join("pid"));
        let start = Instant::now();
        drop(held);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        assert!(!process.exists(), "neither running nor a zombie");
    }

    #[test]
    fn a_refusal_is_an_error_with_the_systems_words() {
        let folder = tempfile::tempdir().unwrap();
        let script = test_script(folder.path(), "echo 'Failed to inhibit: Access denied' >&2; exit 1");
        let error = Inhibitor::take_by(script.as_os_str(), "a test").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
        assert_eq!(error.to_string(), "Failed to inhibit: Access denied");
    }

    #[test]
    fn a_missing_program_is_not_found() {
        let error = Inhibitor::take_by(OsStr::new("/nonexistent/systemd-inhibit"), "a test").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn silence_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let script = test_script(folder.path(), "exec sleep 60");
        let start = Instant::now();
        let error = Inhibitor::take_by(script.as_os_str(), "a test").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}
