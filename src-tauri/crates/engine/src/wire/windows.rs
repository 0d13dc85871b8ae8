//! Windows named pipes.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::windows::named_pipe::ClientOptions;

use super::Duplex;

/// All instances of the pipe are in use; the server makes a new one within moments.
const ERROR_PIPE_BUSY: i32 = 231;

/// The pipe's path in what follows `npipe://`: `//./pipe/docker_engine` is `\\.\pipe\docker_engine`.
pub(super) fn path(text: &str) -> PathBuf {
    PathBuf::from(text.replace('/', "\\"))
}

/// Opens the pipe; the caller limits the wait.
pub(super) async fn open(path: &Path) -> io::Result<Box<dyn Duplex>> {
    loop {
        match ClientOptions::new().open(path) {
            Ok(pipe) => return Ok(Box::new(pipe)),
            Err(error) if error.raw_os_error() == Some(ERROR_PIPE_BUSY) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => return Err(error),
        }
    }
}
