//! Passes the application's events on to the window and keeps the tray up to date.

use freehold_app::App;
use freehold_contract::{Change, Empty};
use tauri::{AppHandle, Emitter};

use crate::tray;

/// The name under which the window hears events.
const EVENT: &str = "app-event";

/// Carries events until the application ends.
pub(crate) async fn carry(app: App, tauri: AppHandle) {
    loop {
        let mut events = app.subscribe();
        refresh_tray(&app, &tauri).await;
        while let Some(event) = events.next().await {
            let concerns_tray = matches!(
                event.change,
                Change::Node { .. } | Change::NodeGone { .. } | Change::Engine { .. }
            );
            // A window that is gone hears nothing; the next one asks for the snapshot.
            let _ = tauri.emit(EVENT, &event);
            if concerns_tray {
                refresh_tray(&app, &tauri).await;
            }
        }
        // Fell behind: the window sees the gap in the numbers and asks for the snapshot.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

async fn refresh_tray(app: &App, tauri: &AppHandle) {
    if let Ok(snapshot) = app.app_snapshot(Empty {}).await {
        tray::show_state(tauri, &snapshot);
    }
}
