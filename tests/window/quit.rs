//! Closing the window while a node runs: it is asked what to do, nothing ends by itself, and the node outlives the window.

use std::time::Duration;

use anyhow::{Result, ensure};
use freehold_tests::look;
use freehold_tests::page::SOON;
use freehold_tests::steps;
use freehold_tests::wait::until;

use crate::stage::{Stage, in_window};

/// Two presses within three seconds are a person whose window hangs: it closes without a question.
const PATIENCE: Duration = Duration::from_millis(3300);

#[tokio::test]
async fn closing_asks_and_the_node_outlives_the_window() -> Result<()> {
    in_window("quit", None, journey).await
}

async fn journey(stage: &Stage) -> Result<()> {
    let page = stage.page();
    steps::choose_practice(page).await?;
    let node = steps::install(page).await?;
    steps::ready(page).await?;

    stage.press_cross()?;
    page.appears("quit-dialog", SOON).await?;
    let text = page.text("quit-dialog").await?;
    let names = text.to_lowercase().replace(' ', "-");
    ensure!(names.contains(&node), "the question names what keeps running: {text}");
    page.sizes(&stage.artifacts, "quit", "light").await?;
    page.escape().await?;
    page.vanishes("quit-dialog", SOON).await?;
    ensure!(stage.process()?.is_some(), "who thinks better of it keeps the window");

    tokio::time::sleep(PATIENCE).await;
    stage.press_cross()?;
    page.appears("quit-keep", SOON).await?;
    // The window goes before a click could be answered, so it is made a moment later.
    let later = "setTimeout(() => document.querySelector('[data-testid=\"quit-keep\"]').click(), 100)";
    page.run(later, vec![]).await?;
    let ended = async || Ok(stage.process()?.is_none().then_some(()));
    until("the window has closed", SOON, ended).await?;
    let seen = look::show(&stage.sandbox, &node);
    ensure!(
        seen["status"]["state"] == "ready",
        "the node runs on without a window: {seen}"
    );
    stage.sandbox.erase_all();
    Ok(())
}
