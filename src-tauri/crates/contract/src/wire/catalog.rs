//! The catalog on the wire.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a catalog entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientRequest {
    /// Catalog id.
    pub client: String,
}

/// The whole catalog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CatalogListing {
    /// The entries.
    pub entries: Vec<CatalogEntryView>,
    /// What is wrong with files of the user's overlay.
    pub problems: Vec<CatalogProblemView>,
}

/// What is wrong with a catalog file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogProblemView {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// What is wrong.
    pub reason: String,
    /// What was probably meant.
    pub hint: Option<String>,
}

/// The outcome of checking a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogCheckReport {
    /// Files read.
    pub files: u32,
    /// What is wrong.
    pub problems: Vec<CatalogProblemView>,
}

/// One client that can be installed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CatalogEntryView {
    /// Catalog id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Chain id, for example `bitcoin`.
    pub chain: String,
    /// Chain name, for example `Bitcoin`.
    pub chain_name: String,
    /// One sentence.
    pub summary: String,
    /// A paragraph.
    pub description: String,
    /// The client's site.
    pub homepage: String,
    /// Its licence.
    pub license: String,
    /// Release notes.
    pub release_notes: Option<String>,
    /// What to know before installing.
    pub notes: Vec<String>,
    /// Wallets that can use it.
    pub wallets: Vec<String>,
    /// `built-in`, or the overlay's folder.
    pub origin: String,
    /// The icon as an SVG text.
    pub icon_svg: Option<String>,
    /// Version for people (the image's tag of the main service).
    pub version: String,
    /// Networks, the default one first.
    pub networks: Vec<NetworkView>,
    /// Images.
    pub images: Vec<ImageView>,
    /// What may be set.
    pub options: Vec<OptionView>,
    /// What one option forces on another.
    pub rules: Vec<OptionRuleView>,
    /// What the machine must have.
    pub requirements: Vec<RequirementView>,
    /// Longest time a clean stop may take, in seconds.
    pub stop_grace_s: u64,
    /// Why Freehold only lists it, in a few words; absent where it can be installed.
    pub unavailable: Option<String>,
    /// Why, with numbers.
    pub unavailable_why: Option<String>,
    /// What can be done instead.
    pub unavailable_instead: Option<String>,
    /// Other nodes that it needs.
    pub dependencies: Vec<CatalogDependencyView>,
    /// Last day on which the release is good, `YYYY-MM-DD`.
    pub expires: Option<String>,
    /// Height at which the release stops by itself.
    pub halts_at_height: Option<u64>,
    /// What an update does to the data: `two-way`, `one-way` or `unknown`.
    pub update_data: String,
    /// How the node is asked how it is.
    pub probe: String,
}

/// Another node that an entry needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogDependencyView {
    /// Its name in the entry.
    pub name: String,
    /// Catalog ids of which any will do.
    pub clients: Vec<String>,
    /// `started`, `healthy` or `synced`.
    pub level: String,
    /// What it is needed for.
    pub purpose: String,
    /// Networks on which it is needed; empty: all.
    pub networks: Vec<String>,
    /// It is needed only while this option ...
    pub when_option: Option<String>,
    /// ... has this value.
    pub when_equals: Option<String>,
}

/// A network of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NetworkView {
    /// Id.
    pub id: String,
    /// Name.
    pub label: String,
    /// What it is for.
    pub summary: String,
    /// False for a private chain that needs nobody else.
    pub needs_peers: bool,
}

/// An image of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImageView {
    /// The service.
    pub service: String,
    /// Registry host and path.
    pub repository: String,
    /// Tag, for people.
    pub tag: String,
    /// Digest that is pulled; absent: the tag is resolved at the first install and confirmed.
    pub digest: Option<String>,
    /// Where the digest was read.
    pub source: Option<String>,
    /// It is part of the node only while this option ...
    pub when_option: Option<String>,
    /// ... has this value.
    pub when_equals: Option<String>,
}

/// An option of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OptionView {
    /// Id.
    pub id: String,
    /// The question.
    pub label: String,
    /// What the answer changes.
    pub help: String,
    /// `choice`, `switch`, `size`, `count`, `text`, `secret` or `list`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Default, as `--set` writes it.
    pub default: String,
    /// Smallest value (size in bytes, count).
    pub min: Option<u64>,
    /// Largest value.
    pub max: Option<u64>,
    /// Unit of a size: `MiB`, `GB`, `bytes`.
    pub unit: Option<String>,
    /// Values of a choice.
    pub choices: Vec<OptionChoiceView>,
    /// What an entry of a list looks like.
    pub example: Option<String>,
    /// Networks it is offered on; empty: all.
    pub networks: Vec<String>,
    /// Offered only while this option ...
    pub only_if_option: Option<String>,
    /// ... has this value.
    pub only_if_equals: Option<String>,
    /// Most people need not see it.
    pub advanced: bool,
}

/// A value of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OptionChoiceView {
    /// Value.
    pub value: String,
    /// Name.
    pub label: String,
    /// What it means.
    pub help: String,
}

/// What one option forces on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OptionRuleView {
    /// While this option ...
    pub when_option: String,
    /// ... has this value ...
    pub when_equals: String,
    /// ... this one ...
    pub option: String,
    /// ... becomes this ...
    pub becomes: String,
    /// ... because.
    pub because: String,
}

/// What the machine must have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RequirementView {
    /// Networks it holds for; empty: all.
    pub networks: Vec<String>,
    /// Holds only while this option ...
    pub when_option: Option<String>,
    /// ... has this value.
    pub when_equals: Option<String>,
    /// Disk in bytes.
    pub disk: u64,
    /// Size option that is added to it.
    pub disk_option: Option<String>,
    /// Growth per month in bytes.
    pub disk_per_month: u64,
    /// Memory in bytes.
    pub ram: u64,
    /// First download in bytes.
    pub download: u64,
    /// First sync, in words.
    pub first_sync: String,
    /// Day of the figures.
    pub as_of: String,
    /// Where they come from; `?` marks what nobody has checked.
    pub source: String,
}
