//! What the guide looks at: the system, what is installed, who the user is. Plain data, so that tests can say what they like.

use std::collections::BTreeSet;
use std::path::Path;

use freehold_engine::Environment;

/// Programs that the guide asks about.
const PROGRAMS: [&str; 10] = [
    "docker",
    "dockerd",
    "podman",
    "systemctl",
    "service",
    "setfacl",
    "colima",
    "brew",
    "winget",
    "limactl",
];
/// Folders of programs that are often missing from a user's own list.
const SYSTEM_FOLDERS: [&str; 4] = ["/usr/sbin", "/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/// The system and the user.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// `linux`, `macos` or `windows`.
    pub(super) os: &'static str,
    /// The text of `/etc/os-release`.
    pub(super) release: String,
    /// The user's name.
    pub(super) user: String,
    /// The user is root.
    pub(super) is_root: bool,
    /// Those of [`PROGRAMS`] that are installed.
    pub(super) installed: BTreeSet<&'static str>,
    /// The system was started by systemd.
    pub(super) has_systemd: bool,
    /// The text of `/etc/group`.
    pub(super) groups: String,
}

impl Surroundings {
    /// Looks at this machine. Reads two small files and asks for the presence of a few programs.
    pub(super) fn look(environment: &Environment) -> Self {
        // Without a list of folders nothing is looked for at all.
        let folders: Vec<_> = environment
            .path
            .iter()
            .flat_map(|path| std::env::split_paths(path).chain(SYSTEM_FOLDERS.map(Into::into)))
            .filter(|folder| folder.is_absolute())
            .collect();
        let is_there = |name: &&str| {
            let file = if cfg!(windows) {
                format!("{name}.exe")
            } else {
                (*name).to_owned()
            };
            folders.iter().any(|folder| folder.join(&file).is_file())
        };
        Self {
            os: std::env::consts::OS,
            release: std::fs::read_to_string("/etc/os-release").unwrap_or_default(),
            user: environment.user.clone(),
            is_root: environment.uid == 0,
            installed: PROGRAMS.into_iter().filter(is_there).collect(),
            has_systemd: Path::new("/run/systemd/system").is_dir(),
            groups: std::fs::read_to_string("/etc/group").unwrap_or_default(),
        }
    }

    pub(super) fn has(&self, program: &str) -> bool {
        self.installed.contains(program)
    }

    /// The value of a key of `/etc/os-release`.
    pub(super) fn release_value(&self, key: &str) -> Option<&str> {
        let line = self
            .release
            .lines()
            .find(|line| line.split_once('=').is_some_and(|(name, _)| name == key))?;
        Some(line.split_once('=')?.1.trim_matches('"'))
    }

    /// Whether the distribution is of one of these families.
    pub(super) fn is_like(&self, families: &[&str]) -> bool {
        let own = ["ID", "ID_LIKE"].map(|key| self.release_value(key).unwrap_or_default());
        own.iter()
            .flat_map(|value| value.split_whitespace())
            .any(|word| families.contains(&word))
    }

    /// The user is listed as a member of the group `docker`; the session may not know that yet.
    pub(super) fn is_in_docker_group(&self) -> bool {
        let members = self.groups.lines().find_map(|line| line.strip_prefix("docker:"));
        members
            .and_then(|rest| rest.rsplit(':').next())
            .is_some_and(|names| names.split(',').any(|name| name == self.user))
    }
}
