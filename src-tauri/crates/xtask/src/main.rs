//! The project's own commands: `cargo xtask run`, `test`, `engine`, `images`, `bench`, `fuzz`, `pictures` and `clean-up`.
//!
//! Everything that a machine needs before Freehold can be built, run or tested is set up from here, so that two
//! commands are enough on a fresh machine. The crate stays light (no runtime, no other workspace crate): it must compile
//! in seconds on a machine where nothing else compiles yet.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program talks to the terminal it was started in"
)]

mod app;
mod bench;
mod clean_up;
mod cli;
mod consent;
mod display;
mod engine;
mod files;
mod fuzz;
mod http;
mod images;
mod lock;
mod node;
mod paths;
mod pictures;
mod pid_record;
mod platform;
mod podman;
mod privilege;
mod process;
mod reachable;
mod registry;
mod run;
mod session;
mod steps;
mod system;
mod test;
mod ui;
mod wait;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Cli, Command};

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(args) => run::run(&args),
        Command::Engine(args) => engine::command(&args),
        Command::Images(args) => images::command(&args),
        Command::Test(args) => test::test(&args),
        Command::Bench(args) => bench::bench(&args),
        Command::Fuzz(args) => fuzz::fuzz(&args),
        Command::Pictures(args) => pictures::command(&args),
        Command::CleanUp(args) => clean_up::clean_up(&args),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
