//! `cargo xtask test`: the same set-up as `run` plus what tests need, then every test, then one line that says how many.
//!
//! Tests learn about the machine from variables alone (see [`Real::variables`]). `--fast` sets none of them: what needs an
//! engine, a display or a browser is then left out by the tests themselves.

mod counting;
mod developer_tools;
pub(crate) mod leftovers;
mod node_programs;
mod on_podman;
mod real;
mod specter;
mod tools;
mod wallet_programs;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use self::counting::Counts;
use self::real::{Real, Started};
use crate::app::cargo;
use crate::cli::{Set, TestArgs};
use crate::display::Virtual;
use crate::engine::{self, Engine};
use crate::images::{self, Images};
use crate::node::{self, Node};
use crate::process::AN_HOUR;
use crate::session::Session;
use crate::steps::Steps;
use crate::system::{self, Purpose, on_path};
use crate::{files, ui};

/// Packages, interface (packages, check, tests, build), format, clippy, programs, tests.
const FAST_STEPS: usize = 9;
/// Engine, tools, wallets, and the look at what was left behind.
const DOCKER_STEPS: usize = 4;

/// Runs everything and prints the counts last, also when a step failed before the tests.
pub(crate) fn test(args: &TestArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let mut steps = Steps::new(count_steps(args));
    let mut counts = Counts::default();
    let outcome = everything(&session, args, &mut steps, &mut counts);
    if let Err(error) = &outcome {
        eprintln!("\nerror: {error:#}");
        // A step that fails outside the tests must not end in a line that claims that nothing failed.
        counts.failed = counts.failed.max(1);
    }
    println!("\nAll of this took {}.", steps.elapsed());
    println!("{counts}");
    Ok(if outcome.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn everything(session: &Session, args: &TestArgs, steps: &mut Steps, counts: &mut Counts) -> Result<()> {
    steps.step("Installing what is missing on this machine", |notes| {
        notes.say(&format!("This is {}.", session.system));
        let mut purposes = vec![Purpose::Core, Purpose::Ui, Purpose::Window];
        if !args.fast {
            purposes.extend([Purpose::Images, Purpose::Journeys]);
        }
        if !args.fast && !args.engine.podmans().is_empty() {
            purposes.push(Purpose::Podman);
        }
        system::prepare(session, &purposes, notes)
    })?;
    if args.fast {
        let checked = check(session, steps)?;
        return run_tests(session, args, steps, counts, &checked, None);
    }
    let mut started = Started::default();
    let outcome = with_engines(session, args, steps, counts, &mut started);
    if args.keep {
        return outcome;
    }
    let ended = started.end(session);
    outcome.and(ended)
}

/// Tests with each engine that was asked for, also after one with which a test failed.
fn with_engines(
    session: &Session,
    args: &TestArgs,
    steps: &mut Steps,
    counts: &mut Counts,
    started: &mut Started,
) -> Result<()> {
    let find = |steps: &mut Steps| {
        steps.step("Looking for a container engine", |notes| {
            let engine = engine::ensure(session, None, notes)?;
            engine.context("the tests need a container engine; `cargo xtask test --fast` does without")
        })
    };
    let docker = args.engine.has_docker().then(|| find(steps)).transpose()?;
    started.engine = docker.as_ref().is_some_and(|engine| engine.started_here);
    let images = images::build(session, steps, Set::Default, false)?;
    started.registry = images.registry.started_here;
    let mut outcome = match docker {
        Some(engine) => on_docker(session, args, steps, counts, engine, &images),
        None => check(session, steps).map(drop),
    };
    for mode in args.engine.podmans() {
        let tested = on_podman::test(&session.places, *mode, &images, &args.filters, steps, counts);
        outcome = outcome.and(tested);
    }
    outcome
}

/// Every test, with the engine that the person uses.
fn on_docker(
    session: &Session,
    args: &TestArgs,
    steps: &mut Steps,
    counts: &mut Counts,
    engine: Engine,
    images: &Images,
) -> Result<()> {
    let before = leftovers::owned(&engine.url)?;
    let tools = steps.step("Installing the driver of the window tests", |notes| {
        tools::ensure(&session.places, notes)
    })?;
    let wallets = steps.step("Fetching the wallets that tests run", |notes| {
        let mut wallets = wallet_programs::ensure(&session.places, notes)?;
        wallets.extend(developer_tools::ensure(&session.places, notes)?);
        wallets.extend(specter::ensure(&session.places, notes)?);
        Ok(wallets)
    })?;
    let real = Real {
        engine,
        images,
        tools,
        wallets,
        before,
    };
    let checked = check(session, steps)?;
    let tested = run_tests(session, args, steps, counts, &checked, Some(&real));
    // Looked at also after a failure: that is when something is most likely left.
    let clean = steps.step("Looking for what the tests left in the engine", |notes| {
        let left = leftovers::since(&real.before, &real.engine.url)?;
        if !left.is_empty() {
            // Said here as well, because an earlier failure is the error that ends the run.
            notes.say(&format!("Left behind: {}", left.join(", ")));
            bail!(
                "the tests left {} things behind in the engine: {}",
                left.len(),
                left.join(", ")
            );
        }
        notes.say("No container, network or volume of Freehold was left behind.");
        Ok(())
    });
    tested.and(clean)
}

/// Everything that is checked before a program runs; returns the Node.js that the rest uses.
fn check(session: &Session, steps: &mut Steps) -> Result<Node> {
    let places = &session.places;
    let node = steps.step("Installing the interface's packages", |notes| {
        let node = node::ensure(places, notes)?;
        ui::install(places, &node, notes)?;
        Ok(node)
    })?;
    steps.step("Checking the interface's types", |_| ui::script(places, &node, "check"))?;
    steps.step("Testing the interface", |_| ui::script(places, &node, "test"))?;
    steps.step("Building the interface", |notes| ui::build(places, &node, notes))?;
    let cargo = || cargo().in_folder(&places.root);
    steps.step("Checking the format", |_| {
        cargo().args(["fmt", "--all", "--check"]).stream(AN_HOUR)
    })?;
    steps.step("Checking with clippy", |_| {
        cargo()
            .args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
            .stream(AN_HOUR)
    })?;
    steps.step("Building Freehold", |_| {
        // The whole workspace at once, so that libraries are compiled with the features that the tests use as well.
        cargo().args(["build", "--workspace"]).stream(AN_HOUR)
    })?;
    Ok(node)
}

fn run_tests(
    session: &Session,
    args: &TestArgs,
    steps: &mut Steps,
    counts: &mut Counts,
    node: &Node,
    real: Option<&Real<'_>>,
) -> Result<()> {
    steps.step("Running the tests", |notes| {
        let mut program = cargo()
            .arg("test")
            .args(selection(&args.filters))
            .in_folder(&session.places.root);
        program = node.with_path(program);
        let mut display = None;
        if let Some(real) = real {
            let artifacts = session.places.artifacts();
            files::remove_dir(&artifacts)?;
            files::create_dir(&artifacts)?;
            let virtual_display = Virtual::start(&artifacts.join("xvfb.log"))?;
            notes.say(&format!(
                "Virtual display {}; screenshots in {}",
                virtual_display.name,
                artifacts.display()
            ));
            for (name, value) in real.variables(&session.places, &virtual_display.name, &artifacts)? {
                program = program.env(name, value);
            }
            display = Some(virtual_display);
            if on_path("dbus-run-session").is_some() {
                // The window's tray icon and its single instance need a session bus; the person's own is left alone.
                program = program.under("dbus-run-session", ["--"]);
            }
        }
        let ended = program.lines(2 * AN_HOUR, |line| {
            println!("{line}");
            counts.read(line);
        });
        drop(display);
        if counts.failed > 0 {
            bail!("tests that failed: {}", counts.failed);
        }
        ended
    })
}

/// The numbered steps of a run.
fn count_steps(args: &TestArgs) -> usize {
    if args.fast {
        return FAST_STEPS;
    }
    let podman = args.engine.podmans().len() * on_podman::STEPS;
    let docker = if args.engine.has_docker() { DOCKER_STEPS } else { 0 };
    FAST_STEPS + images::STEPS + docker + podman
}

/// What is handed to `cargo test`: the whole workspace, unless packages are named.
fn selection(filters: &[String]) -> Vec<String> {
    let named = filters.iter().take_while(|filter| *filter != "--");
    let named = named
        .into_iter()
        .any(|filter| filter == "-p" || filter.starts_with("--package"));
    let mut all = vec!["--no-fail-fast".to_owned()];
    if !named {
        all.push("--workspace".to_owned());
    }
    all.extend_from_slice(filters);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_workspace_is_tested_unless_a_package_is_named() {
        let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert!(selection(&[]).contains(&"--workspace".to_owned()));
        assert!(selection(&strings(&["ports", "--", "-p"])).contains(&"--workspace".to_owned()));
        assert!(!selection(&strings(&["-p", "freehold-plan"])).contains(&"--workspace".to_owned()));
    }
}
