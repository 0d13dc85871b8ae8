//! `cargo xtask images`: real node programs, built here from package registries, as images in a local registry.
//!
//! The images keep to the conventions of the upstream images that the catalog names (programs on the path, data folder,
//! ports), so that the catalog entry itself is what gets tested; only repository, tag and digest are laid over it. An
//! image is written and pushed without any container engine, with fixed times and order: the same programs give the same
//! digest. What there is to build stands in `recipes`, one file per program.

mod bitcoin_core;
mod cache;
mod crates;
mod debian;
mod hashes;
mod layers;
mod libraries;
mod npm;
mod oci;
mod overlay;
mod parts;
mod programs;
mod push;
mod recipe;
mod recipes;
mod stored;
mod tar;

use std::collections::BTreeSet;
use std::env::consts::ARCH;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use self::cache::Built;
pub(crate) use self::debian::unpack_package;
use self::oci::Image;
use self::overlay::Pushed;
use self::parts::Parts;
use self::programs::Builder;
use self::recipe::Recipe;
use crate::cli::{ImagesArgs, Set};
use crate::registry::{self, Registry};
use crate::session::Session;
use crate::steps::{Notes, Steps};
use crate::system::{self, Purpose, System};
use crate::{lock, node};

/// How many numbered steps [`build`] takes.
pub(crate) const STEPS: usize = 4;

/// What the rest of the program, the tests and the app need to know about the images.
#[derive(Debug)]
pub(crate) struct Images {
    /// The catalog overlay folder, for `--catalog`.
    pub(crate) overlay: PathBuf,
    /// The machine-readable record of everything that was built.
    pub(crate) record: PathBuf,
    /// The folder of Bitcoin Core's programs, for tests that run them here.
    pub(crate) programs: PathBuf,
    /// Bitcoin Core's image as `HOST:PORT/REPOSITORY@DIGEST`.
    pub(crate) reference: String,
    pub(crate) registry: Registry,
}

/// Runs `cargo xtask images`.
pub(crate) fn command(args: &ImagesArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let mut steps = Steps::new(STEPS);
    let images = build(&session, &mut steps, args.set, args.force)?;
    println!("\nReady after {}.", steps.elapsed());
    println!("overlay  {}", images.overlay.display());
    println!("record   {}", images.record.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds, pushes and writes the overlay; everything that is there already is kept.
pub(crate) fn build(session: &Session, steps: &mut Steps, set: Set, force: bool) -> Result<Images> {
    if !session.system.installs() {
        bail!(
            "node images can be built on Debian and Ubuntu only; this is {}",
            session.system
        );
    }
    let places = &session.places;
    let (lock, node) = steps.step("Checking what the node images are built with", |notes| {
        let lock = lock::cache(places, notes)?;
        let purposes = [Purpose::Images, Purpose::Ui, Purpose::MoreImages];
        system::prepare(
            session,
            if set == Set::Default { &purposes[..2] } else { &purposes },
            notes,
        )?;
        Ok((lock, node::ensure(places, notes)?))
    })?;
    let built = steps.step("Building the node programs", |notes| {
        let mut builder = Builder {
            places,
            node: &node,
            force,
            done: BTreeSet::new(),
        };
        programs_of(session, set, &mut builder, notes)
    })?;
    let (registry, images) = steps.step("Pushing the images to the local registry", |notes| {
        let registry = registry::ensure(places, notes)?;
        let mut images = Vec::new();
        for (recipe, built) in built {
            let parts = Parts::gather(recipe, &built, &node)?;
            images.push(push(session, &registry, recipe, built, &parts, notes)?);
        }
        Ok((registry, images))
    })?;
    let written = steps.step("Writing the catalog overlay", |notes| {
        let written = overlay::write(places, &registry.address, &images)?;
        let named = images.iter().filter(|image| image.is_in_catalog(places)).count();
        notes.say(&format!(
            "{} images, {named} of them for catalog entries.",
            images.len()
        ));
        Ok(written)
    })?;
    drop(lock);
    let first = images.first().context("there is at least one recipe")?;
    Ok(Images {
        overlay: written.overlay,
        record: written.record,
        programs: first.built.folder.clone(),
        reference: first.reference(&registry.address),
        registry,
    })
}

/// The programs of a set, and of other recipes what an earlier run built: a release check builds everything once, and
/// the tests after it ask for the default set only.
fn programs_of<'r>(
    session: &Session,
    set: Set,
    builder: &mut Builder<'_>,
    notes: &Notes,
) -> Result<Vec<(&'r Recipe, Built)>> {
    let mut all = Vec::new();
    for recipe in recipes::ALL {
        if !recipe.on_arm && ARCH != "x86_64" {
            notes.say(&format!("{}: there is none for this processor.", recipe.name()));
        } else if recipe.set > set {
            all.extend(cache::find(builder.places, recipe).map(|built| (recipe, built)));
        } else {
            match builder.programs(recipe, notes) {
                Ok(built) => all.push((recipe, built)),
                // Recipes are tried on Debian 12. Elsewhere a missing one must not take the others along.
                Err(error) if session.system != System::Debian && !all.is_empty() => {
                    notes.say(&format!("{} is left out: {error:#}", recipe.name()));
                }
                Err(error) => return Err(error),
            }
        }
    }
    notes.say(&format!("{} programs are in the cache.", all.len()));
    Ok(all)
}

/// Packs and pushes one image, unless the registry has it from the same files.
fn push<'r>(
    session: &Session,
    registry: &Registry,
    recipe: &'r Recipe,
    built: Built,
    parts: &Parts,
    notes: &Notes,
) -> Result<Pushed<'r>> {
    let places = &session.places;
    let tag = recipe.tag.unwrap_or(&built.version).to_owned();
    let fingerprint = parts.fingerprint(recipe, &tag, &built)?;
    let known = stored::digest(places, &fingerprint);
    let known = known.filter(|digest| push::has(&registry.address, recipe.repository, &tag, digest).unwrap_or(false));
    let digest = if let Some(digest) = known {
        digest
    } else {
        let image = Image::assemble(recipe, &built.version, &layers::layers(recipe, parts)?, places)?;
        push::push(&registry.address, recipe.repository, &tag, &image, notes)?;
        stored::remember(places, &fingerprint, image.digest())?;
        image.digest().to_owned()
    };
    Ok(Pushed {
        recipe,
        built,
        tag,
        digest,
    })
}
