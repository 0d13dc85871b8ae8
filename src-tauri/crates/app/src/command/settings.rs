//! Settings.

use std::path::PathBuf;

use freehold_contract::{Change, Empty, SettingsView, Theme as WireTheme};
use freehold_model::{Fault, FaultCode};
use freehold_store::{ActivityKind, Notifications, OnQuit, Settings, Theme};

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
        *self.settings() = changed;
        self.note(ActivityKind::Settings, None, "Settings were changed");
        self.0.hub.send(Change::Settings {
            settings: self.settings_view(),
        });
        Ok(self.settings_view())
    }

    pub(crate) fn settings_view(&self) -> SettingsView {
        let settings = self.settings();
        SettingsView {
            theme: match settings.theme {
                Theme::System => WireTheme::System,
                Theme::Light => WireTheme::Light,
                Theme::Dark => WireTheme::Dark,
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
