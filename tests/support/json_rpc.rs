//! JSON-RPC over plain HTTP, for nodes that ask for no password.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::http;

/// Calls `method` at `127.0.0.1:PORT`, written as an URL or as an address.
pub fn call(url: &str, method: &str, params: &Value) -> Result<Value> {
    let address = url.rsplit_once("//").map_or(url, |(_, address)| address);
    let address = address.split('/').next().unwrap_or(address);
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let headers = [("Host", address), ("Content-Type", "application/json")];
    let answer = http::request(address, "POST /", &headers, &body.to_string())?;
    let (_, text) = answer.text.split_once("\r\n\r\n").context("an answer has a body")?;
    let answer: Value = serde_json::from_str(text).with_context(|| format!("{method} answered {text}"))?;
    match answer.get("result") {
        Some(result) => Ok(result.clone()),
        None => bail!("{method}: {answer}"),
    }
}
