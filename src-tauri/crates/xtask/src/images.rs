//! `cargo xtask images`: real node programs, built here from package registries, as images in a local registry.
//!
//! The images keep to the conventions of the upstream images that the catalog names (entrypoint, user, data folder,
//! ports), so that the catalog entry itself is what gets tested; only repository, tag and digest are laid over it. An
//! image is written and pushed without any container engine, with fixed times and order: the same programs give the same
//! digest.

mod bitcoin_core;
mod layers;
mod libraries;
mod oci;
mod overlay;
mod push;
mod recipe;
mod tar;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::cli::ImagesArgs;
use crate::lock;
use crate::registry::{self, Registry};
use crate::session::Session;
use crate::steps::Steps;
use crate::system::{self, Purpose};

/// How many numbered steps [`build`] takes.
pub(crate) const STEPS: usize = 4;

/// What the rest of the program, the tests and the app need to know about the images.
#[derive(Debug)]
pub(crate) struct Images {
    /// The catalog overlay folder, for `--catalog`.
    pub(crate) overlay: PathBuf,
    /// The machine-readable record of everything that was built.
    pub(crate) record: PathBuf,
    /// The folder of the programs that went into the image, for tests that run them here.
    pub(crate) programs: PathBuf,
    /// `HOST:PORT/REPOSITORY@DIGEST`
    pub(crate) reference: String,
    pub(crate) registry: Registry,
}

/// Runs `cargo xtask images`.
pub(crate) fn command(args: &ImagesArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let mut steps = Steps::new(STEPS);
    let images = build(&session, &mut steps, args.force)?;
    println!("\nReady after {}.", steps.elapsed());
    println!("image    {}", images.reference);
    println!("overlay  {}", images.overlay.display());
    println!("record   {}", images.record.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds, pushes and writes the overlay; everything that is there already is kept.
pub(crate) fn build(session: &Session, steps: &mut Steps, force: bool) -> Result<Images> {
    if !session.system.installs() {
        bail!(
            "node images can be built on Debian and Ubuntu only; this is {}",
            session.system
        );
    }
    let places = &session.places;
    let lock = steps.step("Checking what the node images are built with", |notes| {
        let lock = lock::cache(places, notes)?;
        system::prepare(session, &[Purpose::Images], notes)?;
        Ok(lock)
    })?;
    let programs = steps.step(&format!("Building Bitcoin Core {}", recipe::VERSION), |notes| {
        bitcoin_core::programs(places, force, notes)
    })?;
    let (registry, image) = steps.step("Pushing the image to the local registry", |notes| {
        let registry = registry::ensure(places, notes)?;
        let image = oci::Image::assemble(&layers::layers(&programs)?, places)?;
        push::push(&registry.address, recipe::REPOSITORY, recipe::TAG, &image, notes)?;
        Ok((registry, image))
    })?;
    let written = steps.step("Writing the catalog overlay", |notes| {
        let written = overlay::write(places, &registry.address, &image, &programs)?;
        notes.say(&format!("{}", written.overlay.display()));
        Ok(written)
    })?;
    drop(lock);
    let reference = format!("{}/{}@{}", registry.address, recipe::REPOSITORY, image.digest());
    Ok(Images {
        overlay: written.overlay,
        record: written.record,
        programs: programs.folder,
        reference,
        registry,
    })
}
