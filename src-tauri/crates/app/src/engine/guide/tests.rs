use super::{EngineSituation, FaultCode, Guide, Surroundings};
use crate::engine::Elevation;

fn linux(release: &str, installed: &[&'static str]) -> Surroundings {
    Surroundings {
        os: "linux",
        release: release.to_owned(),
        user: "ada".to_owned(),
        installed: installed.iter().copied().collect(),
        has_systemd: true,
        ..Surroundings::default()
    }
}

/// Whether a word means the same to a shell as it does here.
fn is_plain_word(word: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@+,".contains(c);
    !word.is_empty() && word.chars().all(is_plain)
}

fn commands(guide: &Guide) -> Vec<String> {
    let view = guide.view(&Elevation::Unavailable);
    view.steps.into_iter().filter_map(|step| step.command).collect()
}

const DEBIAN: &str = "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"";

#[test]
fn every_known_system_gets_commands_of_its_own_package_manager() {
    for (os, release, program) in [
        ("linux", DEBIAN, "apt-get"),
        ("linux", "ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "apt-get"),
        ("linux", "ID=fedora", "dnf"),
        ("linux", "ID=rocky\nID_LIKE=\"rhel centos fedora\"", "dnf"),
        ("linux", "ID=manjaro\nID_LIKE=arch", "pacman"),
        ("linux", "ID=opensuse-leap\nID_LIKE=\"suse opensuse\"", "zypper"),
        ("macos", "", "brew"),
        ("windows", "", "winget"),
    ] {
        let guide = Guide::new(
            &Surroundings {
                os,
                ..linux(release, &[])
            },
            FaultCode::EngineMissing,
        );
        let first = commands(&guide).into_iter().next().unwrap();
        assert!(first.contains(program), "{release}: {first}");
        let words = guide
            .steps
            .iter()
            .flat_map(|step| &step.orders)
            .flat_map(|order| &order.words);
        for word in words {
            assert!(is_plain_word(word), "`{word}` would mean something else to a shell");
        }
    }
}

#[test]
fn an_unknown_system_gets_words_instead_of_a_wrong_command() {
    let guide = Guide::new(&linux("ID=plan9", &[]), FaultCode::EngineMissing);
    assert_eq!(commands(&guide), Vec::<String>::new());
    assert!(
        guide.view(&Elevation::AlreadyRoot).runs.is_empty(),
        "there is nothing to run"
    );
}

#[test]
fn an_engine_that_is_installed_is_started_and_not_installed_again() {
    let docker = Guide::new(&linux(DEBIAN, &["dockerd", "setfacl"]), FaultCode::EngineUnreachable);
    assert_eq!(docker.situation, EngineSituation::Stopped);
    assert_eq!(commands(&docker)[0], "sudo systemctl enable --now docker");
    let podman = Guide::new(&linux(DEBIAN, &["podman"]), FaultCode::EngineMissing);
    assert_eq!(commands(&podman), ["systemctl --user enable --now podman.socket"]);
    let without_systemd = Surroundings {
        has_systemd: false,
        ..linux(DEBIAN, &["dockerd", "service"])
    };
    let guide = Guide::new(&without_systemd, FaultCode::EngineUnreachable);
    assert_eq!(commands(&guide)[0], "sudo service docker start");
}

#[test]
fn a_user_who_is_not_let_in_is_put_into_the_group_and_let_in_at_once() {
    let here = linux(DEBIAN, &["dockerd", "setfacl"]);
    let guide = Guide::new(&here, FaultCode::EnginePermission);
    assert_eq!(guide.situation, EngineSituation::Denied);
    assert_eq!(
        commands(&guide),
        [
            "sudo usermod -aG docker ada",
            "sudo setfacl -m u:ada:rw /run/docker.sock"
        ]
    );
    let member = Surroundings {
        groups: "root:x:0:\ndocker:x:998:bob,ada\n".to_owned(),
        ..here.clone()
    };
    assert_eq!(
        commands(&Guide::new(&member, FaultCode::EnginePermission)).len(),
        1,
        "a member is not added again"
    );
    let odd = Surroundings {
        user: "ada;reboot".to_owned(),
        ..here
    };
    assert_eq!(
        commands(&Guide::new(&odd, FaultCode::EnginePermission)),
        Vec::<String>::new()
    );
}

#[test]
fn root_needs_no_sudo_and_no_group() {
    let root = Surroundings {
        is_root: true,
        user: "root".to_owned(),
        ..linux(DEBIAN, &[])
    };
    let guide = Guide::new(&root, FaultCode::EngineMissing);
    assert_eq!(
        commands(&guide),
        [
            "apt-get update && apt-get install --yes docker.io acl",
            "systemctl enable --now docker"
        ]
    );
}

#[test]
fn all_that_needs_root_is_asked_for_in_one_go_and_shown_as_it_runs() {
    let guide = Guide::new(&linux(DEBIAN, &[]), FaultCode::EngineMissing);
    let view = guide.view(&Elevation::Program("/usr/bin/pkexec".into()));
    assert_eq!(
        view.runs,
        [
            "/usr/bin/pkexec --disable-internal-agent /bin/sh -xc 'apt-get update && apt-get install --yes docker.io acl \
          && systemctl enable --now docker && usermod -aG docker ada && setfacl -m u:ada:rw /run/docker.sock'"
        ]
    );
    let nobody_asks = guide.view(&Elevation::Unavailable);
    assert!(
        nobody_asks.runs.is_empty() && nobody_asks.runs_how.contains("terminal"),
        "{nobody_asks:?}"
    );
    let fedora = Guide::new(&linux("ID=fedora", &[]), FaultCode::EngineMissing);
    let runs = fedora.view(&Elevation::Program("/usr/bin/pkexec".into())).runs;
    assert_eq!(runs.len(), 2, "{runs:?}");
    assert_eq!(runs[1], "systemctl --user enable --now podman.socket");
}
