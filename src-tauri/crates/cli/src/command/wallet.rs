//! `freehold wallets` and `freehold wallet`.

use freehold_app::host::Client;
use freehold_contract::{
    DiffKind, Empty, FaultView, RevertRequest, SwitchRequest, WalletChange, WalletDiff, WalletRequest, WalletView,
};

use super::format::time;
use crate::args::{SwitchArgs, WalletCommand};
use crate::ask::consent;
use crate::connect::absolute;
use crate::output::{Output, headed, table};

pub(crate) async fn list(client: &Client, output: Output) -> Result<(), FaultView> {
    let list = client.wallet_list(Empty {}).await?;
    output.answer(&list, |list| {
        headed(
            &["WALLET", "NETWORK", "ASKS", "WHO", "RUNNING"],
            list.wallets.iter().map(row),
            "No wallet is known.",
        )
    });
    Ok(())
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
    ]
}

pub(crate) async fn run(client: &Client, command: WalletCommand, output: Output) -> Result<(), FaultView> {
    match command {
        WalletCommand::Diff(what) => {
            let diff = client.wallet_diff(request(what)).await?;
            output.answer(&diff, diff_text);
            Ok(())
        }
        WalletCommand::Switch { what, yes } => {
            let request = request(what);
            let diff = client.wallet_diff(request.clone()).await?;
            if !may_write(&diff, yes, output).await? {
                return Ok(());
            }
            let change = client.wallet_switch(request).await?;
            output.answer(&change, |change| change_text(change, "switched"));
            Ok(())
        }
        WalletCommand::Revert { wallet, network, yes } => {
            let request = RevertRequest { wallet, network };
            let diff = client.wallet_revert_diff(request.clone()).await?;
            if !may_write(&diff, yes, output).await? {
                return Ok(());
            }
            let change = client.wallet_revert(request).await?;
            output.answer(&change, |change| change_text(change, "put back"));
            Ok(())
        }
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
                            entry.file.clone(),
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
    }
}

/// Shows the change and asks, unless `--yes` was given or there is nothing to change.
async fn may_write(diff: &WalletDiff, yes: bool, output: Output) -> Result<bool, FaultView> {
    if let Some(fault) = &diff.blocked {
        return Err(fault.clone());
    }
    let what = format!("{} would be changed", diff.file);
    consent(yes || diff.unchanged, &diff_text(diff), "Write this?", &what, output).await
}

fn diff_text(diff: &WalletDiff) -> String {
    let mut lines = vec![diff.file.clone()];
    if diff.unchanged {
        lines.push("nothing would change".to_owned());
    }
    lines.extend(diff.lines.iter().map(|line| {
        let sign = match line.kind {
            DiffKind::Context => ' ',
            DiffKind::Removed => '-',
            DiffKind::Added => '+',
        };
        format!("{sign} {}", line.text)
    }));
    lines.extend(diff.notes.iter().map(|note| format!("Note: {note}")));
    lines.extend(diff.blocked.iter().map(|fault| format!("Not now: {}", fault.message)));
    lines.join("\n")
}

fn change_text(change: &WalletChange, what: &str) -> String {
    let mut lines = vec![if change.changed {
        format!("{} on {} was {what}: {}", change.wallet, change.network, change.file)
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
