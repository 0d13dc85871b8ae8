//! Passes the application's events on to the window, shows notifications, and keeps the tray up to date.

use std::pin::pin;
use std::time::Duration;

use freehold_app::App;
use freehold_contract::{Change, Notification};
use tauri::{AppHandle, Emitter};
use tauri_plugin_notification::NotificationExt;
use tokio::time::{Instant, sleep, sleep_until};

use crate::tray;

/// The name under which the window hears events.
const EVENT: &str = "app-event";
/// The tray is brought up to date this long after a change: a first sync changes something several times a second, and
/// nobody sees that on an icon.
const TRAY_AFTER: Duration = Duration::from_millis(500);
/// After falling behind, before listening again.
const PAUSE: Duration = Duration::from_millis(200);

/// Carries events until the application ends.
pub(crate) async fn carry(app: App, tauri: AppHandle) {
    loop {
        let mut events = app.subscribe();
        tray::show_state(&tauri, &app.glance());
        let mut tray_due = None;
        loop {
            let event = {
                let mut next = pin!(events.next());
                match tray_due {
                    None => next.await,
                    Some(due) => tokio::select! {
                        event = &mut next => event,
                        () = sleep_until(due) => {
                            tray_due = None;
                            tray::show_state(&tauri, &app.glance());
                            continue;
                        }
                    },
                }
            };
            // Fell behind: the window sees the gap in the numbers and asks for the snapshot.
            let Some(event) = event else { break };
            match &event.change {
                Change::Node { .. } | Change::NodeGone { .. } | Change::Engine { .. } => {
                    tray_due.get_or_insert_with(|| Instant::now() + TRAY_AFTER);
                }
                Change::Notification { notification } if notification.on_desktop => show(&tauri, notification),
                _ => {}
            }
            // A window that is gone hears nothing; the next one asks for the snapshot.
            let _ = tauri.emit(EVENT, &event);
        }
        sleep(PAUSE).await;
    }
}

/// Shows a notification on the desktop. One that has no place for it (no notification service) leaves the entry among the
/// activities.
fn show(tauri: &AppHandle, notification: &Notification) {
    let shown = tauri
        .notification()
        .builder()
        .title(&notification.title)
        .body(&notification.body)
        .show();
    if let Err(error) = shown {
        tracing::warn!(%error, "the desktop shows no notification");
    }
}
