//! How long it takes until the window takes input, against a Tauri window that holds nothing.
//!
//! Both programs say that they are ready in the same way: they create the file that `FREEHOLD_READY_FILE` names once the
//! page has been drawn and its first input handler is in place. Nothing else could tell from outside.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::report::{Figure, Report, median};
use super::{Bench, Setting};
use crate::app;
use crate::display::Virtual;
use crate::files;
use crate::process::{Program, end};
use crate::steps::Notes;
use crate::wait;

/// The variable that tells a window where to say that it takes input.
const READY_FILE: &str = "FREEHOLD_READY_FILE";
/// The example program of the desktop package that opens an empty window.
const EMPTY: &str = "empty-window";
const READY_WITHIN: Duration = Duration::from_mins(1);

pub(super) fn measure(setting: &Setting<'_>, notes: &Notes) -> Result<Report> {
    let places = &setting.session.places;
    let folder = places.state.join("bench").join("cold-start");
    files::remove_dir(&folder)?;
    files::create_dir(&folder.join("home"))?;
    app::build_example(places, EMPTY)?;
    let display = Virtual::start(&folder.join("xvfb.log"))?;

    let empty = Program::new(app::example(places, EMPTY));
    let window = Program::new(app::desktop(places, true)).args(["--engine", &setting.engine.url]);
    let window = window.arg("--home").arg(folder.join("home"));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for at in 1..=setting.args.repeats {
        notes.say(&format!("Round {at} of {}", setting.args.repeats));
        theirs.push(time_to_ready(&empty, &display, &folder)?);
        // A data folder of its own each time: a first start is the slowest one, and what people remember.
        let data = folder.join(format!("data-{at}"));
        ours.push(time_to_ready(
            &window.clone().arg("--data-dir").arg(data),
            &display,
            &folder,
        )?);
    }
    drop(display);
    let method = format!(
        "both optimised, in turns on a virtual display, from the start of the process until it creates the file that \
         {READY_FILE} names; the files are in the system's cache, the data folder is new"
    );
    let ratio = median(&ours).as_secs_f64() / median(&theirs).as_secs_f64().max(f64::EPSILON);
    let figures = vec![
        Figure::new("Freehold against an empty Tauri window", ratio, "x").at_most(1.5),
        Figure::of_times("Freehold", &ours),
        Figure::of_times("empty Tauri window", &theirs),
    ];
    Ok(Report::new(Bench::ColdStart, figures, method))
}

fn time_to_ready(program: &Program, display: &Virtual, folder: &Path) -> Result<Duration> {
    let (ready, log) = (folder.join("ready"), folder.join("window.log"));
    files::remove(&ready)?;
    let program = program
        .clone()
        .env("DISPLAY", &display.name)
        .env("GDK_BACKEND", "x11")
        .env(READY_FILE, &ready);
    let begun = Instant::now();
    let mut child = program.spawn(&log)?;
    let time = wait::until(READY_WITHIN, Duration::from_millis(2), || {
        if let Some(status) = child.try_wait()? {
            bail!("{program} ended ({status}): {}", files::tail(&log, 10));
        }
        Ok(ready.exists().then(|| begun.elapsed()))
    });
    end(&mut child);
    match time? {
        Some(time) => Ok(time),
        None => bail!("{program} was not ready within {} s", READY_WITHIN.as_secs()),
    }
}
