//! Programs on macOS and Windows, as `sysinfo` lists them.

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::FoundProcess;

/// Every running program that `is_wanted` says yes to, given the program's file name and its arguments.
pub fn find(is_wanted: impl Fn(&str, &[String]) -> bool) -> Vec<FoundProcess> {
    let Ok(mut system) = System::new() else {
        return Vec::new();
    };
    let wanted = ProcessRefreshKind::nothing()
        .with_cmd(UpdateKind::Always)
        .with_exe(UpdateKind::Always);
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, wanted);
    let programs = system.processes().iter().filter_map(|(pid, process)| {
        let file = process
            .exe()
            .and_then(|file| file.file_name())
            .unwrap_or_else(|| process.name());
        let name = file.to_string_lossy().into_owned();
        let argv: Vec<String> = process
            .cmd()
            .iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        is_wanted(&name, &argv).then_some(FoundProcess {
            pid: pid.as_u32(),
            name,
        })
    });
    programs.collect()
}
