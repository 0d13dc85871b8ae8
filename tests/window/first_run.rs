//! The first page of a window that has no node yet: the engine is found, and there are doors to go through.

use anyhow::{Result, ensure};
use freehold_tests::page::SOON;

use crate::stage::{Stage, in_window};

#[tokio::test]
async fn the_first_page_finds_the_engine_and_opens_its_doors() -> Result<()> {
    in_window("first-run", None, first_run).await
}

async fn first_run(stage: &Stage) -> Result<()> {
    let page = stage.page();
    page.attribute_is("engine-chip", "data-state", "connected", SOON)
        .await?;
    page.screenshots(&stage.artifacts, "welcome").await?;
    for (door, landmark, address) in [
        ("door-bitcoin", "install-button", "#/install/bitcoin-core"),
        ("door-choose", "catalog-card-bitcoin-core", "#/catalog"),
        ("door-practice", "install-button", "/regtest"),
    ] {
        page.go("#/welcome").await?;
        page.click(door).await?;
        page.appears(landmark, SOON).await?;
        let here = page.run("return location.hash", vec![]).await?;
        ensure!(
            here.as_str().is_some_and(|here| here.contains(address)),
            "`{door}` leads to {address}, not to {here}"
        );
    }
    Ok(())
}
