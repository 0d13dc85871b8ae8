//! A catalog entry: everything Freehold knows about a client, as data.
//!
//! These types are the catalog's file format (`assets/catalog/<client>/node.toml`): unknown keys are refused, and
//! `assets/catalog/schema.json` is generated from them. Rust knows kinds, the file knows values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ByteSize, Chain, ClientId, ImageReference, Network, OptionId, Protocol, ServiceName, time::Span};

mod option;
pub mod placeholder;
pub use option::{Choice, InvalidValue, OptionKind, OptionRule, OptionSpec, OptionTest, OptionValue, SizeUnit};

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
    /// Last day (YYYY-MM-DD) on which this entry should be used without a refresh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Height at which this release stops by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub halts_at_height: Option<u64>,
    /// The networks, the default one first.
    pub networks: Vec<NetworkSpec>,
    /// The containers, in start order.
    pub services: Vec<ServiceSpec>,
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
    pub ports: BTreeMap<String, u16>,
    /// False for a private chain that is complete without peers.
    #[serde(default = "yes")]
    pub needs_peers: bool,
    /// Folder below the data directory that holds this network's files; empty for the data directory itself.
    #[serde(default)]
    pub data_subfolder: String,
    /// Questions whose answers prove the chain.
    #[serde(default)]
    pub identity: Vec<IdentityCheck>,
}

fn yes() -> bool {
    true
}

/// One RPC call and the answer that only the right chain gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityCheck {
    /// RPC method, for example `getblockhash`.
    pub method: String,
    /// Its parameters.
    #[serde(default)]
    pub params: Vec<serde_json::Value>,
    /// The answer on the right chain.
    pub equals: serde_json::Value,
    /// Height from which the node can answer; below it the check is skipped.
    #[serde(default)]
    pub from_height: u64,
    /// Where the value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// One container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceSpec {
    /// Its name inside the node.
    pub name: ServiceName,
    /// The pinned image.
    pub image: ImageReference,
    /// Replaces the image's entry point, so that no start-up script needs extra rights.
    pub entrypoint: Vec<String>,
    /// Arguments; `{...}` are placeholders.
    #[serde(default)]
    pub args: Vec<String>,
    /// Environment; values may hold placeholders. Never secrets.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Folders of the container that outlive it.
    #[serde(default)]
    pub mounts: Vec<MountSpec>,
    /// Ports that are published on this machine.
    #[serde(default)]
    pub ports: Vec<PortSpec>,
    /// How it is stopped.
    pub stop: StopSpec,
    /// What it needs beyond the closed default, each with its reason.
    #[serde(default)]
    pub hardening: HardeningSpec,
}

/// A folder that outlives the container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MountSpec {
    /// Its name; `{mount.NAME}` is its path in the container.
    pub name: String,
    /// Path in the container.
    pub target: String,
    /// What it holds, for people.
    pub holds: String,
}

/// A port of the container that is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PortSpec {
    /// Name of the port in the network's `ports`.
    pub name: String,
    /// Where it is published.
    pub publish: Publish,
    /// With `public`: the switch option that is the user's consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<OptionId>,
}

/// Where a port can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Publish {
    /// On a private high port of 127.0.0.1.
    Loopback,
    /// On every address of this machine under its own number, only while the consent option is on.
    Public,
}

/// How a service is stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StopSpec {
    /// Signal, for example `SIGTERM`.
    pub signal: String,
    /// How long it may take to write its state to disk.
    pub grace: Span,
}

/// Exceptions from the closed default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HardeningSpec {
    /// Paths that get a small writable tmpfs.
    #[serde(default)]
    pub tmpfs: Vec<String>,
    /// Linux capabilities to keep, without `CAP_`.
    #[serde(default)]
    pub cap_add: Vec<String>,
    /// Most processes and threads; the default is 512.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pids_limit: Option<u32>,
    /// True where the program must write outside its mounts.
    #[serde(default)]
    pub writable_root: bool,
    /// Why, when anything above is set beyond tmpfs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
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
    /// Memory for the node alone.
    pub ram: ByteSize,
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

/// Another node that this one needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependencySpec {
    /// Its catalog id.
    pub client: ClientId,
    /// How far it must be before this node starts.
    pub level: DependencyLevel,
}

/// How far a dependency must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DependencyLevel {
    /// Its containers run.
    Started,
    /// Its RPC answers.
    Healthy,
    /// It is at the chain's tip.
    Synced,
}

/// How the node is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProbeSpec {
    /// The kind of probe.
    pub kind: ProbeKind,
    /// The service that answers.
    pub service: ServiceName,
    /// The name of its RPC port.
    pub port: String,
    /// The consumer whose credential the probe uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<String>,
    /// List options that name peers: with one of them set, even a private chain is complete only with its peers.
    #[serde(default)]
    pub peer_options: Vec<OptionId>,
}

/// The kinds of probe that this program has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProbeKind {
    /// Bitcoin Core and its family.
    Bitcoind,
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

/// What a wallet can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointSpec {
    /// Its name for people.
    pub name: String,
    /// The protocol spoken there.
    pub protocol: Protocol,
    /// The service that answers.
    pub service: ServiceName,
    /// The name of its port.
    pub port: String,
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
