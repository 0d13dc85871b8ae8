//! Every screen and every dialog, in states that no real node gives on demand: without barriers in both themes, at rest
//! for somebody who wants no motion, usable at twice the size, and looking as it did before.
//!
//! The interface stands over its fake host here, with a clock that stands still. The same screens over a real core and
//! real nodes are in the journeys.

mod coverage;
pub(crate) mod list;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use freehold_tests::fake_host::FakeHost;
use freehold_tests::page::{Page, SIZES, SOON, THEMES};
use freehold_tests::screens::Screens;
use serde_json::{Value, json};

use self::list::{SCREENS, Screen};
use crate::fake_stage::FakeStage;

/// A window of 1280 x 800 at 200 %.
const ZOOMED: (u32, u32) = (640, 400);

/// Answers of the host come one after another; then nothing more does.
pub(crate) const FIRST_REST: Duration = Duration::from_millis(300);
/// After another size or theme, which are laid out at once.
pub(crate) const REST: Duration = Duration::from_millis(80);

/// What leaves the page to the side: the page itself, a dialog, a thing to use that no scrolling brings into view.
const LEAVES: &str = "
const wide = (one) => one.scrollWidth - one.clientWidth > 1;
const name = (one) => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 30)}`;
const out = [...document.querySelectorAll('html, main, dialog[open], dialog[open] .body')].filter(wide).map(name);
const scrolls = (one) => one && (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && wide(one) || scrolls(one.parentElement));
for (const one of document.querySelectorAll('a, button, input, select, textarea')) {
    const box = one.getBoundingClientRect();
    if (box.width > 2 && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(one.parentElement)) out.push(name(one));
}
for (const one of document.querySelectorAll('dialog[open]')) {
    const box = one.getBoundingClientRect();
    if (box.bottom > innerHeight + 1 || box.top < -1) out.push(`${name(one)} is higher than the window`);
}
return out;";

#[tokio::test]
async fn every_screen_is_without_barriers_and_looks_as_it_did() -> Result<()> {
    let Some(stage) = FakeStage::open("gallery").await? else {
        return Ok(());
    };
    let FakeStage {
        host,
        browser,
        artifacts,
    } = stage;
    let page = &browser.page;
    page.stands_still().await?;
    page.media(THEMES[0], false).await?;
    motion_is_there_for_others(page, &host).await?;
    let mut screens = Screens::open(page, &artifacts.join("gallery")).await?;
    let mut troubles = Vec::new();
    for screen in SCREENS {
        if let Err(error) = look_at(page, &host, screen, &mut screens).await {
            page.evidence(&artifacts.join("failed"), &format!("gallery-{}", screen.name))
                .await?;
            troubles.push(format!("{}: {error:#}", screen.name));
        }
    }
    let console = page.console().await?;
    ensure!(troubles.is_empty(), "{}", troubles.join("\n\n"));
    ensure!(console.is_empty(), "the console must stay clean, it says {console:?}");
    browser.end().await?;
    screens.end().await
}

impl Screen {
    /// Opens it and waits until it rests; `more` goes on with the address of its scenario.
    pub(crate) async fn open(&self, page: &Page, host: &FakeHost, more: &str) -> Result<()> {
        host.open(page, &format!("{}{more}", self.scenario), self.hash).await?;
        for step in self.clicks {
            page.click(step).await?;
        }
        page.appears(self.landmark, SOON).await?;
        page.is_quiet(FIRST_REST).await
    }
}

/// Without this, [`Page::nothing_moves`] could not fail.
async fn motion_is_there_for_others(page: &Page, host: &FakeHost) -> Result<()> {
    page.resize(SIZES[0].0, SIZES[0].1).await?;
    host.open(page, "pulling", "#/node/bitcoin-mainnet").await?;
    page.appears("node-status", SOON).await?;
    let moving = page.moving().await?;
    ensure!(!moving.is_empty(), "a pull turns its wheel for everybody else");
    Ok(())
}

async fn look_at(page: &Page, host: &FakeHost, screen: &Screen, screens: &mut Screens) -> Result<()> {
    let (theme, (width, height)) = (THEMES[0], SIZES[0]);
    page.media(theme, true).await?;
    page.resize(width, height).await?;
    screen.open(page, host, "").await?;
    page.nothing_moves(screen.name).await?;
    crate::accessibility::axe_is_content(page, screen.name, theme).await?;
    for (size, theme) in [(0, 0), (1, 0), (1, 1), (0, 1)] {
        let ((width, height), theme) = (SIZES[size], THEMES[theme]);
        page.media(theme, true).await?;
        page.resize(width, height).await?;
        page.back_to_part().await?;
        page.is_quiet(REST).await?;
        let name = format!("{}-{width}x{height}-{theme}", screen.name);
        screens.look(page, &name).await?;
    }
    crate::accessibility::contrast_is_enough(page, screen.name, THEMES[1]).await?;
    page.resize(ZOOMED.0, ZOOMED.1).await?;
    page.is_quiet(REST).await?;
    let out = page.run(LEAVES, vec![]).await?;
    ensure!(out == json!([]), "at 200 % it leaves the window: {}", list_of(&out)?);
    Ok(())
}

fn list_of(value: &Value) -> Result<String> {
    let all: Vec<String> = serde_json::from_value(value.clone()).context("a list of names")?;
    Ok(all.join("; "))
}
