//! Tells the person at the terminal what is being done, how far along it is and how long it took.

use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Numbered steps of one command: `[2/6] Installing packages`.
#[derive(Debug)]
pub(crate) struct Steps {
    total: usize,
    current: usize,
    begun: Instant,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self {
            total,
            current: 0,
            begun: Instant::now(),
        }
    }

    /// Makes room for steps that turned out to be needed on the way.
    pub(crate) fn add(&mut self, more: usize) {
        self.total += more;
    }

    /// Runs one step and says how long it took; the result is the step's own.
    pub(crate) fn step<T>(&mut self, title: &str, work: impl FnOnce(&Notes) -> Result<T>) -> Result<T> {
        self.current += 1;
        self.total = self.total.max(self.current);
        println!("[{}/{}] {title}", self.current, self.total);
        flush();
        let notes = Notes { begun: Instant::now() };
        let result = work(&notes);
        match &result {
            Ok(_) => println!("      done in {}", short(notes.begun.elapsed())),
            Err(_) => println!("      failed after {}", short(notes.begun.elapsed())),
        }
        flush();
        result
    }

    /// Time since the command began.
    pub(crate) fn elapsed(&self) -> String {
        short(self.begun.elapsed())
    }
}

/// Lines inside a step.
#[derive(Debug)]
pub(crate) struct Notes {
    begun: Instant,
}

impl Notes {
    /// Says one thing about the running step, indented under its title.
    #[expect(clippy::unused_self, reason = "whoever speaks must have been handed a running step")]
    pub(crate) fn say(&self, line: &str) {
        println!("      {line}");
        flush();
    }

    /// Time since this step began.
    pub(crate) fn elapsed(&self) -> String {
        short(self.begun.elapsed())
    }
}

/// A pipe is block-buffered: without this a log shows a step only after it has ended. A closed pipe is not our concern.
fn flush() {
    let _closed_pipe = std::io::stdout().flush();
}

/// A duration for people: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn short(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        60.. => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(short(Duration::from_millis(420)), "0.4 s");
        assert_eq!(short(Duration::from_secs(12)), "12 s");
        assert_eq!(short(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_failing_step_keeps_its_error() {
        let mut steps = Steps::new(1);
        let error = steps
            .step("breaks", |_| -> Result<()> { anyhow::bail!("no disk") })
            .unwrap_err();
        assert_eq!(error.to_string(), "no disk");
    }
}
