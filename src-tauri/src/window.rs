//! The one window.

use std::path::Path;

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// The window's label; the capability names it.
pub(crate) const LABEL: &str = "main";

/// Opens the window, at its last place and size where it was open before.
///
/// What the web view keeps (its cache) stays inside Freehold's own folder.
pub(crate) fn open(tauri: &AppHandle, webview_dir: Option<&Path>) -> Result<(), tauri::Error> {
    let mut window = WebviewWindowBuilder::new(tauri, LABEL, WebviewUrl::default())
        .title("Freehold")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0);
    if let Some(folder) = webview_dir {
        window = window.data_directory(folder.to_owned());
    }
    window.build()?;
    Ok(())
}

/// Brings the window to the front.
pub(crate) fn show(tauri: &AppHandle) {
    if let Some(window) = tauri.get_webview_window(LABEL) {
        // Each step may be refused by a window manager; the window is then where the user left it.
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
