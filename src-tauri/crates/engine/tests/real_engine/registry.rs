//! A registry on this machine whose images nobody else has, and which can be told to fail half way.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use freehold_model::ImageReference;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::corner::LOOPBACK;

const MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
/// Large enough that a cut falls in the middle, small enough to be there at once.
const LAYER_BYTES: usize = 2 << 20;

/// How the registry behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behaviour {
    /// As it should.
    Honest,
    /// Another manifest than the one that was asked for by digest.
    WrongManifest,
    /// One byte of each layer is another.
    WrongLayer,
    /// The connection ends instead of a manifest.
    CutManifest,
    /// Every layer's connection is cut in the middle.
    CutLayer,
}

struct Kept {
    behaviour: Behaviour,
    /// By path, with the media type.
    documents: HashMap<String, (&'static str, Vec<u8>)>,
    layers: Vec<String>,
}

/// The registry; it ends with the test's process.
pub(super) struct Registry {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

impl Registry {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind((LOOPBACK, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let kept = Arc::new(Mutex::new(Kept {
            behaviour: Behaviour::Honest,
            documents: HashMap::new(),
            layers: Vec::new(),
        }));
        let shared = Arc::clone(&kept);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &kept));
            }
        });
        Self { address, kept }
    }

    pub(super) fn repository(&self) -> String {
        format!("{}/test/image", self.address)
    }

    pub(super) fn behave(&self, behaviour: Behaviour) {
        self.kept().behaviour = behaviour;
    }

    /// Puts a new image under the tag.
    pub(super) fn push(&self, tag: &str, platform: &str) -> ImageReference {
        let layer = layer();
        let layer_digest = digest(&layer);
        let architecture = platform.split('/').nth(1).expect("a platform");
        let config = json!({"architecture": architecture, "os": "linux", "config": {},
            "rootfs": {"type": "layers", "diff_ids": [layer_digest]}})
        .to_string()
        .into_bytes();
        let manifest = json!({"schemaVersion": 2, "mediaType": MANIFEST,
            "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": config.len(), "digest": digest(&config)},
            "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar", "size": layer.len(), "digest": layer_digest}]})
        .to_string()
        .into_bytes();
        let manifest_digest = digest(&manifest);
        let mut kept = self.kept();
        for (path, media_type, document) in [
            (format!("manifests/{tag}"), MANIFEST, &manifest),
            (format!("manifests/{manifest_digest}"), MANIFEST, &manifest),
            (
                format!("blobs/{}", digest(&config)),
                "application/octet-stream",
                &config,
            ),
            (format!("blobs/{layer_digest}"), "application/octet-stream", &layer),
        ] {
            let path = format!("/v2/test/image/{path}");
            kept.documents.insert(path, (media_type, document.clone()));
        }
        kept.layers.push(format!("/v2/test/image/blobs/{layer_digest}"));
        ImageReference {
            repository: self.repository(),
            tag: tag.to_owned(),
            digest: manifest_digest.parse().expect("a digest"),
            platforms: vec![platform.to_owned()],
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("no panic while held")
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// A tar archive of one file that no other image has.
fn layer() -> Vec<u8> {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("after 1970");
    let mut header = [0_u8; 512];
    header[..4].copy_from_slice(b"data");
    for (at, text) in [
        (100, "0000644\0".to_owned()),
        (108, "0000000\0".to_owned()),
        (116, "0000000\0".to_owned()),
        (124, format!("{LAYER_BYTES:011o}\0")),
        (136, "00000000000\0".to_owned()),
        (148, "        ".to_owned()),
        (156, "0".to_owned()),
        (257, "ustar\x0000".to_owned()),
    ] {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    let sum: u32 = header.iter().copied().map(u32::from).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut archive = header.to_vec();
    let mut state = u64::from(now.subsec_nanos()) << 32 | now.as_secs() & 0xffff_ffff | 1;
    for _ in 0..LAYER_BYTES / 8 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        archive.extend_from_slice(&state.to_le_bytes());
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

/// Answers the requests of one connection. What is not HTTP (engines try TLS first) is told so and closed.
fn serve(stream: TcpStream, kept: &Mutex<Kept>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut stream = stream;
    loop {
        let mut request = Vec::new();
        if !matches!(reader.read_until(b'\n', &mut request), Ok(count) if count > 0) {
            return;
        }
        let line = String::from_utf8_lossy(&request).into_owned();
        let mut words = line.split_whitespace();
        let (Some(method @ ("GET" | "HEAD")), Some(path)) = (words.next(), words.next()) else {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return;
        };
        let (mut header, mut from) = (String::new(), 0);
        while matches!(reader.read_line(&mut header), Ok(count) if count > 2) {
            let start = header.to_ascii_lowercase();
            let start = start
                .strip_prefix("range: bytes=")
                .and_then(|range| range.split('-').next());
            from = start.and_then(|start| start.parse().ok()).unwrap_or(from);
            header.clear();
        }
        let (head, body, is_cut) = answer(method, path, from, &kept.lock().expect("no panic while held"));
        let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        if is_cut || sent.is_err() {
            let _ = stream.shutdown(Shutdown::Both);
            return;
        }
    }
}

/// Head, body, and whether the connection ends then. `from` is where a range starts.
fn answer(method: &str, path: &str, from: usize, kept: &Kept) -> (String, Vec<u8>, bool) {
    let head = |status: &str, media_type: &str, length: usize| {
        format!("HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n")
    };
    if path == "/v2/" {
        return (head("200 OK", "application/json", 2) + "\r\n", b"{}".to_vec(), false);
    }
    let Some((media_type, document)) = kept.documents.get(path) else {
        let body = br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#.to_vec();
        return (
            head("404 Not Found", "application/json", body.len()) + "\r\n",
            body,
            false,
        );
    };
    let mut body = document.clone();
    let mut named = digest(document);
    let mut head = match from {
        0 => head("200 OK", media_type, document.len()),
        from => {
            let (last, all) = (document.len() - 1, document.len());
            let head = head("206 Partial Content", media_type, all - from);
            format!("{head}Content-Range: bytes {from}-{last}/{all}\r\n")
        }
    };
    let mut is_cut = false;
    let is_layer = kept.layers.iter().any(|layer| layer == path);
    match kept.behaviour {
        Behaviour::WrongManifest if path.contains("/manifests/sha256:") => {
            // A space more is another digest; the header still says the wished one.
            body.push(b' ');
            path.rsplit('/').next().unwrap_or_default().clone_into(&mut named);
            head = head.replace(
                &format!("Content-Length: {}", document.len()),
                &format!("Content-Length: {}", body.len()),
            );
        }
        Behaviour::WrongLayer if is_layer => body[LAYER_BYTES / 2] ^= 1,
        // A client that goes on from there comes no further.
        Behaviour::CutLayer if is_layer => {
            body.truncate(LAYER_BYTES / 2);
            is_cut = true;
        }
        Behaviour::CutManifest if path.contains("/manifests/") => return (String::new(), Vec::new(), true),
        _ => {}
    }
    body.drain(..from.min(body.len()));
    let head = format!("{head}Docker-Content-Digest: {named}\r\n\r\n");
    if method == "HEAD" {
        body.clear();
    }
    (head, body, is_cut && method == "GET")
}
