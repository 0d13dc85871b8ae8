//! Carries out one command.

mod catalog;
mod format;
mod install;
mod logs;
mod node;
mod report;
mod serve;
mod wallet;

use freehold_contract::FaultView;

use crate::args::{Args, Command};
use crate::connect::{Connection, Stay};
use crate::output::Output;

/// Runs the command; a fault is printed by the caller.
pub(crate) async fn run(args: Args, output: &Output) -> Result<(), FaultView> {
    let output = *output;
    let global = args.global;
    match args.command {
        // These two own the application themselves or need none.
        Command::Serve { listen } => return serve::serve(&global, &listen, output).await,
        Command::Catalog(crate::args::CatalogCommand::Check { dir }) => return catalog::check(&dir, output),
        _ => {}
    }
    freehold_app::log_to_stderr(global.verbose);
    let connection = Connection::open(&global, stay(&args.command)).await?;
    let client = &connection.client;
    let outcome = match args.command {
        Command::Catalog(command) => catalog::run(client, command, output).await,
        Command::Preflight(what) => install::preflight(client, what, output).await,
        Command::Install { what, wait, yes } => install::install(client, what, wait, yes, output).await,
        Command::Status { node, watch } => node::status(client, node, watch, output).await,
        Command::Start { node } => node::start(client, node, output).await,
        Command::Stop { node } => node::stop(client, node, output).await,
        Command::Restart { node } => node::restart(client, node, output).await,
        Command::Remove { node } => node::remove(client, node, output).await,
        Command::Erase { node, yes } => node::erase(client, node, yes, output).await,
        Command::Logs {
            node,
            service,
            follow,
            tail,
        } => logs::logs(client, node, service, follow, tail, output).await,
        Command::Endpoints { node } => report::endpoints(client, node, output).await,
        Command::Wallets => wallet::list(client, output).await,
        Command::Wallet(command) => wallet::run(client, command, output).await,
        Command::Activity { limit } => report::activity(client, limit, output).await,
        Command::Resources => report::resources(client, output).await,
        Command::Doctor => report::doctor(client, output).await,
        Command::Serve { .. } => Ok(()),
    };
    connection.close().await;
    outcome
}

/// How long a command works.
fn stay(command: &Command) -> Stay {
    match command {
        Command::Install { .. }
        | Command::Start { .. }
        | Command::Stop { .. }
        | Command::Restart { .. }
        | Command::Remove { .. }
        | Command::Erase { .. }
        | Command::Status { watch: true, .. }
        | Command::Logs { follow: true, .. } => Stay::Long,
        Command::Catalog(_)
        | Command::Preflight(_)
        | Command::Status { watch: false, .. }
        | Command::Logs { follow: false, .. }
        | Command::Endpoints { .. }
        | Command::Wallets
        | Command::Wallet(_)
        | Command::Activity { .. }
        | Command::Resources
        | Command::Doctor
        | Command::Serve { .. } => Stay::Short,
    }
}
