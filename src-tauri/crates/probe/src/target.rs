//! Which node is asked, and what is known about it beforehand.

use freehold_model::spec::{IdentityCheck, ProbeKind};
use freehold_model::{Credential, Endpoint, Protocol};

/// A node to be probed.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What kind of node it is.
    pub kind: ProbeKind,
    /// Host name or address of its RPC; IPv6 without brackets.
    pub host: String,
    /// Port of its RPC.
    pub port: u16,
    /// The probe's own RPC user.
    pub credential: Option<Credential>,
    /// Questions whose answers prove the chain.
    pub identity: Vec<IdentityCheck>,
    /// The chain is complete only with peers: the network needs them, or the user named a peer to follow.
    pub needs_peers: bool,
}

impl Target {
    /// The RPC's endpoint.
    pub(crate) fn endpoint(&self) -> Endpoint {
        let protocol = match self.kind {
            ProbeKind::Bitcoind => Protocol::BitcoinHttp,
        };
        Endpoint {
            protocol,
            host: self.host.clone(),
            port: self.port,
            credential: self.credential.clone(),
        }
    }
}
