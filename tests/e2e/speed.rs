//! The window is quick and idle: many nodes and a long log scroll at the screen's own rate, an open window costs next to
//! nothing, and a hidden one does nothing by the clock.

use std::io::Write as _;
use std::time::Duration;

use anyhow::{Result, ensure};
use freehold_tests::browser::Browser;
use freehold_tests::cpu;
use freehold_tests::frames::Frames;
use freehold_tests::page::{Page, SOON};
use freehold_tests::steps;
use freehold_tests::wait::until;
use serde_json::json;

use crate::fake_stage::FakeStage;
use crate::stage::{Stage, alone, on_stage};

/// A page that holds nothing and can be scrolled as far as the 200 nodes.
const EMPTY: &str = "data:text/html,<body style='height:20000px'>";
/// How long each scroll is measured, in milliseconds.
const LASTS: u32 = 4000;
/// Pixels at each frame: a wheel that is turned quickly, and a log that is thrown.
const TURNED: u32 = 40;
const THROWN: u32 = 500;
/// A page of two hundred cards that has only just come is still being drawn for the first time.
const SETTLES: Duration = Duration::from_millis(1200);
/// Sixty frames in a second, in milliseconds for each, with the unevenness of a clock.
const A_FRAME: f64 = 1000.0 / 60.0 + 1.0;
/// Without a graphics card, and beside other work, an empty page too is slower than that; ours may lose this much to it.
const OF_EMPTY: f64 = 0.95;
/// Another program may wake up in the middle of a measurement.
const TRIES: usize = 5;

/// How long the cost of an open window is measured.
const IDLE: Duration = Duration::from_secs(30);
/// Share of one core that the open window may use.
const IDLE_SHARE: f64 = 0.005;
/// Whoever went to the page may still be there for a moment; after it the window is calm (`ui/src/state/attention.ts`).
const LEFT: Duration = Duration::from_secs(12);
/// What was begun before the window was hidden may end.
const GRACE: Duration = Duration::from_millis(1500);
/// How long a hidden window is looked at.
const HIDDEN: Duration = Duration::from_secs(3);

#[tokio::test]
async fn two_hundred_nodes_and_a_hundred_thousand_lines_scroll_smoothly() -> Result<()> {
    let _alone = alone().await;
    let Some(FakeStage { host, browser, .. }) = FakeStage::open("speed").await? else {
        return Ok(());
    };
    let page = &browser.page;
    page.resize(1280, 800).await?;

    host.open(page, "many", "#/nodes").await?;
    page.appears("node-card-node-199", SOON).await.ok();
    let cards = until("200 nodes are shown", SOON, async || {
        let count = page
            .run(
                "return document.querySelectorAll('[data-testid^=\"node-card-\"]').length",
                vec![],
            )
            .await?;
        Ok((count.as_u64() > Some(0)).then_some(count))
    });
    ensure!(cards.await? == json!(200), "all 200 nodes have a card");
    is_smooth(page, "200 nodes", "main", TURNED, async || {
        host.open(page, "many", "#/nodes").await?;
        page.appears("node-card-node-0", SOON).await
    })
    .await?;

    is_smooth(
        page,
        "100,000 lines",
        "[data-testid=\"log-lines\"]",
        THROWN,
        async || {
            host.open(page, "many", "#/node/node-1/log").await?;
            let all = async || {
                let total = page.run(
                    "return Number(document.querySelector('[data-testid=\"log-lines\"]')?.dataset.total ?? 0)",
                    vec![],
                );
                Ok((total.await?.as_u64() >= Some(100_000)).then_some(()))
            };
            until("100,000 lines are there", SOON, all).await
        },
    )
    .await?;
    browser.end().await
}

