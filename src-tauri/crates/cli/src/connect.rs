//! Finds the application: the one that runs, or one started here.

use std::path::PathBuf;

use freehold_app::host::{Client, ControlClient, ControlSocket};
use freehold_app::{App, AppConfig};
use freehold_contract::{Empty, FaultView};
use freehold_model::{Checkpoint, Fault, FaultCode};
use tokio::task::JoinSet;

use crate::args::Global;

/// A client and, where the application runs in this process, what ends it.
pub(crate) struct Connection {
    pub(crate) client: Client,
    local: Option<Local>,
}

struct Local {
    app: App,
    /// The control socket's task; ends with this process.
    socket: JoinSet<()>,
}

impl Connection {
    /// The running application, or a new one in this process.
    pub(crate) async fn open(global: &Global) -> Result<Self, FaultView> {
        let config = config(global).map_err(|fault| FaultView::from(&fault))?;
        let socket = freehold_app::control_socket_of(&config.data_dir);
        if let Some(remote) = ControlClient::connect(&socket).await {
            let client = Client::Remote(remote);
            refuse_other_settings(&client, global).await?;
            return Ok(Self { client, local: None });
        }
        let app = App::start(config).await.map_err(|fault| FaultView::from(&fault))?;
        let mut tasks = JoinSet::new();
        // Others may ask how the work goes while it is under way here. Where no socket can be made, they cannot.
        if let Ok(control) = ControlSocket::bind(&socket) {
            let served = app.clone();
            tasks.spawn(async move {
                if let Err(fault) = control.serve(served, std::future::pending()).await {
                    tracing::warn!(fault = %fault, "the control socket ended");
                }
            });
        }
        Ok(Self {
            client: Client::Local(app.clone()),
            local: Some(Local { app, socket: tasks }),
        })
    }

    /// Ends the application if it runs in this process; nodes go on running.
    pub(crate) async fn close(self) {
        if let Some(mut local) = self.local {
            local.socket.abort_all();
            let _ = std::fs::remove_file(local.app.control_socket());
            local.app.shutdown().await;
        }
    }
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
