//! How long an installation from the registry takes, against pulling and running with the engine's own command line.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::fleet::docker;
use super::freehold::Freehold;
use super::report::{Figure, Report, median};
use super::{Bench, Setting};
use crate::process::{A_MOMENT, AN_HOUR};
use crate::steps::Notes;

/// Named so that a container that a killed run left behind is found and replaced.
const CONTAINER: &str = "freehold-bench-pull";

pub(super) fn measure(setting: &Setting<'_>, notes: &Notes) -> Result<Report> {
    let (mut ours, mut theirs, mut pulls) = (Vec::new(), Vec::new(), Vec::new());
    // Turn and turn about, so that a slow minute of the machine hits both sides.
    for at in 1..=setting.args.repeats {
        notes.say(&format!("Round {at} of {}", setting.args.repeats));
        let (pull, all) = with_docker(setting)?;
        pulls.push(pull);
        theirs.push(all);
        ours.push(with_freehold(setting)?);
    }
    let method = "the image is removed before each round, both sides pull the same digest from the same registry on this \
                  machine and start one container of it; host and data folder of Freehold are new each time";
    let ratio = median(&ours).as_secs_f64() / median(&theirs).as_secs_f64().max(f64::EPSILON);
    let figures = vec![
        Figure::new("freehold install against docker pull and docker run", ratio, "x").at_most(1.0),
        Figure::of_times("freehold install --wait started", &ours),
        Figure::of_times("docker pull and docker run", &theirs),
        Figure::of_times("docker pull alone", &pulls),
    ];
    Ok(Report::new(Bench::Pull, figures, method))
}

/// The time of the pull alone, and with the start of a container.
fn with_docker(setting: &Setting<'_>) -> Result<(Duration, Duration)> {
    let docker = || docker(&setting.engine.url);
    remove_image(setting);
    let begun = Instant::now();
    docker()
        .args(["pull", "--quiet", &setting.images.reference])
        .output(AN_HOUR)?;
    let pulled = begun.elapsed();
    let run = docker().args([
        "run",
        "--detach",
        "--name",
        CONTAINER,
        &setting.images.reference,
        "-regtest",
    ]);
    let ran = run.output(AN_HOUR);
    let all = begun.elapsed();
    docker()
        .args(["rm", "--force", "--volumes", CONTAINER])
        .output(AN_HOUR)?;
    ran?;
    Ok((pulled, all))
}

fn with_freehold(setting: &Setting<'_>) -> Result<Duration> {
    remove_image(setting);
    let freehold = Freehold::new(setting, "pull")?;
    let begun = Instant::now();
    let installed = freehold.install("bench-pull");
    let time = begun.elapsed();
    let erased = freehold.erase("bench-pull");
    installed?;
    erased?;
    Ok(time)
}

/// An image that is not there is as good as removed.
fn remove_image(setting: &Setting<'_>) {
    let docker = || docker(&setting.engine.url);
    let _no_container = docker()
        .args(["rm", "--force", "--volumes", CONTAINER])
        .output(A_MOMENT);
    let _no_image = docker()
        .args(["image", "rm", "--force", &setting.images.reference])
        .output(A_MOMENT);
}
