//! Compiles bitcoind and bitcoin-cli from the source tree inside a crate's package, or takes them from the cache.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::recipe::{self, CRATE, CRATE_SHA256, CRATE_VERSION};
use crate::app::cargo;
use crate::files;
use crate::paths::Places;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;

/// How often the compilation says how far it is.
const SAY_EVERY: Duration = Duration::from_secs(20);

/// Where the compiled programs are.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    pub(super) folder: PathBuf,
}

impl Programs {
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What is recorded beside the programs: how they were made, and their hashes.
    fn record(&self) -> Result<Value> {
        let hashes = recipe::PROGRAMS.iter().map(|name| {
            let hash = files::sha256(&files::read(&self.path(name))?);
            Ok(((*name).to_owned(), Value::from(hash)))
        });
        let hashes = hashes.collect::<Result<serde_json::Map<_, _>>>()?;
        Ok(json!({ "crate": CRATE, "version": CRATE_VERSION, "sha256": CRATE_SHA256, "programs": hashes }))
    }

    /// A folder that a full disk or a hand has spoiled is built again instead of used.
    fn are_whole(&self) -> bool {
        let recorded = fs::read(self.folder.join("record.json")).ok();
        let recorded = recorded.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        recorded.is_some() && recorded == self.record().ok()
    }
}

/// Returns the compiled programs, from the cache where they are there and whole.
pub(super) fn programs(places: &Places, force: bool, notes: &Notes) -> Result<Programs> {
    let programs = Programs {
        folder: places.cache.join("programs").join(recipe::cache_key()),
    };
    if !force && programs.are_whole() {
        notes.say(&format!("Taken from the cache: {}", programs.folder.display()));
        return Ok(programs);
    }
    let work = places.state.join("images").join("build");
    files::remove_dir(&work)?;
    files::create_dir(&work)?;
    let source = fetch(&work, notes)?;
    compile(&source, &work, notes)?;
    publish(&work, &programs)?;
    // Some 300 MB that nothing reads again.
    files::remove_dir(&work)?;
    Ok(programs)
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
    cmake
        .args(recipe::CMAKE)
        .env(recipe::GIT_CEILING, work)
        .logged(AN_HOUR, &log, |_| ())?;
    notes.say(&format!(
        "Compiling; this takes some 5 minutes on two cores. Log: {}",
        log.display()
    ));
    let said = Cell::new(Instant::now());
    let ninja = Program::new("ninja")
        .arg("-C")
        .arg(&build)
        .args(recipe::PROGRAMS)
        .env("NINJA_STATUS", "[%f/%t] ")
        .env(recipe::GIT_CEILING, work);
    ninja.logged(AN_HOUR, &log, |line| {
        if let Some((done, total)) = ninja_progress(line)
            && (said.get().elapsed() > SAY_EVERY || done == total)
        {
            said.set(Instant::now());
            notes.say(&format!("{done} of {total} steps after {}.", notes.elapsed()));
        }
    })
}

/// Strips the programs, tries them, and moves them into the cache in one rename.
fn publish(work: &Path, programs: &Programs) -> Result<()> {
    let parent = programs.folder.parent().context("the cache folder has a parent")?;
    let partial = Programs {
        folder: parent.join(format!("partial-{}", std::process::id())),
    };
    files::remove_dir(&partial.folder)?;
    files::create_dir(&partial.folder)?;
    for name in recipe::PROGRAMS {
        let built = work.join("build").join("bin").join(name);
        Program::new("strip")
            .args(recipe::STRIP)
            .arg("-o")
            .arg(partial.path(name))
            .arg(built)
            .output(A_MOMENT)?;
        let version = Program::new(partial.path(name)).arg("-version").output(A_MOMENT)?;
        if !version.contains(&format!("v{}", recipe::VERSION)) {
            bail!(
                "{name} was built, but calls itself {}",
                version.lines().next().unwrap_or("nothing")
            );
        }
    }
    let record = format!("{:#}\n", partial.record()?);
    files::write(&partial.folder.join("record.json"), record.as_bytes())?;
    files::remove_dir(&programs.folder)?;
    fs::rename(&partial.folder, &programs.folder)
        .with_context(|| format!("cannot put {} in place", programs.folder.display()))
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
