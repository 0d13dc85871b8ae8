//! A named instant in a longer work, so that a test can end the process exactly there.
//!
//! Every step that changes something outside the process is preceded and followed by a checkpoint. In the shipped
//! programs a checkpoint does nothing.

use std::fmt;
use std::sync::Arc;

type Watcher = Arc<dyn Fn(&str) + Send + Sync>;

/// Called with the name of each step as it is reached.
#[derive(Clone, Default)]
pub struct Checkpoint(Option<Watcher>);

impl Checkpoint {
    /// The checkpoint of the shipped programs: does nothing.
    pub fn none() -> Self {
        Self(None)
    }

    /// Calls `watcher` with the name of every step.
    pub fn watched(watcher: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watcher)))
    }

    /// Says that `step` has been reached.
    pub fn reached(&self, step: &str) {
        if let Some(watcher) = &self.0 {
            watcher(step);
        }
    }
}

impl fmt::Debug for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Checkpoint(watched)"
        } else {
            "Checkpoint(none)"
        })
    }
}
