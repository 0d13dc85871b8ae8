//! A command of the guide, as words: shown to people as they would type it, and run as it is.
//!
//! The one rule: every word comes from this program, but for the user's name, and none needs quoting. So what is shown is
//! what runs.

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// Program and arguments.
    pub(super) words: Vec<String>,
    /// It needs the rights of root.
    pub(super) as_root: bool,
}

impl Order {
    /// A command that the user runs as they are. The text is cut at spaces.
    pub(super) fn user(text: &str) -> Self {
        Self {
            words: text.split_whitespace().map(str::to_owned).collect(),
            as_root: false,
        }
    }

    /// A command that root has to run.
    pub(super) fn root(text: &str) -> Self {
        Self {
            as_root: true,
            ..Self::user(text)
        }
    }

    /// As root, or a person who is root, would type it.
    pub(super) fn plain(&self) -> String {
        self.words.join(" ")
    }

    /// As the user would type it into a terminal.
    pub(super) fn typed(&self, is_root: bool) -> String {
        if self.as_root && !is_root {
            format!("sudo {}", self.plain())
        } else {
            self.plain()
        }
    }
}

/// Whether a user's name can stand in a command.
pub(super) fn is_plain_name(name: &str) -> bool {
    !name.starts_with('-') && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) && !name.is_empty()
}
