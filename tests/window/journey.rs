//! A practice node in the window, its parts and its settings. The window has its own bridge to the core, and this is what
//! is tested.

use std::time::Duration;

use anyhow::Result;
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::steps::{self, READY_WITHIN};
use freehold_tests::wait::until;

use crate::stage::{Stage, in_window};

/// From a block in the node to its number in the window.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_click_makes_a_node_that_gets_another_setting() -> Result<()> {
    in_window("journey", None, journey).await
}

async fn journey(stage: &Stage) -> Result<()> {
    let page = stage.page();
    let shot = async |view: &str| page.screenshots(&stage.artifacts, view).await;
    steps::choose_practice(page).await?;
    page.appears("finding", SOON).await?;
    shot("install").await?;

    let node = steps::install(page).await?;
    steps::ready(page).await?;
    let rpc = NodeRpc::of(&stage.sandbox, &node, "bitcoin-cli")?;
    rpc.mine(1)?;
    let shown = steps::height_is(page, 1, SHOWN_WITHIN).await;
    shown.map_err(|error| error.context("a new block must be shown within two seconds"))?;
    rpc.mine(119)?;
    steps::height_is(page, 120, SHOWN_WITHIN).await?;
    shot("node").await?;

    for part in ["sync", "resources", "settings", "version"] {
        steps::open_part(page, &node, part).await?;
        shot(&format!("node-{part}")).await?;
    }
    page.click("node-part-settings").await?;
    page.click("node-option-txindex").await?;
    page.click("node-change-review").await?;
    page.appears("node-change-consent", SOON).await?;
    page.sizes(&stage.artifacts, "node-change", "light").await?;
    page.click("node-change-consent").await?;
    page.click("node-change-confirm").await?;
    page.vanishes("node-change-confirm", SOON).await?;
    let changed = async || {
        let node = stage.sandbox.run(&["status", &node]).ok();
        Ok((node["options"]["txindex"] == "on" && node["status"]["state"] == "ready").then_some(()))
    };
    until("the node has its new setting", READY_WITHIN, changed).await?;
    steps::height_is(page, 120, SOON).await?;

    for (view, hash, landmark) in [
        ("nodes", "#/nodes", format!("node-card-{node}")),
        ("catalog", "#/catalog", "catalog-card-bitcoin-core".to_owned()),
        (
            "install-needs",
            "#/install/electrs/regtest",
            "install-need-bitcoin".to_owned(),
        ),
        (
            "install-unavailable",
            "#/install/arbitrum",
            "install-unavailable".to_owned(),
        ),
        ("attach", "#/attach", "attach-confirm".to_owned()),
        ("activity", "#/activity", "activity-entry".to_owned()),
        ("settings", "#/settings", "settings-theme-dark".to_owned()),
    ] {
        page.go(hash).await?;
        page.appears(&landmark, SOON).await?;
        shot(view).await?;
    }

    page.go(&format!("#/node/{node}")).await?;
    steps::erase(page).await?;
    steps::no_nodes(page).await
}
