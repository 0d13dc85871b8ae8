//! `cargo xtask bench`: the budgets of the design, measured as ratios in one run on one machine.
//!
//! An absolute figure says more about the machine than about Freehold, so that every figure here is compared with
//! something that anybody can run beside it. Each prints its method with it.

mod adoption;
mod cold_start;
mod cpu;
mod fleet;
mod freehold;
mod listener;
mod pull;
mod report;
mod supervise;
mod watching;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::app::{self, Build};
use crate::cli::{Bench, BenchArgs, Set};
use crate::engine::{self, Engine};
use crate::images::{self, Images};
use crate::session::Session;
use crate::steps::Steps;
use crate::system::{self, Purpose};
use crate::{files, node, ui};

use self::report::Report;

/// Engine, packages, interface, programs; then each figure is a step.
const STEPS: usize = 4 + images::STEPS;

/// What every figure is measured with.
#[derive(Debug)]
struct Setting<'a> {
    session: &'a Session,
    args: &'a BenchArgs,
    engine: &'a Engine,
    images: &'a Images,
}

pub(crate) fn bench(args: &BenchArgs) -> Result<ExitCode> {
    let session = Session::start(&args.answers)?;
    let all = [Bench::Pull, Bench::ColdStart, Bench::Supervise];
    let which: Vec<Bench> = all
        .into_iter()
        .filter(|one| args.which.is_empty() || args.which.contains(one))
        .collect();
    let window = which.contains(&Bench::ColdStart);
    let mut steps = Steps::new(STEPS + which.len());
    let places = &session.places;

    steps.step("Installing what is missing on this machine", |notes| {
        let purposes = [
            Purpose::Core,
            Purpose::Ui,
            Purpose::Images,
            Purpose::Window,
            Purpose::Journeys,
        ];
        let purposes = if window { &purposes[..] } else { &purposes[..3] };
        system::prepare(&session, purposes, notes)
    })?;
    let engine = steps.step("Looking for a container engine", |notes| {
        engine::ensure(&session, None, notes)?.context("the figures need a container engine")
    })?;
    let images = images::build(&session, &mut steps, Set::Default, false)?;
    steps.step("Building the interface", |notes| {
        let node = node::ensure(places, notes)?;
        ui::install(places, &node, notes)?;
        ui::build(places, &node, notes)
    })?;
    steps.step("Building Freehold with optimisations", |_| {
        app::build(places, Build { window, release: true })
    })?;

    let setting = Setting {
        session: &session,
        args,
        engine: &engine,
        images: &images,
    };
    let mut reports = Vec::new();
    for one in which {
        let report = match one {
            Bench::Pull => steps.step("Measuring an installation from the registry", |notes| {
                pull::measure(&setting, notes)
            }),
            Bench::ColdStart => steps.step("Measuring the cold start", |notes| cold_start::measure(&setting, notes)),
            Bench::Supervise => steps.step("Measuring what watching nodes costs", |notes| {
                supervise::measure(&setting, notes)
            }),
        };
        // One figure that cannot be taken must not hide the others.
        reports.push(report.unwrap_or_else(|error| Report::failed(one, &error)));
    }
    tell(&setting, &reports)?;
    let met = reports.iter().all(Report::is_met);
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints the reports, and writes them as text and as JSON.
fn tell(setting: &Setting<'_>, reports: &[Report]) -> Result<()> {
    let text: Vec<String> = reports.iter().map(Report::to_string).collect();
    let text = text.join("\n");
    let version = engine::get(&setting.engine.url, "/version")?;
    let json = json!({
        "schema_version": 1,
        "system": setting.session.system.to_string(),
        "cores": std::thread::available_parallelism().map_or(Value::Null, |cores| cores.get().into()),
        "engine": version.get("Version"),
        "met": reports.iter().all(Report::is_met),
        "reports": reports.iter().map(Report::json).collect::<Vec<_>>(),
    });
    let folder = setting.session.places.artifacts();
    files::write(&folder.join("bench.txt"), text.as_bytes())?;
    files::write(&folder.join("bench.json"), format!("{json:#}\n").as_bytes())?;
    println!(
        "\n{text}\nwritten to {} and bench.json beside it",
        folder.join("bench.txt").display()
    );
    Ok(())
}
