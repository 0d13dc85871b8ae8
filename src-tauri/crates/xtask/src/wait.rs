//! Waiting, always with an end.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Sleeps; there is no runtime in this program whose thread could be blocked.
#[expect(clippy::disallowed_methods, reason = "no async runtime runs in xtask")]
pub(crate) fn sleep(time: Duration) {
    std::thread::sleep(time);
}

/// Asks until the answer is `Some` or the time is over; `None` means the time is over.
pub(crate) fn until<T>(
    limit: Duration,
    every: Duration,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<Option<T>> {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask()? {
            return Ok(Some(answer));
        }
        if begun.elapsed() >= limit {
            return Ok(None);
        }
        sleep(every);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_with_the_answer_or_with_the_time() {
        let mut asked = 0;
        let answer = until(Duration::from_secs(5), Duration::from_millis(1), || {
            asked += 1;
            Ok((asked == 3).then_some(asked))
        });
        assert_eq!(answer.unwrap(), Some(3));
        let never = until(Duration::from_millis(5), Duration::from_millis(1), || Ok(None::<()>));
        assert_eq!(never.unwrap(), None);
    }
}
