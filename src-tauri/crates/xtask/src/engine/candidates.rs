//! Where a container engine may be found, in the order in which they are tried.

use std::path::Path;

/// The system's Docker socket, where an engine that is started here listens.
pub(super) const DEFAULT: &str = "unix:///var/run/docker.sock";

/// The engine that the person has chosen for every program.
pub(super) fn chosen(var: &impl Fn(&str) -> Option<String>) -> Option<String> {
    var("DOCKER_HOST").filter(|value| !value.is_empty())
}

/// `DOCKER_HOST` alone if it is set, because the person has chosen; else every usual place.
pub(super) fn candidates(var: &impl Fn(&str) -> Option<String>) -> Vec<String> {
    let set = |name: &str| var(name).filter(|value| !value.is_empty());
    if let Some(host) = chosen(var) {
        return vec![host];
    }
    let mut urls = vec![DEFAULT.to_owned()];
    let mut add = |folder: &str, file: &str| urls.push(format!("unix://{}", Path::new(folder).join(file).display()));
    let (runtime, home) = (set("XDG_RUNTIME_DIR"), set("HOME"));
    if let Some(runtime) = &runtime {
        add(runtime, "docker.sock");
    }
    if let Some(home) = &home {
        add(home, ".docker/run/docker.sock");
        add(home, ".docker/desktop/docker.sock");
        add(home, ".colima/default/docker.sock");
        add(home, ".orbstack/run/docker.sock");
    }
    if let Some(runtime) = &runtime {
        add(runtime, "podman/podman.sock");
    }
    add("/run", "podman/podman.sock");
    if cfg!(windows) {
        urls = vec!["npipe:////./pipe/docker_engine".to_owned()];
    }
    urls
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_engine_is_the_only_one() {
        let chosen = candidates(&|name| (name == "DOCKER_HOST").then(|| "tcp://127.0.0.1:2375".to_owned()));
        assert_eq!(chosen, ["tcp://127.0.0.1:2375"]);
    }

    #[test]
    fn docker_comes_before_podman() {
        let all = candidates(&|name| match name {
            "XDG_RUNTIME_DIR" => Some("/run/user/1000".to_owned()),
            "DOCKER_HOST" => Some(String::new()),
            _ => None,
        });
        assert_eq!(
            all,
            [
                "unix:///var/run/docker.sock",
                "unix:///run/user/1000/docker.sock",
                "unix:///run/user/1000/podman/podman.sock",
                "unix:///run/podman/podman.sock"
            ]
        );
    }
}
