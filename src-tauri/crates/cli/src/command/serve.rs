//! `freehold serve`: the window's interface for a browser, and the owner of the folder for the command line.

use freehold_app::App;
use freehold_app::host::{ControlSocket, WebHost, serve_control_at};
use freehold_contract::FaultView;
use freehold_model::{Fault, FaultCode};
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::ASSETS;
use crate::args::Global;
use crate::connect::config;
use crate::interrupt::interrupted;
use crate::output::Output;

enum Listen {
    Socket(std::path::PathBuf),
    Port(std::net::SocketAddr),
}

fn parse(text: &str) -> Result<Listen, Fault> {
    if let Some(path) = text.strip_prefix("unix:") {
        return Ok(Listen::Socket(crate::connect::absolute(
            path.trim_start_matches("//").into(),
        )));
    }
    text.parse().map(Listen::Port).map_err(|_| {
        let reason = format!("`{text}` is neither unix:PATH nor 127.0.0.1:PORT");
        Fault::new(FaultCode::BadRequest).with("reason", reason)
    })
}

/// Serves until SIGINT or SIGTERM. Nodes go on running afterwards.
pub(crate) async fn serve(global: &Global, listen: &str, output: Output) -> Result<(), FaultView> {
    let view = |fault: Fault| FaultView::from(&fault);
    let listen = parse(listen).map_err(view)?;
    let config = config(global).map_err(view)?;
    let _log = freehold_app::log_to_folder(&config.data_dir, global.verbose);
    // Bound before anything is started: a taken port should not cost a start.
    let web = match &listen {
        Listen::Port(address) => Some(WebHost::bind(*address, ASSETS).await.map_err(view)?),
        Listen::Socket(_) => None,
    };
    let app = App::start_in_turn(config).await.map_err(view)?;
    let (end, ended) = watch::channel(());
    let until = |mut ended: watch::Receiver<()>| async move {
        // An error means that the sender is gone, which is the end as well.
        let _ = ended.changed().await;
    };
    let mut hosts: JoinSet<Result<(), Fault>> = JoinSet::new();
    let control = ControlSocket::bind(&app.control_socket()).map_err(view)?;
    hosts.spawn(control.serve(app.clone(), until(ended.clone())));
    match (web, listen) {
        (Some(web), _) => {
            let link = web.link().map_err(view)?;
            output.event(&json!({ "link": link }), |_| {
                format!("Open this link once, in a browser on this machine:\n{link}")
            });
            hosts.spawn(web.serve(app.clone(), until(ended.clone())));
        }
        (None, Listen::Socket(path)) => {
            output.event(&json!({ "socket": path }), |_| {
                format!("Listening on {}", path.display())
            });
            let served = app.clone();
            let until = until(ended.clone());
            hosts.spawn(async move { serve_control_at(&path, served, until).await });
        }
        (None, Listen::Port(_)) => {}
    }
    let outcome = tokio::select! {
        () = interrupted() => Ok(()),
        Some(ended) = hosts.join_next() => match ended {
            Ok(outcome) => outcome.map_err(view),
            Err(error) => Err(view(Fault::new(FaultCode::Internal).with("reason", error))),
        },
    };
    drop(end);
    app.shutdown().await;
    // Open event streams end with the application; a browser that holds on is cut off.
    let drained = async { while hosts.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(std::time::Duration::from_secs(2), drained).await;
    let _ = std::fs::remove_file(app.control_socket());
    outcome
}
