//! An indexer from the catalog brings the node that it needs; that node is not taken away under it.

use anyhow::{Result, ensure};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::steps::{self, READY_WITHIN, STOPS_WITHIN};

use crate::accessibility::view;
use crate::stage::{Stage, on_stage};

const CORE: &str = "bitcoin-core-regtest";
const ELECTRS: &str = "electrs-regtest";

#[tokio::test]
async fn an_indexer_from_the_catalog_brings_its_node() -> Result<()> {
    let journey = async |stage: &Stage| {
        install(stage).await?;
        both_come_up(stage).await?;
        removal_is_refused(stage).await?;
        it_waits_for_its_node(stage).await?;
        for node in [ELECTRS, CORE] {
            open(stage, node).await?;
            steps::erase(stage.page()).await?;
        }
        steps::no_nodes(stage.page()).await
    };
    on_stage("needs", journey).await
}

async fn open(stage: &Stage, node: &str) -> Result<()> {
    stage.page().go(&format!("#/node/{node}")).await?;
    stage.page().appears("node-status", SOON).await
}

async fn install(stage: &Stage) -> Result<()> {
    let page = stage.page();
    page.go("#/catalog").await?;
    page.text_is("catalog-card-electrs", SOON, |text| text.contains("Needs Bitcoin Core"))
        .await?;
    let core = page.text("catalog-card-bitcoin-core").await?;
    ensure!(
        !core.contains("Needs"),
        "Bitcoin Core needs Tor only for those who choose it: {core}"
    );
    page.click("catalog-card-electrs").await?;
    page.click("install-network-regtest").await?;
    page.appears("install-need-bitcoin", SOON).await?;
    let text = page
        .text_is("install-need-bitcoin", SOON, |text| !text.is_empty())
        .await?;
    ensure!(
        text.contains("Bitcoin Core"),
        "the node that would be made is named: {text}"
    );
    let look = async || Ok(page.all_text().await?.contains(CORE).then_some(()));
    freehold_tests::wait::until("the page names the new node", SOON, look).await?;
    view(stage, "install-needs").await?;
    let node = steps::install(page).await?;
    ensure!(node == ELECTRS, "the page of the indexer is open, not of {node}");
    Ok(())
}

async fn both_come_up(stage: &Stage) -> Result<()> {
    let page = stage.page();
    open(stage, CORE).await?;
    steps::ready(page).await?;
    // electrs has nothing to index before there is a block.
    NodeRpc::of(&stage.sandbox, CORE, "bitcoin-cli")?.mine(5)?;
    open(stage, ELECTRS).await?;
    steps::ready(page).await?;
    steps::height_is(page, 5, SOON).await?;
    let needs = page.text("node-needs").await?;
    ensure!(needs.contains("Bitcoin Core"), "what it needs is named: {needs}");
    view(stage, "node-needs").await
}

async fn removal_is_refused(stage: &Stage) -> Result<()> {
    let page = stage.page();
    open(stage, CORE).await?;
    let needed = page.text_is("node-needed-by", SOON, |text| !text.is_empty()).await?;
    ensure!(
        needed.to_lowercase().contains("electrs"),
        "who needs it is named: {needed}"
    );
    page.click("node-menu").await?;
    page.click("node-remove").await?;
    page.click("node-remove-confirm").await?;
    stage.refused("node_remove", "node-needed").await?;
    let fault = page.text("fault").await?;
    ensure!(fault.contains(ELECTRS), "the refusal says who needs it: {fault}");
    view(stage, "remove-refused").await?;
    page.escape().await?;
    page.vanishes("node-remove-confirm", SOON).await?;
    steps::state_is(page, "ready", SOON).await
}

async fn it_waits_for_its_node(stage: &Stage) -> Result<()> {
    let page = stage.page();
    page.click("node-stop").await?;
    steps::state_is(page, "stopped", STOPS_WITHIN).await?;
    open(stage, ELECTRS).await?;
    let look = async || {
        let text = page.text("node-progress").await?;
        let all = page.all_text().await?;
        ensure!(!text.contains("Ready"), "it still says that it is ready");
        Ok(all.contains("Bitcoin Core").then_some(()))
    };
    freehold_tests::wait::until("the indexer waits for its node", STOPS_WITHIN, look).await?;
    view(stage, "node-waiting").await?;
    open(stage, CORE).await?;
    page.click("node-start").await?;
    steps::ready(page).await?;
    open(stage, ELECTRS).await?;
    steps::state_is(page, "ready", READY_WITHIN).await?;
    steps::height_is(page, 5, SOON).await
}
