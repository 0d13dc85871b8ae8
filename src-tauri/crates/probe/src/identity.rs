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
    identify_at(endpoint, "", identity).await
}

/// [`identify`] at a path of the endpoint, for example `/ext/bc/C/rpc`, where its kind has one.
pub async fn identify_at(
    endpoint: &Endpoint,
    path: &str,
    identity: &[IdentityCheck],
) -> Result<Identity, ProbeFailure> {
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
        Protocol::BeaconHttp => ProbeKind::EthereumBeacon,
        Protocol::ArweaveHttp => ProbeKind::Arweave,
        Protocol::KaspaWs => ProbeKind::Kaspad,
        Protocol::LndHttp => ProbeKind::Lnd,
        Protocol::NostrWs | Protocol::TorSocks5 | Protocol::IpfsGatewayHttp | Protocol::WebHttp => {
            return Err(not_spoken("nothing there tells which chain it follows"));
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
        path: path.to_owned(),
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
        let question = match hash_question(question) {
            Some(first) => with_first_parameter(question, ask_rpc(client, &first).await?),
            None => question.clone(),
        };
        compare(&question, &ask_rpc(client, &question).await?)?;
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
        let question = match hash_question(question) {
            Some(first) => with_first_parameter(question, kind.ask(&first).await?),
            None => question.clone(),
        };
        compare(&question, &kind.ask(&question).await?)?;
    }
    Ok(())
}

/// The question for the hash that another question is about.
fn hash_question(question: &IdentityCheck) -> Option<IdentityCheck> {
    Some(IdentityCheck {
        method: "getblockhash".to_owned(),
        params: vec![Value::from(question.of_block?)],
        pointer: None,
        ..question.clone()
    })
}

fn with_first_parameter(question: &IdentityCheck, first: Value) -> IdentityCheck {
    let mut params = vec![first];
    params.extend(question.params.iter().cloned());
    IdentityCheck {
        params,
        ..question.clone()
    }
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
    let wrong = |expected: String| {
        Err(ProbeFailure::WrongChain {
            expected,
            found: match &question.because {
                Some(because) => format!("{} ({because})", words(found)),
                None => words(found),
            },
        })
    };
    if let Some(refused) = &question.refuse_containing
        && found.as_str().is_some_and(|text| text.contains(refused))
    {
        return wrong(format!("nothing with `{refused}`"));
    }
    if let Some(bit) = question.refuse_bit {
        let Some(number) = number(found) else {
            return wrong("a number".to_owned());
        };
        if number.checked_shr(u32::from(bit)).is_some_and(|rest| rest & 1 == 1) {
            return wrong(format!("bit {bit} not set"));
        }
    }
    if question.equals.is_null() || equal(found, &question.equals) {
        return Ok(());
    }
    wrong(words(&question.equals))
}

/// A number, or a hexadecimal text with or without `0x`.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => u64::from_str_radix(text.trim_start_matches("0x"), 16).ok(),
        _ => None,
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            shorten(&value.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(value: Value) -> IdentityCheck {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_fork_is_known_by_its_name_and_by_a_bit_of_its_blocks() {
        let name = question(json!({
            "method": "getnetworkinfo",
            "pointer": "/subversion",
            "refuse_containing": "Knots",
            "because": "it follows the fork of 2026",
        }));
        assert!(compare(&name, &json!({ "subversion": "/Satoshi:31.1.0/" })).is_ok());
        let fork = compare(&name, &json!({ "subversion": "/Satoshi:29.3.0/Knots:20260508/" })).unwrap_err();
        assert!(
            matches!(&fork, ProbeFailure::WrongChain { found, .. } if found.contains("the fork of 2026")),
            "{fork}"
        );
        let bit = question(json!({
            "method": "getblockheader",
            "pointer": "/versionHex",
            "refuse_bit": 31,
            "of_block": 961_640,
        }));
        assert!(compare(&bit, &json!({ "versionHex": "20000000" })).is_ok());
        assert!(compare(&bit, &json!({ "versionHex": "a0000000" })).is_err());
        assert!(compare(&bit, &json!({ "versionHex": "?" })).is_err());
        assert_eq!(hash_question(&bit).unwrap().params, [json!(961_640)]);
        assert_eq!(with_first_parameter(&bit, json!("00ab")).params, [json!("00ab")]);
    }
}
