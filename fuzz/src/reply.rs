//! What nodes answer: JSON-RPC of every version, single and in a batch, and bitcoind's own words.

use std::time::{Duration, SystemTime};

use freehold_model::Timestamp;
use freehold_probe::rpc::CallError;
use serde_json::Value;

#[path = "../../src-tauri/crates/probe/src/kind/bitcoind/reply.rs"]
#[expect(dead_code, reason = "the probe does more with it")]
mod bitcoind;
#[path = "../../src-tauri/crates/probe/src/rpc/reply.rs"]
mod rpc;

use crate::excerpt::EXCERPT_LENGTH;

/// Reads the bytes as a JSON-RPC answer, as a batch of five, and as bitcoind's reply.
///
/// # Panics
///
/// When a foreign text would be shown that is longer than allowed or has more than one line.
pub fn rpc_reply(data: &[u8]) {
    let Ok(answer) = serde_json::from_slice::<Value>(data) else {
        return;
    };
    let single = rpc::single(answer.clone());
    if let Some(Err(error)) = &single {
        shown(error);
    }
    if let Some(Ok(entries)) = rpc::several::<5>(answer.clone()) {
        entries.iter().filter_map(|entry| entry.as_ref().err()).for_each(shown);
    }
    let result = single.and_then(Result::ok).unwrap_or(answer);
    if let Ok(chain) = serde_json::from_value::<bitcoind::ChainReply>(result.clone()) {
        let now = Timestamp::from_system(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
        let _facts = (chain.headers(), chain.tip_age(now), chain.is_private());
        let _texts = bitcoind::merge_warnings(&chain.warnings, &result);
    }
}

fn shown(error: &CallError) {
    if let CallError::Rpc { message, .. } = error {
        assert!(
            message.chars().count() <= EXCERPT_LENGTH && !message.contains(['\n', '\r']),
            "{message:?}"
        );
    }
}
