//! The processes of this machine, as far as the running check needs them.
//!
//! Behind a trait, so that tests bring their own list. The one rule: nothing here is kept; a list is of now.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

/// Programs whose first plain argument is the program that people know.
const INTERPRETERS: [&str; 3] = ["python", "node", "perl"];

/// One process.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProcessEntry {
    /// Its id.
    pub pid: u32,
    /// The kernel's name for it; Linux cuts it after 15 characters.
    pub name: String,
    /// File name of its program, where it can be seen.
    pub program: Option<String>,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// The user it belongs to.
    pub uid: Option<u32>,
    /// Its `HOME`, where it can be seen.
    pub home: Option<PathBuf>,
}

impl ProcessEntry {
    /// Whether it is a program of this name.
    pub fn is_named(&self, name: &str) -> bool {
        let first = self
            .arguments
            .first()
            .and_then(|first| Path::new(first).file_name())
            .and_then(OsStr::to_str);
        let cut: String = name.chars().take(15).collect();
        self.name == cut
            || [Some(self.name.as_str()), self.program.as_deref(), first, self.script()]
                .into_iter()
                .flatten()
                .any(|found| found.strip_suffix(".exe").unwrap_or(found) == name)
    }

    /// The file name of the script that an interpreter runs, as in `python3 -I /usr/bin/electrum`.
    fn script(&self) -> Option<&str> {
        let (interpreter, rest) = self.arguments.split_first()?;
        let interpreter = Path::new(interpreter).file_name()?.to_str()?;
        let runs_scripts = INTERPRETERS.iter().any(|known| interpreter.starts_with(known));
        let script = rest.iter().find(|argument| !argument.starts_with('-'))?;
        runs_scripts.then(|| Path::new(script).file_name()?.to_str()).flatten()
    }
}

/// Gives the processes of this machine.
pub trait ProcessView: Send + Sync {
    /// Every process that this user can see, now; `None` when the system does not tell.
    fn processes(&self) -> Option<Vec<ProcessEntry>>;
}

/// The real processes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemProcesses;

impl ProcessView for SystemProcesses {
    fn processes(&self) -> Option<Vec<ProcessEntry>> {
        let mut system = System::new().ok()?;
        let wanted = ProcessRefreshKind::nothing()
            .with_cmd(UpdateKind::Always)
            .with_exe(UpdateKind::Always)
            .with_environ(UpdateKind::Always)
            .with_user(UpdateKind::Always)
            .without_tasks();
        system.refresh_processes_specifics(ProcessesToUpdate::All, true, wanted);
        let processes = system
            .processes()
            .values()
            .map(|process| ProcessEntry {
                pid: process.pid().as_u32(),
                name: process.name().to_string_lossy().into_owned(),
                program: process
                    .exe()
                    .and_then(Path::file_name)
                    .map(|name| name.to_string_lossy().into_owned()),
                arguments: process
                    .cmd()
                    .iter()
                    .map(|part| part.to_string_lossy().into_owned())
                    .collect(),
                uid: uid_of(process),
                home: process
                    .environ()
                    .iter()
                    .find_map(|pair| pair.to_str()?.strip_prefix("HOME=").map(PathBuf::from)),
            })
            .collect();
        Some(processes)
    }
}

#[cfg(unix)]
fn uid_of(process: &sysinfo::Process) -> Option<u32> {
    process.user_id().map(|uid| **uid)
}

#[cfg(not(unix))]
fn uid_of(_process: &sysinfo::Process) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::{ProcessEntry, ProcessView, SystemProcesses};

    #[test]
    fn a_program_is_known_by_kernel_name_program_or_first_argument() {
        let plain = ProcessEntry {
            name: "Sparrow".into(),
            ..ProcessEntry::default()
        };
        let windows = ProcessEntry {
            name: "Sparrow.exe".into(),
            ..ProcessEntry::default()
        };
        let renamed = ProcessEntry {
            name: "java".into(),
            arguments: vec!["/opt/sparrowwallet/bin/Sparrow".into()],
            ..ProcessEntry::default()
        };
        let script = ProcessEntry {
            name: "python3".into(),
            arguments: vec!["/usr/bin/python3".into(), "-I".into(), "/usr/bin/Sparrow".into()],
            ..ProcessEntry::default()
        };
        let reader = ProcessEntry {
            name: "less".into(),
            arguments: vec!["less".into(), "/usr/bin/Sparrow".into()],
            ..ProcessEntry::default()
        };
        assert!(
            !reader.is_named("Sparrow"),
            "a program that reads the file of that name is another one"
        );
        for process in [plain, windows, renamed, script] {
            assert!(process.is_named("Sparrow"), "{process:?}");
            assert!(!process.is_named("Sparro"), "{process:?}");
        }
    }

    #[test]
    fn the_real_list_holds_this_very_process() {
        let own = SystemProcesses
            .processes()
            .into_iter()
            .flatten()
            .find(|process| process.pid == std::process::id());
        assert!(
            own.is_some_and(|own| !own.arguments.is_empty()),
            "a process sees itself with its arguments"
        );
    }
}
