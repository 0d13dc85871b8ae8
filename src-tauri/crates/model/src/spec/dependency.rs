//! Dependencies: other nodes that a node needs, and what they must be like.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OptionTest;
use crate::{ClientId, Network, OptionId};

/// Another node that this one needs. It has to be on the network of the same name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependencySpec {
    /// Its name in this entry: `{needs.NAME.host}`, `{needs.NAME.port.PORT}`, and in files `{needs.NAME.user}` and
    /// `{needs.NAME.password}`.
    pub name: String,
    /// Catalog ids of which any will do, the preferred one first.
    pub clients: Vec<ClientId>,
    /// How far it must be before this node starts.
    pub level: DependencyLevel,
    /// What it is needed for, as the rest of a sentence, for example `reads blocks from it`.
    pub purpose: String,
    /// The consumer among its credentials that this node uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<String>,
    /// Options that it must have.
    #[serde(default)]
    pub options: Vec<NeededOption>,
    /// It is needed only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<OptionTest>,
    /// Networks on which it is needed; empty: all.
    #[serde(default)]
    pub networks: Vec<Network>,
}

/// An option that a needed node must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeededOption {
    /// The option of the needed node.
    pub option: OptionId,
    /// The value it must have, as `--set` would write it.
    pub equals: String,
    /// Why, shown to the user.
    pub because: String,
}

/// How far a dependency must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DependencyLevel {
    /// Its containers run.
    Started,
    /// Its RPC answers.
    Healthy,
    /// It is at the chain's tip.
    Synced,
}
