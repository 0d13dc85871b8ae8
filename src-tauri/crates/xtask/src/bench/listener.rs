//! Somebody who watches: reads the host's event stream, so that it measures every node once a second.

use std::io::{BufRead, BufReader, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use anyhow::{Context as _, Result};

/// An open event stream; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Listener {
    stream: UnixStream,
    usages: Arc<AtomicU64>,
    reader: Option<JoinHandle<()>>,
}

impl Listener {
    /// Listens at the control socket of the folder's owner.
    pub(super) fn start(socket: &Path) -> Result<Self> {
        let mut stream = UnixStream::connect(socket).with_context(|| format!("connecting to {}", socket.display()))?;
        stream.write_all(b"GET /api/events HTTP/1.1\r\nHost: freehold\r\n\r\n")?;
        let usages = Arc::new(AtomicU64::new(0));
        let lines = BufReader::new(stream.try_clone()?).lines();
        let reader = std::thread::spawn({
            let usages = usages.clone();
            move || {
                for line in lines.map_while(Result::ok) {
                    if line.contains("\"kind\":\"usage\"") {
                        usages.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        });
        Ok(Self {
            stream,
            usages,
            reader: Some(reader),
        })
    }

    /// How often the host has told what everything uses.
    pub(super) fn usages(&self) -> u64 {
        self.usages.load(Ordering::Relaxed)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The host may have ended first.
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}
