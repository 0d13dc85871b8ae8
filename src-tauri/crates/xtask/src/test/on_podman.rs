//! The tests that talk to an engine, once more against Podman.
//!
//! They are copied to where Podman's user can read them and run as that user: rootless Podman maps files of its own user
//! only, and a person's work tree is often closed to others.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::counting::Counts;
use super::leftovers;
use crate::app::cargo;
use crate::files;
use crate::images::Images;
use crate::paths::Places;
use crate::podman::{Mode, Podman};
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Steps;

/// Package and test program of everything that needs an engine, but no display.
const TESTS: [(&str, &str); 2] = [("freehold-tests", "integration"), ("freehold-engine", "real_engine")];
/// Freehold's programs that the tests start.
const PROGRAMS: [&str; 2] = ["freehold", "crash-host"];
/// How many numbered steps [`test`] takes.
pub(super) const STEPS: usize = 3;

/// Starts Podman, runs the tests, looks for what they left.
pub(super) fn test(
    places: &Places,
    mode: Mode,
    images: &Images,
    filters: &[String],
    steps: &mut Steps,
    counts: &mut Counts,
) -> Result<()> {
    let name = mode.name();
    let (tests, words) = selection(filters)?;
    let podman = steps.step(&format!("Starting {name}"), |notes| Podman::start(places, mode, notes))?;
    let tested = steps.step(&format!("Running the engine's tests with {name}"), |_| {
        let stage = Stage::fill(places, &podman, images)?;
        let failed = counts.failed;
        for test in tests {
            let program = podman.as_owner(stage.program(test, &words)).in_folder(&stage.folder);
            let ended = program.lines(AN_HOUR, |line| {
                println!("{line}");
                counts.read(line);
            });
            if counts.failed == failed {
                ended?;
            }
        }
        if counts.failed > failed {
            bail!("tests that failed with {name}: {}", counts.failed - failed);
        }
        Ok(())
    });
    let clean = steps.step(&format!("Looking for what the tests left in {name}"), |notes| {
        let left = leftovers::owned(&podman.url())?;
        if !left.is_empty() {
            let left: Vec<String> = left.into_iter().collect();
            notes.say(&format!("Left behind: {}", left.join(", ")));
            bail!("the tests left {} things behind in {name}", left.len());
        }
        Ok(())
    });
    tested.and(clean)
}

/// Test programs, Freehold's programs, images and node programs in one folder.
#[derive(Debug)]
struct Stage {
    folder: PathBuf,
    engine: String,
}

impl Stage {
    fn fill(places: &Places, podman: &Podman, images: &Images) -> Result<Self> {
        let stage = Self {
            folder: podman.stage(),
            engine: podman.url(),
        };
        files::create_dir(&stage.bin())?;
        for (name, file) in built(places)? {
            copy(&file, &stage.bin().join(name))?;
        }
        for name in PROGRAMS {
            copy(&places.programs(false).join(name), &stage.bin().join(name))?;
        }
        // Every recipe's programs stand beside each other in the cache.
        let programs = images.programs.parent().context("the node programs are in no folder")?;
        let record = files::read_text(&images.record)?;
        files::write(&stage.record(), stage.moved(&record, programs)?.as_bytes())?;
        copy_dir(&images.overlay, &stage.folder.join("overlay"))?;
        copy_dir(programs, &stage.nodes())?;
        files::create_dir(&stage.artifacts())?;
        let readable = Program::new("chmod").args(["--recursive", "a+rX"]).arg(&stage.folder);
        readable.output(A_MOMENT)?;
        podman.give(&stage.artifacts())?;
        Ok(stage)
    }

    /// The record of the images, with the node programs where they are now.
    fn moved(&self, record: &str, programs: &Path) -> Result<String> {
        let (from, to) = (programs.to_string_lossy(), self.nodes());
        if !record.contains(from.as_ref()) {
            bail!("the record of the images names no program in {from}");
        }
        Ok(record.replace(from.as_ref(), &to.to_string_lossy()))
    }

    /// A test program with the variables from which it learns what there is.
    fn program(&self, name: &str, words: &[String]) -> Program {
        let program = Program::new(self.bin().join(name)).args(words);
        let variables: [(&str, OsString); 5] = [
            ("FREEHOLD_TEST_ENGINE", self.engine.clone().into()),
            ("FREEHOLD_TEST_OVERLAY", self.folder.join("overlay").into()),
            ("FREEHOLD_TEST_IMAGES", self.record().into()),
            ("FREEHOLD_TEST_ARTIFACTS", self.artifacts().into()),
            ("FREEHOLD_TEST_BIN", self.bin().into()),
        ];
        let set = |program: Program, (name, value)| program.env(name, value);
        variables.into_iter().fold(program, set)
    }

