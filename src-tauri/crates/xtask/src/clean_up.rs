//! `cargo xtask clean-up`: stops what earlier runs started and left running, by its process record only.

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::CleanUpArgs;
use crate::session::Session;
use crate::steps::Steps;
use crate::{engine, files, lock, registry};

/// Stops the registry and the engine that we started; an engine of the system's own is left alone.
pub(crate) fn clean_up(args: &CleanUpArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let places = &session.places;
    let mut steps = Steps::new(if args.cache { 3 } else { 2 });
    // Another run may be using what would be stopped.
    let lock = steps.step("Stopping the registry", |notes| {
        let lock = lock::cache(places, notes)?;
        notes.say(if registry::stop(places)? {
            "It was stopped."
        } else {
            "None of ours runs."
        });
        Ok(lock)
    })?;
    steps.step("Stopping the container engine, with every container in it", |notes| {
        notes.say(if engine::stop(places)? {
            "It was stopped."
        } else {
            "None of ours runs."
        });
        Ok(())
    })?;
    drop(lock);
    if args.cache {
        steps.step("Deleting the cache", |notes| {
            let question = format!("Delete {}, with the compiled node programs?", places.cache.display());
            if !session.consent.ask(&question)? {
                return Ok(());
            }
            files::remove_dir(&places.cache)?;
            notes.say("It was deleted.");
            Ok(())
        })?;
    }
    Ok(ExitCode::SUCCESS)
}
