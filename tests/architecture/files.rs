//! How long a file may be, and what may stand at the root.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Hand-written files are at most this long.
const RUST_LINES: usize = 600;
/// Components and scripts of the interface are shorter.
const UI_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Files that git knows or would add.
fn files() -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    assert!(
        output.status.success(),
        "git ls-files failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let list = String::from_utf8(output.stdout).unwrap();
    list.split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .collect()
}

fn is_generated(file: &Path) -> bool {
    file.ends_with("generated.ts") || file.ends_with("package-lock.json") || file.ends_with("Cargo.lock")
}

#[test]
fn no_hand_written_file_is_too_long() {
    let mut seen = 0;
    for file in files() {
        let limit = match file.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => RUST_LINES,
            Some("ts" | "svelte" | "css") => UI_LINES,
            _ => continue,
        };
        if is_generated(&file) {
            continue;
        }
        // A file that was deleted and not yet committed is no file.
        let Ok(text) = std::fs::read_to_string(root().join(&file)) else {
            continue;
        };
        seen += 1;
        let lines = text.lines().count();
        assert!(
            lines <= limit,
            "{} has {lines} lines, more than {limit}: look for the second idea in it",
            file.display()
        );
    }
    assert!(seen > 100, "only {seen} files were looked at: the search is broken");
}

#[test]
fn the_root_holds_only_what_the_design_names() {
    let folders = ["src-tauri", "ui", "assets", "tests", "fuzz"];
    let names = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "clippy.toml",
        "rustfmt.toml",
    ];
    for file in files() {
        let first = file.components().next().unwrap().as_os_str().to_str().unwrap();
        let is_known = first.starts_with('.') || folders.contains(&first) || names.contains(&first);
        assert!(is_known, "{} has no place in the layout", file.display());
    }
}

#[test]
fn module_files_stand_beside_their_folder() {
    for file in files() {
        assert!(
            !file.ends_with("mod.rs"),
            "{}: name it after its module, beside the folder",
            file.display()
        );
    }
}
