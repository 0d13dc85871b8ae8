//! Asks an endpoint, once, which chain it follows: before a wallet's file is touched.

use freehold_model::spec::IdentityCheck;
use freehold_model::{Endpoint, ProbeFailure, Protocol};
use serde_json::{Value, json};

use crate::bitcoind::reply::{ChainReply, NetworkReply, parse};
use crate::excerpt::shorten;
use crate::rpc::{CallError, Client};

/// No such method: the node was built or started without it.
const METHOD_NOT_FOUND: i64 = -32601;
/// No wallet is loaded.
const WALLET_NOT_FOUND: i64 = -18;
/// More than one wallet is loaded and the call names none.
const WALLET_NOT_SPECIFIED: i64 = -19;

/// What an endpoint is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The chain's name in the client's words, for example `main`.
    pub chain: String,
    /// Blocks checked.
    pub height: u64,
    /// The client's version, for example `31.1.0`.
    pub version: String,
    /// The client's own name for itself, for example `/Satoshi:31.1.0/`.
    pub subversion: String,
    /// The node keeps wallets itself; `None` where this user may not ask.
    pub is_wallet_enabled: Option<bool>,
}

/// Asks the node at `endpoint` what it is and puts the questions of `identity` to it. Fails with
/// [`ProbeFailure::WrongChain`] when one answer differs; a question about a height not yet reached is left out.
pub async fn identify(endpoint: &Endpoint, identity: &[IdentityCheck]) -> Result<Identity, ProbeFailure> {
    match endpoint.protocol {
        Protocol::BitcoinHttp => identify_bitcoind(&Client::new(endpoint), identity).await,
        Protocol::ElectrumTcp
        | Protocol::ElectrumSsl
        | Protocol::EvmHttp
        | Protocol::EvmWs
        | Protocol::MoneroHttp
        | Protocol::SolanaHttp
        | Protocol::IpfsHttp
        | Protocol::LightwalletdHttp => Err(ProbeFailure::Unreadable {
            reason: format!("Freehold does not speak {} yet", endpoint.protocol),
        }),
    }
}

async fn identify_bitcoind(client: &Client, identity: &[IdentityCheck]) -> Result<Identity, ProbeFailure> {
    let chain: ChainReply = parse("getblockchaininfo", client.ask("getblockchaininfo", json!([])).await?)?;
    check(client, identity, chain.blocks).await?;
    let network: NetworkReply = parse("getnetworkinfo", client.ask("getnetworkinfo", json!([])).await?)?;
    let is_wallet_enabled = match client.ask("getwalletinfo", json!([])).await {
        Ok(_)
        | Err(CallError::Rpc {
            code: WALLET_NOT_FOUND | WALLET_NOT_SPECIFIED,
            ..
        }) => Some(true),
        Err(CallError::Rpc {
            code: METHOD_NOT_FOUND, ..
        }) => Some(false),
        Err(CallError::MethodForbidden | CallError::Forbidden) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(Identity {
        version: network.version(),
        chain: chain.chain,
        height: chain.blocks,
        subversion: network.subversion,
        is_wallet_enabled,
    })
}

/// Puts every question of `identity` that a node at `height` can answer.
pub(crate) async fn check(client: &Client, identity: &[IdentityCheck], height: u64) -> Result<(), ProbeFailure> {
    for question in identity.iter().filter(|question| question.from_height <= height) {
        let found = client
            .ask(&question.method, Value::Array(question.params.clone()))
            .await?;
        if found != question.equals {
            return Err(ProbeFailure::WrongChain {
                expected: words(&question.equals),
                found: words(&found),
            });
        }
    }
    Ok(())
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            shorten(&value.to_string())
        }
    }
}
