//! The display that windows open on: the person's, or a virtual one for tests and measurements.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::process::Program;

/// Large enough for the screenshots that the README shows.
const SCREEN: &str = "1600x1000x24";
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// Whether a window can be opened here.
pub(crate) fn is_there() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A virtual display; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Virtual {
    /// `:N`, for the variable `DISPLAY`.
    pub(crate) name: String,
    server: Child,
}

impl Virtual {
    /// Starts a server that picks a free number by itself, so that two runs do not meet.
    pub(crate) fn start(log: &Path) -> Result<Self> {
        let program = Program::new("Xvfb").args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            SCREEN,
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let errors = std::fs::File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = program.command();
        let mut server = command
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .context("Xvfb cannot be started")?;
        let output = server.stdout.take().context("Xvfb has an output")?;
        // Made now, so that the server is ended also when it never says its number.
        let mut display = Self {
            name: String::new(),
            server,
        };
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(output).read_line(&mut line);
            let _nobody_waits = sender.send(read.map(|_| line));
        });
        let number = receiver
            .recv_timeout(STARTS_WITHIN)
            .context("Xvfb did not start")?
            .context("Xvfb said nothing")?;
        let number: u32 = number
            .trim()
            .parse()
            .with_context(|| format!("Xvfb failed, see {}", log.display()))?;
        display.name = format!(":{number}");
        Ok(display)
    }
}

impl Drop for Virtual {
    fn drop(&mut self) {
        crate::process::end(&mut self.server);
    }
}
