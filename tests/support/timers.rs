//! Counts what a page does by the clock, and tells it that it cannot be seen.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;

use crate::page::Page;

/// Stands between the page and its clocks from the page's first line on.
const WATCH: &str = "(() => {
  const names = new Set();
  const ran = [];
  const where = () => (new Error().stack ?? '').split('\\n').slice(2, 4).join(' <- ').trim();
  for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval'], ['requestAnimationFrame', 'cancelAnimationFrame']]) {
    const [begin, end] = [window[set].bind(window), window[clear].bind(window)];
    window[set] = (run, ...rest) => {
      const from = where();
      const id = begin((...given) => {
        if (set !== 'setInterval') names.delete(key);
        ran.push(`${set} ${from}`);
        return run(...given);
      }, ...rest);
      const key = `${set} ${id}`;
      names.add(key);
      return id;
    };
    window[clear] = (id) => { names.delete(`${set} ${id}`); end(id); };
  }
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible'), configurable: true });
  window.watchedTimers = {
    hide: (is) => { hidden = is; document.dispatchEvent(new Event('visibilitychange')); },
    look: () => ({ ran: ran.splice(0), waiting: [...names] }),
  };
})();";

/// What went on by the clock since the last look.
#[derive(Debug, Deserialize)]
pub struct Timers {
    /// Timers and frames that came, with the line that asked for them.
    pub ran: Vec<String>,
    /// Those that are still to come.
    pub waiting: Vec<String>,
}

impl Page {
    /// Watches the clocks of every page that is loaded from now on.
    pub async fn watches_timers(&self) -> Result<()> {
        self.runs_first(WATCH).await
    }

    /// Tells the page that nobody sees it, or that somebody does again.
    pub async fn hides(&self, is_hidden: bool) -> Result<()> {
        self.run("watchedTimers.hide(arguments[0])", vec![json!(is_hidden)])
            .await?;
        Ok(())
    }

    /// What went on since the last look.
    pub async fn timers(&self) -> Result<Timers> {
        let seen = self.run("return watchedTimers.look()", vec![]).await?;
        serde_json::from_value(seen).context("timers as they were counted")
    }
}
