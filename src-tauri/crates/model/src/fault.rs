//! An error for people: a stable code, the values that belong to it, and what to do.
//!
//! Crates keep their own `thiserror` enums; at the edge of `app` each becomes a `Fault`. The words for every code stand
//! once, in [`table`]; the command line renders them from there and the interface's table is generated from it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

pub mod table;
pub use table::{FaultAction, FaultCode, Words};

/// The parameter that replaces the code's own reason.
const OWN_WHY: &str = "why";

/// What went wrong, for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Which kind; the only thing that programs may decide on.
    pub code: FaultCode,
    /// Values for the `{placeholders}` of the code's words.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// Further steps that fit this very case, beyond the code's own.
    #[serde(default)]
    pub hints: Vec<String>,
}

impl Fault {
    /// A fault without values.
    pub fn new(code: FaultCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
            hints: Vec::new(),
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds a step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says why in this case's own words instead of the code's.
    #[must_use]
    pub fn because(self, why: impl fmt::Display) -> Self {
        self.with(OWN_WHY, why)
    }

    /// What happened, in one sentence.
    pub fn title(&self) -> String {
        self.fill(self.code.words().title)
    }

    /// Why.
    pub fn why(&self) -> String {
        match self.params.get(OWN_WHY) {
            Some(why) => why.clone(),
            None => self.fill(self.code.words().why),
        }
    }

    /// What to do: the case's own steps first, then the code's.
    pub fn steps(&self) -> Vec<String> {
        let own = self.hints.iter().cloned();
        let general = Some(self.fill(self.code.words().todo)).filter(|step| !step.is_empty());
        own.chain(general).collect()
    }

    /// What happened and why, as one text.
    pub fn message(&self) -> String {
        let why = self.why();
        if why.is_empty() {
            self.title()
        } else {
            format!("{}. {}", self.title(), why)
        }
    }

    /// Fills a template; a placeholder without a value is left out with its quotes, never shown raw.
    fn fill(&self, template: &str) -> String {
        let mut text = template.to_owned();
        for (name, value) in &self.params {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        while let (Some(start), Some(end)) = (text.find('{'), text.find('}')) {
            // A value may itself hold braces; only our own `{lower_case}` placeholders are dropped.
            let is_ours = start < end
                && text
                    .get(start + 1..end)
                    .is_some_and(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            if !is_ours {
                break;
            }
            text.replace_range(start..=end, "unknown");
        }
        text
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultCode};

    #[test]
    fn every_code_has_words_that_a_person_can_act_on() {
        for code in FaultCode::ALL {
            let words = code.words();
            assert!(
                !words.title.is_empty() && !words.why.is_empty() && !words.todo.is_empty(),
                "{code:?} lacks words"
            );
            assert!(!words.title.ends_with('.'), "{code:?}: a title is a label");
        }
    }

    #[test]
    fn values_are_filled_in_and_missing_ones_never_show_as_braces() {
        let full = Fault::new(FaultCode::PortInUse)
            .with("port", 18443)
            .with("owner", "bitcoind (pid 7)");
        assert!(full.message().contains("18443") && full.message().contains("bitcoind (pid 7)"));
        let empty = Fault::new(FaultCode::PortInUse);
        assert!(!empty.message().contains('{'), "{}", empty.message());
    }
}
