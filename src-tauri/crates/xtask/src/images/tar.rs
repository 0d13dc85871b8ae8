//! Writes tar archives that are the same bytes for the same content: fixed times, fixed owners, sorted names.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};

const BLOCK: usize = 512;

/// The files of one layer, by path without a leading slash.
#[derive(Debug, Default, Clone)]
pub(super) struct Tree {
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    mode: u32,
    owner: u32,
}

#[derive(Debug, Clone)]
enum Kind {
    Folder,
    File(Vec<u8>),
    Link(String),
}

impl Tree {
    pub(super) fn folder(&mut self, path: &str, mode: u32, owner: u32) {
        self.put(
            path,
            Entry {
                kind: Kind::Folder,
                mode,
                owner,
            },
        );
    }

    pub(super) fn file(&mut self, path: &str, mode: u32, bytes: impl Into<Vec<u8>>) {
        self.put(
            path,
            Entry {
                kind: Kind::File(bytes.into()),
                mode,
                owner: 0,
            },
        );
    }

    pub(super) fn link(&mut self, path: &str, target: &str) {
        self.put(
            path,
            Entry {
                kind: Kind::Link(target.to_owned()),
                mode: 0o777,
                owner: 0,
            },
        );
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path.trim_start_matches('/'))
    }

    /// The archive's bytes.
    pub(super) fn archive(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        for (path, entry) in &self.entries {
            let (kind, size, target) = match &entry.kind {
                Kind::Folder => (b'5', 0, ""),
                Kind::File(bytes) => (b'0', bytes.len(), ""),
                Kind::Link(target) => (b'2', 0, target.as_str()),
            };
            let path = if kind == b'5' { format!("{path}/") } else { path.clone() };
            out.extend_from_slice(&header(&path, entry, kind, size, target)?);
            if let Kind::File(bytes) = &entry.kind {
                out.extend_from_slice(bytes);
                out.resize(out.len().next_multiple_of(BLOCK), 0);
            }
        }
        // Two empty blocks end an archive.
        out.resize(out.len() + 2 * BLOCK, 0);
        Ok(out)
    }

    fn put(&mut self, path: &str, entry: Entry) {
        let path = path.trim_matches('/');
        // Folders above come along, unless they were put with a mode of their own.
        for (at, _) in path.match_indices('/') {
            let above = Entry {
                kind: Kind::Folder,
                mode: 0o755,
                owner: 0,
            };
            self.entries.entry(path[..at].to_owned()).or_insert(above);
        }
        self.entries.insert(path.to_owned(), entry);
    }
}

/// The two fields that a long path is spread over: at a slash, with at most 100 bytes after it.
fn split(path: &str) -> (&str, &str) {
    let fits = |at: &usize| path.len() - at - 1 <= 100 && path.len() > at + 1;
    if path.len() <= 100 {
        return ("", path);
    }
    let slash = path.match_indices('/').map(|(at, _)| at).find(fits);
    slash.map_or(("", path), |at| (&path[..at], &path[at + 1..]))
}

/// A POSIX ustar header.
fn header(path: &str, entry: &Entry, kind: u8, size: usize, target: &str) -> Result<[u8; BLOCK]> {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, room: usize, value: &[u8]| -> Result<()> {
        if value.len() > room {
            bail!("{path} does not fit into a tar header");
        }
        header[at..at + value.len()].copy_from_slice(value);
        Ok(())
    };
    let (folder, name) = split(path);
    put(0, 100, name.as_bytes())?;
    put(345, 155, folder.as_bytes())?;
    put(100, 8, format!("{:07o}\0", entry.mode).as_bytes())?;
    put(108, 8, format!("{:07o}\0", entry.owner).as_bytes())?;
    put(116, 8, format!("{:07o}\0", entry.owner).as_bytes())?;
    put(124, 12, format!("{size:011o}\0").as_bytes())?;
    put(136, 12, b"00000000000\0")?;
    put(148, 8, b"        ")?;
    put(156, 1, &[kind])?;
    put(157, 100, target.as_bytes())?;
    put(257, 8, b"ustar\x0000")?;
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    header
        .get_mut(148..156)
        .context("a header has 512 bytes")?
        .copy_from_slice(sum.as_bytes());
    Ok(header)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::process::{A_MOMENT, Program};

    #[test]
    fn the_tar_program_reads_what_was_written() {
        let mut tree = Tree::default();
        tree.file("usr/bin/sh", 0o755, *b"program");
        tree.link("bin", "usr/bin");
        tree.folder("/tmp", 0o1777, 0);
        tree.folder("home/bitcoin", 0o755, 101);
        let long = format!("home/{}/{}", "a".repeat(90), "b".repeat(90));
        tree.file(&long, 0o644, *b"");
        let file = std::env::temp_dir().join(format!("freehold-xtask-{}.tar", std::process::id()));
        crate::files::write(&file, &tree.archive().unwrap()).unwrap();
        let list = Program::new("tar")
            .arg("--numeric-owner")
            .arg("-tvf")
            .arg(&file)
            .env("TZ", "UTC")
            .output(A_MOMENT);
        crate::files::remove(&file).unwrap();
        let list = list.unwrap();
        let lines: Vec<String> = list
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            lines,
            [
                "lrwxrwxrwx 0/0 0 1970-01-01 00:00 bin -> usr/bin",
                "drwxr-xr-x 0/0 0 1970-01-01 00:00 home/",
                &format!("drwxr-xr-x 0/0 0 1970-01-01 00:00 home/{}/", "a".repeat(90)),
                &format!("-rw-r--r-- 0/0 0 1970-01-01 00:00 {long}"),
                "drwxr-xr-x 101/101 0 1970-01-01 00:00 home/bitcoin/",
                "drwxrwxrwt 0/0 0 1970-01-01 00:00 tmp/",
                "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/",
                "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/bin/",
                "-rwxr-xr-x 0/0 7 1970-01-01 00:00 usr/bin/sh",
            ]
        );
    }

    #[test]
    fn a_name_that_does_not_fit_is_refused() {
        let mut tree = Tree::default();
        tree.file(&"a".repeat(101), 0o644, *b"");
        assert!(tree.archive().is_err());
    }
}
