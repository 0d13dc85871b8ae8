//! What each system is told, from fixtures of real machines.

use super::super::needs::{NEEDS, Purpose};
use super::*;

const DEBIAN_12: &str = include_str!("../fixtures/debian-12.os-release");
const UBUNTU_24: &str = include_str!("../fixtures/ubuntu-24.04.os-release");
const FEDORA_42: &str = include_str!("../fixtures/fedora-42.os-release");
const ARCH: &str = include_str!("../fixtures/arch.os-release");

const ADA: Shell<'_> = Shell {
    user: Some("ada"),
    systemd: true,
};

const WINDOW: [Purpose; 3] = [Purpose::Core, Purpose::Ui, Purpose::Window];

fn needs(purposes: &[Purpose]) -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| purposes.contains(&need.purpose)).collect()
}

fn facts(commands: &[&str], modules: &[&str], packages: &[&str]) -> Facts {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Facts {
        commands: set(commands),
        modules: set(modules),
        packages: set(packages),
    }
}

#[test]
fn a_fresh_debian_gets_every_package_once() {
    let debian = System::from_os_release(DEBIAN_12);
    let missing = missing_packages(&debian, &needs(&WINDOW), &facts(&[], &[], &[]));
    let window = [
        "pkg-config",
        "libwebkit2gtk-4.1-dev",
        "libayatana-appindicator3-dev",
        "librsvg2-dev",
    ];
    assert_eq!(missing, [&["g++", "nodejs", "npm"][..], &window[..]].concat());
    let tests = missing_packages(
        &debian,
        &needs(&[Purpose::Images, Purpose::Journeys]),
        &facts(&[], &[], &[]),
    );
    assert_eq!(tests.iter().filter(|name| **name == "pkg-config").count(), 1);
    assert!(tests.contains(&"chromium") && tests.contains(&"docker-registry"));
}

#[test]
fn what_came_from_elsewhere_is_not_installed_over() {
    let debian = System::from_os_release(DEBIAN_12);
    let here = facts(
        &["node", "npm", "g++", "pkgconf"],
        &[],
        &["librsvg2-dev", "libayatana-appindicator3-dev"],
    );
    assert_eq!(
        missing_packages(&debian, &needs(&WINDOW), &here),
        ["libwebkit2gtk-4.1-dev"]
    );
}

#[test]
fn ubuntu_has_its_own_name_for_the_browser() {
    let ubuntu = System::from_os_release(UBUNTU_24);
    let missing = missing_packages(&ubuntu, &needs(&[Purpose::Journeys]), &facts(&["Xvfb"], &[], &[]));
    assert!(
        missing.contains(&"chromium-browser") && !missing.contains(&"xvfb"),
        "{missing:?}"
    );
}

#[test]
fn fedora_is_told_one_dnf_command() {
    let fedora = System::from_os_release(FEDORA_42);
    let here = facts(&["node", "npm", "g++", "pkg-config"], &["librsvg-2.0"], &[]);
    assert_eq!(
        install_commands(&fedora, &needs(&WINDOW), &here),
        ["sudo dnf install webkit2gtk4.1-devel libappindicator-gtk3-devel"]
    );
    assert_eq!(
        engine_commands(&fedora, &EngineFact::Missing, ADA),
        [
            "sudo dnf install moby-engine",
            "sudo systemctl enable --now docker",
            "sudo usermod -aG docker ada",
            "newgrp docker"
        ]
    );
}

#[test]
fn arch_is_told_one_pacman_command() {
    let arch = System::from_os_release(ARCH);
    let commands = install_commands(
        &arch,
        &needs(&WINDOW),
        &facts(&["g++", "pkgconf"], &["webkit2gtk-4.1"], &[]),
    );
    assert_eq!(
        commands,
        ["sudo pacman -S --needed nodejs npm libayatana-appindicator librsvg"]
    );
    assert_eq!(
        engine_commands(&arch, &EngineFact::Silent, ADA)[0],
        "sudo systemctl enable --now docker"
    );
}

#[test]
fn macos_and_windows_need_node_and_an_engine_only() {
    let none = facts(&["g++"], &[], &[]);
    assert_eq!(
        install_commands(&System::MacOs, &needs(&WINDOW), &none),
        ["brew install node"]
    );
    assert_eq!(
        engine_commands(&System::MacOs, &EngineFact::Missing, ADA)[1],
        "colima start"
    );
    assert_eq!(
        install_commands(&System::Windows, &needs(&WINDOW), &none),
        ["winget install --id OpenJS.NodeJS.LTS --exact"]
    );
    assert_eq!(
        engine_commands(&System::Windows, &EngineFact::Missing, ADA)[0],
        "winget install --id Docker.DockerDesktop --exact"
    );
}

#[test]
fn a_complete_machine_is_told_nothing() {
    let all = facts(
        &["g++", "node", "npm", "pkg-config"],
        &["webkit2gtk-4.1", "librsvg-2.0", "appindicator3-0.1"],
        &["libwebkit2gtk-4.1-dev", "librsvg2-dev", "libayatana-appindicator3-dev"],
    );
    for system in [
        System::Debian,
        System::Ubuntu,
        System::Fedora,
        System::Arch,
        System::MacOs,
        System::Windows,
    ] {
        assert!(install_commands(&system, &needs(&WINDOW), &all).is_empty(), "{system}");
    }
}

#[test]
fn a_user_outside_the_group_is_told_the_group_only() {
    assert_eq!(
        engine_commands(&System::Debian, &EngineFact::Denied, ADA),
        ["sudo usermod -aG docker ada", "newgrp docker"]
    );
}

#[test]
fn root_without_systemd_is_told_what_works_there() {
    let root = Shell {
        user: None,
        systemd: false,
    };
    assert_eq!(
        engine_commands(&System::Ubuntu, &EngineFact::Missing, root),
        ["apt-get install docker.io", "dockerd"]
    );
}

#[test]
fn an_unknown_linux_is_told_what_is_missing_by_name() {
    let system = System::from_os_release("ID=nixos\n");
    let commands = install_commands(&system, &needs(&[Purpose::Window]), &facts(&["pkg-config"], &[], &[]));
    assert!(
        commands.contains(&"install: webkit2gtk-4.1 (with its development files)".to_owned()),
        "{commands:?}"
    );
}
