//! A node that somebody else runs on this machine is watched, and let go again without being touched.

use anyhow::{Result, ensure};
use freehold_tests::outside::OutsideNode;
use freehold_tests::page::SOON;
use freehold_tests::steps;

use crate::accessibility::view;
use crate::stage::{Stage, on_stage};

#[tokio::test]
async fn a_node_that_runs_already_is_attached_and_let_go() -> Result<()> {
    let journey = async |stage: &Stage| {
        let folder = tempfile::tempdir()?;
        let outside = OutsideNode::start(&stage.sandbox, &folder.path().join("theirs"))?;
        outside.mine(7)?;
        attach(stage, &outside).await?;
        let page = stage.page();
        steps::ready(page).await?;
        steps::height_is(page, 7, SOON).await?;
        outside.mine(1)?;
        steps::height_is(page, 8, SOON).await?;
        ensure!(page.count("node-stop").await? == 0, "it is not Freehold's to stop");
        view(stage, "node-attached").await?;
        page.click("node-menu").await?;
        ensure!(
            page.count("node-erase").await? == 0,
            "its data is not Freehold's to erase"
        );
        page.click("node-remove").await?;
        page.click("node-remove-confirm").await?;
        page.vanishes("node-remove-confirm", SOON).await?;
        steps::no_nodes(page).await?;
        ensure!(outside.call(&["getblockcount"])? == "8", "it still runs");
        outside.stop()
    };
    on_stage("attach", journey).await
}

async fn attach(stage: &Stage, outside: &OutsideNode) -> Result<()> {
    let page = stage.page();
    let (user, file) = outside.login()?;
    let password = std::fs::read_to_string(file)?;
    page.go("#/catalog").await?;
    page.click("catalog-attach").await?;
    page.appears("attach-client", SOON).await?;
    page.choose("attach-client", "bitcoin-core").await?;
    page.choose("attach-network", "regtest").await?;
    let endpoint = format!("bitcoin+http://127.0.0.1:{}", outside.port);
    page.type_into("attach-endpoint", &endpoint).await?;
    page.type_into("attach-user", user).await?;
    page.type_into("attach-password", "wrong").await?;
    page.click("attach-confirm").await?;
    stage.refused("node_attach", "attach-failed").await?;
    view(stage, "attach-failed").await?;
    page.clear("attach-password").await?;
    page.type_into("attach-password", password.trim()).await?;
    page.click("attach-confirm").await?;
    page.appears("node-status", SOON).await?;
    steps::assert_hidden(page, &[password.trim()]).await
}
