//! How much processor time a browser's pages have used.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// What Chromium's processes that draw pages have on their command line.
const PAGE: &str = "--type=renderer";

/// Processor time, of all threads, that the page processes below `ancestor` have used so far.
pub fn of_pages_below(ancestor: u32) -> Result<Duration> {
    let family = family(ancestor)?;
    let pages: Vec<_> = family.iter().filter(|id| is_page(**id)).collect();
    ensure!(!pages.is_empty(), "no page is drawn below process {ancestor}");
    let mut spent = Duration::ZERO;
    for id in pages {
        for thread in std::fs::read_dir(format!("/proc/{id}/task"))? {
            // A thread may end while it is looked at; what it spent is then not counted, which is a few microseconds.
            let Ok(line) = std::fs::read_to_string(thread?.path().join("schedstat")) else {
                continue;
            };
            let nanoseconds = line.split(' ').next().context("a time")?.parse()?;
            spent += Duration::from_nanos(nanoseconds);
        }
    }
    Ok(spent)
}

/// A process with all that it started, and what those started.
pub fn family(ancestor: u32) -> Result<BTreeSet<u32>> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Ok(id) = name.to_string_lossy().parse::<u32>() else {
            continue;
        };
        let Ok(line) = std::fs::read_to_string(format!("/proc/{id}/stat")) else {
            continue;
        };
        // The name of the program, in brackets, may hold anything.
        let after = line.rsplit_once(')').map_or("", |(_, after)| after);
        if let Some(Ok(parent)) = after.split_whitespace().nth(1).map(str::parse::<u32>) {
            parents.push((id, parent));
        }
    }
    let mut family = BTreeSet::from([ancestor]);
    loop {
        let before = family.len();
        family.extend(
            parents
                .iter()
                .filter(|(_, parent)| family.contains(parent))
                .map(|(id, _)| *id)
                .collect::<Vec<_>>(),
        );
        if family.len() == before {
            return Ok(family);
        }
    }
}

fn is_page(id: u32) -> bool {
    let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&line).contains(PAGE)
}
