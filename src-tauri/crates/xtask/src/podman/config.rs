//! Podman's settings files and command line, all inside one folder.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::Mode;
use crate::files;
use crate::process::Program;

/// The settings of the engine; its presence shows that the folder was set up.
pub(super) const FILE: &str = "containers.conf";
const STORAGE_FILE: &str = "storage.conf";

/// Writes what Podman reads.
pub(super) fn write(folder: &Path, mode: Mode) -> Result<()> {
    files::write(&folder.join(FILE), containers(folder).as_bytes())?;
    for name in ["home", "storage", "run", "tmp"] {
        files::create_dir(&folder.join(name))?;
    }
    match mode {
        Mode::Rootful => Ok(()),
        Mode::Rootless => files::write(&folder.join(STORAGE_FILE), storage(folder).as_bytes()),
    }
}

/// The `podman` that uses the folder and nothing else. The rootless one takes no folders as options: they are its
/// user's settings.
pub(super) fn program(folder: &Path, mode: Mode) -> Program {
    let program = Program::new("podman").env("CONTAINERS_CONF", folder.join(FILE));
    match mode {
        Mode::Rootful => program
            .arg("--root")
            .arg(folder.join("storage"))
            .arg("--runroot")
            .arg(folder.join("run"))
            .arg("--tmpdir")
            .arg(folder.join("tmp")),
        Mode::Rootless => program.env("CONTAINERS_STORAGE_CONF", folder.join(STORAGE_FILE)),
    }
}

/// runc, because crun refuses control groups of both versions side by side. Limits as both soft and hard value, because
/// Podman 4.3 swaps them and a machine without CAP_SYS_RESOURCE then refuses to raise one.
fn containers(folder: &Path) -> String {
    format!(
        "[network]\nnetwork_backend = \"netavark\"\nnetwork_config_dir = {}\n\
         [engine]\nruntime = \"runc\"\nevents_logger = \"file\"\ncgroup_manager = \"cgroupfs\"\n\
         [containers]\ndefault_ulimits = [\"nofile=20000:20000\", \"nproc=32768:32768\"]\n",
        quoted(&folder.join("networks"))
    )
}

/// The slow but sure driver: overlay without root needs a newer kernel, or FUSE.
fn storage(folder: &Path) -> String {
    format!(
        "[storage]\ndriver = \"vfs\"\ngraphroot = {}\nrunroot = {}\n",
        quoted(&folder.join("storage")),
        quoted(&folder.join("run"))
    )
}

/// JSON's quotes are TOML's too.
fn quoted(path: &Path) -> Value {
    Value::from(path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_inside_the_given_one() {
        let folder = Path::new("/t/a \"b\"");
        let text = containers(folder) + &storage(folder);
        let named = text.lines().filter(|line| line.contains('/'));
        assert_eq!(named.clone().count(), 3);
        assert!(
            named.into_iter().all(|line| line.contains(r#" = "/t/a \"b\"/"#)),
            "{text}"
        );
        let rootful = program(Path::new("/t"), Mode::Rootful).to_string();
        assert_eq!(rootful, "`podman --root /t/storage --runroot /t/run --tmpdir /t/tmp`");
    }
}
