//! Settings.

use std::path::PathBuf;

use freehold_contract::{Change, Empty, Language as WireLanguage, SettingsView, Theme as WireTheme};
use freehold_model::{Fault, FaultCode};
use freehold_store::{ActivityChange, ActivityKind, Language, Notifications, OnQuit, Settings, Theme};

use crate::App;

impl App {
    /// The settings.
    pub async fn settings_show(&self, _: Empty) -> Result<SettingsView, Fault> {
        Ok(self.settings_view())
    }

    /// Changes settings. The engine's address counts from the next start on.
    pub async fn settings_change(&self, request: SettingsView) -> Result<SettingsView, Fault> {
        let folder = request.chain_data_dir.trim();
        if !folder.is_empty() && !PathBuf::from(folder).is_absolute() {
            return Err(Fault::new(FaultCode::BadRequest)
                .with("reason", format_args!("`{folder}` is not a whole path; begin with /")));
        }
        let changed = Settings {
            theme: match request.theme {
                WireTheme::System => Theme::System,
                WireTheme::Light => Theme::Light,
                WireTheme::Dark => Theme::Dark,
            },
            language: match request.language {
                WireLanguage::System => Language::System,
                WireLanguage::En => Language::En,
                WireLanguage::De => Language::De,
                WireLanguage::Es => Language::Es,
                WireLanguage::Pt => Language::Pt,
                WireLanguage::Fr => Language::Fr,
                WireLanguage::Ja => Language::Ja,
            },
            chain_data_dir: (!folder.is_empty()).then(|| PathBuf::from(folder)),
            on_quit: match request.on_quit.as_str() {
                "ask" => OnQuit::Ask,
                "keep" => OnQuit::Keep,
                "stop" => OnQuit::Stop,
                other => {
                    let reason = format!("`{other}` is not one of ask, keep, stop");
                    return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
                }
            },
            engine: Some(request.engine.trim().to_owned()).filter(|address| !address.is_empty()),
            notifications: match request.notifications.as_str() {
                "important" => Notifications::Important,
                "all" => Notifications::All,
                "none" => Notifications::None,
                other => {
                    let reason = format!("`{other}` is not one of important, all, none");
                    return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
                }
            },
        };
        if *self.settings() == changed {
            return Ok(self.settings_view());
        }
        changed.save(&self.0.layout).map_err(|error| error.to_fault())?;
        let before = self.settings_view();
        *self.settings() = changed;
        let after = self.settings_view();
        self.note_change(
            ActivityKind::Settings,
            None,
            "Settings were changed",
            &differences(&before, &after),
        );
        self.0.hub.send(Change::Settings { settings: after });
        Ok(self.settings_view())
    }

    /// The language that the user chose, for a host's own few words.
    pub fn language(&self) -> WireLanguage {
        self.settings_view().language
    }

    pub(crate) fn settings_view(&self) -> SettingsView {
        let settings = self.settings();
        SettingsView {
            theme: match settings.theme {
                Theme::System => WireTheme::System,
                Theme::Light => WireTheme::Light,
                Theme::Dark => WireTheme::Dark,
            },
            language: match settings.language {
                Language::System => WireLanguage::System,
                Language::En => WireLanguage::En,
                Language::De => WireLanguage::De,
                Language::Es => WireLanguage::Es,
                Language::Pt => WireLanguage::Pt,
                Language::Fr => WireLanguage::Fr,
                Language::Ja => WireLanguage::Ja,
            },
            chain_data_dir: settings
                .chain_data_dir
                .as_ref()
                .map(|folder| folder.display().to_string())
                .unwrap_or_default(),
            on_quit: match settings.on_quit {
                OnQuit::Ask => "ask",
                OnQuit::Keep => "keep",
                OnQuit::Stop => "stop",
            }
            .to_owned(),
            engine: settings.engine.clone().unwrap_or_default(),
            notifications: match settings.notifications {
                Notifications::Important => "important",
                Notifications::All => "all",
                Notifications::None => "none",
            }
            .to_owned(),
        }
    }
}

/// What is another than before, by the settings' own names.
fn differences(before: &SettingsView, after: &SettingsView) -> Vec<ActivityChange> {
    let fields = |view: &SettingsView| match serde_json::to_value(view) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let words = |value: Option<&serde_json::Value>| {
        let text = value
            .and_then(serde_json::Value::as_str)
            .map(freehold_wallets::mask_urls);
        text.filter(|text| !text.is_empty())
    };
    let old = fields(before);
    fields(after)
        .into_iter()
        .filter(|(name, value)| old.get(name) != Some(value))
        .map(|(name, value)| ActivityChange {
            old: words(old.get(&name)),
            new: words(Some(&value)),
            what: match name.as_str() {
                "chain_data_dir" => "folder for chain data of new nodes".to_owned(),
                "on_quit" => "when Freehold quits".to_owned(),
                "engine" => "address of the container engine".to_owned(),
                other => other.replace('_', " "),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use freehold_contract::{SettingsView, Theme};

    use super::differences;

    #[test]
    fn only_what_is_another_is_named_with_both_values() {
        let before: SettingsView = serde_json::from_value(serde_json::json!({
            "theme": "system", "language": "system", "chain_data_dir": "", "on_quit": "ask", "engine": "",
        }))
        .unwrap();
        let after = SettingsView {
            theme: Theme::Dark,
            engine: "tcp://me:secret@127.0.0.1:2375".to_owned(),
            ..before.clone()
        };
        let found = differences(&before, &after);
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].what.as_str(), found[0].old.as_deref(), found[0].new.as_deref()),
            ("theme", Some("system"), Some("dark"))
        );
        assert_eq!(
            (found[1].what.as_str(), found[1].old.as_deref()),
            ("address of the container engine", None),
            "an empty value is none"
        );
        assert!(!found[1].new.as_deref().unwrap().contains("secret"));
    }
}
