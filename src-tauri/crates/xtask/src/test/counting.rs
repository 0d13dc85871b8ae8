//! Adds up what the test programs say about themselves.

use std::fmt;

/// Tests that passed and failed so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Counts {
    /// Reads one line of `cargo test`; only the summary of a test program counts.
    pub(super) fn read(&mut self, line: &str) {
        let plain = without_colours(line);
        let Some(summary) = plain.trim().strip_prefix("test result: ") else {
            return;
        };
        for part in summary.split(['.', ';']) {
            match part.trim().split_once(' ') {
                Some((count, "passed")) => self.passed += count.parse().unwrap_or(0),
                Some((count, "failed")) => self.failed += count.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Drops terminal colours: an escape character, and what follows up to the letter `m`.
fn without_colours(line: &str) -> String {
    let mut inside = false;
    line.chars()
        .filter(|letter| {
            let escape = *letter == '\u{1b}';
            let shown = !inside && !escape;
            inside = escape || (inside && *letter != 'm');
            shown
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_added_up_and_nothing_else() {
        let mut counts = Counts::default();
        // rustc 1.95.0
        for line in [
            "running 3 tests",
            "test a::b ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s",
            "test result: \u{1b}[31mFAILED\u{1b}[0m. 3 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.20s",
            "a line that says: 9 failed",
        ] {
            counts.read(line);
        }
        assert_eq!(counts, Counts { passed: 15, failed: 2 });
        assert_eq!(counts.to_string(), "15 passed, 2 failed");
    }
}
