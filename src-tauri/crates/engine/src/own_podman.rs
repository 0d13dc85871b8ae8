//! A Podman API service that Freehold starts itself, where only the `podman` program is installed.
//!
//! The one rule: the service has one owner and ends with it. Its containers do not: Podman needs no service to run them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::process::{Child, Command};

use crate::EngineError;

/// The service ends by itself after this long without a connection, should Freehold be killed before it can end it.
/// The event stream is a connection and watching asks every few seconds, so a service in use never ends.
const IDLE_SECONDS: &str = "300";
/// Podman listens within a quarter of a second here; its first start on a machine migrates its storage.
const START_LIMIT: Duration = Duration::from_secs(20);

/// The running service.
#[derive(Debug)]
pub(crate) struct OwnPodman {
    child: Child,
    socket: PathBuf,
}

impl OwnPodman {
    /// Starts it on a socket of its own in `folder` and waits until it listens.
    pub(crate) async fn start(program: &Path, folder: &Path) -> Result<Self, EngineError> {
        // Each start has its own name: a service that is just ending must not take the new one's socket with it.
        static STARTS: AtomicU32 = AtomicU32::new(0);
        let number = STARTS.fetch_add(1, Ordering::Relaxed);
        let socket = folder.join(format!("podman-{}-{number}.sock", std::process::id()));
        let failed = |reason: String| EngineError::Unreachable {
            address: program.display().to_string(),
            reason,
        };
        let child = Command::new(program)
            .args(["system", "service", "--time", IDLE_SECONDS])
            .arg(format!("unix://{}", socket.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| failed(format!("its service could not be started ({error})")))?;
        let mut service = Self { child, socket };
        let listening = async {
            while !service.socket.exists() {
                if let Ok(Some(status)) = service.child.try_wait() {
                    return Err(failed(format!("its service ended at once ({status})")));
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(())
        };
        match tokio::time::timeout(START_LIMIT, listening).await {
            Ok(Ok(())) => Ok(service),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(failed("its service does not listen".to_owned())),
        }
    }

    /// The service's address.
    pub(crate) fn address(&self) -> String {
        format!("unix://{}", self.socket.display())
    }
}

impl Drop for OwnPodman {
    fn drop(&mut self) {
        end(&mut self.child);
        // The service removes it when it ends in order; this is for the case that it does not.
        let _ = std::fs::remove_file(&self.socket);
    }
}

/// Asks the service to end: killed outright it could leave a lock of Podman's storage taken.
#[cfg(unix)]
fn end(child: &mut Child) {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;
    let pid = child.id().and_then(|pid| i32::try_from(pid).ok());
    if let Some(pid) = pid {
        let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
    }
}

#[cfg(not(unix))]
fn end(child: &mut Child) {
    let _ = child.start_kill();
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};

    use super::OwnPodman;

    #[expect(clippy::disallowed_methods, clippy::expect_used, reason = "a test's own folder")]
    fn program(folder: &Path, script: &str) -> PathBuf {
        let path = folder.join("podman");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("a program");
        path
    }

    #[tokio::test]
    async fn the_service_ends_with_its_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        let started = folder.path().join("started");
        // The address is the last of the arguments `system service --time N unix://…`.
        let script = format!(
            "echo $$ > {}; touch \"${{5#unix://}}\"; exec sleep 60",
            started.display()
        );
        let service = OwnPodman::start(&program(folder.path(), &script), folder.path())
            .await
            .expect("a service");
        let pid = std::fs::read_to_string(&started).expect("its process id");
        let process = PathBuf::from(format!("/proc/{}/cmdline", pid.trim()));
        let runs = || std::fs::read(&process).is_ok_and(|command| !command.is_empty());
        let socket = service.socket.clone();
        assert!(
            service.address().ends_with(&socket.display().to_string()) && runs() && socket.exists(),
            "it runs"
        );
        drop(service);
        let start = Instant::now();
        while runs() {
            assert!(start.elapsed() < Duration::from_secs(5), "it ends");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(!socket.exists(), "its socket goes too");
    }

    #[tokio::test]
    async fn a_service_that_ends_at_once_is_an_error_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let start = Instant::now();
        let error = OwnPodman::start(&program(folder.path(), "exit 3"), folder.path())
            .await
            .expect_err("it ended");
        assert!(
            start.elapsed() < Duration::from_secs(5) && error.to_string().contains("ended at once"),
            "{error}"
        );
    }
}
