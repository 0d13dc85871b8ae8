//! Decides, from facts alone, which packages are missing and which commands a person has to run.

use std::collections::BTreeSet;

use super::System;
use super::facts::Facts;
use super::needs::{Check, Need};

/// What is known about a container engine that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EngineFact {
    /// It runs, but this user may not use its socket.
    Denied,
    /// Its program is installed, but nothing answers.
    Silent,
    /// There is none.
    Missing,
}

impl Need {
    /// The row's package names on a system.
    pub(crate) fn packages(&self, system: &System) -> &'static [&'static str] {
        match system {
            System::Debian => self.debian,
            System::Ubuntu => self.ubuntu,
            System::Fedora => self.fedora,
            System::Arch => self.arch,
            System::MacOs => self.macos,
            System::Windows => self.windows,
            System::OtherLinux(_) => &[],
        }
    }

    /// Whether the facts show that nothing has to be installed for this row.
    fn is_met(&self, system: &System, facts: &Facts) -> bool {
        match self.check {
            Check::Command(any) => any.iter().any(|name| facts.commands.contains(*name)),
            Check::Module(any) if !system.installs() => any.iter().any(|name| facts.modules.contains(*name)),
            Check::Module(_) | Check::Package if system.installs() => {
                self.packages(system).iter().all(|name| facts.packages.contains(*name))
            }
            Check::Module(_) | Check::Package => true,
        }
    }
}

/// The packages to install, each once, in the table's order.
pub(crate) fn missing_packages(system: &System, needs: &[&Need], facts: &Facts) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let unmet = needs.iter().filter(|need| !need.is_met(system, facts));
    let wanted = unmet.flat_map(|need| need.packages(system));
    wanted
        .copied()
        .filter(|name| !facts.packages.contains(*name) && seen.insert(*name))
        .collect()
}

/// The commands that install what is missing on a system where we do not install.
pub(crate) fn install_commands(system: &System, needs: &[&Need], facts: &Facts) -> Vec<String> {
    let packages = missing_packages(system, needs, facts);
    if let System::OtherLinux(_) = system {
        // Package names are not known here; what is missing can be named all the same.
        let unmet = needs.iter().filter(|need| !need.is_met(system, facts));
        let names: BTreeSet<&str> = unmet
            .map(|need| match need.check {
                Check::Command(any) | Check::Module(any) => any[0],
                Check::Package => need.debian[0],
            })
            .collect();
        return names
            .into_iter()
            .map(|name| format!("install: {name} (with its development files)"))
            .collect();
    }
    if packages.is_empty() {
        return Vec::new();
    }
    let all = packages.join(" ");
    match system {
        System::Debian | System::Ubuntu => vec![format!("sudo apt-get install --no-install-recommends {all}")],
        System::Fedora => vec![format!("sudo dnf install {all}")],
        System::Arch => vec![format!("sudo pacman -S --needed {all}")],
        System::MacOs => vec![format!("brew install {all}")],
        System::Windows => packages
            .iter()
            .map(|id| format!("winget install --id {id} --exact"))
            .collect(),
        System::OtherLinux(_) => Vec::new(),
    }
}

/// Who the commands are for, and whether services are managed by systemd.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shell<'a> {
    /// `None` for root, who needs neither sudo nor a group.
    pub(crate) user: Option<&'a str>,
    pub(crate) systemd: bool,
}

/// The commands that bring a container engine up and let this user use it.
pub(crate) fn engine_commands(system: &System, engine: &EngineFact, shell: Shell<'_>) -> Vec<String> {
    let start = if shell.systemd {
        "systemctl enable --now docker"
    } else {
        "dockerd"
    };
    let by_system: &[&str] = match (system, engine) {
        (System::MacOs, EngineFact::Missing) => &["brew install colima docker", "colima start"],
        (System::MacOs, EngineFact::Denied | EngineFact::Silent) => &["colima start"],
        (System::Windows, EngineFact::Missing) => &[
            "winget install --id Docker.DockerDesktop --exact",
            "start Docker Desktop once",
        ],
        (System::Windows, EngineFact::Denied | EngineFact::Silent) => &["start Docker Desktop"],
        (_, EngineFact::Denied) => &[],
        (_, EngineFact::Silent) => &[start],
        (System::Debian | System::Ubuntu, EngineFact::Missing) => &["apt-get install docker.io", start],
        (System::Fedora, EngineFact::Missing) => &["dnf install moby-engine", start],
        (System::Arch, EngineFact::Missing) => &["pacman -S --needed docker", start],
        (System::OtherLinux(_), EngineFact::Missing) => &["install: docker or podman", start],
    };
    if matches!(system, System::MacOs | System::Windows) {
        return by_system.iter().map(|command| (*command).to_owned()).collect();
    }
    let Some(user) = shell.user else {
        return by_system.iter().map(|command| (*command).to_owned()).collect();
    };
    let sudo = |command: &&str| {
        if command.contains(':') {
            (*command).to_owned()
        } else {
            format!("sudo {command}")
        }
    };
    let group = [format!("sudo usermod -aG docker {user}"), "newgrp docker".to_owned()];
    by_system.iter().map(sudo).chain(group).collect()
}

#[cfg(test)]
mod tests;
