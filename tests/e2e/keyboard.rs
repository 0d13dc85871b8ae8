//! The whole way without a mouse: a practice node, a wallet on it and back, stop, erase. The focus is always somewhere and
//! can always be seen.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use freehold_tests::page::{Page, SOON};
use freehold_tests::steps::{self, NETWORK, STOPS_WITHIN};
use freehold_tests::wait::until;
use serde_json::json;

use crate::stage::{Stage, on_stage};

const SPACE: &str = " ";

#[tokio::test]
async fn everything_can_be_done_with_keys_alone() -> Result<()> {
    let journey = async |stage: &Stage| {
        let page = stage.page();
        page.appears("door-practice", SOON).await?;
        content_comes_at_once(page).await?;
        let node = install(page).await?;
        menu_opens_and_closes(page).await?;
        theme_is_chosen_with_arrows(page).await?;
        wallet_switches_and_reverts(stage).await?;
        stop_and_erase(page, &node).await
    };
    on_stage("keyboard", journey).await
}

/// The first key leads past the side bar.
async fn content_comes_at_once(page: &Page) -> Result<()> {
    page.press(Key::Tab).await?;
    page.focus_is_seen("the first place of the page").await?;
    page.press(Key::Enter).await?;
    let inside = "return document.activeElement?.closest('main') !== null";
    ensure!(
        page.run(inside, vec![]).await? == json!(true),
        "the first place leads to the content"
    );
    Ok(())
}

async fn install(page: &Page) -> Result<String> {
    page.enter_on("door-practice").await?;
    page.appears("install-button", SOON).await?;
    page.focus_is_kept("opening the install page").await?;
    if page.shows("install-accept").await? {
        page.tab_to("install-accept").await?;
        page.type_keys(SPACE).await?;
    }
    page.enter_on("install-button").await?;
    page.appears("node-status", SOON).await?;
    page.focus_is_kept("the install").await?;
    steps::ready(page).await?;
    steps::open_node(page).await
}

async fn menu_opens_and_closes(page: &Page) -> Result<()> {
    page.enter_on("node-menu").await?;
    page.appears("node-remove", SOON).await?;
    page.press(Key::Down).await?;
    page.focus_is_seen("an entry of the menu").await?;
    page.press(Key::Escape).await?;
    page.vanishes("node-remove", SOON).await?;
    ensure!(
        has_focus(page, "node-menu").await?,
        "Escape gives the focus back to the menu's button"
    );
    Ok(())
}

async fn theme_is_chosen_with_arrows(page: &Page) -> Result<()> {
    page.enter_on("nav-settings").await?;
    page.appears("settings-theme-dark", SOON).await?;
    page.focus_is_kept("opening the settings").await?;
    let shown = async || page.run("return document.documentElement.dataset.theme", vec![]).await;
    let before = shown().await?;
    page.tab_to(&format!("settings-theme-{}", before.as_str().unwrap_or("system")))
        .await?;
    page.press(Key::Right).await?;
    let another = async || Ok((shown().await? != before).then_some(()));
    until("an arrow chooses another theme", SOON, another).await?;
    page.focus_is_seen("the chosen theme").await
}

async fn wallet_switches_and_reverts(stage: &Stage) -> Result<()> {
    let page = stage.page();
    let before = stage.wallets.all_files()?;
    page.enter_on("nav-wallets").await?;
    page.enter_on(&format!("wallet-switch-bitcoin-cli-{NETWORK}")).await?;
    page.appears("wallet-diff", SOON).await?;
    page.focus_is_kept("opening the change").await?;
    page.enter_on("wallet-confirm").await?;
    done_and_closed(page, "wallet-confirm").await?;
    ensure!(stage.wallets.all_files()? != before, "the wallet's file has changed");
    let revert = format!("wallet-revert-bitcoin-cli-{NETWORK}");
    page.enter_on(&revert).await?;
    page.appears("wallet-diff", SOON).await?;
    page.enter_on("wallet-revert-confirm").await?;
    done_and_closed(page, "wallet-revert-confirm").await?;
    page.vanishes(&revert, SOON).await?;
    ensure!(stage.wallets.all_files()? == before, "a revert brings every byte back");
    Ok(())
}

/// Waits for the work behind a dialog's button, leaves the dialog with Escape, and looks for the focus.
async fn done_and_closed(page: &Page, button: &str) -> Result<()> {
    page.vanishes(button, SOON).await?;
    let open = "return document.querySelector('dialog[open]') !== null";
    let closed = async || {
        if page.run(open, vec![]).await? == json!(false) {
            return Ok(Some(()));
        }
        page.press(Key::Escape).await?;
        Ok(None)
    };
    until("the dialog closes with Escape", SOON, closed).await?;
    page.focus_is_kept("closing the dialog").await
}

async fn stop_and_erase(page: &Page, node: &str) -> Result<()> {
    page.enter_on("nav-nodes").await?;
    page.enter_on(&format!("node-card-{node}")).await?;
    page.appears("node-status", SOON).await?;
    page.focus_is_kept("opening the node").await?;
    page.enter_on("node-stop").await?;
    steps::state_is(page, "stopped", STOPS_WITHIN).await?;
    page.focus_is_kept("the stop").await?;
    page.enter_on("node-menu").await?;
    page.appears("node-erase", SOON).await?;
    let reached = async || {
        if has_focus(page, "node-erase").await? {
            return Ok(Some(()));
        }
        page.press(Key::Down).await?;
        Ok(None)
    };
    until("the arrows lead to erasing", SOON, reached).await?;
    page.press(Key::Enter).await?;
    page.enter_on("node-erase-confirm").await?;
    page.vanishes("node-erase-confirm", STOPS_WITHIN).await?;
    page.focus_is_kept("erasing").await?;
    page.enter_on("nav-nodes").await?;
    page.appears("door-practice", STOPS_WITHIN).await
}

async fn has_focus(page: &Page, id: &str) -> Result<bool> {
    let script = "return document.activeElement?.closest(`[data-testid=\"${arguments[0]}\"]`) !== null";
    Ok(page.run(script, vec![json!(id)]).await? == json!(true))
}
