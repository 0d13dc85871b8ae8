//! Whom Sparrow goes on asking beside its server, from its own settings.

use freehold_model::Network;
use serde_json::Value;

use crate::adapter::Leftover;
use crate::files::Files;
use crate::format::json::Object;

/// What a file says; settings that are not there have Sparrow's defaults.
pub(super) fn of(files: &Files, network: &Network) -> Vec<Leftover> {
    let Some(Ok(object)) = files.settings().map(Object::parse) else {
        return Vec::new();
    };
    let value = |name: &str| object.value(name).ok().flatten();
    let text = |name: &str, default: &str| {
        value(name)
            .and_then(|found| found.as_str().map(str::to_owned))
            .unwrap_or(default.to_owned())
    };
    let mut found = Vec::new();
    let mut add = |what: &str, host: Option<&str>, off: &str| {
        found.push(Leftover {
            what: what.to_owned(),
            host: host.map(str::to_owned),
            off: Some(off.to_owned()),
        });
    };
    let fees = text("feeRatesSource", "MEMPOOL_SPACE");
    // The others know mainnet only; mempool.space knows the test networks too.
    let has_fees = network.as_str() == "mainnet" || (fees == "MEMPOOL_SPACE" && network.as_str() != "regtest");
    if has_fees && !["ELECTRUM_SERVER", "MINIMUM"].contains(&fees.as_str()) {
        let host = match fees.as_str() {
            "MEMPOOL_SPACE" => Some("mempool.space"),
            "BITVIEW_SPACE" => Some("bitview.space"),
            "BLOCK_XYZ" => Some("pricing.bitcoin.block.xyz"),
            "BITCOINFEES_EARN_COM" => Some("bitcoinfees.earn.com"),
            "OXT_ME" => Some("api.oxt.me"),
            _ => None,
        };
        add("fee rates", host, "Settings, General: fee rates source `Server`");
    }
    let rates = text("exchangeSource", "COINGECKO");
    if rates != "NONE" {
        let host = match rates.as_str() {
            "COINBASE" => Some("api.coinbase.com"),
            "COINGECKO" => Some("api.coingecko.com"),
            "MEMPOOL_SPACE" => Some("mempool.space"),
            _ => None,
        };
        add("exchange rates", host, "Settings, General: exchange rate source `None`");
    }
    if value("checkNewVersions") != Some(Value::Bool(false)) {
        add(
            "new versions",
            Some("www.sparrowwallet.com"),
            "Settings, General: no check for new versions",
        );
    }
    found
}
