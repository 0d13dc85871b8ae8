//! Linux and macOS.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::http::{self, Request, Response};
use crate::process::{A_MOMENT, Program};

/// An engine that has not answered a ping by then does not answer.
const SOCKET_LIMIT: Duration = Duration::from_secs(10);

/// Whether this process has user id 0.
pub(crate) fn is_root() -> bool {
    match std::fs::metadata("/proc/self") {
        Ok(own) => own.uid() == 0,
        // macOS has no /proc.
        Err(_) => Program::new("id")
            .arg("-u")
            .output(A_MOMENT)
            .is_ok_and(|id| id.trim() == "0"),
    }
}

/// The name of the user who runs this, for commands that are shown.
pub(crate) fn user_name() -> String {
    Program::new("id")
        .arg("-un")
        .output(A_MOMENT)
        .map_or_else(|_| "$USER".to_owned(), |name| name.trim().to_owned())
}

/// Whether the owner may run the file.
pub(crate) fn is_executable(about: &std::fs::Metadata) -> bool {
    about.mode() & 0o100 != 0
}

pub(crate) fn npm() -> &'static str {
    "npm"
}

/// Asks over a Unix socket; the outer error is the socket's own, so that a refusal can be told from a missing socket.
pub(crate) fn socket_request(socket: &Path, request: &Request<'_>) -> io::Result<Result<Response>> {
    let stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(SOCKET_LIMIT))?;
    stream.set_write_timeout(Some(SOCKET_LIMIT))?;
    Ok(http::over(stream, request))
}

/// Becomes another program, which then has the terminal, the signals and the exit code to itself.
pub(crate) fn replace_with(program: &Program) -> Result<ExitCode> {
    Err(program.command().stdin(std::process::Stdio::inherit()).exec())
        .with_context(|| format!("cannot start {program}"))
}
