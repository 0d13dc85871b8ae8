//! The layout holds with texts that are two fifths longer than English, as those of some languages are: on every screen
//! of the gallery, in both sizes, nothing leaves its box, is cut, or lies on something else.

use anyhow::{Context as _, Result, ensure};
use freehold_tests::fake_host::FakeHost;
use freehold_tests::page::{Page, SIZES, SOON, THEMES};
use serde_json::{Value, json};

use crate::fake_stage::FakeStage;
use crate::gallery::list::{SCREENS, Screen};
use crate::gallery::{FIRST_REST, REST};

/// Answers with one line for each thing that is wrong.
const LAYOUT: &str = include_str!("layout.js");

/// One thing of each kind that must be found.
const SPOIL: &str = "
const add = (css, text) => {
    const one = document.body.appendChild(document.createElement('p'));
    one.style.cssText = css;
    one.textContent = text;
};
add('width: 4rem; height: 2rem; margin: 0', 'Donaudampfschifffahrtsgesellschaft');
add('margin: -2rem 0 0; height: 2rem', 'Another');
add('width: 4rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap', 'shortened without a way to read it');
add('width: 8rem; height: 1rem; overflow: hidden', 'as many words as do not fit into so little room');";

#[tokio::test]
async fn every_screen_holds_texts_that_are_two_fifths_longer() -> Result<()> {
    let Some(FakeStage { host, browser, .. }) = FakeStage::open("layout").await? else {
        return Ok(());
    };
    let page = &browser.page;
    page.stands_still().await?;
    page.media(THEMES[0], true).await?;
    what_is_wrong_is_found(page, &host).await?;
    let mut troubles = Vec::new();
    for screen in SCREENS {
        match look_at(page, &host, screen).await {
            Ok(found) => troubles.extend(found),
            Err(error) => troubles.push(format!("{}: {error:#}", screen.name)),
        }
    }
    ensure!(troubles.is_empty(), "{}", troubles.join("\n"));
    browser.end().await
}

/// Without this, the test could not fail.
async fn what_is_wrong_is_found(page: &Page, host: &FakeHost) -> Result<()> {
    page.resize(SIZES[0].0, SIZES[0].1).await?;
    host.open(page, "ready&language=pseudo", "#/nodes").await?;
    page.appears("nav-nodes", SOON).await?;
    page.is_quiet(FIRST_REST).await?;
    let heading = page.all_text().await?;
    ensure!(
        heading.contains("Noooodes") || heading.contains("Nooodes"),
        "the texts are longer: {heading}"
    );
    page.run(SPOIL, vec![]).await?;
    let found = wrong(page).await?.join("\n");
    for kind in ["too wide: p", "on each other: p", "cut off: p", "too high: p"] {
        ensure!(found.contains(kind), "`{kind}` is found, only {found:?} is");
    }
    Ok(())
}

/// What is wrong with a screen, in both sizes.
async fn look_at(page: &Page, host: &FakeHost, screen: &Screen) -> Result<Vec<String>> {
    page.resize(SIZES[0].0, SIZES[0].1).await?;
    screen.open(page, host, "&language=pseudo").await?;
    let mut all = Vec::new();
    for (width, height) in SIZES {
        page.resize(width, height).await?;
        page.is_quiet(REST).await?;
        let found = wrong(page).await?;
        all.extend(
            found
                .iter()
                .map(|line| format!("{} at {width}x{height}: {line}", screen.name)),
        );
    }
    Ok(all)
}

async fn wrong(page: &Page) -> Result<Vec<String>> {
    let found: Value = page.run(LAYOUT, vec![]).await?;
    ensure!(found != json!(null), "the check answers");
    serde_json::from_value(found).context("a list of lines")
}
