//! How smoothly a page scrolls, by the page's own clock: every frame's time, and tasks that held a frame up.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;

use crate::page::Page;

/// Scrolls `arguments[0]` by `arguments[1]` pixels at each frame, there and back, for `arguments[2]` milliseconds.
const SCROLL: &str = "
const [selector, pixels, lasts, done] = arguments;
const box = selector === '' ? document.scrollingElement : document.querySelector(selector);
const frames = [], tasks = [];
const watcher = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)));
watcher.observe({ type: 'longtask' });
let begun = null, last = null, way = 1;
const step = (now) => {
    if (last !== null) frames.push(now - last);
    begun ??= now;
    last = now;
    if (now - begun >= lasts) {
        watcher.disconnect();
        const moved = box.scrollHeight - box.clientHeight;
        return done({ frames, tasks, moved, lasted: now - begun });
    }
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) way = -1;
    if (box.scrollTop <= 0) way = 1;
    box.scrollTop += way * pixels;
    requestAnimationFrame(step);
};
requestAnimationFrame(step);";

/// A frame that took longer, in milliseconds, is told with its time: two were left out.
const LATE: f64 = 40.0;

/// What was measured.
#[derive(Debug, Clone, Deserialize)]
pub struct Frames {
    /// Time from each frame to the next, in milliseconds.
    frames: Vec<f64>,
    /// Tasks that took longer than 50 milliseconds, in milliseconds.
    pub tasks: Vec<f64>,
    /// How far the thing can be scrolled, in pixels.
    pub moved: f64,
    /// How long was measured, in milliseconds.
    lasted: f64,
}

impl Frames {
    /// Scrolls what the selector names (the page itself where it is empty) and measures.
    pub async fn of_scrolling(page: &Page, selector: &str, pixels: u32, milliseconds: u32) -> Result<Self> {
        let given = vec![json!(selector), json!(pixels), json!(milliseconds)];
        let measured = page.run_async(SCROLL, given).await?;
        serde_json::from_value(measured).context("frames as they were measured")
    }

    /// Frames for each second.
    pub fn rate(&self) -> f64 {
        self.frames.len() as f64 * 1000.0 / self.lasted
    }

    /// The time, in milliseconds, that this share of the frames took at most.
    pub fn at(&self, share: f64) -> f64 {
        let mut sorted = self.frames.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a length is an index"
        )]
        let index = ((sorted.len() as f64 - 1.0) * share).max(0.0) as usize;
        sorted.get(index).copied().unwrap_or(f64::INFINITY)
    }

    /// `60.0 frames a second, half within 16.7 ms, 95 % within 17.1 ms, 0 long tasks, late: 33 ms after 512 ms`.
    pub fn words(&self) -> String {
        let mut at = 0.0;
        let mut late = Vec::new();
        for frame in &self.frames {
            if *frame > LATE {
                late.push(format!("{frame:.0} ms after {at:.0} ms"));
            }
            at += frame;
        }
        format!(
            "{:.1} frames a second, half within {:.1} ms, 95 % within {:.1} ms, {} long tasks, late: {}",
            self.rate(),
            self.at(0.5),
            self.at(0.95),
            self.tasks.len(),
            if late.is_empty() {
                "none".to_owned()
            } else {
                late.join(", ")
            }
        )
    }
}
