//! The settings file: only what differs from the defaults, in a file that a person may edit.

use std::path::PathBuf;

use freehold_model::{Fault, FaultCode, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Layout, StoreError, file};

/// The version of the file that this program writes.
const VERSION: u32 = 1;

/// What the user may set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Colours.
    #[serde(skip_serializing_if = "is_default")]
    pub theme: Theme,
    /// Language of the window.
    #[serde(skip_serializing_if = "is_default")]
    pub language: Language,
    /// Folder under which new nodes keep their chain data; absent: inside Freehold's own folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain_data_dir: Option<PathBuf>,
    /// What happens to running nodes when Freehold quits.
    #[serde(skip_serializing_if = "is_default")]
    pub on_quit: OnQuit,
    /// Engine to use instead of looking for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// Which notifications are shown on the desktop.
    #[serde(skip_serializing_if = "is_default")]
    pub notifications: Notifications,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// As the system; English where the system speaks none of the others.
    #[default]
    System,
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
    /// French.
    Fr,
    /// Japanese.
    Ja,
}

/// What happens to running nodes when Freehold quits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnQuit {
    /// The user is asked.
    #[default]
    Ask,
    /// They go on running.
    Keep,
    /// They are stopped.
    Stop,
}

/// Which notifications are shown on the desktop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notifications {
    /// What needs somebody: crashes, disks that fill, releases that end.
    #[default]
    Important,
    /// Every one.
    All,
    /// None.
    None,
}

#[derive(Serialize)]
struct Outgoing<'a> {
    schema_version: u32,
    #[serde(flatten)]
    settings: &'a Settings,
}

/// A settings file that could not be read and where it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it stood.
    pub path: PathBuf,
    /// Where it is kept.
    pub kept: PathBuf,
    /// Why it could not be read.
    pub reason: String,
}

impl SetAside {
    /// For people.
    pub fn to_fault(&self) -> Fault {
        Fault::new(FaultCode::SettingsCorrupt)
            .with("path", self.path.display())
            .with("kept", self.kept.display())
            .with("reason", &self.reason)
    }
}

/// Settings as read, and the file that had to be set aside, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSettings {
    /// The settings.
    pub settings: Settings,
    /// A file that could not be read.
    pub set_aside: Option<SetAside>,
}

impl Settings {
    /// Reads the file. A missing one means defaults; an unreadable one is set aside; a newer one is refused untouched.
    pub fn load(layout: &Layout, now: Timestamp) -> Result<LoadedSettings, StoreError> {
        let path = layout.settings();
        let Some(bytes) = file::read_if_there(&path)? else {
            return Ok(LoadedSettings {
                settings: Self::default(),
                set_aside: None,
            });
        };
        match parse(&bytes) {
            Ok(Parsed::Current(settings)) => Ok(LoadedSettings {
                settings,
                set_aside: None,
            }),
            Ok(Parsed::Newer(found)) => Err(StoreError::Newer {
                path,
                found,
                known: VERSION,
            }),
            Err(reason) => {
                let kept = file::set_aside(&path, now)?;
                let set_aside = Some(SetAside { path, kept, reason });
                Ok(LoadedSettings {
                    settings: Self::default(),
                    set_aside,
                })
            }
        }
    }

    /// Writes the file.
    pub fn save(&self, layout: &Layout) -> Result<(), StoreError> {
        let path = layout.settings();
        let text = toml::to_string(&Outgoing {
            schema_version: VERSION,
            settings: self,
        })
        .map_err(|error| StoreError::io(&path)(std::io::Error::other(error)))?;
        file::write_atomic(&path, text.as_bytes(), file::PRIVATE)
    }
}

enum Parsed {
    Current(Settings),
    Newer(u32),
}

fn parse(bytes: &[u8]) -> Result<Parsed, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not text".to_owned())?;
    let mut table: toml::Table = text.parse().map_err(|error: toml::de::Error| one_line(&error))?;
    let version = match table.remove("schema_version") {
        Some(toml::Value::Integer(version)) => u32::try_from(version).map_err(|_| "schema_version is out of range")?,
        Some(_) => return Err("schema_version is not a number".to_owned()),
        None => return Err("schema_version is missing".to_owned()),
    };
    if version > VERSION {
        return Ok(Parsed::Newer(version));
    }
    table.try_into().map(Parsed::Current).map_err(|error| one_line(&error))
}

/// The parser's message without its drawing of the line.
fn one_line(error: &toml::de::Error) -> String {
    error.message().lines().next().unwrap_or("it is not valid").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Language, Notifications, OnQuit, Settings, Theme};
    use crate::{Layout, StoreError};
    use freehold_model::Timestamp;

    fn folder_with(text: Option<&[u8]>) -> (tempfile::TempDir, Layout) {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        if let Some(text) = text {
            crate::file::write_atomic(&layout.settings(), text, 0o600).unwrap();
        }
        (folder, layout)
    }

    #[test]
    fn only_differences_are_written_and_read_back() {
        let (_folder, layout) = folder_with(None);
        let settings = Settings {
            theme: Theme::Dark,
            language: Language::Ja,
            on_quit: OnQuit::Keep,
            notifications: Notifications::None,
            ..Settings::default()
        };
        settings.save(&layout).unwrap();
        let text = std::fs::read_to_string(layout.settings()).unwrap();
        assert!(!text.contains("engine"), "a default is not written: {text}");
        assert_eq!(Settings::load(&layout, Timestamp(0)).unwrap().settings, settings);
    }

    #[test]
    fn an_unreadable_file_is_set_aside_and_named() {
        for broken in [
            &b"theme = "[..],
            b"\xff\xfe",
            b"theme = \"dark\"",
            b"schema_version = 1\nthme = \"dark\"",
            b"schema_version = 1\nlanguage = \"tlh\"",
        ] {
            let (_folder, layout) = folder_with(Some(broken));
            let loaded = Settings::load(&layout, Timestamp(1_000)).unwrap();
            let aside = loaded.set_aside.expect("a broken file is reported");
            assert_eq!(std::fs::read(&aside.kept).unwrap(), broken, "its bytes are kept");
            assert!(!layout.settings().exists(), "it no longer stands in the way");
            assert!(aside.to_fault().message().contains(&aside.kept.display().to_string()));
        }
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let text = b"schema_version = 99\nnew_thing = true\n";
        let (_folder, layout) = folder_with(Some(text));
        let error = Settings::load(&layout, Timestamp(0)).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
        assert_eq!(std::fs::read(layout.settings()).unwrap(), text);
    }
}