    fn bin(&self) -> PathBuf {
        self.folder.join("bin")
    }

    fn record(&self) -> PathBuf {
        self.folder.join("images.json")
    }

    fn nodes(&self) -> PathBuf {
        self.folder.join("nodes")
    }

    fn artifacts(&self) -> PathBuf {
        self.folder.join("artifacts")
    }
}

/// The test programs of the packages that `-p` names, or all; and the other words, which are for the programs themselves.
fn selection(filters: &[String]) -> Result<(Vec<&'static str>, Vec<String>)> {
    let (mut packages, mut words) = (Vec::new(), Vec::new());
    let mut rest = filters.iter();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "--" => break,
            "-p" | "--package" => packages.extend(rest.next().map(String::as_str)),
            other => match other.strip_prefix("--package=") {
                Some(package) => packages.push(package),
                None => words.push(word.clone()),
            },
        }
    }
    words.extend(rest.cloned());
    let is_chosen = |package: &str| packages.is_empty() || packages.contains(&package);
    let tests: Vec<&str> = TESTS
        .iter()
        .filter(|(package, _)| is_chosen(package))
        .map(|(_, test)| *test)
        .collect();
    if tests.is_empty() {
        bail!("no test of {} talks to an engine alone", packages.join(", "));
    }
    Ok((tests, words))
}

/// Builds the test programs and says where they are.
fn built(places: &Places) -> Result<BTreeMap<String, PathBuf>> {
    let mut build = cargo().args(["test", "--no-run", "--message-format", "json-render-diagnostics"]);
    for (package, test) in TESTS {
        build = build.args(["--package", package, "--test", test]);
    }
    let mut found = BTreeMap::new();
    build
        .in_folder(&places.root)
        .lines(AN_HOUR, |line| match executable(line) {
            Some((name, file)) => drop(found.insert(name, file)),
            None if line.starts_with('{') => {}
            None => println!("{line}"),
        })?;
    found.retain(|name, _| TESTS.iter().any(|(_, test)| test == name));
    if found.len() < TESTS.len() {
        bail!("cargo built only {:?} of the engine's tests", found.keys());
    }
    Ok(found)
}

/// The test program that one of cargo's messages is about.
fn executable(message: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(message).ok()?;
    let file = message.get("executable")?.as_str()?;
    let is_test = message.pointer("/profile/test")?.as_bool()?;
    let name = message.pointer("/target/name")?.as_str()?;
    is_test.then(|| (name.to_owned(), PathBuf::from(file)))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    let copy = Program::new("cp").args(["--recursive", "--dereference"]);
    copy.arg(from).arg(to).output(AN_HOUR)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_programs_are_read_from_cargos_messages() {
        // cargo 1.95.0, shortened
        let message = r#"{"reason":"compiler-artifact","target":{"kind":["test"],"name":"integration"},
            "profile":{"test":true},"executable":"/t/debug/deps/integration-8f13"}"#;
        assert_eq!(
            executable(message),
            Some((
                "integration".to_owned(),
                PathBuf::from("/t/debug/deps/integration-8f13")
            ))
        );
        let library = message.replace("\"/t/debug/deps/integration-8f13\"", "null");
        assert_eq!(executable(&library), None);
        assert_eq!(
            executable(&message.replace("true", "false")),
            None,
            "a program that the tests start"
        );
        assert_eq!(executable("   Compiling freehold-tests v0.1.0"), None);
    }

    #[test]
    fn packages_choose_programs_and_other_words_are_theirs() {
        let chosen = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            selection(&words)
        };
        let (tests, words) = chosen(&["limits", "--", "--test-threads=1", "-p"]).unwrap();
        assert_eq!(
            (tests.len(), words),
            (
                2,
                vec!["limits".to_owned(), "--test-threads=1".to_owned(), "-p".to_owned()]
            )
        );
        let (tests, words) = chosen(&["-p", "freehold-tests"]).unwrap();
        assert_eq!((tests, words), (vec!["integration"], Vec::new()));
        assert_eq!(chosen(&["--package=freehold-engine"]).unwrap().0, ["real_engine"]);
        assert!(chosen(&["-p", "freehold-plan"]).is_err());
    }

    #[test]
    fn the_record_names_the_copies() {
        let stage = Stage {
            folder: PathBuf::from("/tmp/s"),
            engine: String::new(),
        };
        let record = r#"{"programs":{"bitcoind":"/cache/p/bitcoind"}}"#;
        let moved = stage.moved(record, Path::new("/cache")).unwrap();
        assert_eq!(moved, r#"{"programs":{"bitcoind":"/tmp/s/nodes/p/bitcoind"}}"#);
        assert!(stage.moved(record, Path::new("/other")).is_err());
    }
}
