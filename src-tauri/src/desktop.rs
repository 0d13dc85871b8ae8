//! What only a desktop has: a place for files that the user chooses, a start at login, and what waits for a page.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use freehold_contract::FaultView;
use freehold_model::{Fault, FaultCode};
use serde::Serialize;
use tauri::{AppHandle, Manager};
use tauri_plugin_autostart::ManagerExt as _;
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

use crate::shell::Shell;
use crate::window;

/// Given to Freehold when the system starts it at login.
pub(crate) const HIDDEN: &str = "--hidden";

/// What waits for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Pending {
    /// A page that was asked for, as its address in the window.
    page: Option<String>,
    /// The quit question stands.
    quit_asked: bool,
}

/// Holds what waits for the page until it takes it.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<Pending>);

impl Waiting {
    /// A page is to be opened.
    pub(crate) fn open(&self, page: String) {
        self.change(|pending| pending.page = Some(page));
    }

    /// The quit question is to be asked.
    pub(crate) fn ask_to_quit(&self) {
        self.change(|pending| pending.quit_asked = true);
    }

    /// What waits; nothing afterwards.
    pub(crate) fn take(&self) -> Pending {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn change(&self, change: impl FnOnce(&mut Pending)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Whether Freehold starts at login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct LoginStart {
    /// It can be chosen here: not for a Freehold on a folder that was named by hand.
    offered: bool,
    /// The system starts it at login.
    enabled: bool,
}

/// As the system says now; nothing is remembered here.
pub(crate) fn login_start(tauri: &AppHandle) -> Result<LoginStart, FaultView> {
    if !tauri.state::<Shell>().is_usual {
        return Ok(LoginStart {
            offered: false,
            enabled: false,
        });
    }
    Ok(LoginStart {
        offered: true,
        enabled: tauri.autolaunch().is_enabled().map_err(|error| refused(&error))?,
    })
}

/// Changes it and asks the system again.
pub(crate) fn change_login_start(tauri: &AppHandle, enabled: bool) -> Result<LoginStart, FaultView> {
    let now = login_start(tauri)?;
    if now.offered && now.enabled != enabled {
        let start = tauri.autolaunch();
        let changed = if enabled { start.enable() } else { start.disable() };
        changed.map_err(|error| refused(&error))?;
    }
    login_start(tauri)
}

fn refused(error: &tauri_plugin_autostart::Error) -> FaultView {
    let what = format!("changing what starts at login: this system says “{error}”");
    FaultView::from(&Fault::new(FaultCode::NotSupported).with("what", what))
}

/// Asks the user where a file should go. The dialog asks before a file is replaced.
pub(crate) async fn save_path(tauri: &AppHandle, name: &str) -> Result<Option<String>, FaultView> {
    let (say, said) = oneshot::channel();
    let mut dialog = tauri.dialog().file().set_file_name(plain(name));
    if let Ok(folder) = tauri.path().download_dir().or_else(|_| tauri.path().home_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(window) = tauri.get_webview_window(window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    dialog.save_file(move |chosen| {
        // A page that is gone no longer waits.
        let _ = say.send(chosen);
    });
    let chosen = said.await.ok().flatten();
    let path: Option<PathBuf> = chosen.and_then(|chosen| chosen.into_path().ok());
    Ok(path.map(|path| path.display().to_string()))
}

/// A name without folders.
fn plain(name: &str) -> String {
    name.replace(['/', '\\'], "-")
}

#[cfg(test)]
mod tests {
    use super::{Waiting, plain};

    #[test]
    fn what_waits_is_taken_once() {
        let waiting = Waiting::default();
        waiting.open("#/wallets".to_owned());
        waiting.ask_to_quit();
        let taken = waiting.take();
        assert_eq!((taken.page.as_deref(), taken.quit_asked), (Some("#/wallets"), true));
        assert_eq!(waiting.take(), super::Pending::default());
    }

    #[test]
    fn a_suggested_name_leads_into_no_folder() {
        assert_eq!(plain("../a/b.csv"), "..-a-b.csv");
    }
}
