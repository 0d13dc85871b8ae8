//! `freehold wallets` and `freehold wallet`.

use freehold_app::host::Client;
use freehold_contract::{
    DiffKind, Empty, FaultView, RevertAllReport, RevertRequest, SwitchRequest, WalletChange, WalletDiff, WalletList,
    WalletRequest, WalletView,
};

use super::format::time;
use super::guide;
use crate::args::{SwitchArgs, WalletCommand};
use crate::ask::consent;
use crate::connect::absolute;
use crate::output::{Output, headed, table};
use crate::session::Session;

pub(crate) mod alone;
mod needs;

pub(crate) async fn list(client: &Client, output: Output) -> Result<(), FaultView> {
    let list = client.wallet_list(Empty {}).await?;
    output.answer(&list, list_text);
    Ok(())
}

/// The wallets that are here; the others by name only, below.
fn list_text(list: &WalletList) -> String {
    let (here, elsewhere): (Vec<&WalletView>, Vec<&WalletView>) = list
        .wallets
        .iter()
        .partition(|wallet| wallet.found || wallet.can_revert);
    let mut lines = vec![headed(
        &["WALLET", "NETWORK", "ASKS", "WHO", "RUNNING", "USED"],
        here.into_iter().map(row),
        "No wallet was found here.",
    )];
    lines.extend(list.wallets.iter().filter_map(|wallet| wallet.attention.clone()));
    let mut names: Vec<&str> = elsewhere.iter().map(|wallet| wallet.id.as_str()).collect();
    names.dedup();
    if !names.is_empty() {
        lines.push(format!("\nKnown, and not found here: {}.", names.join(", ")));
    }
    lines.join("\n")
}

fn row(wallet: &WalletView) -> Vec<String> {
    let who = match (&wallet.node, &wallet.provider, wallet.hosted) {
        (Some(node), _, _) => format!("your own node {node}"),
        (None, Some(provider), Some(true)) => format!("{provider} (hosted)"),
        (None, Some(provider), _) => provider.clone(),
        (None, None, Some(false)) => "this machine".to_owned(),
        (None, None, _) if wallet.found => "unknown".to_owned(),
        (None, None, _) => "not found here".to_owned(),
    };
    vec![
        wallet.id.clone(),
        wallet.network.clone(),
        wallet.endpoint.clone().unwrap_or_else(|| "-".to_owned()),
        who,
        if wallet.running { "yes" } else { "no" }.to_owned(),
        wallet.last_used_at.map_or_else(|| "-".to_owned(), time),
    ]
}

pub(crate) async fn run(session: &mut Session, command: WalletCommand, output: Output) -> Result<(), FaultView> {
    let client = session.client();
    match command {
        WalletCommand::Diff(what) => {
            let diff = client.wallet_diff(request(what)).await?;
            output.answer(&diff, diff_text);
            Ok(())
        }
        WalletCommand::Switch {
            what,
            fix,
            anyway,
            when_closed,
            yes,
        } => {
            let request = SwitchRequest {
                when_closed,
                anyway,
                ..request(what)
            };
            let mut diff = client.wallet_diff(request.clone()).await?;
            if fix && diff.lacks.iter().any(|lack| lack.fix.is_some()) {
                if !needs::mend(session, &diff, yes, output).await? {
                    return Ok(());
                }
                diff = needs::answered(session, async |client| client.wallet_diff(request.clone()).await).await?;
            }
            if let Some(fault) = needs::refusal(&diff).filter(|_| !anyway) {
                return Err(fault);
            }
            if !may_write(&diff, yes, when_closed, output).await? {
                return Ok(());
            }
            let change = if fix {
                needs::answered(session, async |client| client.wallet_switch(request.clone()).await).await?
            } else {
                session.client().wallet_switch(request).await?
            };
            output.answer(&change, |change| change_text(change, "switched"));
            Ok(())
        }
        WalletCommand::Revert { all: true, yes, .. } => revert_all(client, yes, output).await,
        WalletCommand::Revert {
            wallet,
            network,
            file,
            when_closed,
            yes,
            all: false,
        } => {
            let request = RevertRequest {
                wallet: wallet.unwrap_or_default(),
                network,
                file: file.map(|file| absolute(file).display().to_string()),
                when_closed,
            };
            let diff = client.wallet_revert_diff(request.clone()).await?;
            if !may_write(&diff, yes, when_closed, output).await? {
                return Ok(());
            }
            let change = client.wallet_revert(request).await?;
            output.answer(&change, |change| change_text(change, "put back"));
            Ok(())
        }
        WalletCommand::Guide { wallet, node } => guide::guide(session, wallet, node, output).await,
        WalletCommand::Prompt { wallet, node } => guide::prompt(session, wallet, node, output).await,
        WalletCommand::Phone { wallet, node, address } => guide::phone(session, wallet, node, address, output).await,
        WalletCommand::History { wallet } => {
            let history = client.wallet_history(WalletRequest { wallet }).await?;
            output.answer(&history, |history| {
                let rows: Vec<_> = history
                    .entries
                    .iter()
                    .map(|entry| {
                        let endpoint = entry.endpoint.clone().unwrap_or_else(|| "put back".to_owned());
                        vec![
                            time(entry.at),
                            entry.network.clone(),
                            entry.state.clone(),
                            endpoint,
                            entry.files.join(", "),
                        ]
                    })
                    .collect();
                table(&rows)
            });
            Ok(())
        }
    }
}

