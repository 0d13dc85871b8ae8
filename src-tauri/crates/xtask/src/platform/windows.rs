//! Windows: nothing is installed here; commands are shown, and a complete machine builds and runs.

use std::io;
use std::path::Path;
use std::process::{ExitCode, Stdio};

use anyhow::{Context as _, Result};

use crate::http::{Request, Response};
use crate::process::Program;

pub(crate) fn is_root() -> bool {
    false
}

pub(crate) fn user_name() -> String {
    std::env::var("USERNAME").unwrap_or_else(|_| "%USERNAME%".to_owned())
}

pub(crate) fn is_executable(_about: &std::fs::Metadata) -> bool {
    false
}

pub(crate) fn npm() -> &'static str {
    "npm.cmd"
}

pub(crate) fn socket_request(_socket: &Path, _request: &Request<'_>) -> io::Result<Result<Response>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "no Unix sockets here"))
}

pub(crate) fn replace_with(program: &Program) -> Result<ExitCode> {
    let status = program
        .command()
        .stdin(Stdio::inherit())
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}
