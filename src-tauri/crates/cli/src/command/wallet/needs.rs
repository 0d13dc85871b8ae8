//! What a node lacks that a wallet needs: shown, and mended where the user says so.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use freehold_app::host::Client;
use freehold_contract::{FaultView, LackView, WalletDiff};
use freehold_model::{Fault, FaultCode};

use crate::args::ChangeArgs;
use crate::command::change::{Changed, change};
use crate::output::Output;
use crate::session::Session;

/// A node that was started again answers within this time: it reads its index and its newest blocks first.
const ANSWERS_WITHIN: Duration = Duration::from_mins(2);
/// How often it is asked meanwhile.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// Sets the node so that it has what the wallet needs, and waits until it is back. False: the user did not agree.
pub(super) async fn mend(
    session: &mut Session,
    diff: &WalletDiff,
    yes: bool,
    output: Output,
) -> Result<bool, FaultView> {
    let mut by_node: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for fix in diff.lacks.iter().filter_map(|lack| lack.fix.as_ref()) {
        by_node.entry(fix.node.clone()).or_default().extend(fix.set.clone());
    }
    for (node, set) in by_node {
        let what = ChangeArgs {
            node,
            options: set.into_iter().collect(),
            yes,
        };
        if let Changed::Refused = change(session, what, output).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Asks again while the node has only just been started, a bounded time.
pub(super) async fn answered<T>(
    session: &mut Session,
    call: impl AsyncFn(&Client) -> Result<T, FaultView>,
) -> Result<T, FaultView> {
    let begun = Instant::now();
    loop {
        match session.ask(&call).await {
            Err(fault)
                if matches!(fault.code, FaultCode::EndpointSilent | FaultCode::EndpointWarmingUp)
                    && begun.elapsed() < ANSWERS_WITHIN =>
            {
                tokio::time::sleep(ASK_EVERY).await;
            }
            outcome => return outcome,
        }
    }
}

/// The refusal of a switch that the node's settings forbid, before anybody is asked.
pub(super) fn refusal(diff: &WalletDiff) -> Option<FaultView> {
    let blocking: Vec<&LackView> = diff.lacks.iter().filter(|lack| lack.blocks).collect();
    if blocking.is_empty() {
        return None;
    }
    let sentences: Vec<&str> = blocking.iter().map(|lack| lack.sentence.as_str()).collect();
    let mut fault = Fault::new(FaultCode::WalletNeeds).with("lacks", sentences.join(" "));
    for fix in blocking.iter().filter_map(|lack| lack.fix.as_ref()) {
        fault = fault.hint(format!("Run `{}`, or switch with `--fix`.", fix.command));
    }
    Some(FaultView::from(&fault.hint("`--anyway` switches all the same.")))
}

/// What the node lacks, line by line.
pub(super) fn lines(diff: &WalletDiff) -> Vec<String> {
    let mut lines = Vec::new();
    for lack in &diff.lacks {
        lines.push(format!("Lacks: {}", lack.sentence));
        if let Some(fix) = &lack.fix {
            lines.push(format!("  {}", fix.command));
            lines.extend(fix.consequences.iter().map(|consequence| format!("  {consequence}")));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use freehold_contract::WalletDiff;
    use serde_json::json;

    use super::{lines, refusal};
    use crate::command::sample;

    fn diff(blocks: bool) -> WalletDiff {
        sample::read(&json!({
            "wallet": "wasabi", "network": "mainnet", "files": [], "unchanged": false, "exact": false, "notes": [],
            "lacks": [{
                "need": "block-filters", "sentence": "Wasabi needs block filters, and mine is set without.",
                "blocks": blocks,
                "fix": {
                    "node": "mine", "set": { "blockfilterindex": "on" }, "effect": "reindex", "restarts": ["mine"],
                    "consequences": ["The summaries are made in the background."],
                    "command": "freehold set mine blockfilterindex=on"
                }
            }]
        }))
    }

    #[test]
    fn what_a_node_lacks_is_shown_with_the_command_that_mends_it() {
        let shown = lines(&diff(true)).join("\n");
        assert_eq!(
            shown,
            "Lacks: Wasabi needs block filters, and mine is set without.\n  freehold set mine blockfilterindex=on\n  The \
             summaries are made in the background."
        );
    }

    #[test]
    fn only_what_is_certain_refuses_a_switch() {
        assert!(refusal(&diff(false)).is_none());
        let fault = refusal(&diff(true)).expect("a refusal");
        assert!(fault.message.contains("block filters"), "{}", fault.message);
        assert!(
            fault.hints.iter().any(|hint| hint.contains("--fix")),
            "{:?}",
            fault.hints
        );
    }
}
