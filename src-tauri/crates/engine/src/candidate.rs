//! Where an engine may be, in the order in which it is looked for.
//!
//! The one rule: nothing is connected to here, and nothing but the Docker command line's own context files is read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

mod docker_context;

/// What the host knows about the user's surroundings. Plain data, so that tests can say what they like.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `DOCKER_HOST`.
    pub docker_host: Option<String>,
    /// `DOCKER_CONTEXT`.
    pub docker_context: Option<String>,
    /// The home folder.
    pub home: Option<PathBuf>,
    /// `XDG_RUNTIME_DIR`.
    pub xdg_runtime_dir: Option<PathBuf>,
    /// The user's id.
    pub uid: u32,
    /// The user's name, for messages.
    pub user: String,
    /// `PATH`.
    pub path: Option<OsString>,
    /// A folder of Freehold's own, mode 0700, in which the socket of a Podman service that Freehold starts itself may
    /// lie. `None`: Freehold starts none.
    pub private_dir: Option<PathBuf>,
}

/// One place where an engine may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its address, for example `unix:///var/run/docker.sock`.
    pub address: String,
    /// Why it is looked for there, for people.
    pub origin: &'static str,
}

/// Every place to look at, best first, none twice.
pub fn candidates(environment: &Environment) -> Vec<Candidate> {
    let mut found = List(Vec::new());
    if let Some(address) = environment.docker_host.as_deref().filter(|host| !host.is_empty()) {
        found.add(address.to_owned(), "DOCKER_HOST");
    }
    if let Some(address) = docker_context::current(environment) {
        found.add(address, "the current Docker context");
    }
    sockets(environment, &mut found);
    found.0
}

#[cfg(unix)]
fn sockets(environment: &Environment, found: &mut List) {
    found.socket(Path::new("/var/run/docker.sock"), "the system's Docker");
    found.socket(Path::new("/run/docker.sock"), "the system's Docker");
    let runtime_dir = environment
        .xdg_runtime_dir
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("/run/user/{}", environment.uid)));
    found.socket(&runtime_dir.join("docker.sock"), "rootless Docker");
    found.socket(&runtime_dir.join("podman/podman.sock"), "the user's Podman");
    found.socket(Path::new("/run/podman/podman.sock"), "the system's Podman");
    if let Some(home) = &environment.home {
        found.socket(&home.join(".docker/desktop/docker.sock"), "Docker Desktop");
        found.socket(&home.join(".docker/run/docker.sock"), "Docker Desktop");
        found.socket(&home.join(".colima/default/docker.sock"), "Colima");
        found.socket(&home.join(".orbstack/run/docker.sock"), "OrbStack");
    }
}

#[cfg(windows)]
fn sockets(_: &Environment, found: &mut List) {
    found.add("npipe:////./pipe/docker_engine".to_owned(), "Docker Desktop");
    found.add("npipe:////./pipe/dockerDesktopLinuxEngine".to_owned(), "Docker Desktop");
    found.add("npipe:////./pipe/podman-machine-default".to_owned(), "Podman");
}

struct List(Vec<Candidate>);

impl List {
    fn add(&mut self, address: String, origin: &'static str) {
        if !self.0.iter().any(|candidate| candidate.address == address) {
            self.0.push(Candidate { address, origin });
        }
    }

    #[cfg(unix)]
    fn socket(&mut self, path: &Path, origin: &'static str) {
        self.add(format!("unix://{}", path.display()), origin);
    }
}

/// The `podman` program in `PATH`, where there is one.
pub(crate) fn find_podman(environment: &Environment) -> Option<PathBuf> {
    let name = if cfg!(windows) { "podman.exe" } else { "podman" };
    let folders = environment.path.as_ref()?;
    // A relative folder in PATH would make the program depend on where Freehold was started from.
    std::env::split_paths(folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Environment, candidates, find_podman};

    #[test]
    fn the_user_s_own_choice_comes_first_and_no_place_twice() {
        let environment = Environment {
            docker_host: Some("unix:///run/docker.sock".to_owned()),
            home: Some("/home/ada".into()),
            uid: 1000,
            ..Environment::default()
        };
        let addresses: Vec<String> = candidates(&environment)
            .into_iter()
            .map(|candidate| candidate.address)
            .collect();
        assert_eq!(
            addresses,
            [
                "unix:///run/docker.sock",
                "unix:///var/run/docker.sock",
                "unix:///run/user/1000/docker.sock",
                "unix:///run/user/1000/podman/podman.sock",
                "unix:///run/podman/podman.sock",
                "unix:///home/ada/.docker/desktop/docker.sock",
                "unix:///home/ada/.docker/run/docker.sock",
                "unix:///home/ada/.colima/default/docker.sock",
                "unix:///home/ada/.orbstack/run/docker.sock",
            ]
        );
    }

    #[test]
    fn podman_is_found_in_path_and_never_in_a_relative_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("podman");
        std::fs::File::create(&program).expect("a file");
        let with = |path: String| Environment {
            path: Some(path.into()),
            ..Environment::default()
        };
        let found = find_podman(&with(format!("/nowhere:{}", folder.path().display())));
        assert_eq!(found, Some(program));
        assert_eq!(
            find_podman(&with("bin:.".to_owned())),
            None,
            "relative folders are not searched"
        );
    }
}
