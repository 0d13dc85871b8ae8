//! Programs on Linux, out of `/proc`.

use std::fs;

use super::FoundProcess;

/// Every running program that `is_wanted` says yes to, given the program's file name and its arguments (the first is the
/// program as it was called). Kernel threads and ended processes do not count. Where another user's program hides its
/// file, the name it goes by (at most 15 characters) is given.
pub fn find(is_wanted: impl Fn(&str, &[String]) -> bool) -> Vec<FoundProcess> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter_map(|pid| {
        let argv = arguments(pid)?;
        let name = program(pid)?;
        is_wanted(&name, &argv).then_some(FoundProcess { pid, name })
    })
    .collect()
}

/// `None` without arguments: a kernel thread, or ended and not yet taken note of by its parent.
fn arguments(pid: u32) -> Option<Vec<String>> {
    let line = fs::read(format!("/proc/{pid}/cmdline"))
        .ok()
        .filter(|line| !line.is_empty())?;
    let line = line.strip_suffix(b"\0").unwrap_or(&line);
    Some(
        line.split(|byte| *byte == 0)
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect(),
    )
}

fn program(pid: u32) -> Option<String> {
    if let Ok(file) = fs::read_link(format!("/proc/{pid}/exe")) {
        let name = file.file_name()?.to_string_lossy().into_owned();
        // The kernel marks a program whose file was replaced by an update while it runs.
        return Some(name.strip_suffix(" (deleted)").map_or(name.clone(), str::to_owned));
    }
    fs::read_to_string(format!("/proc/{pid}/comm"))
        .ok()
        .map(|name| name.trim().to_owned())
}
