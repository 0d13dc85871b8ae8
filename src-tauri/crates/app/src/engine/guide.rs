//! How to get a container engine on this very system: the exact commands, for what is the matter there.

use freehold_contract::{EngineGuide, EngineSituation, GuideStep};
use freehold_engine::Environment;
use freehold_model::FaultCode;

use super::order::{Order, is_plain_name};
use super::run::{self, Run};
use super::setup::Elevation;
use super::surroundings::Surroundings;

/// One step: what it does, and the commands that do it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    text: String,
    orders: Vec<Order>,
}

/// The way to an engine.
pub(crate) struct Guide {
    system: String,
    situation: EngineSituation,
    steps: Vec<Step>,
    is_root: bool,
}

impl Guide {
    /// The guide for this machine, where the engine fails with this fault.
    pub(crate) fn for_this_machine(environment: &Environment, fault: FaultCode) -> Self {
        Self::new(&Surroundings::look(environment), fault)
    }

    fn new(here: &Surroundings, fault: FaultCode) -> Self {
        let situation = situation(here, fault);
        Self {
            system: system(here),
            situation,
            steps: match situation {
                EngineSituation::Missing => install(here),
                EngineSituation::Stopped => start(here).into_iter().chain(let_in(here, false)).collect(),
                EngineSituation::Denied => let_in(here, false),
            },
            is_root: here.is_root,
        }
    }

    /// What Freehold would run, in order.
    pub(super) fn runs(&self, elevation: &Elevation) -> Result<Vec<Run>, String> {
        let orders: Vec<Order> = self.steps.iter().flat_map(|step| step.orders.clone()).collect();
        run::plan(&orders, elevation)
    }

    /// As the window shows it.
    pub(crate) fn view(&self, elevation: &Elevation) -> EngineGuide {
        let (runs, runs_how) = match self.runs(elevation) {
            Ok(runs) => {
                let how = run::how(&runs);
                (runs.iter().map(Run::shown).collect(), how)
            }
            Err(why_not) => (Vec::new(), why_not),
        };
        let steps = self.steps.iter().map(|step| GuideStep {
            text: step.text.clone(),
            command: (!step.orders.is_empty()).then(|| {
                let typed: Vec<String> = step.orders.iter().map(|order| order.typed(self.is_root)).collect();
                typed.join(" && ")
            }),
        });
        EngineGuide {
            system: self.system.clone(),
            situation: self.situation,
            steps: steps.collect(),
            runs,
            runs_how,
        }
    }
}

fn step(text: impl Into<String>, orders: impl IntoIterator<Item = Order>) -> Step {
    Step {
        text: text.into(),
        orders: orders.into_iter().collect(),
    }
}

fn situation(here: &Surroundings, fault: FaultCode) -> EngineSituation {
    let is_installed = match here.os {
        "macos" => here.has("colima"),
        "windows" => here.has("podman"),
        _ => here.has("dockerd") || here.has("podman"),
    };
    match fault {
        FaultCode::EnginePermission => EngineSituation::Denied,
        _ if is_installed => EngineSituation::Stopped,
        _ => EngineSituation::Missing,
    }
}

fn system(here: &Surroundings) -> String {
    let fallback = match here.os {
        "macos" => "macOS",
        "windows" => "Windows",
        "linux" => "Linux",
        other => other,
    };
    here.release_value("PRETTY_NAME").unwrap_or(fallback).to_owned()
}

/// How to install one, start it and be let in.
fn install(here: &Surroundings) -> Vec<Step> {
    let docker = |orders: Vec<Order>| {
        let mut steps = vec![step("Install Docker", orders)];
        steps.extend(start_docker(here));
        steps.extend(let_in(here, true));
        steps
    };
    match here.os {
        "linux" if here.is_like(&["debian", "ubuntu"]) => docker(vec![
            Order::root("apt-get update"),
            Order::root("apt-get install --yes docker.io acl"),
        ]),
        "linux" if here.is_like(&["fedora", "rhel"]) => {
            let mut steps = vec![step("Install Podman", [Order::root("dnf install --assumeyes podman")])];
            steps.extend(start_podman(here));
            steps
        }
        "linux" if here.is_like(&["arch"]) => docker(vec![Order::root("pacman -S --needed --noconfirm docker acl")]),
        "linux" if here.is_like(&["suse", "opensuse"]) => {
            docker(vec![Order::root("zypper --non-interactive install docker acl")])
        }
        "macos" => vec![
            step(
                "Install Colima and the Docker client",
                [Order::user("brew install colima docker")],
            ),
            step("Start it", [Order::user("colima start --cpu 2 --memory 4 --disk 100")]),
        ],
        "windows" => vec![
            step(
                "Install Podman",
                [Order::user(
                    "winget install --exact --id RedHat.Podman --accept-source-agreements --accept-package-agreements",
                )],
            ),
            step(
                "Make and start its machine, in a new terminal",
                [Order::user("podman machine init"), Order::user("podman machine start")],
            ),
        ],
        _ => vec![step(
            "Install Docker Engine 20.10 or later, or Podman 4.3 or later, with your system's package manager, and start its service",
            [],
        )],
    }
}

/// How to start one that is installed.
fn start(here: &Surroundings) -> Vec<Step> {
    match here.os {
        "macos" => vec![step("Start Colima", [Order::user("colima start")])],
        "windows" => vec![step("Start Podman's machine", [Order::user("podman machine start")])],
        _ if here.has("dockerd") => start_docker(here),
        _ => start_podman(here),
    }
}

fn start_docker(here: &Surroundings) -> Vec<Step> {
    // Without systemd the service is started by the older script; a package that is yet to be installed brings it.
    if here.has_systemd || !here.has("service") {
        vec![step(
            "Start Docker now and at every boot",
            [Order::root("systemctl enable --now docker")],
        )]
    } else {
        vec![step("Start Docker", [Order::root("service docker start")])]
    }
}

fn start_podman(here: &Surroundings) -> Vec<Step> {
    if here.has_systemd {
        vec![step(
            "Start Podman's service for your user, now and at every login",
            [Order::user("systemctl --user enable --now podman.socket")],
        )]
    } else {
        // Freehold starts the service itself where the program is there.
        Vec::new()
    }
}

/// How the user is let in. Root may use the socket as it is.
fn let_in(here: &Surroundings, brings_acl: bool) -> Vec<Step> {
    if here.os != "linux" || here.is_root || (here.has("podman") && !here.has("dockerd") && !brings_acl) {
        return Vec::new();
    }
    let user = &here.user;
    if !is_plain_name(user) {
        let text = "Add your user to the group `docker` (its members can act as root), then log out and in again";
        return vec![step(text, [])];
    }
    let mut steps = Vec::new();
    if !here.is_in_docker_group() {
        steps.push(step(
            format!("Let the user {user} use Docker from the next login on. Members of this group can act as root"),
            [Order::root(&format!("usermod -aG docker {user}"))],
        ));
    }
    if brings_acl || here.has("setfacl") {
        steps.push(step(
            format!("Let {user} in at once, until the machine is started again, so that nobody has to log out now"),
            [Order::root(&format!("setfacl -m u:{user}:rw /run/docker.sock"))],
        ));
    } else {
        steps.push(step("Log out and in again, so that the group counts", []));
    }
    steps
}

#[cfg(test)]
mod tests;
