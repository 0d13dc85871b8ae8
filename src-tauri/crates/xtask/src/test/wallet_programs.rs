//! Wallets that tests run against real nodes, and that the system's packages have.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::files;
use crate::images::unpack_package;
use crate::lock;
use crate::paths::Places;
use crate::process::{A_MOMENT, Program};
use crate::steps::Notes;

/// The variable for it, and its package and program.
const ELECTRUM: (&str, &str) = ("FREEHOLD_TEST_ELECTRUM", "electrum");

/// Starts the unpacked program with the modules that came with it. The system's own Python, because the modules were
/// compiled for that one; where it has none, one came with them.
const STARTER: &str = "#!/bin/sh\nhere=$(CDPATH= cd -- \"$(dirname -- \"$0\")\" && pwd)\npython=/usr/bin/python3\n\
                       [ -x \"$python\" ] || python=$here/usr/bin/python3\n\
                       PYTHONPATH=$here/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$here/libraries \
                       exec \"$python\" \"$here/usr/bin/electrum\" \"$@\"\n";

/// The folder of the libraries, as [`STARTER`] names it.
const LIBRARIES: &str = "libraries";

/// The variables of the wallets that could be had. A test without its wallet says that it is left out.
pub(super) fn ensure(places: &Places, notes: &Notes) -> Result<Vec<(&'static str, OsString)>> {
    let (variable, package) = ELECTRUM;
    let folder = places.cache.join("tools").join(package);
    let starter = folder.join(package);
    let _lock = lock::cache(places, notes)?;
    if !starts(&starter, places) {
        notes.say("Unpacking Electrum.");
        if let Err(error) = unpack(package, &folder, places, notes) {
            // Some releases of Ubuntu have no Electrum.
            notes.say(&format!(
                "Electrum cannot be had here, so its tests are left out: {error:#}"
            ));
            return Ok(Vec::new());
        }
        if !starts(&starter, places) {
            bail!("Electrum was unpacked into {}, but does not start", folder.display());
        }
    }
    notes.say("Electrum is there.");
    Ok(vec![(variable, starter.into())])
}

fn starts(starter: &Path, places: &Places) -> bool {
    let home = places.state.join("electrum");
    starter.is_file()
        && files::create_dir(&home).is_ok()
        && Program::new(starter)
            .args(["version", "--offline", "-D"])
            .arg(&home)
            .succeeds(A_MOMENT)
}

/// Puts the package with all that it needs into a folder, whole or not at all.
fn unpack(package: &'static str, folder: &Path, places: &Places, notes: &Notes) -> Result<()> {
    // Beside the folder, so that it can be put in place at once.
    let work = folder.with_file_name(format!("partial-{}", std::process::id()));
    files::remove_dir(&work)?;
    let unpacked = unpack_package(package, LIBRARIES, places, &work, notes)?;
    let starter = unpacked.join(package);
    files::write(&starter, STARTER.as_bytes())?;
    Program::new("chmod").arg("0755").arg(&starter).output(A_MOMENT)?;
    files::remove_dir(folder)?;
    fs::rename(&unpacked, folder).with_context(|| format!("cannot put {} in place", folder.display()))?;
    files::remove_dir(&work)
}
