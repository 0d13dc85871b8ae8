//! Which node is asked, and what is known about it beforehand.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use freehold_model::spec::{IdentityCheck, JsonProbe, ProbeKind};
use freehold_model::{Credential, Endpoint, Protocol};

/// A node to be probed.
#[derive(Debug, Clone)]
pub struct Target {
    /// What kind of node it is.
    pub kind: ProbeKind,
    /// Host name or address of its RPC; IPv6 without brackets.
    pub host: String,
    /// Port of its RPC.
    pub port: u16,
    /// What comes after host and port, for example `/ext/bc/C/rpc`; empty for none.
    pub path: String,
    /// A port on which it tells of new blocks by itself (WebSocket), where that is another one.
    pub push_port: Option<u16>,
    /// The probe's own RPC user: Basic for the bitcoind family, kubo and `json`, Digest for monerod.
    pub credential: Option<Credential>,
    /// A file of the node on this machine: zebra's cookie, LND's macaroon, Core Lightning's socket, tor's cookie.
    pub token: Option<PathBuf>,
    /// Questions whose answers prove the chain.
    pub identity: Vec<IdentityCheck>,
    /// The chain is complete only with peers: the network needs them, or the user named a peer to follow.
    pub needs_peers: bool,
    /// With kind `json`: what is asked.
    pub json: Option<JsonProbe>,
    /// Other services of the same node; it is ready once every one is.
    pub companions: Vec<Self>,
    /// Height of the node that this one follows, kept up by its owner; 0 while unknown.
    pub upstream_height: Option<Arc<AtomicU64>>,
    /// What people call it, for texts about one of several, for example `consensus`.
    pub label: String,
}

impl Target {
    /// A target with nothing but an address: no credential, no identity, needs peers.
    pub fn new(kind: ProbeKind, host: impl Into<String>, port: u16) -> Self {
        Self {
            kind,
            host: host.into(),
            port,
            path: String::new(),
            push_port: None,
            credential: None,
            token: None,
            identity: Vec::new(),
            needs_peers: true,
            json: None,
            companions: Vec::new(),
            upstream_height: None,
            label: String::new(),
        }
    }

    /// The height of the node that this one follows, where known.
    pub(crate) fn upstream(&self) -> Option<u64> {
        let height = self.upstream_height.as_ref()?.load(Ordering::Relaxed);
        (height > 0).then_some(height)
    }

    /// The RPC's endpoint. The protocol is only a name here: host, port and credential count.
    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint {
            protocol: Protocol::BitcoinHttp,
            host: self.host.clone(),
            port: self.port,
            credential: self.credential.clone(),
        }
    }
}
