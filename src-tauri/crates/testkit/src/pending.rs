//! A command of Freehold that runs beside the test, with an end to every wait.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::sandbox::{Outcome, outcome};

/// Longest time for one command: the slowest here pulls an image and waits for a node that makes an index.
const LONGEST: Duration = Duration::from_mins(3);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// `freehold --json ARGS` on its way. Killed when dropped before its end.
#[derive(Debug)]
pub struct Pending {
    child: Child,
    args: Vec<String>,
    out: File,
    err: File,
    begun: Instant,
}

impl Pending {
    pub(crate) fn start(mut command: Command, args: &[&str]) -> Self {
        let file = || tempfile::tempfile().expect("a temporary file");
        let (out, err) = (file(), file());
        let twin = |file: &File| Stdio::from(file.try_clone().expect("a second handle"));
        command
            .args(args)
            .stdin(Stdio::null())
            .stdout(twin(&out))
            .stderr(twin(&err));
        Self {
            child: command.spawn().expect("freehold runs"),
            args: args.iter().map(ToString::to_string).collect(),
            out,
            err,
            begun: Instant::now(),
        }
    }

    /// Whether it has not ended yet.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// Its end. The test fails if that takes too long.
    pub fn finish(mut self) -> Outcome {
        let args: Vec<&str> = self.args.iter().map(String::as_str).collect();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                break status;
            }
            if self.begun.elapsed() > LONGEST {
                let said = read(&mut self.err);
                panic!("{args:?} did not end: {}", String::from_utf8_lossy(&said));
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "no runtime is here whose thread could be held up"
            )]
            std::thread::sleep(LOOK_EVERY);
        };
        let (stdout, stderr) = (read(&mut self.out), read(&mut self.err));
        outcome(&args, &Output { status, stdout, stderr })
    }
}

fn read(file: &mut File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).expect("its output");
    file.read_to_end(&mut bytes).expect("its output");
    bytes
}

impl Drop for Pending {
    fn drop(&mut self) {
        // It has ended, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
