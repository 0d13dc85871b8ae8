//! A catalog entry: everything Freehold knows about a client, as data.
//!
//! These types are the catalog's file format (`assets/catalog/<client>/node.toml`): unknown keys are refused, and
//! `assets/catalog/schema.json` is generated from them. Rust knows kinds, the file knows values.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::{ByteSize, Chain, ClientId, Network, NodeNeed, OptionId, Protocol, ServiceName};

mod dependency;
mod option;
pub mod placeholder;
mod probe;
mod service;
mod update;
pub use dependency::{DependencyLevel, DependencySpec, NeededOption};
pub use option::{
    Choice, Consequence, Effect, InvalidValue, OptionKind, OptionRule, OptionSpec, OptionTest, OptionValue, SizeUnit,
};
pub use probe::{BodyForm, JsonProbe, JsonRequest, ProbeKind, ProbeSpec, TokenFile};
pub use service::{
    FileSpec, HardeningSpec, ImageSpec, MountSpec, PortSpec, Publish, SecretForm, SecretSpec, ServiceSpec, StopSpec,
    UsageLogSpec,
};
pub use update::{DataChange, UnavailableSpec, UpdateSpec};

/// The schema version that this program writes and reads.
pub const SCHEMA_VERSION: u32 = 1;

/// One client that can be installed as a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NodeSpec {
    /// Version of this file format; 1.
    pub schema_version: u32,
    /// The entry's id; equals its folder's name.
    pub id: ClientId,
    /// The client's name as its makers write it.
    pub name: String,
    /// The chain it follows.
    pub chain: Chain,
    /// The chain's name for people.
    pub chain_name: String,
    /// One sentence for the catalog card.
    pub summary: String,
    /// A short paragraph for the entry's page.
    pub description: String,
    /// The client's own site.
    pub homepage: String,
    /// Licence of the client, as an SPDX expression.
    pub license: String,
    /// Where a release's notes are found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_notes: Option<String>,
    /// Warnings that a person should read before installing.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Wallet ids that can use the node directly.
    #[serde(default)]
    pub wallets: Vec<String>,
    /// Folders below the home in which the client keeps its data where nobody says otherwise, for example `.bitcoin`.
    #[serde(default)]
    pub usual_folders: Vec<String>,
    /// Hosts that the client contacts by itself beside the peers of its network: shown wherever outbound hosts are.
    #[serde(default)]
    pub contacts: Vec<ContactSpec>,
    /// Last day (YYYY-MM-DD) on which this entry should be used without a refresh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Height at which this release stops by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub halts_at_height: Option<u64>,
    /// Why this client cannot be installed by Freehold: it is listed with its numbers, and has no services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<UnavailableSpec>,
    /// The networks, the default one first.
    pub networks: Vec<NetworkSpec>,
    /// The containers, in start order.
    #[serde(default)]
    pub services: Vec<ServiceSpec>,
    /// Secrets that are made once for a node and given to its containers in files.
    #[serde(default)]
    pub secrets: Vec<SecretSpec>,
    /// What the user may set.
    #[serde(default)]
    pub options: Vec<OptionSpec>,
    /// What one option forces on another.
    #[serde(default)]
    pub rules: Vec<OptionRule>,
    /// What the machine must have; the first that matches is used.
    pub requirements: Vec<RequirementSpec>,
    /// Other nodes that this one needs.
    #[serde(default)]
    pub dependencies: Vec<DependencySpec>,
    /// How the node is asked how it is.
    pub probe: ProbeSpec,
    /// How its other services are asked; the node is ready once every one of them is.
    #[serde(default)]
    pub companions: Vec<ProbeSpec>,
    /// What an update means for the data.
    #[serde(default)]
    pub update: UpdateSpec,
    /// RPC users, one per consumer.
    #[serde(default)]
    pub credentials: Vec<CredentialSpec>,
    /// Named lists of RPC methods.
    #[serde(default)]
    pub method_classes: BTreeMap<String, Vec<String>>,
    /// RPC methods that no wallet's class may hold.
    #[serde(default)]
    pub dangerous_methods: Vec<String>,
    /// What wallets can be pointed at.
    #[serde(default)]
    pub endpoints: Vec<EndpointSpec>,
    /// With which option the node meets what some wallets need of it.
    #[serde(default)]
    pub meets: Vec<MeetsSpec>,
}

/// A host that a client contacts by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactSpec {
    /// Host name, or what several have in common, for example `DNS seeds of the network`.
    pub host: String,
    /// What for, as the rest of a sentence.
    pub purpose: String,
}

/// One network of the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkSpec {
    /// `mainnet`, `regtest` ...
    pub id: Network,
    /// Its name for people.
    pub label: String,
    /// One sentence: what it is for.
    pub summary: String,
    /// Arguments that choose it.
    #[serde(default)]
    pub args: Vec<String>,
    /// Container ports by name, for example `rpc = 8332`.
    #[serde(default)]
    pub ports: BTreeMap<String, u16>,
    /// Other words for the network, by name: `{network.NAME}` in arguments, files and environment.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// False for a private chain that is complete without peers.
    #[serde(default = "yes")]
    pub needs_peers: bool,
    /// Folder below the data directory that holds this network's files; empty for the data directory itself.
    #[serde(default)]
    pub data_subfolder: String,
    /// Last day (YYYY-MM-DD) on which the entry is good on this network; the entry's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Height at which the release stops by itself on this network; the entry's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub halts_at_height: Option<u64>,
    /// Questions whose answers prove the chain.
    #[serde(default)]
    pub identity: Vec<IdentityCheck>,
}

