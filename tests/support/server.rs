//! `freehold serve` beside a test: what goes on by itself needs a Freehold that stays.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::sandbox::Sandbox;

/// A Freehold that owns the sandbox's folder and serves its control socket. Ended when dropped; nodes go on.
#[derive(Debug)]
pub struct Server(Child);

impl Server {
    /// Starts it with the sandbox's engine.
    #[must_use]
    pub fn start(sandbox: &Sandbox) -> Self {
        Self::start_at(sandbox, &sandbox.environment.engine)
    }

    /// Starts it with another engine.
    #[must_use]
    pub fn start_at(sandbox: &Sandbox, engine: &str) -> Self {
        let mut command = sandbox.bare_command();
        command
            .arg("--engine")
            .arg(engine)
            .arg("--catalog")
            .arg(sandbox.overlay().path());
        let command = command.args(["serve", "--json"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("freehold serves");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("it prints its link");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself in a failed test.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
