//! Running other programs: argument vectors only, never a shell line, and always with an end.

mod ending;
mod running;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub(crate) use ending::end;

/// Long enough for any single command here on a slow machine; a command that takes longer hangs.
pub(crate) const AN_HOUR: Duration = Duration::from_hours(1);
/// For questions that are answered at once, such as a version.
pub(crate) const A_MOMENT: Duration = Duration::from_secs(20);

/// A program with its arguments, ready to run any number of times.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    name: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    folder: Option<PathBuf>,
}

impl Program {
    pub(crate) fn new(name: impl Into<OsString>) -> Self {
        Self {
            name: name.into(),
            args: Vec::new(),
            env: Vec::new(),
            folder: None,
        }
    }

    pub(crate) fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    pub(crate) fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    pub(crate) fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    pub(crate) fn in_folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_path_buf());
        self
    }

    /// Puts another program in front: `sudo`, `dbus-run-session --`.
    pub(crate) fn under<A: Into<OsString>>(mut self, name: &str, args: impl IntoIterator<Item = A>) -> Self {
        let rest = std::mem::take(&mut self.args);
        let inner = std::mem::replace(&mut self.name, name.into());
        self.args.extend(args.into_iter().map(Into::into));
        self.args.push(inner);
        self.args.extend(rest);
        self
    }

    /// The environment as arguments of `env`, for programs such as sudo that drop the environment.
    pub(crate) fn env_as_arguments(mut self) -> Self {
        let pairs: Vec<OsString> = std::mem::take(&mut self.env)
            .into_iter()
            .map(|(mut name, value)| {
                name.push("=");
                name.push(value);
                name
            })
            .collect();
        if pairs.is_empty() {
            self
        } else {
            self.under("env", pairs)
        }
    }

    /// The standard library's form of this, without input.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.args).stdin(Stdio::null());
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }
}

/// The command line in code style, shortened where it is long.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 160;
        let all: Vec<_> = std::iter::once(&self.name)
            .chain(&self.args)
            .map(|part| OsStr::to_string_lossy(part))
            .collect();
        let line = all.join(" ");
        match line.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "`{} ...`", &line[..end]),
            None => write!(f, "`{line}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_program_goes_in_front_with_the_environment_kept() {
        let program = Program::new("apt-get")
            .arg("update")
            .env("A", "1")
            .env_as_arguments()
            .under("sudo", ["-n"]);
        assert_eq!(program.to_string(), "`sudo -n env A=1 apt-get update`");
    }
}
