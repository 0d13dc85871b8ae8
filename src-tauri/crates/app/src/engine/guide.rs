//! How to get a container engine on this very system: the exact commands.

use freehold_contract::{EngineGuide, GuideStep};

/// The guide for the system that this program runs on.
pub(crate) fn for_this_system(user: &str) -> EngineGuide {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    guide(std::env::consts::OS, &release, user)
}

fn step(text: impl Into<String>, command: impl Into<String>) -> GuideStep {
    GuideStep {
        text: text.into(),
        command: Some(command.into()),
    }
}

/// The value of a key of `/etc/os-release`.
fn value<'a>(release: &'a str, key: &str) -> Option<&'a str> {
    let line = release
        .lines()
        .find(|line| line.split_once('=').is_some_and(|(name, _)| name == key))?;
    Some(line.split_once('=')?.1.trim_matches('"'))
}

fn guide(os: &str, release: &str, user: &str) -> EngineGuide {
    let name = value(release, "PRETTY_NAME").map(str::to_owned);
    let family = format!(
        "{} {}",
        value(release, "ID").unwrap_or(""),
        value(release, "ID_LIKE").unwrap_or("")
    );
    let is = |wanted: &str| family.split_whitespace().any(|word| word == wanted);
    // Root may use the socket as it is.
    let let_in = (user != "root").then(|| {
        step(
            format!("Let the user {user} use it (members of this group can act as root), then log out and in again"),
            format!("sudo usermod -aG docker {user}"),
        )
    });
    let docker = |install: &str| {
        let start = step("Start it now and at every boot", "sudo systemctl enable --now docker");
        [step("Install Docker", install), start]
            .into_iter()
            .chain(let_in.clone())
            .collect()
    };
    let (system, steps) = match os {
        "linux" if is("debian") || is("ubuntu") => {
            (name.unwrap_or_else(|| "Debian".to_owned()), docker("sudo apt-get update && sudo apt-get install --yes docker.io"))
        }
        "linux" if is("fedora") || is("rhel") => {
            let install = step("Install Podman", "sudo dnf install --assumeyes podman");
            let socket = step("Start its service for your user", "systemctl --user enable --now podman.socket");
            (name.unwrap_or_else(|| "Fedora".to_owned()), vec![install, socket])
        }
        "linux" if is("arch") => {
            (name.unwrap_or_else(|| "Arch Linux".to_owned()), docker("sudo pacman -S --needed docker"))
        }
        "linux" if is("suse") || is("opensuse") => {
            (name.unwrap_or_else(|| "openSUSE".to_owned()), docker("sudo zypper install --no-confirm docker"))
        }
        "macos" => (
            "macOS".to_owned(),
            vec![step("Install Colima and the Docker client", "brew install colima docker"), step("Start it", "colima start --cpu 2 --memory 4 --disk 100")],
        ),
        "windows" => ("Windows".to_owned(), vec![step("Install Podman Desktop in a terminal", "winget install RedHat.Podman-Desktop"), step("Make and start its machine", "podman machine init; podman machine start")]),
        _ => (
            name.unwrap_or_else(|| os.to_owned()),
            vec![GuideStep { text: "Install Docker Engine 20.10 or later, or Podman 4.3 or later, with your system's package manager, and start its service".to_owned(), command: None }],
        ),
    };
    EngineGuide { system, steps }
}

#[cfg(test)]
mod tests {
    use super::guide;

    #[test]
    fn every_known_system_gets_commands_of_its_own_package_manager() {
        for (os, release, program) in [
            (
                "linux",
                "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"",
                "apt-get",
            ),
            ("linux", "ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "apt-get"),
            ("linux", "ID=fedora", "dnf"),
            ("linux", "ID=rocky\nID_LIKE=\"rhel centos fedora\"", "dnf"),
            ("linux", "ID=manjaro\nID_LIKE=arch", "pacman"),
            ("linux", "ID=opensuse-leap\nID_LIKE=\"suse opensuse\"", "zypper"),
            ("macos", "", "brew"),
            ("windows", "", "winget"),
        ] {
            let guide = guide(os, release, "ada");
            let first = guide.steps[0].command.clone().unwrap();
            assert!(first.contains(program), "{release}: {first}");
        }
    }

    #[test]
    fn an_unknown_system_gets_words_instead_of_a_wrong_command() {
        let guide = guide("linux", "ID=plan9", "ada");
        assert!(guide.steps.iter().all(|step| step.command.is_none()));
    }
}
