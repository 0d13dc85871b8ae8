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
