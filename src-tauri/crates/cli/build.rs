//! Builds the interface (`ui/dist`) into the program, where it has been built; `freehold serve` says so where it has not.
#![expect(clippy::expect_used, reason = "a build that cannot go on should end")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../../ui/dist");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(&folder, &folder, &mut files);
    files.sort();
    let mut code = String::from("&[\n");
    for (path, file) in files {
        let media_type = media_type(&path);
        let file = file.canonicalize().expect("it was just listed").display().to_string();
        let _ = writeln!(
            code,
            "    freehold_app::host::Asset {{ path: {path:?}, media_type: {media_type:?}, bytes: include_bytes!({file:?}) }},"
        );
    }
    code.push(']');
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("assets.rs");
    #[expect(clippy::disallowed_methods, reason = "cargo runs this script again after a crash")]
    std::fs::write(out, code).expect("the build folder can be written");
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        println!("cargo:rerun-if-changed={}", path.display());
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Ok(relative) = path.strip_prefix(root) {
            files.push((relative.to_string_lossy().replace('\\', "/"), path.clone()));
        }
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
