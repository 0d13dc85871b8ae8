//! Puts every entry of `assets/catalog` into the program, so that adding a client changes no Rust.
//!
//! Writes one Rust file with a list of `(folder, node.toml, icon.svg)`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let root = manifest.join("../../../assets/catalog").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());

    let mut folders: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        if path.join("node.toml").is_file() {
            folders.push(path);
        }
    }
    folders.sort();

    let mut code = String::from("&[\n");
    for folder in &folders {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .ok_or("a catalog folder's name is not text")?;
        println!("cargo::rerun-if-changed={}", folder.display());
        let icon = folder.join("icon.svg");
        let icon = if icon.is_file() {
            format!("Some({})", include(&icon)?)
        } else {
            "None".to_owned()
        };
        writeln!(code, "    ({name:?}, {}, {icon}),", include(&folder.join("node.toml"))?)?;
    }
    code.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("built_in.rs");
    #[expect(
        clippy::disallowed_methods,
        reason = "a build output, written by one process and made again at will"
    )]
    fs::write(out, code)?;
    Ok(())
}

fn include(path: &Path) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let path = path.to_str().ok_or("a catalog file's path is not text")?;
    Ok(format!("include_str!({path:?})"))
}
