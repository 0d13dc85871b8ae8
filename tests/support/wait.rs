//! Bounded waiting: a test never waits without an end, and what it waited for in vain is named.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// Often enough that a wait costs little more than what it waits for.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Looks until there is something, at most for `limit`. A look that fails counts as nothing seen; the last reason is told.
pub async fn until<T>(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    loop {
        let last = match look().await {
            Ok(Some(seen)) => return Ok(seen),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if begun.elapsed() > limit {
            let why = last.map_or_else(String::new, |error| format!(" ({error:#})"));
            return Err(anyhow!("{what}: not within {} s{why}", limit.as_secs()));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The same for tests without a runtime; ends the test when there is nothing in time.
#[track_caller]
pub fn patiently<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(begun.elapsed() < limit, "{what}: not within {} s", limit.as_secs());
        #[expect(
            clippy::disallowed_methods,
            reason = "no runtime is here whose thread could be held up"
        )]
        std::thread::sleep(LOOK_EVERY);
    }
}
