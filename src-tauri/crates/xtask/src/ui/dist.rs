//! Whether `ui/dist` is what the sources give: a bundle that is written again has new times, and each costs an
//! optimised build of the window around it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::files;
use crate::node::Node;
use crate::paths::Places;

/// Folders of the package that do not go into the bundle. The packages count by their lock file.
const NOT_BUNDLED: [&str; 4] = ["dist", "node_modules", "tests", "dev"];

/// What the bundle was made from and what it is, in one line. A bundle that another tool has written since, or that is
/// not there, gives another line.
pub(super) fn stamp(places: &Places, node: &Node) -> Result<String> {
    let ui = places.ui();
    let sources = hash(&ui, &|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_part = path.parent() != Some(ui.as_path()) || !NOT_BUNDLED.contains(&name.as_ref());
        is_part && !name.contains(".test.")
    })?;
    let bundle = hash(&ui.join("dist"), &|_| true)?;
    Ok(format!("{} {sources} {bundle}\n", node.version))
}

/// Inside the packages: the bundle itself is built into the programs.
pub(super) fn stamp_file(places: &Places) -> PathBuf {
    places.ui().join("node_modules").join(".freehold-dist")
}

/// One hash over names and contents of a folder's files.
fn hash(folder: &Path, counts: &dyn Fn(&Path) -> bool) -> Result<String> {
    let mut paths = Vec::new();
    list(folder, counts, &mut paths)?;
    paths.sort();
    let lines = paths.iter().map(|path| {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        Ok(format!("{name} {}", files::sha256(&files::read(path)?)))
    });
    let lines = lines.collect::<Result<Vec<_>>>()?;
    Ok(files::sha256(lines.join("\n").as_bytes()))
}

fn list(folder: &Path, counts: &dyn Fn(&Path) -> bool, into: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if !counts(&path) {
            continue;
        }
        if path.is_dir() {
            list(&path, counts, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_and_names_count_and_what_is_left_out_does_not() {
        let folder = std::env::temp_dir().join(format!("freehold-xtask-ui-{}", std::process::id()));
        let all = |_: &Path| true;
        let write = |name: &str, text: &str| files::write(&folder.join(name), text.as_bytes()).unwrap();
        write("src/a.ts", "1");
        let first = hash(&folder, &all).unwrap();
        write("src/a.ts", "1");
        assert_eq!(hash(&folder, &all).unwrap(), first, "a new time is no change");
        write("src/a.test.ts", "2");
        let without = hash(&folder, &|path| !path.to_string_lossy().contains(".test.")).unwrap();
        assert_eq!(without, first);
        assert_ne!(hash(&folder, &all).unwrap(), first);
        files::remove(&folder.join("src/a.test.ts")).unwrap();
        write("src/a.ts", "3");
        assert_ne!(hash(&folder, &all).unwrap(), first);
        files::remove_dir(&folder).unwrap();
    }
}
