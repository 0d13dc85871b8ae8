//! What a person does with the interface, the same in a browser and in the window.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::page::{Page, SOON};
use crate::wait::until;

/// The network of every journey: no peers, blocks on demand.
pub const NETWORK: &str = "regtest";
/// A regtest node needs about a second; pulling its image from the local registry a few more.
pub const READY_WITHIN: Duration = Duration::from_secs(60);
/// bitcoind writes its state when it stops.
pub const STOPS_WITHIN: Duration = Duration::from_secs(60);

/// Remembers every state that the node's badge has shown from now on: some last less than a look from outside takes.
pub async fn watch_states(page: &Page) -> Result<()> {
    let script = "window.seenStates = new Set();
        const look = () => document.querySelectorAll('[data-testid=\"node-status\"]')
            .forEach((badge) => window.seenStates.add(badge.dataset.state));
        new MutationObserver(look).observe(document.body,
            { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });";
    page.run(script, vec![]).await?;
    Ok(())
}

/// The states seen since [`watch_states`].
pub async fn seen_states(page: &Page) -> Result<Vec<String>> {
    let seen = page.run("return [...window.seenStates]", vec![]).await?;
    Ok(serde_json::from_value(seen)?)
}

/// From the first page to the install page of a practice node.
pub async fn choose_practice(page: &Page) -> Result<()> {
    page.appears("door-practice", SOON).await?;
    page.click("door-practice").await?;
    page.appears("install-button", SOON).await
}

/// Installs what the install page shows; returns the node's id once its page is open.
pub async fn install(page: &Page) -> Result<String> {
    if page.shows("install-accept").await? {
        page.click("install-accept").await?;
    }
    page.click("install-button").await?;
    page.appears("node-status", SOON).await?;
    open_node(page).await
}

/// The id of the node whose page is open.
pub async fn open_node(page: &Page) -> Result<String> {
    let hash = page.run("return location.hash", vec![]).await?;
    let hash = hash.as_str().unwrap_or_default();
    let id = hash.strip_prefix("#/node/").and_then(|rest| rest.split('/').next());
    id.map(str::to_owned)
        .with_context(|| format!("a node's page is at #/node/ID, not {hash}"))
}

/// Names, on the install page, the folder in which the node's data goes.
pub async fn choose_folder(page: &Page, folder: &str) -> Result<()> {
    page.appears("install-data", SOON).await?;
    page.clear("install-data").await?;
    page.type_into("install-data", folder).await?;
    Ok(())
}

/// Waits until the node's page says that it is at the tip.
pub async fn ready(page: &Page) -> Result<()> {
    page.attribute_is("node-status", "data-state", "ready", READY_WITHIN)
        .await
}

/// Waits until the node's page says that it is in this state.
pub async fn state_is(page: &Page, state: &str, limit: Duration) -> Result<()> {
    page.attribute_is("node-status", "data-state", state, limit).await
}

/// Opens a node's page and goes to a part of it, by the way that the page offers.
pub async fn open_part(page: &Page, node: &str, part: &str) -> Result<()> {
    page.go(&format!("#/node/{node}")).await?;
    page.click(&format!("node-part-{part}")).await?;
    let look = async || {
        let inside = "const box = document.getElementById(arguments[0])?.getBoundingClientRect();
            return box !== undefined && box.top < innerHeight && box.bottom > 0";
        Ok((page.run(inside, vec![json!(part)]).await? == json!(true)).then_some(()))
    };
    until(&format!("the part {part} is in view"), SOON, look).await?;
    // The address of the part, so that pictures are taken of it.
    page.go(&format!("#/node/{node}/{part}")).await
}

/// Waits until the node's page shows this height.
pub async fn height_is(page: &Page, height: u64, limit: Duration) -> Result<()> {
    page.text_is("node-height", limit, |text| digits(text) == height.to_string())
        .await?;
    Ok(())
}

/// Opens the change that a switch of `wallet` would be.
pub async fn open_switch(page: &Page, wallet: &str) -> Result<()> {
    page.go("#/wallets").await?;
    page.click(&format!("wallet-switch-{wallet}-{NETWORK}")).await?;
    page.appears("wallet-diff", SOON).await
}

/// Agrees to the open change and waits until it can be reverted.
pub async fn confirm_switch(page: &Page, wallet: &str) -> Result<()> {
    page.click("wallet-confirm").await?;
    close_dialog(page, "wallet-confirm").await?;
    page.appears(&format!("wallet-revert-{wallet}-{NETWORK}"), SOON).await
}

/// Puts a wallet back.
pub async fn revert(page: &Page, wallet: &str) -> Result<()> {
    page.go("#/wallets").await?;
    let button = format!("wallet-revert-{wallet}-{NETWORK}");
    page.click(&button).await?;
    page.appears("wallet-diff", SOON).await?;
    page.click("wallet-revert-confirm").await?;
    close_dialog(page, "wallet-revert-confirm").await?;
    page.vanishes(&button, SOON).await
}

/// Erases the node of the open page with its data.
pub async fn erase(page: &Page) -> Result<()> {
    page.click("node-menu").await?;
    page.click("node-erase").await?;
    page.click("node-erase-confirm").await?;
    page.vanishes("node-erase-confirm", STOPS_WITHIN).await
}

/// Waits until the page no longer names any node, which means that the first page is back.
pub async fn no_nodes(page: &Page) -> Result<()> {
    page.go("#/nodes").await?;
    page.appears("door-practice", STOPS_WITHIN).await
}

/// Waits until the work behind a dialog's button is done, then leaves the dialog: it may stay open to say what was done.
async fn close_dialog(page: &Page, button: &str) -> Result<()> {
    page.vanishes(button, SOON).await?;
    let open = "return document.querySelector('dialog[open], [role=\"dialog\"]') !== null";
    let look = async || {
        if page.run(open, vec![]).await? == json!(false) {
            return Ok(Some(()));
        }
        page.escape().await?;
        Ok(None)
    };
    until("the dialog closes with Escape", SOON, look).await
}

/// Fails if a secret stands anywhere in the page, fields included.
pub async fn assert_hidden(page: &Page, secrets: &[&str]) -> Result<()> {
    let everything = page.everything().await?;
    for secret in secrets {
        ensure!(
            secret.len() >= 16,
            "a password is long enough not to be found by chance"
        );
        // Not printed on failure: the message would hold the secret.
        ensure!(
            !everything.contains(secret),
            "a password stands in the page; it must be masked"
        );
    }
    Ok(())
}

/// The digits of the first number in a text, without separators.
fn digits(text: &str) -> String {
    let number = text
        .lines()
        .find(|line| line.contains(|letter: char| letter.is_ascii_digit()));
    number
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect()
}
