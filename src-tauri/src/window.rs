//! The one window.

use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder};

use crate::shell::Shell;

/// The window's label; the capability names it.
pub(crate) const LABEL: &str = "main";
/// The event by which a page hears that it is seen again: what it missed, it asks for.
const SHOWN: &str = "window-shown";

/// Opens the window, at its last place and size where it was open before.
///
/// What the web view keeps (its cache) stays inside Freehold's own folder.
pub(crate) fn open(tauri: &AppHandle) -> Result<(), tauri::Error> {
    let shell = tauri.state::<Shell>();
    let mut window = WebviewWindowBuilder::new(tauri, LABEL, WebviewUrl::default())
        .title("Freehold")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0);
    if let Some(folder) = &shell.webview_dir {
        window = window.data_directory(folder.clone());
    }
    window.build()?;
    shell.seen.send_replace(true);
    Ok(())
}

/// Brings the window to the front; opens it where there is none yet.
pub(crate) fn show(tauri: &AppHandle) {
    let Some(window) = tauri.get_webview_window(LABEL) else {
        let tauri = tauri.clone();
        // Not from inside an event of the system: some systems wait for that event's end before they make a window.
        tauri::async_runtime::spawn(async move {
            if tauri.get_webview_window(LABEL).is_none()
                && let Err(error) = open(&tauri)
            {
                tracing::error!(%error, "the window could not be opened");
            }
        });
        return;
    };
    // Each step may be refused by a window manager; the window is then where the user left it.
    let _ = window.show();
    let _ = window.unminimize();
    let _ = window.set_focus();
    if let Some(shell) = tauri.try_state::<Shell>() {
        shell.seen.send_replace(true);
    }
    let _ = tauri.emit(SHOWN, ());
}

/// Takes the window away; Freehold goes on in the tray.
pub(crate) fn hide(tauri: &AppHandle) {
    if let Some(window) = tauri.get_webview_window(LABEL) {
        // A window manager that refuses leaves it where it is.
        let is_hidden = window.hide().is_ok();
        if let Some(shell) = tauri.try_state::<Shell>()
            && is_hidden
        {
            shell.seen.send_replace(false);
        }
    }
}
