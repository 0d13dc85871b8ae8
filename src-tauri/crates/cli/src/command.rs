//! Carries out one command.

mod adopt;
mod audit;
mod catalog;
mod change;
mod crashes;
mod credential;
mod drill;
mod format;
mod guide;
mod history;
mod install;
mod logs;
mod node;
mod options;
mod peers;
mod preflight;
mod relocate;
mod report;
mod resources;
mod serve;
mod status;
mod support;
mod update;
mod verdict;
mod wait;
mod wallet;

#[cfg(test)]
mod sample;

use freehold_contract::{ActivityRequest, FaultView};
use freehold_model::FaultCode;

use crate::args::{Args, Command, CredentialCommand, WalletCommand};
use crate::connect::Stay;
use crate::interrupt::interrupted;
use crate::output::Output;
use crate::session::Session;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It is done.
    Done,
    /// The user ended it before.
    Interrupted,
}

/// Runs the command; a fault is printed by the caller.
pub(crate) async fn run(args: Args, output: &Output) -> Result<Ended, FaultView> {
    let output = *output;
    let global = args.global;
    match args.command {
        // These two own the application themselves or need none.
        Command::Serve { listen } => {
            return serve::serve(&global, &listen, output).await.map(|()| Ended::Done);
        }
        Command::Catalog(crate::args::CatalogCommand::Check { dir }) => {
            return catalog::check(&dir, output).map(|()| Ended::Done);
        }
        _ => {}
    }
    freehold_app::log_to_stderr(global.verbose);
    let stay = stay(&args.command);
    let orders = gives_orders(&args.command);
    let mut session = match Session::open(&global, stay).await {
        Ok(session) => session,
        Err(why) => {
            return match args.command {
                // What undoes must work when nothing else does. Who owns the folder now does it himself.
                Command::Wallet(command) if why.code != FaultCode::AlreadyRunning => {
                    wallet::alone::revert(&global, command, &why, output)
                        .await
                        .map(|()| Ended::Done)
                }
                _ => Err(why),
            };
        }
    };
    let outcome = {
        let work = Box::pin(carry_out(&mut session, args.command, output));
        // What is over in a moment is not worth a handler: there the signal ends the process.
        if stay == Stay::Long {
            tokio::select! {
                outcome = work => Some(outcome),
                () = interrupted() => None,
            }
        } else {
            Some(work.await)
        }
    };
    if outcome.is_none() && orders {
        output.progress(if session.is_owner() {
            "Ended here. What was ordered is on record and goes on with the next Freehold that runs."
        } else {
            "Ended here. What was ordered goes on; `freehold status` shows how far it is."
        });
    }
    session.close().await;
    outcome.map_or(Ok(Ended::Interrupted), |outcome| outcome.map(|()| Ended::Done))
}

async fn carry_out(session: &mut Session, command: Command, output: Output) -> Result<(), FaultView> {
    match command {
        Command::Catalog(command) => catalog::run(session.client(), command, output).await,
        Command::Preflight(what) => preflight::preflight(session.client(), what, output).await,
        Command::Install { what, wait, yes } => install::install(session, what, wait, yes, output).await,
        Command::Status { node, watch } => status::status(session, node, watch, output).await,
        Command::Start { node } => node::start(session, node, output).await,
        Command::Stop { node } => node::stop(session, node, output).await,
        Command::Restart { node } => node::restart(session, node, output).await,
        Command::Remove { node } => node::remove(session, node, output).await,
        Command::Erase { node, yes } => node::erase(session, node, yes, output).await,
        Command::Update { node, check: true, .. } => update::check(session.client(), node, output).await,
        Command::Update { node, yes, .. } => update::update(session, node, yes, output).await,
        Command::Rollback { node, yes } => update::rollback(session, node, yes, output).await,
        Command::Set(what) => change::set(session, what, output).await,
        Command::Move(what) => relocate::relocate(session, what, output).await,
        Command::Attach(what) => adopt::attach(session.client(), what, output).await,
        Command::Adoptable(what) => adopt::adoptable(session.client(), what, output).await,
        Command::Logs {
            node,
            service,
            follow,
            tail,
        } => logs::logs(session, node, service, follow, tail, output).await,
        Command::Crashes { node } => crashes::crashes(session.client(), node, output).await,
        Command::Peers { node } => peers::peers(session.client(), node, output).await,
        Command::History { node, hours } => history::history(session.client(), node, hours, output).await,
        Command::Endpoints { node } => report::endpoints(session.client(), node, output).await,
        Command::Credential(command) => credential::run(session, command, output).await,
        Command::Wallets => wallet::list(session.client(), output).await,
        Command::Wallet(command) => wallet::run(session, command, output).await,
        Command::Audit => audit::audit(session.client(), output).await,
        Command::Drill { without } => drill::drill(session.client(), without, output).await,
        Command::Activity { limit, subject, text } => {
            let request = ActivityRequest {
                limit: Some(limit),
                subject,
                text,
                ..ActivityRequest::default()
            };
            report::activity(session.client(), request, output).await
        }
        Command::Support { save } => support::support(session.client(), save, output).await,
        Command::Resources => resources::resources(session.client(), output).await,
        Command::Doctor => report::doctor(session.client(), output).await,
        Command::Serve { .. } => Ok(()),
    }
}

/// How long a command works.
fn stay(command: &Command) -> Stay {
    match command {
        Command::Status { watch: true, .. }
        | Command::Logs { follow: true, .. }
        | Command::Wallet(WalletCommand::Prompt { .. }) => Stay::Long,
        command if gives_orders(command) => Stay::Long,
        _ => Stay::Short,
    }
}

/// Whether a command orders what then takes its time.
fn gives_orders(command: &Command) -> bool {
    matches!(
        command,
        Command::Install { .. }
            | Command::Start { .. }
            | Command::Stop { .. }
            | Command::Restart { .. }
            | Command::Remove { .. }
            | Command::Erase { .. }
            | Command::Update { check: false, .. }
            | Command::Rollback { .. }
            | Command::Set(_)
            | Command::Move(_)
            | Command::Credential(CredentialCommand::Revoke(_) | CredentialCommand::Rotate(_))
            | Command::Wallet(WalletCommand::Switch { fix: true, .. })
    )
}
