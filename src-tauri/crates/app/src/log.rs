//! Where Freehold's own log goes. Never holds passwords: secrets cannot be printed.

use std::path::Path;

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

/// Days of log files that are kept.
const DAYS: usize = 7;

/// Lines that wait for the disk; more at once are lost. Room for each is taken at the start: the library's own limit costs
/// four megabytes.
const LINES_WAITING: usize = 4096;

fn filter(verbose: u8) -> EnvFilter {
    let level = match verbose {
        0 => "error",
        1 => "info",
        _ => "debug",
    };
    // Only our own crates: what libraries say at these levels helps nobody.
    EnvFilter::new(format!(
        "error,freehold_app={level},freehold_supervisor={level},freehold_engine={level},freehold_probe={level},freehold_wallets={level},freehold_store={level},freehold_desktop={level}"
    ))
}

/// Logs to the error stream; for one-shot commands.
pub fn log_to_stderr(verbose: u8) {
    let logger = tracing_subscriber::fmt()
        .with_env_filter(filter(verbose))
        .with_writer(std::io::stderr)
        .with_ansi(false);
    // Somebody else may have set a logger already; theirs stays.
    let _ = logger.try_init();
}

/// Logs to a file a day in the folder's `logs`; for hosts that run long. Ends, written out, when the guard is dropped.
pub fn log_to_folder(data_dir: &Path, verbose: u8) -> Option<WorkerGuard> {
    let folder = freehold_store::Layout::new(data_dir).logs();
    freehold_store::file::create_private_folder(&folder).ok()?;
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("freehold")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(&folder)
        .ok()?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(LINES_WAITING)
        .finish(files);
    let logger = tracing_subscriber::fmt()
        .with_env_filter(filter(verbose.max(1)))
        .with_writer(writer)
        .with_ansi(false);
    let _ = logger.try_init();
    Some(guard)
}
