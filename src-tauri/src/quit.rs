//! What happens to running nodes when the window closes: asked, or as the settings say.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use freehold_app::NodeGlance;
use freehold_contract::{Empty, FaultView};
use serde::Deserialize;
use tauri::{AppHandle, Emitter, Manager};

use crate::shell::Shell;
use crate::window;

/// Longest wait for nodes to stop; bitcoind may take 15 minutes and 30 seconds to write its state.
const STOP_LIMIT: Duration = Duration::from_mins(16);

/// Whoever closes the window twice within this time gets no answer from the page: it hangs, and the window closes.
const IMPATIENCE: Duration = Duration::from_secs(3);

/// Whether the question stands.
#[derive(Debug, Default)]
pub(crate) struct Question {
    asked: Mutex<Option<Instant>>,
    answered: AtomicBool,
}

/// The user's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Choice {
    /// Nodes go on running.
    Keep,
    /// Nodes are stopped first.
    Stop,
    /// Freehold itself stays, in the tray.
    Hide,
}

/// Asks if there is something to ask. True: do not close yet.
pub(crate) fn ask(tauri: &AppHandle) -> bool {
    let Some(shell) = tauri.try_state::<Shell>() else {
        return false;
    };
    let Ok(app) = shell.app() else { return false };
    if shell.quit.answered.load(Ordering::SeqCst) {
        return false;
    }
    if !app.glance().nodes.iter().any(runs) {
        return false;
    }
    let settings = tauri::async_runtime::block_on(app.settings_show(Empty {}));
    let Ok(settings) = settings else { return false };
    match settings.on_quit.as_str() {
        "keep" => false,
        "stop" => {
            let tauri = tauri.clone();
            tauri::async_runtime::spawn(async move {
                // A failure to stop is shown on the node; the window stays open then.
                if let Err(fault) = answer(&tauri, Choice::Stop).await {
                    tracing::warn!(fault = fault.message, "nodes did not stop; the window stays");
                }
            });
            true
        }
        _ => {
            let before = shell
                .quit
                .asked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .replace(Instant::now());
            if before.is_some_and(|before| before.elapsed() < IMPATIENCE) {
                tracing::info!("the window was asked to close twice in a row, and closes");
                return false;
            }
            tracing::info!("the window was asked to close; what happens to the nodes is asked first");
            // A page that is still loading asks for it.
            shell.pending.ask_to_quit();
            window::show(tauri);
            tauri.emit("quit-asked", ()).is_ok()
        }
    }
}

/// Carries out the answer.
pub(crate) async fn answer(tauri: &AppHandle, choice: Choice) -> Result<(), FaultView> {
    let shell = tauri.state::<Shell>();
    match choice {
        Choice::Keep => {}
        Choice::Hide => {
            // A later quit asks again.
            *shell.quit.asked.lock().unwrap_or_else(PoisonError::into_inner) = None;
            window::hide(tauri);
            return Ok(());
        }
        Choice::Stop => {
            let app = shell.app()?;
            let to_view = |fault| FaultView::from(&fault);
            app.stop_all(Empty {}).await.map_err(to_view)?;
            let stopped = async {
                while app.glance().nodes.iter().any(|node| node.is_alive) {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
            };
            // Late nodes go on stopping in the engine's hands.
            let _ = tokio::time::timeout(STOP_LIMIT, stopped).await;
        }
    }
    shell.quit.answered.store(true, Ordering::SeqCst);
    tauri.exit(0);
    Ok(())
}

fn runs(node: &NodeGlance) -> bool {
    node.is_wanted && node.is_alive
}
