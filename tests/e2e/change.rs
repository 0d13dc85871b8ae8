//! A node that is there gets other settings and another folder; what that means stands there before it is done.

use anyhow::{Context as _, Result, ensure};
use freehold_tests::look::show;
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::steps::{self, READY_WITHIN};
use freehold_tests::wait::until;
use serde_json::json;

use crate::accessibility::view;
use crate::stage::{Stage, on_stage};

const BLOCKS: u64 = 3;

#[tokio::test]
async fn a_node_gets_other_settings_and_another_folder() -> Result<()> {
    let journey = async |stage: &Stage| {
        let page = stage.page();
        steps::choose_practice(page).await?;
        let node = steps::install(page).await?;
        steps::ready(page).await?;
        NodeRpc::of(&stage.sandbox, &node, "bitcoin-cli")?.mine(3)?;
        steps::height_is(page, BLOCKS, SOON).await?;
        an_index_is_built(stage, &node).await?;
        a_plain_restart_asks_no_further_question(stage, &node).await?;
        history_is_there(stage, &node).await?;
        the_data_moves(stage, &node).await?;
        steps::erase(page).await?;
        steps::no_nodes(page).await
    };
    on_stage("change", journey).await
}

/// Waits until the node has been stopped and is ready again with its blocks.
async fn restarted(stage: &Stage, node: &str, before: i64) -> Result<()> {
    let look = async || Ok((started(stage, node)? > before).then_some(()));
    until("the node starts again", READY_WITHIN, look).await?;
    steps::ready(stage.page()).await?;
    steps::height_is(stage.page(), BLOCKS, SOON).await
}

/// When its container was started; nothing while it is away.
fn started(stage: &Stage, node: &str) -> Result<i64> {
    let seen = show(&stage.sandbox, node);
    let at = &seen["services"][0]["started_at"];
    at.as_i64().with_context(|| format!("it does not run now: {seen}"))
}

async fn an_index_is_built(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let before = started(stage, node)?;
    steps::open_part(page, node, "settings").await?;
    view(stage, "node-settings").await?;
    page.click("node-option-txindex").await?;
    page.click("node-change-review").await?;
    page.appears("node-change-consent", SOON).await?;
    let text = page.all_text().await?;
    ensure!(
        text.contains("builds an index again") && text.contains("Transaction index"),
        "what it leads to is said before it is done: {text}"
    );
    ensure!(
        !page.is_enabled("node-change-confirm").await?,
        "hours of work are not begun without consent"
    );
    view(stage, "node-change").await?;
    let unchanged = show(&stage.sandbox, node);
    ensure!(
        unchanged["options"] == json!({}),
        "looking changes nothing: {unchanged}"
    );
    page.click("node-change-consent").await?;
    page.click("node-change-confirm").await?;
    page.vanishes("node-change-confirm", SOON).await?;
    restarted(stage, node, before).await?;
    let changed = show(&stage.sandbox, node);
    ensure!(changed["options"] == json!({ "txindex": "on" }), "{changed}");
    let rpc = NodeRpc::of(&stage.sandbox, node, "bitcoin-cli")?;
    let index = async || {
        let answer = rpc.call(&["getindexinfo", "txindex"])?;
        Ok(answer.contains("\"best_block_height\": 3").then_some(()))
    };
    until("the index is there", SOON, index).await
}

async fn a_plain_restart_asks_no_further_question(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let before = started(stage, node)?;
    steps::open_part(page, node, "settings").await?;
    page.click("node-option-wallet").await?;
    page.click("node-change-review").await?;
    page.click("node-change-confirm").await?;
    page.vanishes("node-change-confirm", SOON).await?;
    restarted(stage, node, before).await?;
    let changed = show(&stage.sandbox, node);
    ensure!(
        changed["options"] == json!({ "txindex": "on", "wallet": "off" }),
        "{changed}"
    );
    Ok(())
}

async fn history_is_there(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    steps::open_part(page, node, "resources").await?;
    let look = async || {
        let curves = "return document.querySelectorAll('[data-testid=\"node-history\"] svg').length";
        Ok((page.run(curves, vec![]).await?.as_u64() > Some(1)).then_some(()))
    };
    until("the node's height and use are drawn", SOON, look).await?;
    view(stage, "node-history").await
}

async fn the_data_moves(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let before = started(stage, node)?;
    let old = stage.sandbox.data().join("nodes").join(node);
    ensure!(old.is_dir(), "chain data is in {}", old.display());
    let elsewhere = tempfile::tempdir()?;
    let new = elsewhere.path().join("disk");
    page.go(&format!("#/node/{node}")).await?;
    page.click("node-menu").await?;
    page.click("node-move").await?;
    page.appears("node-move-folder", SOON).await?;
    view(stage, "node-move").await?;
    page.type_into("node-move-folder", &new.to_string_lossy()).await?;
    page.click("node-move-consent").await?;
    page.click("node-move-confirm").await?;
    page.vanishes("node-move-confirm", SOON).await?;
    restarted(stage, node, before).await?;
    let gone = async || Ok((!old.exists()).then_some(()));
    until("the old folder is erased", READY_WITHIN, gone).await?;
    let moved = show(&stage.sandbox, node);
    ensure!(
        moved["data_dir"] == json!(new),
        "the data is in the new folder: {moved}"
    );
    // The disk of the test goes with the node.
    page.go(&format!("#/node/{node}")).await
}
