//! Freehold's window: a thin shell around the application.
//!
//! Nothing is decided here. Commands are expanded from the contract's one list, events are passed on, and the shell adds
//! only what a desktop brings: window, tray and the question what happens to running nodes when it closes.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod commands;
mod desktop;
mod events;
mod link;
mod quit;
mod shell;
mod tray;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Run your own node and point your wallets at it.
#[derive(Debug, Clone, Parser)]
#[command(name = "freehold-desktop", version)]
struct Args {
    /// Freehold's own folder
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The home in which wallets are looked for
    #[arg(long, value_name = "DIR")]
    home: Option<PathBuf>,
    /// The container engine: unix://…, tcp://…, ssh://…
    #[arg(long, value_name = "URL")]
    engine: Option<String>,
    /// Your own catalog folder, on top of the built-in catalog
    #[arg(long, value_name = "DIR")]
    catalog: Option<PathBuf>,
    /// Begin in the tray, without a window
    #[arg(long)]
    hidden: bool,
    /// A page to open: freehold://node/ID, freehold://install/ID or freehold://wallets
    #[arg(value_name = "LINK")]
    link: Option<String>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match shell::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            #[expect(
                clippy::print_stderr,
                reason = "without a window the terminal is the only place to say so"
            )]
            {
                eprintln!("The window could not be opened: {error}. `freehold serve` shows the same in a browser.");
            }
            ExitCode::FAILURE
        }
    }
}
