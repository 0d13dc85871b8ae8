//! What an image holds, in layers from what changes least to what changes most.
//!
//! The base is made of this machine's own essential programs and the libraries they load, because no base image can be
//! fetched where only package registries answer. Several layers also make the progress of a pull visible.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::parts::Parts;
use super::recipe::{Layout, Recipe};
use super::tar::Tree;
use crate::files;

/// Where the scripts of programs that Node.js runs expect it.
const NODE: &str = "usr/local/bin/node";

/// One layer, with the words that the image's history shows for it.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) history: String,
    pub(super) content: Content,
}

/// What a layer's archive is made from.
#[derive(Debug)]
pub(super) enum Content {
    Tree(Tree),
    /// An archive that was written before.
    Archive(PathBuf),
}

pub(super) fn layers(recipe: &Recipe, parts: &Parts) -> Result<Vec<Layer>> {
    let mut layers = Vec::new();
    let mut layer = |history: &str, content| {
        layers.push(Layer {
            history: history.to_owned(),
            content,
        });
    };
    layer("system libraries", Content::Tree(system(parts)?));
    if recipe.layout.shell {
        layer("shell and basic programs", Content::Tree(shell(&parts.tools)?));
    }
    if let Some(node) = &parts.node {
        layer("Node.js", Content::Tree(program(NODE, node)?));
    }
    layer("users and files", Content::Tree(users(recipe)));
    if let Some(app) = &parts.app {
        layer("packages", Content::Archive(app.clone()));
    }
    for (name, file) in &parts.programs {
        let place = format!("{}/{name}", recipe.layout.bin);
        layer(name, Content::Tree(program(&place, file)?));
    }
    Ok(layers)
}

fn system(parts: &Parts) -> Result<Tree> {
    let mut tree = Tree::default();
    for (place, library) in &parts.libraries {
        tree.file(place, 0o755, files::read(library)?);
    }
    for name in ["bin", "sbin", "lib", "lib64"] {
        let merged = format!("usr/{name}");
        // 64-bit ARM has no lib64; bin and sbin get their files in other layers.
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

fn users(recipe: &Recipe) -> Tree {
    let mut tree = Tree::default();
    let Layout {
        data,
        user,
        shell,
        files,
        ..
    } = recipe.layout;
    let ((name, number), home) = (user, home(data));
    let login = if shell { "/bin/sh" } else { "/bin/false" };
    let passwd = format!("root:x:0:0:root:/root:{login}\n{name}:x:{number}:{number}::{home}:{login}\n");
    tree.file("etc/passwd", 0o644, passwd);
    tree.file("etc/group", 0o644, format!("root:x:0:\n{name}:x:{number}:\n"));
    tree.file(
        "etc/nsswitch.conf",
        0o644,
        "passwd: files\ngroup: files\nhosts: files dns\n",
    );
    for (path, mode, text) in files {
        tree.file(path, *mode, *text);
    }
    if let Some(app) = recipe.app() {
        tree.file(&format!("usr/local/bin/{}", app.command), 0o755, app.launcher);
    }
    tree.folder(&home, 0o755, number);
    tree.folder(data, 0o700, number);
    tree
}

/// A hidden data folder lies in the user's home; any other one is the home.
fn home(data: &str) -> String {
    let path = Path::new(data);
    let is_hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let home = if is_hidden { path.parent() } else { None };
    home.unwrap_or(path).to_string_lossy().into_owned()
}

fn program(place: &str, file: &Path) -> Result<Tree> {
    let mut tree = Tree::default();
    tree.file(place, 0o755, files::read(file)?);
    Ok(tree)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::recipes::ALL;

    #[test]
    fn every_image_has_its_data_folder_and_its_files() {
        for recipe in ALL {
            let tree = users(recipe);
            assert!(tree.has(recipe.layout.data) && tree.has("etc/nsswitch.conf"));
            assert!(recipe.layout.files.iter().all(|(path, ..)| tree.has(path)));
        }
    }

    #[test]
    fn a_home_is_never_the_hidden_folder_of_the_data() {
        assert_eq!(home("/home/bitcoin/.bitcoin"), "/home/bitcoin");
        assert_eq!(home("/data"), "/data");
    }
}
