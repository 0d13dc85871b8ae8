//! `freehold wallet revert` without the application: the journal alone puts wallets back.

use freehold_app::WalletsAlone;
use freehold_contract::{FaultView, RevertRequest};

use super::{answer_reverted, diff_text};
use crate::args::{Global, WalletCommand};
use crate::ask::consent;
use crate::connect::{absolute, config};
use crate::output::Output;

/// Puts back what `command` names, since the application cannot start for the reason in `why`.
pub(crate) async fn revert(
    global: &Global,
    command: WalletCommand,
    why: &FaultView,
    output: Output,
) -> Result<(), FaultView> {
    let WalletCommand::Revert {
        wallet,
        network,
        file,
        yes,
        ..
    } = command
    else {
        return Err(why.clone());
    };
    let view = |fault: freehold_model::Fault| FaultView::from(&fault);
    output.progress(format!(
        "Freehold cannot start: {} The wallets are put back from their journal alone.",
        why.message
    ));
    let request = wallet.map(|wallet| RevertRequest {
        wallet,
        network,
        file: file.map(|file| absolute(file).display().to_string()),
        when_closed: false,
    });
    let alone = WalletsAlone::open(config(global).map_err(view)?).map_err(view)?;
    let diffs = alone.diffs(request.as_ref()).map_err(view)?;
    if let (true, Some(request)) = (diffs.is_empty(), &request) {
        let fault = freehold_model::Fault::new(freehold_model::FaultCode::NothingToRevert)
            .with("wallet", &request.wallet)
            .with("network", request.network.as_deref().unwrap_or("any network"));
        return Err(view(fault));
    }
    let text: Vec<String> = diffs.iter().map(diff_text).collect();
    let is_agreed = yes || diffs.is_empty();
    if !consent(
        is_agreed,
        &text.join("\n"),
        "Write this?",
        "these files would be changed",
        output,
    )
    .await?
    {
        return Ok(());
    }
    let report = alone.revert(request.as_ref()).map_err(view)?;
    answer_reverted(report, "No wallet was put back.", output)
}
