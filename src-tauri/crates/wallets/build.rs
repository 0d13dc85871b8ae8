//! Puts every guide of `assets/wallets` into the program, so that adding one changes no Rust.
//!
//! Writes one Rust file with a list of `(id, text)`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Files there that are no guides.
const TABLES: [&str; 2] = ["browsers", "chains"];

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let root = manifest.join("../../../assets/wallets").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let stem = file.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.ok_or("a guide's name is not text")?;
        if !TABLES.contains(&stem) {
            let path = file.to_str().ok_or("a guide's path is not text")?;
            writeln!(code, "    ({stem:?}, include_str!({path:?})),")?;
        }
    }
    code.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("guides.rs");
    #[expect(
        clippy::disallowed_methods,
        reason = "a build output, written by one process and made again at will"
    )]
    fs::write(out, code)?;
    Ok(())
}
