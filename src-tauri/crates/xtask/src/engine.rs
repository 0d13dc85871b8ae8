//! Finds the container engine that answers, or installs and starts one where the person agrees.
//!
//! An engine answers when `/_ping` does: a socket file alone proves nothing, it stays behind when an engine dies.

mod candidates;
mod start;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

pub(crate) use start::stop;

use crate::cli::EngineArgs;
use crate::http::{self, Request, Response};
use crate::platform;
use crate::process::{A_MOMENT, Program};
use crate::session::Session;
use crate::steps::{Notes, Steps};
use crate::system::{EngineFact, Shell, engine_commands, on_path, systemd_runs};

/// An engine that answers.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    pub(crate) url: String,
    /// Whether this run started it.
    pub(crate) started_here: bool,
}

/// What the search came to.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Answers(String),
    Denied(PathBuf),
    Nothing,
}

/// Runs `cargo xtask engine`: the part of the set-up that brings an engine, on its own.
pub(crate) fn command(args: &EngineArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let engine = Steps::new(1).step("Looking for a container engine", |notes| ensure(&session, None, notes))?;
    Ok(if engine.is_some() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Returns the engine to use; `None` where there is none and the person does not want one, which is said with the
/// commands that would bring one.
pub(crate) fn ensure(session: &Session, given: Option<&str>, notes: &Notes) -> Result<Option<Engine>> {
    if let Some(url) = given {
        // A named engine is used or refused, never replaced by another.
        return match ping(url) {
            Found::Answers(url) => Ok(Some(Engine {
                url,
                started_here: false,
            })),
            Found::Denied(socket) => Ok(denied(session, &socket, notes)),
            Found::Nothing => bail!("no container engine answers at {url}"),
        };
    }
    match find() {
        Found::Answers(url) => {
            notes.say(&format!("The engine answers at {url}."));
            return Ok(Some(Engine {
                url,
                started_here: false,
            }));
        }
        Found::Denied(socket) => return Ok(denied(session, &socket, notes)),
        Found::Nothing => {}
    }
    if let Some(host) = candidates::chosen(&|name| std::env::var(name).ok()) {
        // Another engine would be one that the person did not choose, and would not be found again either.
        notes.say(&format!(
            "DOCKER_HOST names {host}, where no engine answers; unset it to use this machine's own."
        ));
        return Ok(None);
    }
    let installed = on_path("dockerd").is_some();
    let question = if installed {
        "No container engine answers. Start Docker?"
    } else {
        "No container engine answers. Install Docker (package docker.io) and start it?"
    };
    if !session.system.installs() || !session.consent.ask(question)? {
        notes.say("Without a container engine no node can be installed. These commands bring one:");
        let known = installed || on_path("docker").is_some() || on_path("podman").is_some();
        show(
            session,
            &if known { EngineFact::Silent } else { EngineFact::Missing },
            notes,
        );
        return Ok(None);
    }
    start::start(session, notes)?;
    match find() {
        Found::Answers(url) => Ok(Some(Engine {
            url,
            started_here: true,
        })),
        Found::Denied(socket) => Ok(denied(session, &socket, notes)),
        Found::Nothing => bail!("the container engine was started, but does not answer"),
    }
}

/// Whether an engine answers there and lets this user in.
pub(crate) fn answers(url: &str) -> bool {
    matches!(ping(url), Found::Answers(_))
}

/// Asks an engine something and returns its JSON.
pub(crate) fn get(url: &str, path: &str) -> Result<Value> {
    let response = request(url, path).with_context(|| format!("the engine at {url} cannot be asked"))??;
    if response.status != 200 {
        bail!("the engine at {url} answered {path} with status {}", response.status);
    }
    serde_json::from_slice(&response.body).with_context(|| format!("the engine's answer to {path} is not JSON"))
}

fn find() -> Found {
    let var = |name: &str| std::env::var(name).ok();
    let mut denied = None;
    for url in candidates::candidates(&var) {
        match ping(&url) {
            Found::Answers(url) => return Found::Answers(url),
            Found::Denied(socket) => denied = denied.or(Some(socket)),
            Found::Nothing => {}
        }
    }
    denied.map_or(Found::Nothing, Found::Denied)
}

fn ping(url: &str) -> Found {
    match request(url, "/_ping") {
        Ok(Ok(response)) if response.status == 200 => Found::Answers(url.to_owned()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Found::Denied(PathBuf::from(url.trim_start_matches("unix://")))
        }
        // Pipes and tunnels are spoken by Docker's own command line; an engine there is asked through it.
        Err(error) if error.kind() == ErrorKind::Unsupported => {
            let docker = Program::new("docker").args(["--host", url, "version"]);
            if docker.succeeds(A_MOMENT) {
                Found::Answers(url.to_owned())
            } else {
                Found::Nothing
            }
        }
        Ok(_) | Err(_) => Found::Nothing,
    }
}

/// The outer error is the connection's, so that a refusal can be told from an absence.
fn request(url: &str, path: &str) -> std::io::Result<Result<Response>> {
    if let Some(socket) = url.strip_prefix("unix://") {
        return platform::socket_request(Path::new(socket), &Request::get(path));
    }
    if let Some(address) = url.strip_prefix("tcp://").or_else(|| url.strip_prefix("http://")) {
        return Ok(http::over_tcp(&Request {
            host: address.trim_end_matches('/'),
            ..Request::get(path)
        }));
    }
    Err(ErrorKind::Unsupported.into())
}

fn denied(session: &Session, socket: &Path, notes: &Notes) -> Option<Engine> {
    notes.say(&format!(
        "An engine runs, but this user may not use {}. These commands allow it:",
        socket.display()
    ));
    show(session, &EngineFact::Denied, notes);
    None
}

fn show(session: &Session, fact: &EngineFact, notes: &Notes) {
    let user = (!platform::is_root()).then(platform::user_name);
    let shell = Shell {
        user: user.as_deref(),
        systemd: systemd_runs(),
    };
    for command in engine_commands(&session.system, fact, shell) {
        notes.say(&format!("  {command}"));
    }
}
