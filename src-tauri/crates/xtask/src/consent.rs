//! Questions on the terminal before something is done that a person may not want.

use std::env;
use std::io::{IsTerminal as _, Write as _, stdin, stdout};

use anyhow::Result;

use crate::cli::Answers;

/// How questions are answered in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// `--yes`, or a CI machine: nobody is asked.
    Given,
    /// A person sits at the terminal.
    Ask,
    /// No terminal and no `--yes`: the careful answer is no.
    Nobody,
}

impl Consent {
    pub(crate) fn of(answers: &Answers) -> Self {
        Self::decide(answers.yes, env::var("CI").ok().as_deref(), stdin().is_terminal())
    }

    fn decide(yes: bool, ci: Option<&str>, terminal: bool) -> Self {
        if yes || ci.is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true")) {
            Self::Given
        } else if terminal {
            Self::Ask
        } else {
            Self::Nobody
        }
    }

    /// Asks one question that takes yes or no; no answer is no.
    pub(crate) fn ask(self, question: &str) -> Result<bool> {
        match self {
            Self::Given => {
                println!("      {question} Yes (nobody was asked: --yes or CI).");
                Ok(true)
            }
            Self::Nobody => {
                println!("      {question} No (there is no terminal to ask on; --yes answers yes).");
                Ok(false)
            }
            Self::Ask => {
                print!("      {question} [y/N] ");
                stdout().flush()?;
                let mut answer = String::new();
                stdin().read_line(&mut answer)?;
                Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_in_ci_and_nothing_is_assumed_without_a_terminal() {
        assert_eq!(Consent::decide(true, None, true), Consent::Given);
        assert_eq!(Consent::decide(false, Some("true"), false), Consent::Given);
        assert_eq!(Consent::decide(false, Some("false"), true), Consent::Ask);
        assert_eq!(Consent::decide(false, None, false), Consent::Nobody);
        assert!(!Consent::Nobody.ask("Install it?").unwrap());
    }
}
