//! Specter Desktop, which tests run against a real node, in a Python of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::files;
use crate::lock;
use crate::paths::Places;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;

/// The variable that names a Python with Specter.
const VARIABLE: &str = "FREEHOLD_TEST_SPECTER";

/// What is installed.
const PACKAGE: &str = "cryptoadvance.specter==2.1.11";

/// The one release of Python that its packages are made for.
const PYTHON: &str = "3.10";

/// Loading it takes seconds; beside a build, many.
const LOADED_WITHIN: Duration = Duration::from_mins(2);

/// The variable of Specter, if it could be had. Its test says that it is left out otherwise.
pub(super) fn ensure(places: &Places, notes: &Notes) -> Result<Option<(&'static str, OsString)>> {
    let _lock = lock::cache(places, notes)?;
    match install(places, notes) {
        Ok(python) => Ok(Some((VARIABLE, python.into()))),
        Err(error) => {
            notes.say(&format!(
                "Specter cannot be had here, so its test is left out: {error:#}"
            ));
            Ok(None)
        }
    }
}

fn install(places: &Places, notes: &Notes) -> Result<PathBuf> {
    let folder = places.cache.join("tools").join("specter");
    let python = folder.join("bin").join("python");
    if has_specter(&python) {
        notes.say("Specter is there.");
        return Ok(python);
    }
    let system = system_python().with_context(|| format!("this system has no Python {PYTHON}"))?;
    notes.say("Installing Specter.");
    files::remove_dir(&folder)?;
    // Not put in place afterwards: such an environment holds its own path. What is half is seen by the check above.
    let environment = Program::new(&system).args(["-m", "venv"]).arg(&folder);
    environment.output(AN_HOUR).context("the environment cannot be made")?;
    let pip = Program::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.arg(PACKAGE).output(AN_HOUR).context("pip failed")?;
    if !has_specter(&python) {
        bail!("it was installed into {}, but cannot be loaded", folder.display());
    }
    Ok(python)
}

/// The Python of that release: on the path, or among those that pyenv keeps.
fn system_python() -> Option<PathBuf> {
    let name = format!("python{PYTHON}");
    if Program::new(&name).arg("--version").succeeds(A_MOMENT) {
        return Some(PathBuf::from(name));
    }
    let prefix = Program::new("pyenv").args(["prefix", PYTHON]).output(A_MOMENT).ok()?;
    let python = Path::new(prefix.trim()).join("bin").join(name);
    python.is_file().then_some(python)
}

fn has_specter(python: &Path) -> bool {
    let check = ["-c", "import cryptoadvance.specter.server"];
    python.is_file() && Program::new(python).args(check).succeeds(LOADED_WITHIN)
}
