//! `freehold wallet guide`, `prompt` and `phone`: wallets that are pointed at a node by hand.

use std::time::Duration;

use freehold_contract::{
    FaultView, GuideRequest, PhoneLink, PhoneReach, PhoneRequest, PromptPage, PromptRequest, PromptState, PromptStatus,
    PromptStatusRequest, WalletGuide, WalletStep,
};

use crate::output::Output;
use crate::session::Session;

/// How often the page's outcome is asked for.
const LOOK_EVERY: Duration = Duration::from_millis(500);

pub(crate) async fn guide(
    session: &Session,
    wallet: String,
    node: Option<String>,
    output: Output,
) -> Result<(), FaultView> {
    let guide = session.client().wallet_guide(GuideRequest { wallet, node }).await?;
    output.answer(&guide, guide_text);
    Ok(())
}

/// Prints the page's address, opens nothing, and stays until the page was used or is gone: the page is served by the process
/// that owns the folder, which may be this one.
pub(crate) async fn prompt(session: &Session, wallet: String, node: String, output: Output) -> Result<(), FaultView> {
    let page = session.client().wallet_prompt(PromptRequest { wallet, node }).await?;
    output.event(&page, page_text);
    let mut shown = PromptState::Waiting;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let request = PromptStatusRequest { id: page.id.clone() };
        let status = session.client().wallet_prompt_status(request).await?;
        if status.state != shown {
            shown = status.state;
            output.progress(status_text(&status));
        }
        // Everything else can still be mended on the page, which says so.
        if matches!(shown, PromptState::Approved | PromptState::Expired) {
            return Ok(());
        }
    }
}

pub(crate) async fn phone(
    session: &Session,
    wallet: String,
    node: String,
    address: Option<String>,
    output: Output,
) -> Result<(), FaultView> {
    let reach = if address.is_some() {
        PhoneReach::Address
    } else {
        PhoneReach::Lan
    };
    let request = PhoneRequest {
        wallet,
        node,
        reach,
        address,
    };
    let link = session.client().wallet_phone(request).await?;
    output.answer(&link, link_text);
    Ok(())
}

fn page_text(page: &PromptPage) -> String {
    format!(
        "The node answers on chain {} at height {}.\nOpen this page once, within {} minutes, in the browser that has the wallet:\n{}",
        page.chain_id,
        page.height,
        page.expires_in_s / 60,
        page.url
    )
}

fn status_text(status: &PromptStatus) -> String {
    let mut lines = vec![status.text.clone()];
    if !status.revert.is_empty() {
        lines.push("To go back:".to_owned());
        lines.extend(numbered(&status.revert));
    }
    lines.join("\n")
}

fn guide_text(guide: &WalletGuide) -> String {
    let node = guide.node.as_ref();
    let mut lines = vec![match node {
        Some(node) => format!("{} with {} ({})", guide.name, node.name, node.network),
        None => format!("{}; none of your nodes fits it yet", guide.name),
    }];
    lines.push(guide.summary.clone());
    lines.push(String::new());
    lines.extend(numbered(&guide.steps));
    if !guide.revert.is_empty() {
        lines.push(String::new());
        lines.push("To go back:".to_owned());
        lines.extend(numbered(&guide.revert));
    }
    lines.push(String::new());
    lines.extend(guide.notes.iter().map(|note| format!("Note: {note}")));
    lines.extend(guide.leftovers.iter().map(|left| format!("Goes on: {left}")));
    lines.extend(
        guide
            .unverified
            .iter()
            .map(|open| format!("Not verified by us: {open}")),
    );
    if !guide.hosted.is_empty() {
        lines.push(format!("As it comes it uses {}.", guide.hosted.join(", ")));
    }
    lines.join("\n")
}

fn link_text(link: &PhoneLink) -> String {
    let mut lines = vec![
        format!("{} reaches the node at {}", link.name, link.address),
        link.link.clone(),
    ];
    if link.secret {
        lines.push("This link holds a password: show it to nobody.".to_owned());
    }
    if !link.other_addresses.is_empty() {
        lines.push(format!(
            "If that does not work, try {}.",
            link.other_addresses.join(" or ")
        ));
    }
    lines.push(String::new());
    lines.extend(numbered(&link.steps));
    lines.push("To go back:".to_owned());
    lines.extend(numbered(&link.revert));
    lines.extend(link.notes.iter().map(|note| format!("Note: {note}")));
    lines.join("\n")
}

fn numbered(steps: &[WalletStep]) -> Vec<String> {
    let numbered = steps.iter().zip(1..);
    numbered
        .map(|(step, number)| match &step.copy {
            Some(copy) => format!("{number}. {}\n   {copy}", step.text),
            None => format!("{number}. {}", step.text),
        })
        .collect()
}
