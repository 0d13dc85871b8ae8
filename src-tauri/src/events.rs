//! Passes the application's events on to the window, shows notifications, and keeps the tray up to date.

use std::pin::pin;
use std::time::Duration;

use freehold_app::{App, EventStream};
use freehold_contract::{Change, Notification};
use tauri::{AppHandle, Emitter};
use tauri_plugin_notification::NotificationExt;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use crate::tray;

/// The name under which the window hears events.
const EVENT: &str = "app-event";
/// The tray is brought up to date this long after a change: a first sync changes something several times a second, and
/// nobody sees that on an icon.
const TRAY_AFTER: Duration = Duration::from_millis(500);
/// While nobody sees the window, the same.
const TRAY_AFTER_UNSEEN: Duration = Duration::from_secs(2);
/// After falling behind, before listening again.
const PAUSE: Duration = Duration::from_millis(200);

/// Carries events until the application ends. While nobody sees the window (`seen`), nothing is sent to it and nothing
/// is measured for it: a page that is seen again asks for the snapshot.
pub(crate) async fn carry(app: App, tauri: AppHandle, mut seen: watch::Receiver<bool>) {
    loop {
        let is_seen = *seen.borrow_and_update();
        let events = if is_seen {
            app.subscribe()
        } else {
            app.subscribe_unseen()
        };
        let listening = pin!(listen(events, &app, &tauri, is_seen));
        let is_changed = tokio::select! {
            // Fell behind: the window sees the gap in the numbers and asks for the snapshot.
            () = listening => false,
            changed = seen.wait_for(|now| *now != is_seen) => changed.is_ok(),
        };
        if !is_changed {
            sleep(PAUSE).await;
        }
    }
}

/// Carries events until this listener falls behind.
async fn listen(mut events: EventStream, app: &App, tauri: &AppHandle, is_seen: bool) {
    tray::show_state(tauri, app);
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
                        tray::show_state(tauri, app);
                        continue;
                    }
                },
            }
        };
        let Some(event) = event else { return };
        match &event.change {
            Change::Node { .. } | Change::NodeGone { .. } | Change::Engine { .. } | Change::Settings { .. } => {
                let after = if is_seen { TRAY_AFTER } else { TRAY_AFTER_UNSEEN };
                tray_due.get_or_insert_with(|| Instant::now() + after);
            }
            Change::Notification { notification } if notification.on_desktop => show(tauri, notification),
            _ => {}
        }
        if is_seen {
            // A window that is gone hears nothing; the next one asks for the snapshot.
            let _ = tauri.emit(EVENT, &*event);
        }
    }
}

/// Shows a notification on the desktop.
fn show(tauri: &AppHandle, notification: &Notification) {
    tell(tauri, &notification.title, &notification.body);
}

/// Tells something on the desktop. Where there is no place for it (no notification service), it stands among the
/// activities or on the node's page.
pub(crate) fn tell(tauri: &AppHandle, title: &str, body: &str) {
    let shown = tauri.notification().builder().title(title).body(body).show();
    if let Err(error) = shown {
        tracing::warn!(%error, "the desktop shows no notification");
    }
}
