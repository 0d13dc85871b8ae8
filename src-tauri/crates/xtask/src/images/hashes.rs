//! SHA-256 of files by the system's own program: this crate is built without optimisation, and images are large.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::process::{AN_HOUR, Program};

/// The hashes of files in lower-case hex, in the files' order.
pub(super) fn of(files: &[PathBuf]) -> Result<Vec<String>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    // With --zero no file name is escaped in the answer.
    let said = Program::new("sha256sum")
        .args(["--zero", "--"])
        .args(files)
        .output(AN_HOUR)?;
    let hashes: Vec<String> = said
        .split('\0')
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, _)| hash.to_owned())
        .collect();
    if hashes.len() != files.len() {
        bail!("sha256sum answered for {} of {} files", hashes.len(), files.len());
    }
    Ok(hashes)
}

/// The hash of one file.
pub(super) fn one(file: &Path) -> Result<String> {
    Ok(of(&[file.to_path_buf()])?.concat())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn the_program_agrees_with_the_library_for_any_file_name() {
        let file = std::env::temp_dir().join(format!("freehold-xtask \\ hash\n{}", std::process::id()));
        files::write(&file, b"node").unwrap();
        let hash = one(&file);
        files::remove(&file).unwrap();
        assert_eq!(hash.unwrap(), files::sha256(b"node"));
        assert!(one(&file).is_err());
    }
}
