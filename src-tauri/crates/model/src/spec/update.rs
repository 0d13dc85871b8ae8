//! What an update means, and what Freehold lists without being able to install it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::time::Span;

/// What an update to this entry's images means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSpec {
    /// What a new version does to the data.
    #[serde(default)]
    pub data: DataChange,
    /// Longest time from the new version's start until it is as far as the old one was; then it is rolled back.
    #[serde(default = "UpdateSpec::default_ready_within")]
    pub ready_within: Span,
    /// What to know before updating, in one or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a new version does to the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DataChange {
    /// The version before can go on with it.
    TwoWay,
    /// It may be changed in a way that the version before cannot read.
    OneWay,
    /// Nobody has said: treated as one way, and said so.
    #[default]
    Unknown,
}

impl UpdateSpec {
    fn default_ready_within() -> Span {
        Span::from_minutes(20)
    }
}

impl Default for UpdateSpec {
    fn default() -> Self {
        Self {
            data: DataChange::Unknown,
            ready_within: Self::default_ready_within(),
            note: None,
        }
    }
}

/// Why an entry is listed and cannot be installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnavailableSpec {
    /// A few words for the card, for example `needs a bigger machine`.
    pub label: String,
    /// Why, with numbers.
    pub why: String,
    /// What can be done instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}
