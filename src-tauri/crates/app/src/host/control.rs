//! The control socket: the command line and further windows talk to the process that owns the folder.

use std::future::Future;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};

use freehold_model::{Fault, FaultCode};
use tokio::net::UnixListener;

use super::http::api;
use crate::App;

/// A Unix socket of mode 0600; removed when dropped.
#[derive(Debug)]
pub struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlSocket {
    /// Listens at `path`. Only call this while holding the folder's lock: a socket left by a killed owner is replaced.
    pub fn bind(path: &Path) -> Result<Self, Fault> {
        let failed = |error: std::io::Error| {
            Fault::new(FaultCode::StoreFailed)
                .with("path", path.display())
                .with("reason", error)
        };
        if let Ok(found) = std::fs::symlink_metadata(path) {
            if !found.file_type().is_socket() {
                return Err(failed(std::io::Error::other("something that is not a socket is there")));
            }
            std::fs::remove_file(path).map_err(failed)?;
        }
        // Nobody else may connect even for the moment between the two calls: the socket is made without rights for
        // others. Only hosts call this, at their start, before other threads make files.
        let before = nix::sys::stat::umask(nix::sys::stat::Mode::from_bits_truncate(0o177));
        let bound = UnixListener::bind(path);
        nix::sys::stat::umask(before);
        let listener = bound.map_err(failed)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
        Ok(Self {
            listener,
            path: path.to_owned(),
        })
    }

    /// Serves until `end` completes.
    pub async fn serve(self, app: App, end: impl Future<Output = ()> + Send + 'static) -> Result<(), Fault> {
        let Self { listener, path } = self;
        let served = axum::serve(listener, api(app)).with_graceful_shutdown(end).await;
        // The next owner replaces it anyway.
        let _ = std::fs::remove_file(&path);
        served.map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))
    }
}
