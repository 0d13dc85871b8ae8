//! `cargo xtask bench`: the budgets of the design, measured as ratios in one run on one machine.
//!
//! An absolute figure says more about the machine than about Freehold, so that every figure here is compared with
//! something that anybody can run beside it. Each prints its method with it.

mod cold_start;
mod cpu;
mod fleet;
mod freehold;
mod idle;
mod listener;
mod pull;
mod report;

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::app::{self, Build};
use crate::cli::{Bench, BenchArgs};
use crate::engine::{self, Engine};
use crate::images::{self, Images};
use crate::session::Session;
use crate::steps::Steps;
use crate::system::{self, Purpose};
use crate::{node, ui};

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
    let all = [Bench::Pull, Bench::ColdStart, Bench::Idle];
    let which: Vec<Bench> = all
        .into_iter()
        .filter(|one| args.which.is_empty() || args.which.contains(one))
        .collect();
    let mut steps = Steps::new(STEPS + which.len());
    let places = &session.places;

    steps.step("Installing what is missing on this machine", |notes| {
        let purposes = [
            Purpose::Core,
            Purpose::Ui,
            Purpose::Window,
            Purpose::Images,
            Purpose::Journeys,
        ];
        system::prepare(&session, &purposes, notes)
    })?;
    let engine = steps.step("Looking for a container engine", |notes| {
        engine::ensure(&session, None, notes)?.context("the figures need a container engine")
    })?;
    let images = images::build(&session, &mut steps, false)?;
    steps.step("Building the interface", |notes| {
        let node = node::ensure(places, notes)?;
        ui::install(places, &node, notes)?;
        ui::script(places, &node, "build")
    })?;
    steps.step("Building Freehold with optimisations", |_| {
        app::build(
            places,
            Build {
                window: true,
                release: true,
            },
        )
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
            Bench::Idle => steps.step("Measuring the idle cost", |notes| idle::measure(&setting, notes)),
        };
        // One figure that cannot be taken must not hide the others.
        reports.push(report.unwrap_or_else(|error| Report::failed(one, &error)));
    }
    println!();
    for report in &reports {
        println!("{report}");
    }
    let met = reports.iter().all(Report::is_met);
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
