//! Tools of developers that tests run against real nodes, and that come from the registries of Python and Rust.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::app::cargo;
use crate::files;
use crate::lock;
use crate::paths::Places;
use crate::process::{AN_HOUR, Program};
use crate::steps::Notes;

/// web3.py, and what loads its `.env`.
const PYTHON_PACKAGES: [&str; 2] = ["web3==8.*", "python-dotenv==1.*"];

/// Loading it takes seconds; beside a build, many.
const LOADED_WITHIN: Duration = Duration::from_mins(2);

/// Only what has them all is used.
const PYTHON_CHECK: &str = "import web3, dotenv; assert web3.__version__.startswith('8.')";

/// The variables of the tools that could be had. A test without its tool says that it is left out.
pub(super) fn ensure(places: &Places, notes: &Notes) -> Result<Vec<(&'static str, OsString)>> {
    let _lock = lock::cache(places, notes)?;
    let mut variables = Vec::new();
    match web3(places, notes) {
        Ok(python) => variables.push(("FREEHOLD_TEST_WEB3_PYTHON", python.into())),
        // Some systems have no Python that is new enough, or none that makes environments.
        Err(error) => notes.say(&format!(
            "web3.py cannot be had here, so its tests are left out: {error:#}"
        )),
    }
    variables.push(("FREEHOLD_TEST_SOLANA_CONFIG", solana_config(places, notes)?.into()));
    Ok(variables)
}

/// A Python of its own that has web3.py.
fn web3(places: &Places, notes: &Notes) -> Result<PathBuf> {
    let folder = places.cache.join("tools").join("web3");
    let python = folder.join("bin").join("python");
    if has_web3(&python) {
        notes.say("web3.py is there.");
        return Ok(python);
    }
    notes.say("Installing web3.py.");
    files::remove_dir(&folder)?;
    // Not put in place afterwards: such an environment holds its own path. What is half is seen by the check above.
    let environment = Program::new("python3").args(["-m", "venv"]).arg(&folder);
    environment.output(AN_HOUR).context("python3-venv is missing")?;
    let pip = Program::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(PYTHON_PACKAGES).output(AN_HOUR).context("pip failed")?;
    if !has_web3(&python) {
        bail!("it was installed into {}, but cannot be loaded", folder.display());
    }
    Ok(python)
}

fn has_web3(python: &Path) -> bool {
    python.is_file() && Program::new(python).args(["-c", PYTHON_CHECK]).succeeds(LOADED_WITHIN)
}

/// Solana's own reader of its settings, which cargo builds anew only where it changed.
fn solana_config(places: &Places, notes: &Notes) -> Result<PathBuf> {
    notes.say("Building Solana's reader of its settings, where that is not done yet.");
    let target = places.cache.join("tools").join("solana-config");
    let log = places.state.join("logs").join("solana-config.log");
    let build = cargo()
        .args(["build", "--locked", "--target-dir"])
        .arg(&target)
        .in_folder(&places.root.join("tests").join("clients").join("solana-config"));
    build
        .logged(AN_HOUR, &log, |_| ())
        .context("Solana's reader of its settings could not be built")?;
    Ok(target.join("debug").join("solana-config-reader"))
}
