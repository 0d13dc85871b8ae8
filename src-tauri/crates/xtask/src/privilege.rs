//! The right to change the system: we have it as root, borrow it with sudo, or say that it is missing.

use anyhow::{Result, bail};

use crate::platform;
use crate::process::Program;
use crate::system::on_path;

/// Turns a program into one that runs as root.
pub(crate) fn as_root(program: Program) -> Result<Program> {
    if platform::is_root() {
        return Ok(program);
    }
    if on_path("sudo").is_none() {
        bail!("{program} needs root, and sudo is not installed; run this as root once");
    }
    // sudo drops the environment, so that it travels as arguments.
    Ok(program.env_as_arguments().under("sudo", Vec::<String>::new()))
}
