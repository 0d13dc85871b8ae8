//! Finds the application: the one that runs, or one started here.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use freehold_app::host::{Client, ControlClient, ControlSocket};
use freehold_app::{App, AppConfig};
use freehold_contract::{Empty, FaultView};
use freehold_model::{Checkpoint, Fault, FaultCode};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::args::Global;

/// A one-shot command holds the folder for a fraction of a second with Docker, for up to a few with Podman, which is slow
/// to say what it is. Whoever comes meanwhile waits this long for it, and for others who wait.
const TURN: Duration = Duration::from_mins(1);
/// Answers under way get this long when the process that gives them ends.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// Whether others may talk to this process while it owns the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stay {
    /// It ends at once: nobody should come to rely on it.
    Short,
    /// It works for a while: others may ask how that goes.
    Long,
}

/// A client and, where the application runs in this process, what ends it.
pub(crate) struct Connection {
    pub(crate) client: Client,
    local: Option<Local>,
}

struct Local {
    app: App,
    /// Ends the control socket when dropped.
    end: watch::Sender<()>,
    /// The control socket's task.
    socket: JoinSet<()>,
}

impl Connection {
    /// The running application, or a new one in this process.
    pub(crate) async fn open(global: &Global, stay: Stay) -> Result<Self, FaultView> {
        let begun = Instant::now();
        loop {
            let config = config(global).map_err(|fault| FaultView::from(&fault))?;
            let socket = freehold_app::control_socket_of(&config.data_dir);
            if let Some(remote) = ControlClient::connect(&socket).await {
                let client = Client::Remote(remote);
                refuse_other_settings(&client, global).await?;
                return Ok(Self { client, local: None });
            }
            // This waits for an owner that takes no calls, and refuses at once where one does: that one is asked then.
            match App::start_in_turn(config).await {
                Ok(app) => return Ok(Self::own(app, stay)),
                Err(fault) if fault.code == FaultCode::AlreadyRunning && begun.elapsed() < TURN => {}
                Err(fault) => return Err(FaultView::from(&fault)),
            }
        }
    }

    fn own(app: App, stay: Stay) -> Self {
        let (end, ended) = watch::channel(());
        let mut socket = JoinSet::new();
        // Where no socket can be made, others only cannot ask.
        if stay == Stay::Long
            && let Ok(control) = ControlSocket::bind(&app.control_socket())
        {
            let served = app.clone();
            socket.spawn(async move {
                if let Err(fault) = control.serve(served, until_dropped(ended)).await {
                    tracing::warn!(fault = %fault, "the control socket ended");
                }
            });
        }
        Self {
            client: Client::Local(app.clone()),
            local: Some(Local { app, end, socket }),
        }
    }

    /// Ends the application if it runs in this process; nodes go on running.
    pub(crate) async fn close(self) {
        if let Some(mut local) = self.local {
            if !local.socket.is_empty() {
                // First out of sight, so that nobody new comes; then whoever was being answered.
                let _ = std::fs::remove_file(local.app.control_socket());
                drop(local.end);
                let answered = async { while local.socket.join_next().await.is_some() {} };
                let _ = tokio::time::timeout(LAST_ANSWERS, answered).await;
            }
            local.app.shutdown().await;
        }
    }
}

async fn until_dropped(mut ended: watch::Receiver<()>) {
    // An error means that the sender is gone, which is the end.
    while ended.changed().await.is_ok() {}
}

/// What the hosts of this program pass to the application.
pub(crate) fn config(global: &Global) -> Result<AppConfig, Fault> {
    AppConfig::from_environment(freehold_app::Overrides {
        data_dir: global.data_dir.clone().map(absolute),
        home: global.home.clone().map(absolute),
        engine: global.engine.clone(),
        overlay: global.catalog.clone().map(absolute),
        checkpoint: Checkpoint::none(),
    })
}

/// A path from the shell's folder.
pub(crate) fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

/// The running application looks for wallets in its own home: answering for another would be wrong.
async fn refuse_other_settings(client: &Client, global: &Global) -> Result<(), FaultView> {
    let Some(home) = global.home.clone().map(absolute) else {
        return Ok(());
    };
    let snapshot = client.app_snapshot(Empty {}).await?;
    if snapshot.home == home.display().to_string() {
        return Ok(());
    }
    let reason = format!(
        "the running Freehold looks for wallets in {}, not in {}",
        snapshot.home,
        home.display()
    );
    Err(FaultView::from(
        &Fault::new(FaultCode::BadRequest)
            .with("reason", reason)
            .hint("Quit it, or leave `--home` out."),
    ))
}
