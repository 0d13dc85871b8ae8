//! What Chromium can be told to be: somebody who wants no motion, a machine in another place, a clock that stands still.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::page::Page;

/// Time and chance stand still: the same page is the same picture every time. Nothing repeats itself, and what would come
/// later than four fifths of a second never comes.
const STANDSTILL: &str = r"
(() => {
  const at = Date.UTC(2026, 10, 22, 12, 0, 0);
  const Real = Date;
  window.Date = class extends Real {
    constructor(...given) { given.length === 0 ? super(at) : super(...given); }
    static now() { return at; }
  };
  let seed = 7;
  Math.random = () => ((seed = (seed * 48271) % 2147483647) / 2147483647);
  window.setInterval = () => 0;
  const later = window.setTimeout;
  window.setTimeout = (run, wait = 0, ...given) => (wait < 800 ? later(run, wait, ...given) : 0);
})();";

/// What moves although the person asked for no motion: more than the instant that the style sheet leaves.
const MOVES: &str = "return document.getAnimations()
    .filter((one) => one.playState === 'running' && !(one.effect?.getComputedTiming().endTime <= 50))
    .map((one) => (one.animationName ?? one.transitionProperty) + ' on ' + one.effect?.target?.className)";

/// Calls back after that many milliseconds without a change; gives up after six seconds.
const QUIET: &str = "const [moment, done] = arguments;
const begun = performance.now();
let last = begun;
const watcher = new MutationObserver(() => (last = performance.now()));
watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
const look = () => {
    const now = performance.now();
    if (now - last < moment && now - begun < 6000) return setTimeout(look, 20);
    watcher.disconnect();
    done(now - last >= moment);
};
look();";

impl Page {
    /// Shows the theme that the system would ask for, with or without motion.
    pub async fn media(&self, theme: &str, reduced_motion: bool) -> Result<()> {
        let motion = if reduced_motion { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await?;
        Ok(())
    }

    /// From the next page on: a clock that stands still in Greenwich, chance that repeats itself.
    pub async fn stands_still(&self) -> Result<()> {
        self.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "UTC" }))
            .await?;
        self.devtools("Emulation.setLocaleOverride", json!({ "locale": "en-US" }))
            .await?;
        self.runs_first(STANDSTILL).await
    }

    /// Runs a script in every page from now on, before the page's own.
    pub async fn runs_first(&self, script: &str) -> Result<()> {
        let params = json!({ "source": script });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", params).await?;
        Ok(())
    }

    /// Fails where something moves on, although the person asked for no motion.
    pub async fn nothing_moves(&self, view: &str) -> Result<()> {
        let moving = self.moving().await?;
        ensure!(
            moving.is_empty(),
            "{view} moves for somebody who wants none: {moving:?}"
        );
        Ok(())
    }

    /// Waits until nothing has been written into the page for a moment.
    pub async fn is_quiet(&self, moment: Duration) -> Result<()> {
        let milliseconds = u64::try_from(moment.as_millis())?;
        let done = self.run_async(QUIET, vec![json!(milliseconds)]).await?;
        ensure!(done == json!(true), "the page does not come to rest");
        Ok(())
    }

    /// Names of the animations that run now.
    pub async fn moving(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.run(MOVES, vec![]).await?)?)
    }

    /// One command of Chromium's developer tools.
    pub async fn devtools(&self, command: &str, params: Value) -> Result<Value> {
        ensure!(self.is_chromium, "only Chromium can be told this");
        let body = json!({ "cmd": command, "params": params });
        let answer = self.driver("goog/cdp/execute", body).await;
        answer.with_context(|| format!("the browser refuses {command}"))
    }
}
