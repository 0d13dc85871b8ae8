//! `cargo xtask run`: from a fresh machine to the open window, or to a link where there is no display.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::app::{self, Build};
use crate::cli::{PassThrough, RunArgs, Set};
use crate::engine::{self, Engine};
use crate::process::Program;
use crate::session::Session;
use crate::steps::{Notes, Steps};
use crate::system::{self, Purpose};
use crate::{display, images, node, platform, reachable, ui};

/// The steps that are always taken: packages, engine, registry, interface's packages, interface, programs.
const STEPS: usize = 6;

/// Where the browser's server listens: loopback only, any free port.
const LISTEN: &str = "127.0.0.1:0";

/// Sets up, builds, and becomes the window or the server.
pub(crate) fn run(args: &RunArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let why_no_window = why_no_window(args.serve, display::is_there());
    let window = why_no_window.is_none();
    let mut steps = Steps::new(STEPS + if args.local_images { images::STEPS } else { 0 });

    steps.step("Installing what is missing on this machine", |notes| {
        notes.say(&format!("This is {}.", session.system));
        let purposes: &[Purpose] = if window {
            &[Purpose::Core, Purpose::Ui, Purpose::Window]
        } else {
            &[Purpose::Core, Purpose::Ui]
        };
        system::prepare(&session, purposes, notes)
    })?;
    let engine = steps.step("Looking for a container engine", |notes| {
        engine::ensure(&session, args.pass.engine.as_deref(), notes)
    })?;
    let local = steps.step("Looking for the registry that node images come from", |notes| {
        wants_local_images(&session, args, engine.as_ref(), notes)
    })?;
    let mut pass = args.pass.clone();
    if local {
        if !args.local_images {
            steps.add(images::STEPS);
        }
        let images = images::build(&session, &mut steps, Set::Default, false)?;
        pass.catalog = Some(images.overlay);
    }
    build(
        &session,
        &mut steps,
        Build {
            window,
            release: args.release,
        },
    )?;

    println!();
    let program = match why_no_window {
        None => Program::new(app::desktop(&session.places, args.release)).args(arguments(&pass)),
        Some(why) => {
            println!("{why} The same interface is served to a browser on this machine; open the link below.");
            let serve = Program::new(app::cli(&session.places, args.release)).args(arguments(&pass));
            serve.args(["serve", "--listen", LISTEN])
        }
    };
    platform::replace_with(&program)
}

/// Builds the interface and the programs around it.
fn build(session: &Session, steps: &mut Steps, build: Build) -> Result<()> {
    let places = &session.places;
    let node = steps.step("Installing the interface's packages", |notes| {
        let node = node::ensure(places, notes)?;
        ui::install(places, &node, notes)?;
        Ok(node)
    })?;
    steps.step("Building the interface", |notes| ui::build(places, &node, notes))?;
    steps.step("Building Freehold", |_| app::build(places, build))
}

/// Why a browser is used instead of a window, in one sentence; `None` where a window can be opened.
fn why_no_window(serve: bool, display: bool) -> Option<&'static str> {
    match (serve, display) {
        (true, _) => Some("No window is opened, because --serve was given."),
        (false, false) => Some("No window is opened, because neither DISPLAY nor WAYLAND_DISPLAY is set."),
        (false, true) => None,
    }
}

/// Whether the node images are built here: because it was asked for, or because no registry answers and that is fine.
fn wants_local_images(session: &Session, args: &RunArgs, engine: Option<&Engine>, notes: &Notes) -> Result<bool> {
    if args.local_images {
        notes.say("Node images are built here, because --local-images was given.");
        return Ok(true);
    }
    if args.pass.catalog.is_some() {
        notes.say("The catalog folder that was given says where images come from.");
        return Ok(false);
    }
    let Some(reach) = reachable::catalog_registry(&session.places)? else {
        notes.say("The catalog names no registry that could be asked.");
        return Ok(false);
    };
    if reach.answers {
        notes.say(&format!("{} answers.", reach.host));
        return Ok(false);
    }
    notes.say(&format!(
        "{} does not answer, so that its images cannot be pulled on this machine.",
        reach.host
    ));
    if engine.is_none() || !session.system.installs() {
        return Ok(false);
    }
    session
        .consent
        .ask("Build the node programs here from package registries (some 8 minutes, once) and use those images?")
}

/// The options that both programs take, as they were given.
fn arguments(pass: &PassThrough) -> Vec<std::ffi::OsString> {
    let folders = [
        ("--data-dir", &pass.data_dir),
        ("--home", &pass.home),
        ("--catalog", &pass.catalog),
    ];
    let folders = folders
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.clone()?)));
    // The program starts in the folder where the person typed the command, so that relative paths keep their meaning.
    let mut arguments: Vec<_> = folders
        .flat_map(|(name, folder)| [name.into(), PathBuf::into_os_string(folder)])
        .collect();
    if let Some(engine) = &pass.engine {
        arguments.extend(["--engine".into(), engine.into()]);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_handed_on_as_they_were_given() {
        let pass = PassThrough {
            data_dir: Some("/d".into()),
            home: None,
            engine: Some("unix:///e.sock".to_owned()),
            catalog: Some("/c d".into()),
        };
        assert_eq!(
            arguments(&pass),
            ["--data-dir", "/d", "--catalog", "/c d", "--engine", "unix:///e.sock"]
        );
        assert!(arguments(&PassThrough::default()).is_empty());
    }

    #[test]
    fn a_reason_is_given_where_no_window_opens() {
        assert_eq!(why_no_window(false, true), None);
        assert!(why_no_window(false, false).unwrap().contains("DISPLAY"));
        assert!(why_no_window(true, true).unwrap().contains("--serve"));
    }
}
