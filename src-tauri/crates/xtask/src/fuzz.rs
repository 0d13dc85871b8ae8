//! `cargo xtask fuzz`: gives the parsers anything for a while, with `cargo fuzz`.
//!
//! The fuzzer needs a nightly compiler and `cargo-fuzz`; nothing else here does, so that neither is installed by itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::cli::FuzzArgs;
use crate::files;
use crate::paths::Places;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Steps;

/// Real files that a target starts from, below the root; the fuzzer changes copies of them.
const SEEDS: [(&str, &[&str]); 6] = [
    ("catalog", &["assets/catalog", "tests/catalog"]),
    ("expression", &[]),
    ("placeholder", &["tests/catalog"]),
    ("pull_progress", &["src-tauri/crates/engine/tests/fixtures"]),
    ("rpc_reply", &["src-tauri/crates/probe/tests/fixtures"]),
    ("wallet_settings", &["tests/fixtures/wallets"]),
];

pub(crate) fn fuzz(args: &FuzzArgs) -> Result<ExitCode> {
    let places = Places::find()?;
    let all = targets(&places.root)?;
    let chosen = match &args.target {
        None => all,
        Some(one) if all.contains(one) => vec![one.clone()],
        Some(one) => bail!("there is no target {one}; there are {}", all.join(", ")),
    };
    needs()?;
    let mut steps = Steps::new(chosen.len());
    let mut broken = Vec::new();
    for target in &chosen {
        let ran = steps.step(&format!("{target}, for {} s", args.seconds), |_| {
            run(&places, target, u64::from(args.seconds))
        });
        // The other targets have something to say all the same.
        if let Err(error) = ran {
            eprintln!("      {error:#}");
            broken.push(target.as_str());
        }
    }
    if broken.is_empty() {
        println!("\nNo input was found that breaks a parser.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("\nBroken: {}. What broke each is in fuzz/artifacts.", broken.join(", "));
    Ok(ExitCode::FAILURE)
}

/// The names of the programs in the fuzz folder.
fn targets(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("fuzz").join("fuzz_targets");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

/// Fails with the commands that bring what is missing.
fn needs() -> Result<()> {
    let mut missing = Vec::new();
    if !nightly().args(["rustc", "--version"]).succeeds(A_MOMENT) {
        missing.push("a nightly compiler: rustup toolchain install nightly --profile minimal");
    }
    if !Program::new("cargo-fuzz").arg("--version").succeeds(A_MOMENT) {
        missing.push("cargo-fuzz: cargo install cargo-fuzz");
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!("fuzzing needs what is not installed here:\n  {}", missing.join("\n  "))
}

fn nightly() -> Program {
    Program::new("rustup").args(["run", "nightly"])
}

fn run(places: &Places, target: &str, seconds: u64) -> Result<()> {
    let fuzz = places.root.join("fuzz");
    let corpus = fuzz.join("corpus").join(target);
    files::create_dir(&corpus)?;
    let program = nightly().args(["cargo", "fuzz", "run"]);
    // Cargo's own variables of this run name the stable compiler.
    let program = program.under("env", ["--unset=CARGO", "--unset=RUSTUP_TOOLCHAIN"]);
    let program = program
        .arg("--fuzz-dir")
        .arg(&fuzz)
        .arg("--target-dir")
        .arg(places.target.join("fuzz"));
    let program = program.arg(target).arg(corpus).args(seeds(&places.root, target));
    let program = program
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg("-timeout=10");
    program
        .in_folder(&places.root)
        .stream(Duration::from_secs(seconds) + AN_HOUR)
}

fn seeds(root: &Path, target: &str) -> Vec<PathBuf> {
    let of = SEEDS.iter().find(|(name, _)| *name == target);
    of.into_iter()
        .flat_map(|(_, folders)| folders.iter().map(|folder| root.join(folder)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_its_seeds_and_every_seed_its_target() {
        let root = Places::find().unwrap().root;
        let named: Vec<_> = SEEDS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(targets(&root).unwrap(), named);
        let manifest = files::read_text(&root.join("fuzz/Cargo.toml")).unwrap();
        for (target, _) in SEEDS {
            assert!(
                manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")),
                "{target} is no program of the package"
            );
            for folder in seeds(&root, target) {
                assert!(folder.is_dir(), "{} has moved", folder.display());
            }
        }
    }
}
