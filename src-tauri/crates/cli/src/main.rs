//! `freehold`: the command line and the headless host.
//!
//! Every command goes through the same [`Client`](freehold_app::host::Client): to the process that owns the folder when
//! one runs (the window, `freehold serve`), else to an application started right here.
#![expect(clippy::print_stderr, reason = "printing is what a command line does")]

mod args;
mod ask;
mod command;
mod connect;
mod interrupt;
mod output;
mod session;

use std::process::ExitCode;

use clap::Parser;
use freehold_contract::FaultView;
use freehold_model::{Fault, FaultCode};

use crate::args::Args;
use crate::command::Ended;
use crate::output::Output;

/// What shells expect of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// The files of the interface, as built into this program.
pub(crate) const ASSETS: &[freehold_app::host::Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(&args.global);
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| FaultView::from(&Fault::new(FaultCode::Internal).with("reason", error)))
        .and_then(|runtime| {
            let outcome = runtime.block_on(command::run(args, &output));
            // A blocking read of the terminal must not hold the end up.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Interrupted) => ExitCode::from(INTERRUPTED),
        Err(fault) => {
            output.fault(&fault);
            ExitCode::from(1)
        }
    }
}
