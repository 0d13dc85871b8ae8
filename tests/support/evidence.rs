//! What a test leaves for the reader: what explains a failure, and what it could not look at here.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::page::Page;
use crate::sandbox::Sandbox;

/// Says in the run's output what this machine or this engine cannot do, so that a part of a test is left out.
pub fn left_out(why: &str) {
    // Not `println`, which the test harness hides for tests that pass. A closed output is the reader's wish.
    let _is_read = writeln!(std::io::stdout(), "left out: {why}");
}

/// Hands a success through. On a failure saves picture, source and console of the page and Freehold's own logs under
/// `folder`, and adds to the error where they are.
pub async fn explained(outcome: Result<()>, folder: &Path, name: &str, page: &Page, sandbox: &Sandbox) -> Result<()> {
    let Err(error) = outcome else { return Ok(()) };
    let saved = async {
        page.evidence(folder, name).await?;
        copy_logs(sandbox, folder, name)
    };
    Err(error.context(match saved.await {
        Ok(()) => format!("what explains it is in {}", folder.display()),
        Err(trouble) => format!("what explains it could not be saved: {trouble:#}"),
    }))
}

fn copy_logs(sandbox: &Sandbox, folder: &Path, name: &str) -> Result<()> {
    let logs = sandbox.data().join("logs");
    for log in std::fs::read_dir(&logs).with_context(|| format!("no folder {}", logs.display()))? {
        let log = log?;
        let copy = folder.join(format!("{name}-{}", log.file_name().to_string_lossy()));
        std::fs::copy(log.path(), copy)?;
    }
    Ok(())
}
