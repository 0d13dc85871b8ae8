//! Puts the window together and ends it.

use std::path::{Path, PathBuf};

use freehold_app::host::ControlSocket;
use freehold_app::{App, AppConfig, Overrides};
use freehold_contract::FaultView;
use freehold_model::{Checkpoint, Fault};
use tauri::webview::PageLoadEvent;
use tauri::{Manager, RunEvent, WindowEvent};
use tauri_plugin_deep_link::DeepLinkExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::desktop::{HIDDEN, Waiting};
use crate::{Args, commands, events, link, quit, tray, window};

/// What every command reaches: the application, or why it could not start.
pub(crate) struct Shell {
    app: Result<App, Fault>,
    pub(crate) quit: quit::Question,
    /// What waits for the page.
    pub(crate) pending: Waiting,
    /// Whether anybody sees the window.
    pub(crate) seen: watch::Sender<bool>,
    /// Where the web view keeps what it keeps.
    pub(crate) webview_dir: Option<PathBuf>,
    /// It is the user's usual Freehold, not one on a folder that was named by hand.
    pub(crate) is_usual: bool,
    /// Owned tasks: event bridge and control socket.
    tasks: std::sync::Mutex<JoinSet<()>>,
}

impl Shell {
    /// The application; a fault that kept it from starting is the answer to every command, so the window can show it.
    pub(crate) fn app(&self) -> Result<&App, FaultView> {
        self.app.as_ref().map_err(FaultView::from)
    }
}

/// Opens the window and runs until it is closed.
pub(crate) fn run(args: &Args) -> Result<(), tauri::Error> {
    let mut builder = tauri::Builder::default()
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_dialog::init());
    // A folder named by hand is a different Freehold: it neither shares the window's place and size, which is kept in the
    // user's own configuration, nor does it count as the same window. Its lock refuses a second owner.
    if args.data_dir.is_none() {
        builder = builder.plugin(tauri_plugin_window_state::Builder::default().build());
        // Without a session bus there is no way to find the other window.
        if has_session_bus() {
            builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
                match link::among(&arguments) {
                    Some(link) => link::open(app, link),
                    // The system starts it at login while it runs already: nobody asked for a window.
                    None if arguments.iter().any(|argument| argument == HIDDEN) => {}
                    None => window::show(app),
                }
            }));
        }
        builder = builder.plugin(tauri_plugin_autostart::Builder::new().arg(HIDDEN).build());
        builder = builder.plugin(tauri_plugin_deep_link::init());
    }
    let (is_usual, begins_hidden) = (args.data_dir.is_none(), args.hidden);
    let link = args.link.clone();
    let config = AppConfig::from_environment(Overrides {
        data_dir: args.data_dir.clone().map(absolute),
        home: args.home.clone().map(absolute),
        engine: args.engine.clone(),
        overlay: args.catalog.clone().map(absolute),
        checkpoint: Checkpoint::none(),
    });
    let webview_dir = config.as_ref().ok().map(|config| config.data_dir.join("webview"));
    let _log = config
        .as_ref()
        .ok()
        .and_then(|config| freehold_app::log_to_folder(&config.data_dir, 1));
    #[expect(clippy::exit, reason = "inside Tauri's own macro")]
    let built = builder
        .invoke_handler(commands::handler())
        .setup(move |tauri| {
            let app = config.and_then(|config| tauri::async_runtime::block_on(App::start_in_turn(config)));
            let mut tasks = JoinSet::new();
            let (seen, seen_now) = watch::channel(false);
            if let Ok(app) = &app {
                let handle = tauri::async_runtime::handle();
                let _inside = handle.inner().enter();
                tasks.spawn(events::carry(app.clone(), tauri.handle().clone(), seen_now));
                if let Ok(control) = ControlSocket::bind(&app.control_socket()) {
                    let served = app.clone();
                    tasks.spawn(async move {
                        if let Err(fault) = control.serve(served, std::future::pending()).await {
                            tracing::warn!(fault = %fault, "the control socket ended");
                        }
                    });
                }
            }
            let has_app = app.is_ok();
            tauri.manage(Shell {
                app,
                quit: quit::Question::default(),
                pending: Waiting::default(),
                seen,
                webview_dir,
                is_usual,
                tasks: std::sync::Mutex::new(tasks),
            });
            let handle = tauri.handle();
            let has_tray = has_app && tray::build(handle)?;
            if is_usual {
                follow_links(handle);
            }
            // Hidden only where there is an icon to find it again, and nothing to say.
            if !(begins_hidden && has_tray) {
                window::open(handle)?;
            }
            if let Some(link) = &link {
                link::open(handle, link);
            }
            Ok(())
        })
        .on_page_load(|_, load| {
            if load.event() == PageLoadEvent::Finished {
                say_ready();
            }
        })
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && quit::ask(window.app_handle())
            {
                api.prevent_close();
            }
        })
        .build(tauri::generate_context!())?;
    built.run(|tauri, event| {
        if matches!(event, RunEvent::Exit) {
            end(tauri);
        }
    });
    Ok(())
}

/// Opens links that the system hands over while Freehold runs, where that does not come as a second start.
fn follow_links(tauri: &tauri::AppHandle) {
    let opened = tauri.clone();
    tauri.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            link::open(&opened, url.as_str());
        }
    });
}

/// Ends the application; nodes go on running.
fn end(tauri: &tauri::AppHandle) {
    let Some(shell) = tauri.try_state::<Shell>() else {
        return;
    };
    if let Ok(mut tasks) = shell.tasks.lock() {
        tasks.abort_all();
    }
    if let Ok(app) = shell.app() {
        // The next start replaces a socket that stays.
        let _ = std::fs::remove_file(app.control_socket());
        tauri::async_runtime::block_on(app.shutdown());
    }
}

/// Creates the file that `FREEHOLD_READY_FILE` names: how `cargo xtask bench` learns that the window has loaded.
fn say_ready() {
    if let Some(file) = std::env::var_os("FREEHOLD_READY_FILE") {
        // Only a measurement waits for it; without the file it says that it timed out.
        let _ = std::fs::File::create(file);
    }
}

fn has_session_bus() -> bool {
    let named = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty());
    let usual = std::env::var_os("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("bus"));
    named || usual.is_some_and(|bus| bus.exists()) || !cfg!(target_os = "linux")
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
