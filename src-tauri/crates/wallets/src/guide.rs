//! Wallets without a file that could be edited: the steps by which a person points them at a node.
//!
//! The words and facts are data (`assets/wallets`), built in. The one rule: nothing here claims that a wallet was
//! switched; where it keeps its endpoint cannot be read from outside.

use std::sync::LazyLock;

use freehold_model::Protocol;
use serde::{Deserialize, Serialize};

use crate::adapter::Switchable;

mod check;
mod detect;
mod fill;
#[cfg(test)]
mod tests;

pub use detect::find_guided;
pub use fill::{FilledStep, GuideEndpoint, fill};

/// The format that this program reads.
const SCHEMA_VERSION: u32 = 1;

/// The words and facts of one wallet.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    schema_version: u32,
    /// The wallet's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How it can be pointed at a node; never by its file.
    pub how: Switchable,
    /// Where it runs.
    pub runs_on: RunsOn,
    /// The form of the link that it reads on a telephone.
    #[serde(default)]
    pub link: Option<LinkForm>,
    /// Chains of the catalog.
    pub chains: Vec<String>,
    /// What it speaks; the first that a node offers is used.
    pub protocols: Vec<Protocol>,
    /// Networks; empty for every network.
    #[serde(default)]
    pub networks: Vec<String>,
    /// What can be had, one sentence.
    pub summary: String,
    /// Hosts that it uses as long as nothing is changed.
    pub hosted: Vec<String>,
    /// What goes on contacting others afterwards.
    #[serde(default)]
    pub leftovers: Vec<String>,
    /// What to know before.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What nobody here could check.
    #[serde(default)]
    pub unverified: Vec<String>,
    #[serde(default)]
    folders: BySystem,
    #[serde(default)]
    extensions: Extensions,
    /// What to do.
    pub steps: Vec<Step>,
    /// How to go back.
    #[serde(default)]
    pub revert: Vec<Step>,
    /// The words of the page that asks it.
    #[serde(default)]
    pub prompt: Option<PromptWords>,
}

/// Where a wallet runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunsOn {
    /// In a browser, as an extension or a part of it.
    Browser,
    /// As a program with a window.
    Desktop,
    /// At the command line.
    Terminal,
    /// On a telephone.
    Phone,
}

impl RunsOn {
    /// Its text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Desktop => "desktop",
            Self::Terminal => "terminal",
            Self::Phone => "phone",
        }
    }
}

/// The form of a link for a telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkForm {
    /// `bluewallet:setelectrumserver?server=…`
    Bluewallet,
    /// `btcrpc://user:password@host:port?label=…`
    FullyNoded,
    /// `monero_node:host:port?…` and `tcp://host:port`
    Cake,
}

/// One step, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    text: String,
    #[serde(default)]
    copy: Option<String>,
    /// The endpoint that is meant; the step is left out where the node has none.
    #[serde(default)]
    protocol: Option<Protocol>,
    /// What the endpoint must have for this step to make sense.
    #[serde(default)]
    with: Option<With>,
}

/// What an endpoint has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum With {
    User,
}

/// Paths below the home, written with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct BySystem {
    linux: Vec<String>,
    macos: Vec<String>,
    windows: Vec<String>,
}

/// Ids of a browser extension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Extensions {
    chromium: Vec<String>,
    firefox: Vec<String>,
}

/// The words of the page that asks a browser's wallet. `{node}`, `{chain}`, `{height}` and `{wallets}` are filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is the text of the same name in the data file, where it can be read"
)]
pub struct PromptWords {
    /// How the wallet announces itself to pages (EIP-6963).
    pub rdns: Vec<String>,
    pub title: String,
    pub lead: String,
    pub what: Vec<String>,
    pub address: String,
    pub chain_id: String,
    pub coin: String,
    pub button: String,
    pub asking: String,
    pub approved: String,
    pub answered: String,
    pub not_answered: String,
    pub other_chain: String,
    pub refused: String,
    pub no_wallet: String,
    pub other_wallet: String,
    pub wrong_chain: String,
    pub failed: String,
    pub gone: String,
    pub revert_title: String,
    pub close: String,
}

/// The coin of an EVM chain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvmChain {
    /// Chain id.
    pub id: u64,
    /// The chain's name.
    pub name: String,
    /// The coin's name.
    pub coin: String,
    /// The coin's symbol, one to six characters; a wallet refuses another than the one that it has stored.
    pub symbol: String,
    /// Nobody here has seen what wallets have stored for it.
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chains {
    schema_version: u32,
    chains: Vec<EvmChain>,
}

const TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/guides.rs"));

// Tests read every file and fail on a mistake, so that what is left out here can only be a file that no test has seen.
static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    let whole = |(stem, text): &(&str, &str)| read(text).ok().filter(|guide| check::check(stem, guide).is_empty());
    TEXTS.iter().filter_map(whole).collect()
});
static CHAINS: LazyLock<Vec<EvmChain>> = LazyLock::new(|| {
    let table = read_chains()
        .ok()
        .filter(|table| table.schema_version == SCHEMA_VERSION);
    table.map(|table| table.chains).unwrap_or_default()
});

fn read(text: &str) -> Result<Guide, toml::de::Error> {
    toml::from_str(text)
}

fn read_chains() -> Result<Chains, toml::de::Error> {
    toml::from_str(include_str!("../../../../assets/wallets/chains.toml"))
}

/// Every guide, by id.
pub fn guides() -> &'static [Guide] {
    &GUIDES
}

/// The guide of a wallet.
pub fn guide(id: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.id == id)
}

/// What is known of an EVM chain.
pub fn evm_chain(id: u64) -> Option<&'static EvmChain> {
    CHAINS.iter().find(|chain| chain.id == id)
}
