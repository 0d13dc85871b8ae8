//! Unix sockets.

use std::io;
use std::path::{Path, PathBuf};

use super::Duplex;

/// The socket's path in what follows `unix://`.
pub(super) fn path(text: &str) -> PathBuf {
    PathBuf::from(text)
}

/// Opens the socket.
pub(super) async fn open(path: &Path) -> io::Result<Box<dyn Duplex>> {
    Ok(Box::new(tokio::net::UnixStream::connect(path).await?))
}
