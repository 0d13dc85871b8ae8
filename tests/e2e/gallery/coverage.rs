//! The gallery is complete: each view and each dialog of the interface is in it.

use std::path::{Path, PathBuf};

use super::list::SCREENS;

/// Views that are a part of another one: the frame that chooses, what stands while one is fetched, and the row of pages
/// above the wallets.
const PARTS: [&str; 3] = ["views/Screen.svelte", "views/Later.svelte", "views/WalletPages.svelte"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src")
}

/// Every component of a folder, as its path below `ui/src`.
fn components(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            components(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "svelte") {
            let name = path.strip_prefix(source()).unwrap();
            into.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
}

#[test]
fn every_view_and_every_dialog_is_in_the_gallery() {
    let mut all = Vec::new();
    components(&source(), &mut all);
    let is_dialog = |name: &String| {
        let text = std::fs::read_to_string(source().join(name)).unwrap();
        text.contains("<Dialog") && !name.starts_with("components/")
    };
    let missing: Vec<_> = all
        .iter()
        .filter(|name| (name.starts_with("views/") && !PARTS.contains(&name.as_str())) || is_dialog(name))
        .filter(|name| !SCREENS.iter().any(|screen| screen.shows == name.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "not in the gallery (tests/e2e/gallery/list.rs): {missing:?}"
    );
    for screen in SCREENS {
        assert!(
            all.iter().any(|name| name == screen.shows),
            "{} shows {}, which does not exist",
            screen.name,
            screen.shows
        );
    }
}
