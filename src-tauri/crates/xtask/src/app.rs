//! Builds Freehold's own programs with cargo, and names their files.

use std::env;
use std::path::PathBuf;

use anyhow::Result;

use crate::paths::Places;
use crate::process::{AN_HOUR, Program};

/// The package and the program of the window.
const DESKTOP: &str = "freehold-desktop";
/// The package of the command line, and its program.
const CLI: &str = "freehold-cli";
const CLI_PROGRAM: &str = "freehold";

/// The cargo that started us, so that a chosen toolchain stays chosen.
pub(crate) fn cargo() -> Program {
    Program::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Which programs are wanted, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Build {
    pub(crate) window: bool,
    pub(crate) release: bool,
}

/// Builds the command line and, if wanted, the window with the interface of `ui/dist` inside it, in one go so that
/// libraries that both use are compiled once.
pub(crate) fn build(places: &Places, build: Build) -> Result<()> {
    let mut program = cargo().args(["build", "--package", CLI]).in_folder(&places.root);
    if build.window {
        program = program.args(["--package", DESKTOP]);
    }
    if build.release {
        program = program.arg("--release");
    }
    program.stream(AN_HOUR)
}

/// Builds one optimised example of the window's package.
pub(crate) fn build_example(places: &Places, name: &str) -> Result<()> {
    let program = cargo().args(["build", "--release", "--package", DESKTOP]);
    program
        .args(["--example", name])
        .in_folder(&places.root)
        .stream(AN_HOUR)
}

/// The file of an optimised example.
pub(crate) fn example(places: &Places, name: &str) -> PathBuf {
    places
        .programs(true)
        .join("examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The command line's file.
pub(crate) fn cli(places: &Places, release: bool) -> PathBuf {
    program(places, release, CLI_PROGRAM)
}

/// The window's file.
pub(crate) fn desktop(places: &Places, release: bool) -> PathBuf {
    program(places, release, DESKTOP)
}

fn program(places: &Places, release: bool, name: &str) -> PathBuf {
    places
        .programs(release)
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
