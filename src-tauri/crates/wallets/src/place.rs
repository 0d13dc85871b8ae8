//! The world in which wallets are looked for: a home, the variables that move folders, the system's kind.
//!
//! Passed in by the hosts; nothing in this crate reads the environment. The one rule: with a home that is not the
//! user's own (`--home`), a variable that points outside that home is ignored, so that the real home stays untouched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The kind of system, as far as it decides where programs keep their settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Os {
    /// Linux and other systems that follow the XDG folders.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl Os {
    /// The system that this program was built for.
    pub const fn current() -> Self {
        if cfg!(target_os = "macos") {
            Self::MacOs
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Linux
        }
    }
}

/// Where to look for wallets.
#[derive(Debug, Clone)]
pub struct Places {
    /// The home folder.
    pub home: PathBuf,
    /// Environment variables, as far as wallets use them (`XDG_CONFIG_HOME`, `XDG_STATE_HOME`, `APPDATA`, ...).
    pub env: BTreeMap<String, String>,
    /// The kind of system.
    pub os: Os,
    /// `home` is the home of the user who runs this program, not one given by `--home`.
    pub is_own_home: bool,
    /// The user whose processes count in the running check; `None` where the system has no such number.
    pub uid: Option<u32>,
    /// The file that the user named, for a wallet without a fixed place; absolute.
    pub chosen: Option<PathBuf>,
}

impl Places {
    /// The same places with a file that the user named.
    #[must_use]
    pub fn choosing(&self, file: Option<PathBuf>) -> Self {
        Self {
            chosen: file,
            ..self.clone()
        }
    }

    /// The folder that `variable` names, or `fallback` below the home. A relative value is ignored, as the XDG
    /// specification asks, and so is one outside a home that is not the user's own.
    pub fn dir(&self, variable: &str, fallback: &str) -> PathBuf {
        self.env
            .get(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute() && (self.is_own_home || path.starts_with(&self.home)))
            .unwrap_or_else(|| self.below(fallback))
    }

    /// A path below the home, written with `/`.
    pub fn below(&self, relative: &str) -> PathBuf {
        relative
            .split('/')
            .fold(self.home.clone(), |path, part| path.join(part))
    }

    /// `path` with the home written as `~`, for people.
    pub fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) => format!("~/{}", rest.display()),
            Err(_) => path.display().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Os, Places};
    use std::path::PathBuf;

    fn places(is_own_home: bool, value: &str) -> Places {
        Places {
            home: PathBuf::from("/h"),
            env: [("XDG_CONFIG_HOME".to_owned(), value.to_owned())].into(),
            os: Os::Linux,
            is_own_home,
            uid: None,
            chosen: None,
        }
    }

    #[test]
    fn a_relative_variable_is_ignored() {
        assert_eq!(
            places(true, "x").dir("XDG_CONFIG_HOME", ".config"),
            PathBuf::from("/h/.config")
        );
    }

    #[test]
    fn a_foreign_home_is_never_left_through_a_variable() {
        assert_eq!(
            places(true, "/real/c").dir("XDG_CONFIG_HOME", ".config"),
            PathBuf::from("/real/c")
        );
        assert_eq!(
            places(false, "/real/c").dir("XDG_CONFIG_HOME", ".config"),
            PathBuf::from("/h/.config")
        );
        assert_eq!(
            places(false, "/h/c").dir("XDG_CONFIG_HOME", ".config"),
            PathBuf::from("/h/c")
        );
    }
}
