//! There is one window: a second start brings it to the front, and a link opens its page in it.

use anyhow::{Result, ensure};
use freehold_tests::page::{Page, SOON};
use freehold_tests::wait::until;

use crate::stage::{Stage, in_usual_window};

#[tokio::test]
async fn a_second_start_and_a_link_reach_the_window_that_is_open() -> Result<()> {
    in_usual_window("second-start", journey).await
}

async fn journey(stage: &Stage) -> Result<()> {
    let page = stage.page();
    page.attribute_is("engine-chip", "data-state", "connected", SOON)
        .await?;
    let first = stage.process()?;
    stage.start_again(Some("freehold://wallets"))?;
    is_at(page, "#/wallets").await?;
    page.appears("wallet-row-sparrow-regtest", SOON).await?;
    stage.start_again(Some("freehold://install/bitcoin-core"))?;
    is_at(page, "#/install/bitcoin-core").await?;
    page.appears("install-button", SOON).await?;

    // Anybody can make a link: what is not a page of Freehold changes nothing.
    for other in [
        "freehold://settings",
        "freehold://node/..%2f",
        "freehold://install/bitcoin-core/mainnet",
    ] {
        stage.start_again(Some(other))?;
        is_at(page, "#/install/bitcoin-core").await?;
    }
    stage.start_again(None)?;
    is_at(page, "#/install/bitcoin-core").await?;
    ensure!(stage.process()? == first, "the first window is still the one");
    Ok(())
}

async fn is_at(page: &Page, hash: &str) -> Result<()> {
    let look = async || {
        let here = page.run("return location.hash", vec![]).await?;
        ensure!(here == hash, "it is {here}");
        Ok(Some(()))
    };
    until(&format!("the window is at {hash}"), SOON, look).await
}