/// Fails where scrolling is slower than the screen and than an empty page, in every one of a few tries.
async fn is_smooth(
    page: &Page,
    what: &str,
    selector: &str,
    pixels: u32,
    open: impl AsyncFn() -> Result<()>,
) -> Result<()> {
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        page.open(EMPTY).await?;
        let empty = Frames::of_scrolling(page, "", pixels, LASTS / 2).await?;
        open().await?;
        tokio::time::sleep(SETTLES).await;
        let ours = Frames::of_scrolling(page, selector, pixels, LASTS).await?;
        ensure!(
            ours.moved > 5000.0,
            "{what} can be scrolled, not by {} pixels only",
            ours.moved
        );
        let line = format!("{what}: {}; an empty page: {}", ours.words(), empty.words());
        // Not `println`, which the test harness hides for tests that pass.
        writeln!(std::io::stdout(), "measured: {line}")?;
        let is_sixty = ours.rate() >= 59.0 && ours.at(0.95) <= A_FRAME;
        let is_as_empty = ours.rate() >= empty.rate() * OF_EMPTY && ours.at(0.95) <= empty.at(0.95) / OF_EMPTY;
        if is_sixty || is_as_empty {
            return Ok(());
        }
        seen.push(line);
    }
    anyhow::bail!("not at 60 frames a second, nor as an empty page:\n{}", seen.join("\n"))
}

#[tokio::test]
async fn an_open_window_costs_nothing_and_a_hidden_one_does_nothing() -> Result<()> {
    let journey = async |stage: &Stage| {
        let page = stage.page();
        steps::choose_practice(page).await?;
        let node = steps::install(page).await?;
        steps::ready(page).await?;
        open_costs_next_to_nothing(stage, &node).await?;
        hidden_does_nothing(stage, &node).await?;
        page.go(&format!("#/node/{node}")).await?;
        steps::erase(page).await?;
        steps::no_nodes(page).await
    };
    on_stage("idle", journey).await
}

async fn open_costs_next_to_nothing(stage: &Stage, node: &str) -> Result<()> {
    let empty = Browser::chromium(stage.logs()).await?;
    empty.page.open("about:blank").await?;
    let page = stage.page();
    page.go("#/nodes").await?;
    page.appears(&format!("node-card-{node}"), SOON).await?;
    tokio::time::sleep(LEFT).await;
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        let (share, words) = idle_share(stage, &empty).await?;
        writeln!(std::io::stdout(), "measured: an open window uses {words}")?;
        if share <= IDLE_SHARE {
            return empty.end().await;
        }
        seen.push(words);
    }
    anyhow::bail!("an open window uses {}", seen.join(", then "))
}

/// What the open window uses beyond an empty one, as a share of one core and in words.
async fn idle_share(stage: &Stage, empty: &Browser) -> Result<(f64, String)> {
    let look = || {
        anyhow::Ok((
            cpu::of_pages_below(stage.browser.id())?,
            cpu::of_pages_below(empty.id())?,
        ))
    };
    let before = look()?;
    tokio::time::sleep(IDLE).await;
    let after = look()?;
    let (ours, theirs) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
    let share = ours.saturating_sub(theirs).as_secs_f64() / IDLE.as_secs_f64();
    let words = format!(
        "{:.2} % of a core (the page {ours:?}, an empty one {theirs:?}, in {IDLE:?})",
        share * 100.0
    );
    Ok((share, words))
}

async fn hidden_does_nothing(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    page.watches_timers().await?;
    page.run("location.reload()", vec![]).await?;
    let screens = [
        ("#/nodes".to_owned(), format!("node-card-{node}")),
        (format!("#/node/{node}"), "node-status".to_owned()),
        (format!("#/node/{node}/log"), "log-lines".to_owned()),
        ("#/wallets".to_owned(), "wallet-row-sparrow-regtest".to_owned()),
        ("#/activity".to_owned(), "activity-entry".to_owned()),
        ("#/settings".to_owned(), "settings-theme-dark".to_owned()),
    ];
    let mut ran_while_seen = 0;
    for (hash, landmark) in screens {
        page.go(&hash).await?;
        page.appears(&landmark, SOON).await?;
        tokio::time::sleep(GRACE).await;
        ran_while_seen += page.timers().await?.ran.len();
        page.hides(true).await?;
        tokio::time::sleep(GRACE).await;
        page.timers().await?;
        tokio::time::sleep(HIDDEN).await;
        let seen = page.timers().await?;
        ensure!(
            seen.ran.is_empty() && seen.waiting.is_empty(),
            "hidden, {hash} goes on by the clock: {seen:?}"
        );
        page.hides(false).await?;
    }
    ensure!(
        ran_while_seen > 0,
        "while it is seen something counts, or nothing was watched"
    );
    Ok(())
}
