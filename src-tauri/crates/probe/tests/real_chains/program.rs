//! A real program, started for one test and ended by its id.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use freehold_probe::Probe;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The program that a variable names; says so when there is none.
#[expect(clippy::print_stdout, reason = "a test that is left out says so")]
pub(crate) fn named(variable: &str) -> Option<PathBuf> {
    let path = std::env::var_os(variable).map(PathBuf::from);
    if path.is_none() {
        println!("left out: {variable} is not set");
    }
    path
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Writes a small file that a program reads when it starts.
pub(crate) fn write(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

pub(crate) struct Program {
    child: Child,
    /// Its folder; goes with it.
    pub(crate) folder: tempfile::TempDir,
}

impl Program {
    /// Starts `program` in a folder of its own, with the arguments that `args` makes for that folder.
    pub(crate) fn start<S: AsRef<OsStr>>(program: &Path, args: impl FnOnce(&Path) -> Vec<S>) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), program, args)
    }

    /// Starts `program` in a folder that is there already.
    pub(crate) fn start_in<S: AsRef<OsStr>>(
        folder: tempfile::TempDir,
        program: &Path,
        args: impl FnOnce(&Path) -> Vec<S>,
    ) -> Self {
        let child = Command::new(program)
            .args(args(folder.path()))
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, folder }
    }

    /// Ends it in good order and gives its folder back.
    pub(crate) fn stop(mut self) -> tempfile::TempDir {
        self.terminate();
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    /// Asks it to end, without waiting for that.
    pub(crate) fn ask_to_end(&self) {
        let _gone = Command::new("kill").arg(self.child.id().to_string()).status();
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a drop cannot await, and a busy wait would take the processor from what is to end"
    )]
    fn terminate(&mut self) {
        self.ask_to_end();
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if self.child.try_wait().unwrap().is_some() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.terminate();
        }
    }
}

pub(crate) fn now() -> Timestamp {
    Timestamp::from_system(SystemTime::now())
}

pub(crate) fn identity(method: &str, params: Value, pointer: &str, equals: Value) -> Vec<IdentityCheck> {
    let check = json!({"method": method, "params": params, "pointer": pointer, "equals": equals});
    vec![serde_json::from_value(check).unwrap()]
}

/// Reads until `is_enough`, for at most two minutes; gives every outcome on the way.
pub(crate) async fn read_until(
    probe: &Probe,
    is_enough: impl Fn(&ProbeReport) -> bool,
) -> (ProbeReport, Vec<ProbeReport>, Vec<ProbeFailure>) {
    let (mut reports, mut failures) = (Vec::new(), Vec::new());
    let deadline = Instant::now() + Duration::from_mins(2);
    while Instant::now() < deadline {
        match probe.read(now()).await {
            Ok(report) if is_enough(&report) => return (report, reports, failures),
            Ok(report) => reports.push(report),
            Err(failure) => failures.push(failure),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!(
        "not within two minutes; last: {:?}, {:?}",
        reports.last(),
        failures.last()
    );
}

pub(crate) fn is_ready(report: &ProbeReport) -> bool {
    report.stage == Stage::Ready
}

/// Posts JSON to a server on this machine, for what only a test asks of a node.
pub(crate) async fn post(port: u16, path: &str, body: &Value) -> Value {
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let start = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    serde_json::from_slice(&answer[start + 4..]).unwrap()
}
