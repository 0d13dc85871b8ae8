//! Without an engine the window says what to do, and does not pretend.

use anyhow::{Result, ensure};
use freehold_tests::page::SOON;

use crate::stage::{Stage, in_window};

#[tokio::test]
async fn without_an_engine_the_window_says_how_to_get_one() -> Result<()> {
    in_window("engine-gone", Some("unix:///nonexistent.sock"), guide).await
}

async fn guide(stage: &Stage) -> Result<()> {
    let page = stage.page();
    page.attribute_is("engine-chip", "data-state", "down", SOON).await?;
    let look = async || {
        let text = page.all_text().await?;
        Ok(text.contains("/nonexistent.sock").then_some(text))
    };
    let text = freehold_tests::wait::until("the page names the address that was tried", SOON, look).await?;
    let commands = page
        .run("return document.querySelectorAll('code').length", vec![])
        .await?;
    ensure!(commands.as_u64() > Some(0), "the page has a command to type: {text}");
    page.screenshots(&stage.artifacts, "engine-gone").await
}
