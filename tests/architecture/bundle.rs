//! What the interface loads before it shows anything is small.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

/// Most that is loaded at the start, packed as a server would.
const MOST_BYTES: usize = 150_000;

#[test]
fn the_first_load_is_under_150_kb() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let Ok(page) = std::fs::read_to_string(dist.join("index.html")) else {
        // Not `println`, which the test harness hides for tests that pass.
        writeln!(
            std::io::stdout(),
            "left out: the interface is not built (`npm run build` in ui)"
        )
        .unwrap();
        return;
    };
    let mut found = BTreeSet::new();
    for name in quoted(&page).filter(|name| is_loaded(name)) {
        follow(&dist.join(name.trim_start_matches("./")), &mut found);
    }
    assert!(
        ["js", "css"].iter().all(|kind| found
            .iter()
            .any(|path| path.extension().is_some_and(|one| one == *kind))),
        "the page loads a script and a style sheet, not {found:?}"
    );
    let sizes: Vec<_> = found
        .iter()
        .map(|path| (path, packed(&std::fs::read(path).unwrap())))
        .collect();
    let all = packed(page.as_bytes()) + sizes.iter().map(|(_, bytes)| bytes).sum::<usize>();
    writeln!(std::io::stdout(), "measured: the first load has {all} bytes").unwrap();
    assert!(
        all < MOST_BYTES,
        "the first load has {all} bytes, more than {MOST_BYTES}: {sizes:?}"
    );
}

/// Adds a file and what it imports before it runs. What it imports later, by a call, is not loaded at the start.
fn follow(path: &Path, found: &mut BTreeSet<PathBuf>) {
    if !found.insert(path.to_owned()) || path.extension().is_none_or(|kind| kind != "js") {
        return;
    }
    let text = std::fs::read_to_string(path).unwrap();
    for name in imported(&text) {
        follow(&path.parent().unwrap().join(name.trim_start_matches("./")), found);
    }
}

/// Names in `import … from "./x.js"`, `import "./x.js"` and `export … from "./x.js"`.
fn imported(text: &str) -> impl Iterator<Item = &str> {
    [
        "from\"./",
        "from'./",
        "import\"./",
        "import'./",
        "from \"./",
        "import \"./",
    ]
    .into_iter()
    .flat_map(move |before| text.split(before).skip(1))
    .filter_map(|after| after.split(['"', '\'']).next())
    .filter(|name| is_loaded(name))
}

/// What stands between quotation marks.
fn quoted(page: &str) -> impl Iterator<Item = &str> {
    page.split('"').skip(1).step_by(2)
}

fn is_loaded(name: &str) -> bool {
    !name.contains("://") && [".js", ".css"].iter().any(|kind| name.ends_with(kind))
}

fn packed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn imports_are_found_and_later_ones_are_not() {
    let text = r#"import{a}from"./a-1.js";import"./b-2.js";export*from"./c-3.js";const later=()=>import("./d-4.js");"#;
    let all: Vec<_> = imported(text).collect();
    assert_eq!(all, ["a-1.js", "c-3.js", "b-2.js"]);
}
