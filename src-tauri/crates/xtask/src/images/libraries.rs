//! Finds the shared libraries that programs load, so that an image can hold them and little else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::process::{A_MOMENT, Program};

/// Libraries that the C library loads at run time when it looks up a name; without them a node cannot find its peers
/// by container name. Newer C libraries have them built in.
const NAME_LOOKUP: [&str; 3] = ["libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2"];

/// Where each library of the programs belongs in the image, and where it is here. `own` is a folder of libraries that
/// came with the programs; in the image they lie among the system's.
pub(super) fn of(programs: &[PathBuf], own: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut all = BTreeSet::new();
    for program in programs {
        all.extend(libraries_of(program, own)?);
    }
    let libc = all.iter().find(|library| library.ends_with("libc.so.6"));
    let folder = libc
        .and_then(|libc| libc.parent())
        .context("the programs do not use the C library")?
        .to_path_buf();
    all.extend(
        NAME_LOOKUP
            .map(|name| folder.join(name))
            .into_iter()
            .filter(|library| library.exists()),
    );
    let placed = all.into_iter().map(|library| {
        let place = if library.starts_with(own) {
            place(&folder.join(library.file_name().unwrap_or_default()))
        } else {
            place(&library)
        };
        Ok((place?, library))
    });
    placed.collect()
}

fn libraries_of(program: &Path, own: &Path) -> Result<Vec<PathBuf>> {
    // Cargo points the variable at its own libraries; the image must get the system's.
    let ldd = Program::new("ldd")
        .arg(program)
        .env("LD_LIBRARY_PATH", own)
        .env("LC_ALL", "C");
    parse(&ldd.output(A_MOMENT)?).with_context(|| format!("{} cannot be put into an image", program.display()))
}

fn parse(list: &str) -> Result<Vec<PathBuf>> {
    if let Some(line) = list.lines().find(|line| line.contains("not found")) {
        // It was there when the program was built; building again brings it along.
        bail!(
            "a library is missing: {}; `cargo xtask images --force` builds the programs again",
            line.trim()
        );
    }
    Ok(list
        .split_whitespace()
        .filter(|word| word.starts_with('/'))
        .map(PathBuf::from)
        .collect())
}

/// The library's path once `/lib` is resolved to `/usr/lib`; its own name stays, because programs ask for that name.
fn place(library: &Path) -> Result<String> {
    let (Some(folder), Some(name)) = (library.parent(), library.file_name()) else {
        bail!("{} is no library", library.display());
    };
    let folder = fs::canonicalize(folder).with_context(|| format!("cannot find {}", folder.display()))?;
    Ok(folder.join(name).to_string_lossy().trim_start_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_read_from_ldd() {
        // glibc 2.36
        let list = "\tlinux-vdso.so.1 (0x00007fb718553000)\n\
                    \tlibstdc++.so.6 => /lib/x86_64-linux-gnu/libstdc++.so.6 (0x00007fb717800000)\n\
                    \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007fb71761e000)\n\
                    \t/lib64/ld-linux-x86-64.so.2 (0x00007fb718555000)\n";
        let expected = [
            "/lib/x86_64-linux-gnu/libstdc++.so.6",
            "/lib/x86_64-linux-gnu/libc.so.6",
            "/lib64/ld-linux-x86-64.so.2",
        ];
        assert_eq!(parse(list).unwrap(), expected.map(PathBuf::from));
        assert!(parse("\tlibevent-2.1.so.7 => not found\n").is_err());
    }
}
