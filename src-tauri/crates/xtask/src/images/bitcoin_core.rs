//! Compiles bitcoind and bitcoin-cli from the source tree inside a crate's package.

use std::cell::Cell;
use std::env::consts::ARCH;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::app::cargo;
use crate::files;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;

/// The crate whose package carries Bitcoin Core's source tree.
pub(super) const CRATE: &str = "libbitcoinkernel-sys";
pub(super) const CRATE_VERSION: &str = "0.4.1";
/// SHA-256 of the crate's package: what is built is exactly what was reviewed.
pub(super) const CRATE_SHA256: &str = "345d18a1ce19a1becfcaaa066e3a60e9c7813ef5c23ea8c20704ca4ba1a46339";
/// Bitcoin Core's own version of that tree, a snapshot of its master branch.
pub(super) const VERSION: &str = "31.99";

const PROGRAMS: [&str; 2] = ["bitcoind", "bitcoin-cli"];

/// The package has no wallet, no ZeroMQ, no asmap data; the rest of what is off only costs time. `-O1` halves the time
/// to build and is fast enough for regtest.
pub(super) const CMAKE: &[&str] = &[
    "-DCMAKE_BUILD_TYPE=Release",
    "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -g0",
    "-DCMAKE_C_FLAGS_RELEASE=-O1 -g0",
    "-DWITH_CCACHE=OFF",
    "-DBUILD_DAEMON=ON",
    "-DBUILD_CLI=ON",
    "-DBUILD_BITCOIN_BIN=OFF",
    "-DBUILD_TX=OFF",
    "-DBUILD_UTIL=OFF",
    "-DBUILD_GUI=OFF",
    "-DBUILD_TESTS=OFF",
    "-DBUILD_BENCH=OFF",
    "-DBUILD_FUZZ_BINARY=OFF",
    "-DBUILD_KERNEL_LIB=OFF",
    "-DENABLE_WALLET=OFF",
    "-DENABLE_IPC=OFF",
    "-DWITH_ZMQ=OFF",
    "-DENABLE_EXTERNAL_SIGNER=OFF",
    "-DWITH_EMBEDDED_ASMAP=OFF",
    "-DINSTALL_MAN=OFF",
];

/// The build id is a hash over the paths of the build folder too; without it every folder gives the same program.
pub(super) const STRIP: &[&str] = &["--strip-all", "--remove-section=.note.gnu.build-id"];
/// Keeps git from looking further up than the build folder: the program's version would otherwise name the commit of
/// whatever work tree it happens to be built in, and be another program for each commit of ours.
pub(super) const GIT_CEILING: &str = "GIT_CEILING_DIRECTORIES";

/// How often the compilation says how far it is.
const SAY_EVERY: Duration = Duration::from_secs(20);

/// Everything besides this system that decides what comes out.
pub(super) fn inputs() -> Vec<&'static str> {
    [&[CRATE_SHA256, ARCH, GIT_CEILING], CMAKE, STRIP].concat()
}

/// Compiles the programs and puts them, stripped, into a folder.
pub(super) fn build(work: &Path, into: &Path, notes: &Notes) -> Result<()> {
    let source = fetch(work, notes)?;
    compile(&source, work, notes)?;
    for name in PROGRAMS {
        let strip = Program::new("strip").args(STRIP).arg("-o").arg(into.join(name));
        strip.arg(work.join("build").join("bin").join(name)).output(A_MOMENT)?;
    }
    Ok(())
}

/// Lets cargo download the crate, and checks that it is the reviewed one.
fn fetch(work: &Path, notes: &Notes) -> Result<PathBuf> {
    notes.say(&format!("Fetching the sources: crate {CRATE} {CRATE_VERSION}."));
    let package = work.join("fetch");
    // The empty [workspace] keeps cargo from looking for a workspace above; the folder lies inside ours.
    let manifest = format!(
        "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {CRATE} = \"={CRATE_VERSION}\"\n\n[workspace]\n"
    );
    files::write(&package.join("Cargo.toml"), manifest.as_bytes())?;
    files::write(&package.join("src").join("lib.rs"), b"")?;
    let vendor = work.join("vendor");
    let program = cargo()
        .arg("vendor")
        .arg("--quiet")
        .arg("--versioned-dirs")
        .arg(&vendor)
        .in_folder(&package);
    program
        .output(AN_HOUR)
        .context("the sources of Bitcoin Core could not be fetched")?;
    let folder = vendor.join(format!("{CRATE}-{CRATE_VERSION}"));
    let checksums: Value = serde_json::from_slice(&files::read(&folder.join(".cargo-checksum.json"))?)?;
    let found = checksums.get("package").and_then(Value::as_str).unwrap_or_default();
    if found != CRATE_SHA256 {
        bail!(
            "the crate {CRATE} {CRATE_VERSION} has SHA-256 {found}, expected {CRATE_SHA256}; nothing of it was built"
        );
    }
    Ok(folder.join("bitcoin"))
}

fn compile(source: &Path, work: &Path, notes: &Notes) -> Result<()> {
    let (build, log) = (work.join("build"), work.with_file_name("bitcoin-core.log"));
    files::remove(&log)?;
    notes.say("Configuring.");
    let cmake = Program::new("cmake")
        .arg("-S")
        .arg(source)
        .arg("-B")
        .arg(&build)
        .arg("-G")
        .arg("Ninja");
    cmake.args(CMAKE).env(GIT_CEILING, work).logged(AN_HOUR, &log, |_| ())?;
    notes.say(&format!(
        "Compiling; this takes some 5 minutes on two cores. Log: {}",
        log.display()
    ));
    let said = Cell::new(Instant::now());
    let ninja = Program::new("ninja")
        .arg("-C")
        .arg(&build)
        .args(PROGRAMS)
        .env("NINJA_STATUS", "[%f/%t] ")
        .env(GIT_CEILING, work);
    ninja.logged(AN_HOUR, &log, |line| {
        if let Some((done, total)) = ninja_progress(line)
            && (said.get().elapsed() > SAY_EVERY || done == total)
        {
            said.set(Instant::now());
            notes.say(&format!("{done} of {total} steps after {}.", notes.elapsed()));
        }
    })
}

fn ninja_progress(line: &str) -> Option<(u32, u32)> {
    let (done, total) = line.strip_prefix('[')?.split_once(']')?.0.split_once('/')?;
    Some((done.parse().ok()?, total.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_from_ninja() {
        // ninja 1.11.1
        assert_eq!(
            ninja_progress("[12/297] Building CXX object src/CMakeFiles/x.dir/init.cpp.o"),
            Some((12, 297))
        );
        assert_eq!(ninja_progress("ninja: Entering directory `build'"), None);
        assert_eq!(ninja_progress("[notice] x"), None);
    }
}
