//! Every file of `tests/catalog`: the valid ones pass, each invalid one is refused at the line, for the reason and with
//! the hint that it states itself.
//!
//! An invalid sample marks the line with `# ERROR: part of the reason` and may end with `# HINT: part of the hint`. A file
//! `images-*.toml` is an overlay's `images.toml`, any other one the `node.toml` of a client named `sample`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

use std::fs;
use std::path::{Path, PathBuf};

use freehold_catalog::{Catalog, CatalogProblem, Origin, check_dir};
use freehold_model::{ClientId, ServiceName};

fn samples(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/catalog")
        .join(kind);
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    found
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).unwrap()))
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "a temporary file of a test")]
fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// An overlay folder with the sample in its place.
fn overlay(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = if name.starts_with("images-") {
        "images.toml"
    } else {
        "sample/node.toml"
    };
    write(&folder.path().join(file), text);
    folder
}

fn check(name: &str, text: &str) -> Vec<CatalogProblem> {
    let folder = overlay(name, text);
    if name.starts_with("images-") {
        check_dir(folder.path())
    } else {
        check_dir(&folder.path().join("sample"))
    }
}

#[test]
fn valid_samples_pass() {
    let samples = samples("valid");
    assert!(!samples.is_empty());
    for (name, text) in samples {
        assert_eq!(check(&name, &text), [], "{name}");
    }
}

#[test]
fn each_invalid_sample_is_refused_at_its_line_for_its_reason() {
    let samples = samples("invalid");
    assert!(samples.len() >= 150, "{} samples", samples.len());
    let failures: Vec<String> = samples.iter().filter_map(|(name, text)| failure(name, text)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// How a sample is not refused as it says it should be.
fn failure(name: &str, text: &str) -> Option<String> {
    let expected: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .flat_map(|(index, line)| {
            line.split("# ERROR: ")
                .skip(1)
                .map(move |reason| (index + 1, reason.trim()))
        })
        .collect();
    if expected.is_empty() {
        return Some(format!("{name} does not say what is wrong with it"));
    }
    let problems = check(name, text);
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    if problems.len() != expected.len() {
        return Some(format!("{name}: exactly what is marked is reported, not {shown:#?}"));
    }
    for (line, reason) in expected {
        if !problems
            .iter()
            .any(|problem| problem.line == line && problem.reason.contains(reason))
        {
            return Some(format!(
                "{name}: line {line} is refused because `{reason}`, not {shown:#?}"
            ));
        }
    }
    let hint = text.lines().find_map(|line| line.strip_prefix("# HINT: "))?;
    let hints: Vec<&String> = problems.iter().filter_map(|problem| problem.hint.as_ref()).collect();
    let found = hints.iter().any(|found| found.contains(hint));
    (!found).then(|| format!("{name}: a hint says `{hint}`, not {hints:?}"))
}

#[test]
fn a_problem_reads_as_file_line_and_reason() {
    let (_, text) = samples("invalid")
        .into_iter()
        .find(|(name, _)| name == "zero-grace")
        .unwrap();
    let shown = check("zero-grace", &text)[0].to_string();
    assert!(
        shown.contains("/sample/node.toml:") && shown.contains(": `grace` must be"),
        "{shown}"
    );
}

#[test]
fn an_overlay_adds_an_entry_and_replaces_an_image() {
    let folder = overlay(
        "full",
        &samples("valid").into_iter().find(|(name, _)| name == "full").unwrap().1,
    );
    let (_, images) = samples("valid")
        .into_iter()
        .find(|(name, _)| name == "images-local")
        .unwrap();
    write(&folder.path().join("images.toml"), &images);
    let catalog = Catalog::load(Some(folder.path()));
    assert_eq!(catalog.problems(), []);
    let added = catalog.find(&ClientId::try_new("sample").unwrap()).unwrap();
    assert_eq!(added.origin, Origin::Overlay(folder.path().join("sample/node.toml")));
    assert_eq!(
        added.spec.method_classes["wallet"],
        ["getblockhash", "sendrawtransaction", "uptime"]
    );
    let bitcoin = catalog.find(&ClientId::try_new("bitcoin-core").unwrap()).unwrap();
    assert_eq!(bitcoin.origin, Origin::BuiltIn, "only its image comes from elsewhere");
    let image = bitcoin.spec.services[0].image.pinned().unwrap();
    assert_eq!(image.registry(), "127.0.0.1:5000");
    let service = ServiceName::try_new("bitcoind").unwrap();
    assert_eq!(bitcoin.image_overrides[&service], folder.path().join("images.toml"));
}

#[test]
fn an_overlay_may_replace_a_shipped_entry_which_keeps_its_icon() {
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/catalog/bitcoin-core/node.toml"),
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(
        &folder.path().join("bitcoin-core/node.toml"),
        &text.replace("name = \"Bitcoin Core\"", "name = \"My Core\""),
    );
    let catalog = Catalog::load(Some(folder.path()));
    let entry = catalog.find(&ClientId::try_new("bitcoin-core").unwrap()).unwrap();
    assert_eq!((entry.spec.name.as_str(), entry.icon_svg.is_some()), ("My Core", true));
}

#[test]
fn a_broken_overlay_leaves_everything_else_usable() {
    for text in [
        "",
        "= =",
        "\u{0}",
        "schema_version = 1",
        "id = \"sample\"\n[[networks]]\n[[networks]]\n",
        "networks = 5\nservices = [1]\n",
    ] {
        let folder = overlay("broken", text);
        let catalog = Catalog::load(Some(folder.path()));
        assert!(!catalog.problems().is_empty(), "{text:?} is reported");
        assert!(
            catalog.find(&ClientId::try_new("bitcoin-core").unwrap()).is_some(),
            "{text:?} takes nothing down"
        );
    }
    let catalog = Catalog::load(Some(Path::new("/nonexistent/overlay")));
    assert!(catalog.problems()[0].to_string().contains("/nonexistent/overlay"));
}

#[test]
fn one_clients_folder_can_be_checked_alone_and_an_empty_one_says_so() {
    let (_, text) = samples("valid").into_iter().find(|(name, _)| name == "full").unwrap();
    let folder = overlay("full", &text);
    assert_eq!(check_dir(&folder.path().join("sample")), []);
    let empty = tempfile::tempdir().unwrap();
    assert!(check_dir(empty.path())[0].reason.contains("no catalog entry"));
    write(&empty.path().join("client/Node.toml"), &text);
    assert!(
        check_dir(empty.path())[0].to_string().contains("client/node.toml"),
        "the missing file is named"
    );
}

#[test]
fn no_slip_of_the_pen_takes_the_program_down() {
    let (_, text) = samples("valid").into_iter().find(|(name, _)| name == "full").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let folder = overlay("full", &text);
    let file = folder.path().join("sample/node.toml");
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let key = line.split(" = ").next().unwrap_or_default();
        let slips = [
            String::new(),
            format!("{key} = 0"),
            format!("{key} = \"\""),
            format!("{key} = []"),
            format!("{key} = {{}}"),
            format!("[{key}]"),
        ];
        for slip in slips {
            let mut changed = lines.clone();
            changed[index] = &slip;
            write(&file, &changed.join("\n"));
            for problem in check_dir(&folder.path().join("sample")) {
                assert!((1..=lines.len() + 1).contains(&problem.line), "{slip}: {problem}");
                assert!(
                    !problem.reason.is_empty() && !problem.reason.contains('\n'),
                    "{slip}: {problem}"
                );
            }
        }
    }
}
