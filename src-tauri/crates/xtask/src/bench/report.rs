//! One figure: the ratio, its budget, the readings behind it and how they were taken.

use std::fmt;
use std::time::Duration;

use crate::cli::Bench;

/// What was measured, or why nothing was.
#[derive(Debug)]
pub(super) struct Report {
    title: &'static str,
    outcome: Result<Figures, String>,
}

#[derive(Debug)]
struct Figures {
    ratio: f64,
    budget: f64,
    readings: Vec<String>,
    method: String,
}

impl Report {
    pub(super) fn new(bench: Bench, ratio: f64, readings: Vec<String>, method: String) -> Self {
        Self {
            title: title(bench),
            outcome: Ok(Figures {
                ratio,
                budget: budget(bench),
                readings,
                method,
            }),
        }
    }

    pub(super) fn failed(bench: Bench, error: &anyhow::Error) -> Self {
        Self {
            title: title(bench),
            outcome: Err(format!("{error:#}")),
        }
    }

    /// Whether the budget is kept; what could not be measured is not.
    pub(super) fn is_met(&self) -> bool {
        self.outcome
            .as_ref()
            .is_ok_and(|figures| figures.ratio <= figures.budget)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Err(why) => writeln!(f, "{}: not measured: {why}", self.title),
            Ok(figures) => {
                let word = if self.is_met() { "within" } else { "OVER" };
                writeln!(
                    f,
                    "{}: {:.2}x, {word} the budget of {:.2}x",
                    self.title, figures.ratio, figures.budget
                )?;
                for reading in &figures.readings {
                    writeln!(f, "    {reading}")?;
                }
                writeln!(f, "    method: {}", figures.method)
            }
        }
    }
}

/// The middle one; of an even number the lower one, so that it is a reading that was really taken.
pub(super) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times
        .get(times.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or_default()
}

/// `0.41 s (0.40, 0.41, 0.45)`
pub(super) fn times(times: &[Duration]) -> String {
    let each: Vec<String> = times.iter().map(|time| format!("{:.2}", time.as_secs_f64())).collect();
    format!(
        "{:.2} s, the median of {}",
        median(times.to_vec()).as_secs_f64(),
        each.join(", ")
    )
}

fn title(bench: Bench) -> &'static str {
    match bench {
        Bench::Idle => "Idle cost of watching running nodes",
        Bench::ColdStart => "Cold start until the window takes input",
        Bench::Pull => "Installing an image that is in the registry",
    }
}

/// The budgets of the design, section 12.
fn budget(bench: Bench) -> f64 {
    match bench {
        Bench::Idle => 0.05,
        Bench::ColdStart => 1.5,
        Bench::Pull => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_reading_that_was_taken() {
        let of = |all: &[u64]| median(all.iter().map(|ms| Duration::from_millis(*ms)).collect());
        assert_eq!(of(&[9, 1, 5]), Duration::from_millis(5));
        assert_eq!(of(&[4, 1]), Duration::from_millis(1));
        assert_eq!(of(&[]), Duration::ZERO);
    }

    #[test]
    fn what_was_not_measured_is_not_within_its_budget() {
        let failed = Report::failed(Bench::Pull, &anyhow::anyhow!("no engine"));
        assert!(!failed.is_met());
        assert!(failed.to_string().contains("not measured: no engine"));
        assert!(Report::new(Bench::ColdStart, 1.2, Vec::new(), String::new()).is_met());
    }
}
