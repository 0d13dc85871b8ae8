//! A relay between two Unix sockets that can be ended at any moment.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Carries bytes until dropped; then every connection breaks and the socket is gone.
#[derive(Debug)]
pub struct Relay {
    path: PathBuf,
    ended: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<UnixStream>>>,
    acceptor: Option<JoinHandle<()>>,
}

impl Relay {
    /// Listens at `path` and carries everything to `target`.
    pub fn start(path: &Path, target: &Path) -> Self {
        let _ = std::fs::remove_file(path);
        let listener = UnixListener::bind(path).expect("the relay listens");
        let ended = Arc::new(AtomicBool::new(false));
        let open = Arc::new(Mutex::new(Vec::new()));
        let acceptor = std::thread::spawn({
            let (ended, open, target) = (ended.clone(), open.clone(), target.to_owned());
            move || {
                for client in listener.incoming().flatten() {
                    if ended.load(Ordering::SeqCst) {
                        return;
                    }
                    if let Ok(server) = UnixStream::connect(&target) {
                        carry_both_ways(client, server, &open);
                    }
                }
            }
        });
        Self {
            path: path.to_owned(),
            ended,
            open,
            acceptor: Some(acceptor),
        }
    }
}

fn carry_both_ways(client: UnixStream, server: UnixStream, open: &Arc<Mutex<Vec<UnixStream>>>) {
    let clone = |stream: &UnixStream| stream.try_clone().expect("a second handle");
    open.lock().expect("the list").extend([clone(&client), clone(&server)]);
    let (to_server, to_client) = ((clone(&client), clone(&server)), (server, client));
    for (mut from, mut to) in [to_server, to_client] {
        std::thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(count) = from.read(&mut buffer) {
                if count == 0 || to.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            // The other side learns of the end; it may have ended already.
            let _ = to.shutdown(Shutdown::Write);
        });
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the acceptor, which then sees the end.
        let _ = UnixStream::connect(&self.path);
        let _ = std::fs::remove_file(&self.path);
        for stream in self.open.lock().expect("the list").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}