fn request(what: SwitchArgs) -> SwitchRequest {
    SwitchRequest {
        wallet: what.wallet,
        node: what.node,
        to: what.to,
        user: what.user,
        password_file: what.password_file.map(|file| absolute(file).display().to_string()),
        network: what.network,
        file: what.file.map(|file| absolute(file).display().to_string()),
        ..SwitchRequest::default()
    }
}

/// Puts every wallet back. Fails when one of them stays as it is.
async fn revert_all(client: &Client, yes: bool, output: Output) -> Result<(), FaultView> {
    let list = client.wallet_list(Empty {}).await?;
    let switched: Vec<String> = list
        .wallets
        .iter()
        .filter(|wallet| wallet.can_revert)
        .map(|wallet| format!("{} on {}", wallet.name, wallet.network))
        .collect();
    let text = if switched.is_empty() {
        "No wallet is switched.".to_owned()
    } else {
        format!("These go back to what they were: {}.", switched.join(", "))
    };
    let what = "every switched wallet would be put back";
    if !consent(yes || switched.is_empty(), &text, "Put them back?", what, output).await? {
        return Ok(());
    }
    let report = client.wallet_revert_all(Empty {}).await?;
    answer_reverted(report, "No wallet is switched.", output)
}

/// Says what became of each wallet; `none` where there was none. Fails when one of them stays as it is.
fn answer_reverted(report: RevertAllReport, none: &str, output: Output) -> Result<(), FaultView> {
    output.answer(&report, |report| {
        let done = report.done.iter().map(|change| change_text(change, "put back"));
        let failed = report.failed.iter().map(|failure| {
            format!(
                "{} on {} was not put back: {}",
                failure.wallet, failure.network, failure.fault.message
            )
        });
        let lines: Vec<String> = done.chain(failed).collect();
        if lines.is_empty() {
            none.to_owned()
        } else {
            lines.join("\n")
        }
    });
    match report.failed.into_iter().next() {
        Some(failure) => Err(failure.fault),
        None => Ok(()),
    }
}

/// Shows the change and asks, unless `--yes` was given or there is nothing to change.
async fn may_write(diff: &WalletDiff, yes: bool, when_closed: bool, output: Output) -> Result<bool, FaultView> {
    if let Some(fault) = diff.blocked.as_ref().filter(|_| !when_closed) {
        return Err(fault.clone());
    }
    let names: Vec<&str> = diff.files.iter().map(|file| file.file.as_str()).collect();
    let what = format!("{} would be changed", names.join(" and "));
    consent(yes || diff.unchanged, &diff_text(diff), "Write this?", &what, output).await
}

fn diff_text(diff: &WalletDiff) -> String {
    let mut lines = Vec::new();
    for file in &diff.files {
        lines.push(match (file.is_made, file.goes) {
            (true, _) => format!("{} (new)", file.file),
            (_, true) => format!("{} (goes)", file.file),
            (false, false) => file.file.clone(),
        });
        if file.unchanged {
            lines.push("nothing would change".to_owned());
        }
        lines.extend(file.lines.iter().map(|line| {
            let sign = match line.kind {
                DiffKind::Context => ' ',
                DiffKind::Removed => '-',
                DiffKind::Added => '+',
            };
            format!("{sign} {}", line.text)
        }));
    }
    lines.extend(diff.notes.iter().map(|note| format!("Note: {note}")));
    lines.extend(needs::lines(diff));
    lines.extend(diff.blocked.iter().map(|fault| format!("Not now: {}", fault.message)));
    lines.join("\n")
}

fn change_text(change: &WalletChange, what: &str) -> String {
    let mut lines = vec![if change.waiting {
        format!("{} on {} will be {what} when it closes", change.wallet, change.network)
    } else if change.changed {
        format!(
            "{} on {} was {what}: {}",
            change.wallet,
            change.network,
            change.files.join(", ")
        )
    } else {
        format!(
            "{} on {} was already so; the file was not touched",
            change.wallet, change.network
        )
    }];
    lines.extend(
        change
            .height
            .map(|height| format!("the node answers at height {height}")),
    );
    lines.extend(change.notes.iter().map(|note| format!("Note: {note}")));
    lines.join("\n")
}
