//! What the image holds, in layers from what changes least to what changes most.
//!
//! The base is made of this machine's own essential programs and the libraries they load, because no base image can be
//! fetched where only package registries answer. Several layers also make the progress of a pull visible.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::bitcoin_core::Programs;
use super::libraries;
use super::recipe::{BIN, DATA, ENTRYPOINT, USER};
use super::tar::Tree;
use crate::files;
use crate::system::on_path;

/// Programs that the entrypoint and a person inside the container need; `dash` becomes `sh`.
const TOOLS: [&str; 12] = [
    "dash", "cat", "chmod", "chown", "env", "getent", "id", "ls", "mkdir", "setpriv", "sleep", "stat",
];

/// One layer, with the words that the image's history shows for it.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) history: String,
    pub(super) tree: Tree,
}

pub(super) fn layers(programs: &Programs) -> Result<Vec<Layer>> {
    let tools = TOOLS
        .iter()
        .map(|name| on_path(name).with_context(|| format!("{name} is not installed")));
    let tools: Vec<PathBuf> = tools.collect::<Result<_>>()?;
    let nodes = ["bitcoind", "bitcoin-cli"].map(|name| programs.path(name));
    let everything: Vec<PathBuf> = tools.iter().chain(&nodes).cloned().collect();

    let layer = |history: &str, tree| Layer {
        history: history.to_owned(),
        tree,
    };
    Ok(vec![
        layer("system libraries", system(&everything)?),
        layer("shell and basic programs", shell(&tools)?),
        layer("users and entrypoint", users()),
        layer("bitcoin-cli", program(programs, "bitcoin-cli")?),
        layer("bitcoind", program(programs, "bitcoind")?),
    ])
}

fn system(programs: &[PathBuf]) -> Result<Tree> {
    let mut tree = Tree::default();
    for (place, library) in libraries::of(programs)? {
        tree.file(&place, 0o755, files::read(&library)?);
    }
    for name in ["bin", "sbin", "lib", "lib64"] {
        let merged = format!("usr/{name}");
        // 64-bit ARM has no lib64; bin and sbin get their files in the next layer.
        if name.ends_with("bin") {
            tree.folder(&merged, 0o755, 0);
        }
        if tree.has(&merged) {
            tree.link(name, &merged);
        }
    }
    tree.folder("tmp", 0o1777, 0);
    tree.folder("root", 0o700, 0);
    tree.folder("run", 0o755, 0);
    Ok(tree)
}

fn shell(tools: &[PathBuf]) -> Result<Tree> {
    let mut tree = Tree::default();
    for tool in tools {
        let name = tool.file_name().context("a program has a name")?.to_string_lossy();
        tree.file(&format!("usr/bin/{name}"), 0o755, files::read(tool)?);
    }
    tree.link("usr/bin/sh", "dash");
    Ok(tree)
}

fn users() -> Tree {
    let mut tree = Tree::default();
    let passwd = format!("root:x:0:0:root:/root:/bin/sh\nbitcoin:x:{USER}:{USER}::/home/bitcoin:/bin/sh\n");
    tree.file("etc/passwd", 0o644, passwd);
    tree.file("etc/group", 0o644, format!("root:x:0:\nbitcoin:x:{USER}:\n"));
    tree.file(
        "etc/nsswitch.conf",
        0o644,
        "passwd: files\ngroup: files\nhosts: files dns\n",
    );
    tree.file("entrypoint.sh", 0o755, ENTRYPOINT);
    let data = Path::new(DATA).parent().map(|home| home.to_string_lossy().into_owned());
    tree.folder(data.as_deref().unwrap_or("/home/bitcoin"), 0o755, USER);
    tree.folder(DATA, 0o700, USER);
    tree
}

fn program(programs: &Programs, name: &str) -> Result<Tree> {
    let mut tree = Tree::default();
    tree.file(&format!("{BIN}/{name}"), 0o755, files::read(&programs.path(name))?);
    Ok(tree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_folder_belongs_to_the_user_of_the_image() {
        let tree = users();
        assert!(tree.has("/home/bitcoin/.bitcoin") && tree.has("entrypoint.sh") && tree.has("etc/nsswitch.conf"));
    }
}
