//! What one measurement gave: figures, some with a budget, how they were taken, as text and as JSON.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::Bench;

/// What was measured, or why nothing was.
#[derive(Debug)]
pub(super) struct Report {
    title: &'static str,
    outcome: Result<Measured, String>,
}

#[derive(Debug)]
struct Measured {
    figures: Vec<Figure>,
    method: String,
}

/// One measured number.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    /// What it may be at most, where the design (section 12) says so.
    budget: Option<f64>,
    /// The readings behind it, in words.
    note: Option<String>,
}

impl Figure {
    pub(super) fn new(what: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            what: what.into(),
            value,
            unit,
            budget: None,
            note: None,
        }
    }

    /// The median of several times, with each of them in the note.
    pub(super) fn of_times(what: impl Into<String>, times: &[Duration]) -> Self {
        let each: Vec<String> = times.iter().map(|time| format!("{:.2}", time.as_secs_f64())).collect();
        Self::new(what, median(times).as_secs_f64(), "s").with_note(format!("the median of {}", each.join(", ")))
    }

    pub(super) fn at_most(self, budget: f64) -> Self {
        self.at_most_where(true, budget)
    }

    /// Sets the budget where it applies.
    pub(super) fn at_most_where(mut self, applies: bool, budget: f64) -> Self {
        self.budget = applies.then_some(budget);
        self
    }

    pub(super) fn with_note(mut self, note: String) -> Self {
        self.note = Some(note);
        self
    }

    /// Whether it keeps its budget; `None` without one. A number that is none keeps no budget.
    fn is_met(&self) -> Option<bool> {
        self.budget.map(|budget| self.value <= budget)
    }

    fn json(&self) -> Value {
        json!({
            "what": self.what,
            "value": self.value,
            "unit": self.unit,
            "budget": self.budget,
            "met": self.is_met(),
            "note": self.note,
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.is_met() {
            None => "      ",
            Some(true) => "within",
            Some(false) => "OVER  ",
        };
        write!(f, "  {mark}  {}: {:.3} {}", self.what, self.value, self.unit)?;
        if let Some(budget) = self.budget {
            write!(f, ", budget {budget} {}", self.unit)?;
        }
        match &self.note {
            Some(note) => write!(f, " ({note})"),
            None => Ok(()),
        }
    }
}

impl Report {
    pub(super) fn new(bench: Bench, figures: Vec<Figure>, method: impl Into<String>) -> Self {
        Self {
            title: title(bench),
            outcome: Ok(Measured {
                figures,
                method: method.into(),
            }),
        }
    }

    pub(super) fn failed(bench: Bench, error: &anyhow::Error) -> Self {
        Self {
            title: title(bench),
            outcome: Err(format!("{error:#}")),
        }
    }

    /// Whether every budget is kept; what could not be measured is not.
    pub(super) fn is_met(&self) -> bool {
        let kept = |measured: &Measured| measured.figures.iter().all(|figure| figure.is_met() != Some(false));
        self.outcome.as_ref().is_ok_and(kept)
    }

    pub(super) fn json(&self) -> Value {
        match &self.outcome {
            Err(why) => json!({ "title": self.title, "met": false, "not_measured": why }),
            Ok(Measured { figures, method }) => json!({
                "title": self.title,
                "met": self.is_met(),
                "figures": figures.iter().map(Figure::json).collect::<Vec<_>>(),
                "method": method,
            }),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Err(why) => writeln!(f, "{}: not measured: {why}", self.title),
            Ok(Measured { figures, method }) => {
                writeln!(f, "{}", self.title)?;
                for figure in figures {
                    writeln!(f, "{figure}")?;
                }
                writeln!(f, "  method: {method}")
            }
        }
    }
}

/// The middle one; of an even number the lower one, so that it is a reading that was really taken.
pub(super) fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len().saturating_sub(1) / 2);
    middle.copied().unwrap_or_default()
}

fn title(bench: Bench) -> &'static str {
    match bench {
        Bench::Supervise => "Watching running nodes, and finding them again after a kill",
        Bench::ColdStart => "Cold start until the window takes input",
        Bench::Pull => "Installing an image that is in the registry",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_reading_that_was_taken() {
        let of = |all: &[u64]| {
            let times: Vec<_> = all.iter().map(|ms| Duration::from_millis(*ms)).collect();
            median(&times)
        };
        assert_eq!(of(&[9, 1, 5]), Duration::from_millis(5));
        assert_eq!(of(&[4, 1]), Duration::from_millis(1));
        assert_eq!(of(&[]), Duration::ZERO);
    }

    #[test]
    fn one_figure_over_its_budget_is_marked_and_decides() {
        let report = |ratio: f64| {
            let figures = vec![
                Figure::new("memory", 900.0, "MB"),
                Figure::new("ratio", ratio, "x").at_most(1.5),
            ];
            Report::new(Bench::ColdStart, figures, "by hand")
        };
        assert!(report(1.5).is_met());
        assert!(!report(f64::NAN).is_met(), "what is no number is not within the budget");
        let over = report(1.51);
        assert!(!over.is_met());
        assert!(
            over.to_string().contains("OVER    ratio: 1.510 x, budget 1.5 x"),
            "{over}"
        );
        let json = over.json();
        assert_eq!(json["figures"][0]["met"], Value::Null);
        assert_eq!(
            (&json["figures"][1]["met"], &json["met"]),
            (&json!(false), &json!(false))
        );
    }

    #[test]
    fn what_was_not_measured_is_not_within_its_budget() {
        let failed = Report::failed(Bench::Pull, &anyhow::anyhow!("no engine"));
        assert!(!failed.is_met());
        assert!(failed.to_string().contains("not measured: no engine"));
        assert_eq!(failed.json()["not_measured"], "no engine");
    }
}
