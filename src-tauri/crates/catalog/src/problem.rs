//! What is wrong with a catalog file, and where.

use std::fmt;
use std::path::PathBuf;

/// One thing that is wrong with a catalog file. `Display` writes `file:line: reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogProblem {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1; 1 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, with the names and values concerned.
    pub reason: String,
    /// What to write instead, where that is known.
    pub hint: Option<String>,
}

impl CatalogProblem {
    /// A problem of the file as a whole.
    pub(crate) fn whole_file(file: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 1,
            column: 1,
            reason: reason.into(),
            hint: None,
        }
    }

    /// Adds what to do.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for CatalogProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.reason)
    }
}

/// Why there is no catalog.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// An entry that is built into the program is not valid.
    #[error("the built-in catalog is not valid: {}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    BuiltIn {
        /// What is wrong, one or more.
        problems: Vec<CatalogProblem>,
    },
}
