//! Asks an endpoint, once, which chain it follows: before a wallet's file is touched.

use freehold_model::expression::equal;
use freehold_model::spec::{IdentityCheck, ProbeKind};
use freehold_model::{Endpoint, ProbeFailure, Protocol, Timestamp};
use serde_json::{Value, json};

use crate::Target;
use crate::excerpt::shorten;
use crate::kind::{ChainReply, Kind, Look, NetworkReply, ask_rpc, speaker};
use crate::report::{lacks, parse, quantity, text};
use crate::rpc::{CallError, Client};
use crate::websocket::Socket;

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
    let kind = match endpoint.protocol {
        Protocol::BitcoinHttp => return identify_bitcoind(&Client::new(endpoint), identity).await,
        Protocol::EvmWs => return identify_evm_socket(endpoint, identity).await,
        Protocol::ElectrumTcp => ProbeKind::Electrum,
        Protocol::EvmHttp => ProbeKind::EthereumExecution,
        Protocol::MoneroHttp => ProbeKind::Monerod,
        Protocol::SolanaHttp => ProbeKind::Solana,
        Protocol::IpfsHttp => ProbeKind::Kubo,
        Protocol::ElectrumSsl => {
            return Err(not_spoken(
                "Freehold does not speak TLS; give the server's TCP port (`electrum+tcp`)",
            ));
        }
        Protocol::LightwalletdHttp => {
            return Err(not_spoken(
                "Freehold does not speak gRPC, so it cannot ask lightwalletd",
            ));
        }
    };
    let target = Target {
        credential: endpoint.credential.clone(),
        needs_peers: false,
        ..Target::new(kind, endpoint.host.clone(), endpoint.port)
    };
    let kind = speaker(&target);
    // What depends on the clock, the age of the tip, is not part of what it is.
    let look = Look {
        target: &target,
        was_ready: false,
        now: Timestamp(0),
    };
    let report = kind.read(look).await?;
    check(&*kind, identity, report.height).await?;
    Ok(Identity {
        chain: report.chain,
        height: report.height,
        subversion: report.version.clone(),
        version: report.version,
        is_wallet_enabled: None,
    })
}

fn not_spoken(reason: &str) -> ProbeFailure {
    ProbeFailure::Unreadable {
        reason: reason.to_owned(),
    }
}

async fn identify_evm_socket(endpoint: &Endpoint, identity: &[IdentityCheck]) -> Result<Identity, ProbeFailure> {
    let mut socket = Socket::connect(&format!("ws://{}/", endpoint.authority())).await?;
    let chain =
        quantity(&socket.call("eth_chainId", json!([])).await?).ok_or_else(|| lacks("eth_chainId", "a number"))?;
    let height = socket.call("eth_blockNumber", json!([])).await?;
    let height = quantity(&height).ok_or_else(|| lacks("eth_blockNumber", "a number"))?;
    let version = text(&socket.call("web3_clientVersion", json!([])).await?);
    for question in identity.iter().filter(|question| question.from_height <= height) {
        let answer = socket
            .call(&question.method, Value::Array(question.params.clone()))
            .await?;
        compare(question, &answer)?;
    }
    Ok(Identity {
        chain: chain.to_string(),
        height,
        subversion: version.clone(),
        version,
        is_wallet_enabled: None,
    })
}

async fn identify_bitcoind(client: &Client, identity: &[IdentityCheck]) -> Result<Identity, ProbeFailure> {
    let chain: ChainReply = parse("getblockchaininfo", client.ask("getblockchaininfo", json!([])).await?)?;
    for question in identity.iter().filter(|question| question.from_height <= chain.blocks) {
        compare(question, &ask_rpc(client, question).await?)?;
    }
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
pub(crate) async fn check(kind: &dyn Kind, identity: &[IdentityCheck], height: u64) -> Result<(), ProbeFailure> {
    for question in identity.iter().filter(|question| question.from_height <= height) {
        compare(question, &kind.ask(question).await?)?;
    }
    Ok(())
}

/// Holds an answer against what only the right chain answers.
fn compare(question: &IdentityCheck, answer: &Value) -> Result<(), ProbeFailure> {
    let pointer = question.pointer.as_deref().unwrap_or_default();
    let found = answer
        .pointer(pointer)
        .filter(|found| !found.is_null())
        .ok_or_else(|| ProbeFailure::Unreadable {
            reason: shorten(&format!("`{}` is answered without `{pointer}`", question.method)),
        })?;
    if equal(found, &question.equals) {
        return Ok(());
    }
    Err(ProbeFailure::WrongChain {
        expected: words(&question.equals),
        found: words(found),
    })
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            shorten(&value.to_string())
        }
    }
}