fn yes() -> bool {
    true
}

/// One question and the answer that only the right chain gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityCheck {
    /// RPC method, for example `getblockhash`; `GET /path` for a probe over plain HTTP; an expression for a `json` probe.
    pub method: String,
    /// Its parameters.
    #[serde(default)]
    pub params: Vec<serde_json::Value>,
    /// JSON pointer (RFC 6901) to the part of the answer that is compared; the whole answer when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The answer on the right chain. Left out where `refuse_containing` or `refuse_bit` says what is wrong instead.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub equals: serde_json::Value,
    /// Another chain is at work where the answer, a text, holds this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refuse_containing: Option<String>,
    /// Another chain is at work where this bit of the answer, a number or a hexadecimal text, is set; 0 is the lowest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refuse_bit: Option<u8>,
    /// The hash of the block at this height (`getblockhash`) is the first parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_block: Option<u64>,
    /// What a wrong answer means, in a few words, for example `it follows Bitcoin Knots' fork`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Height from which the node can answer; below it the check is skipped.
    #[serde(default)]
    pub from_height: u64,
    /// Where the value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What the machine must have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementSpec {
    /// Networks it holds for; empty: all.
    #[serde(default)]
    pub networks: Vec<Network>,
    /// Option value it holds for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<OptionTest>,
    /// Disk space in the end, without what `disk_option` adds.
    pub disk: ByteSize,
    /// A size option whose value is added to `disk`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disk_option: Option<OptionId>,
    /// Growth per month.
    #[serde(default)]
    pub disk_per_month: ByteSize,
    /// Memory for the node alone, with `ram_option` at its default.
    pub ram: ByteSize,
    /// A size option of memory: what it is above its default is added to `ram`, what it is below is taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ram_option: Option<OptionId>,
    /// Data downloaded for the first sync.
    #[serde(default)]
    pub download: ByteSize,
    /// First sync in words, with its conditions.
    pub first_sync: String,
    /// Day (YYYY-MM-DD) on which the figures held.
    pub as_of: String,
    /// Where they come from; a `?` marks a figure that nobody has checked.
    pub source: String,
}

/// An RPC user of the node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialSpec {
    /// Who uses it: `freehold` for the probe, or a wallet id. Also the RPC user's name.
    pub consumer: String,
    /// The method class it may call.
    pub class: String,
}

/// How the node meets what a wallet may need of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetsSpec {
    /// What is needed. A version is no option's to meet.
    #[schemars(schema_with = "needs_of_options")]
    pub need: NodeNeed,
    /// The option that meets it.
    pub option: OptionId,
    /// The value with which it does.
    pub equals: String,
}

/// The needs that an option can meet, as plain words.
fn needs_of_options(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": NodeNeed::OF_OPTIONS.map(NodeNeed::id) })
}

impl MeetsSpec {
    /// The option and its value as a test.
    pub fn test(&self) -> OptionTest {
        OptionTest {
            option: self.option.clone(),
            equals: self.equals.clone(),
        }
    }
}

/// What a wallet can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointSpec {
    /// Its name for people.
    pub name: String,
    /// The protocol spoken there.
    pub protocol: Protocol,
    /// The service that answers, by name or role.
    pub service: ServiceName,
    /// The name of its port.
    pub port: String,
    /// It is offered only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<OptionTest>,
    /// Path after host and port, for example `/ext/bc/C/rpc`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// User name there, where it is one for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The secret of the node that is the password there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl NodeSpec {
    /// The network with this id.
    pub fn network(&self, id: &Network) -> Option<&NetworkSpec> {
        self.networks.iter().find(|network| network.id == *id)
    }

    /// The service with this name.
    pub fn service(&self, name: &ServiceName) -> Option<&ServiceSpec> {
        self.services.iter().find(|service| service.name == *name)
    }

    /// The services that a name or a role stands for. Of several in one role, at most one is part of a node.
    pub fn services_called<'a>(&'a self, called: &'a ServiceName) -> impl Iterator<Item = &'a ServiceSpec> {
        self.services.iter().filter(move |service| service.is_called(called))
    }

    /// The main probe and those of the companions.
    pub fn probes(&self) -> impl Iterator<Item = &ProbeSpec> {
        std::iter::once(&self.probe).chain(&self.companions)
    }

    /// Until when the release is good on a network: last day, and height at which it stops by itself.
    pub fn good_until(&self, network: &Network) -> (Option<&str>, Option<u64>) {
        let network = self.network(network);
        let date = network.and_then(|network| network.expires.as_deref());
        let height = network.and_then(|network| network.halts_at_height);
        (date.or(self.expires.as_deref()), height.or(self.halts_at_height))
    }

    /// The option with this id.
    pub fn option(&self, id: &OptionId) -> Option<&OptionSpec> {
        self.options.iter().find(|option| option.id == *id)
    }

    /// The longest time any service may take to stop.
    pub fn longest_grace(&self) -> std::time::Duration {
        self.services
            .iter()
            .map(|service| service.stop.grace.duration())
            .max()
            .unwrap_or_default()
    }
}
