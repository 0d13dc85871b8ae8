//! Every command that the user guide and the README show is one that this program takes.

use std::path::{Path, PathBuf};

use clap::Parser;
use clap::error::ErrorKind;

use super::Args;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The pages of the guide and the README, with their text.
fn pages() -> Vec<(String, String)> {
    let mut paths: Vec<_> = std::fs::read_dir(root().join("ui/help"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    paths.push(root().join("README.md"));
    paths
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// What stands in code, and whether it stands in a block: the lines of each, and whatever is between backticks in a line.
fn code(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            found.push((line.trim(), true));
        } else {
            found.extend(line.split('`').skip(1).step_by(2).map(|code| (code, false)));
        }
    }
    found
}

#[test]
fn every_command_of_the_guide_is_understood() {
    let mut seen = 0;
    for (page, text) in pages() {
        for (command, in_block) in code(&text) {
            if !command.starts_with("freehold ") {
                continue;
            }
            let outcome = Args::try_parse_from(command.split_whitespace());
            let is_good = outcome.as_ref().map_or_else(
                |error| match error.kind() {
                    ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => true,
                    // A sentence may name a command without what has to follow it.
                    ErrorKind::MissingRequiredArgument => !in_block,
                    _ => false,
                },
                |_| true,
            );
            assert!(is_good, "{page}: `{command}`: {}", outcome.unwrap_err());
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} commands were found");
}

#[test]
fn a_block_of_the_guide_holds_nothing_but_commands() {
    for (page, text) in pages().into_iter().filter(|(page, _)| page.contains("help")) {
        let mut in_block = false;
        for line in text.lines() {
            if line.starts_with("```") {
                in_block = !in_block;
            } else if in_block {
                assert!(line.starts_with("freehold "), "{page}: `{line}` cannot be checked");
            }
        }
        assert!(!in_block, "{page}: a block does not end");
    }
}
