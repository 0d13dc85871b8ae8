//! Another version: shown before it is tried, gone back from, and taken back by itself where it does not work.

use std::time::Duration;

use anyhow::{Result, ensure};
use freehold_tests::image::Image;
use freehold_tests::look::{show, text};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::steps;
use freehold_tests::wait::until;

use crate::accessibility::view;
use crate::stage::{Stage, on_stage};

const BLOCKS: u64 = 2;
/// A version that does not start is tried more than once before it is taken back.
const DECIDED_WITHIN: Duration = Duration::from_secs(90);

#[tokio::test]
async fn a_version_is_tried_gone_back_from_and_taken_back() -> Result<()> {
    let journey = async |stage: &Stage| {
        let page = stage.page();
        steps::choose_practice(page).await?;
        let node = steps::install(page).await?;
        steps::ready(page).await?;
        NodeRpc::of(&stage.sandbox, &node, "bitcoin-cli")?.mine(2)?;
        updated(stage, &node).await?;
        rolled_back(stage, &node).await?;
        taken_back_by_itself(stage, &node).await?;
        page.go(&format!("#/node/{node}")).await?;
        steps::erase(page).await?;
        steps::no_nodes(page).await
    };
    on_stage("version", journey).await
}

/// Makes the catalog name another image and opens what the page says to that.
async fn offer<'stage>(stage: &'stage Stage, node: &str, purpose: &str) -> Result<&'stage Image> {
    let image = stage.sandbox.environment.image_of("bitcoin-core", purpose);
    stage.sandbox.overlay().use_image("bitcoin-core", "bitcoind", image);
    stage.page().go("#/nodes").await?;
    stage.page().appears(&format!("node-card-{node}"), SOON).await?;
    steps::open_part(stage.page(), node, "version").await?;
    stage
        .page()
        .text_is("node-update", SOON, |text| text.contains(&image.tag))
        .await?;
    Ok(image)
}

/// Waits until this image runs and is at the tip.
async fn runs(stage: &Stage, node: &str, image: &Image) -> Result<()> {
    let look = async || {
        let seen = show(&stage.sandbox, node);
        let is_settled = seen["update_phase"].is_null() && seen["status"]["state"] == "ready";
        Ok((is_settled && text(&seen["services"][0]["digest"]) == image.digest).then_some(()))
    };
    until(&format!("{} runs", image.tag), DECIDED_WITHIN, look).await?;
    steps::ready(stage.page()).await?;
    steps::height_is(stage.page(), BLOCKS, SOON).await
}

async fn updated(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let image = offer(stage, node, "update").await?;
    view(stage, "node-version").await?;
    page.click("node-update").await?;
    page.appears("node-update-confirm", SOON).await?;
    view(stage, "node-update").await?;
    page.click("node-update-confirm").await?;
    page.vanishes("node-update-confirm", SOON).await?;
    runs(stage, node, image).await?;
    page.vanishes("node-update", SOON).await
}

async fn rolled_back(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let old = stage.sandbox.environment.image_of("bitcoin-core", "catalog");
    page.text_is("node-rollback", SOON, |text| text.ends_with(&old.tag))
        .await?;
    view(stage, "node-updated").await?;
    page.click("node-rollback").await?;
    page.click("node-rollback-confirm").await?;
    page.vanishes("node-rollback-confirm", SOON).await?;
    runs(stage, node, old).await
}

async fn taken_back_by_itself(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let old = stage.sandbox.environment.image_of("bitcoin-core", "catalog");
    offer(stage, node, "broken").await?;
    page.click("node-update").await?;
    page.click("node-update-confirm").await?;
    page.vanishes("node-update-confirm", SOON).await?;
    page.attribute_is("fault", "data-code", "update-failed", DECIDED_WITHIN)
        .await?;
    runs(stage, node, old).await?;
    view(stage, "node-update-failed").await?;
    page.appears("node-part-crashes", SOON).await?;
    steps::open_part(page, node, "crashes").await?;
    let crash = page.text_is("node-crash", SOON, |text| !text.is_empty()).await?;
    ensure!(crash.contains("bitcoind"), "it says which service ended: {crash}");
    view(stage, "node-crashes").await
}
