//! Wallets' files: whatever stands in them, an edit does what it promises or is refused.

use freehold_model::{Credential, Endpoint, Network, Protocol, Secret};
use freehold_wallets::adapter;

/// `bitcoin.conf`, as `bitcoin-cli` uses it.
pub fn wallet_conf(data: &[u8]) {
    edited("bitcoin-cli", Protocol::BitcoinHttp, data);
}

/// Sparrow's settings.
pub fn wallet_json(data: &[u8]) {
    edited("sparrow", Protocol::ElectrumTcp, data);
}

/// Points the wallet at a node and back.
///
/// # Panics
///
/// When the wallet would not use the node after the edit, when a second edit changes the file again, when a secret is
/// shown, or when our settings cannot be taken back.
fn edited(wallet: &str, protocol: Protocol, data: &[u8]) {
    const PASSWORD: &str = "a-password-of-forty-characters-like-ours";
    let adapter = adapter(wallet).expect("the wallet is known");
    let network: Network = "regtest".parse().expect("a network");
    let _masked = adapter.masked(data);
    let _before = adapter.inspect(data, &network);
    let endpoint = Endpoint {
        protocol,
        host: "127.0.0.1".to_owned(),
        port: 23_456,
        credential: Some(Credential {
            user: "wallet".to_owned(),
            password: Secret::new(PASSWORD),
        }),
    };
    let Ok(after) = adapter.plan(Some(data), &network, &endpoint) else {
        return;
    };
    let bytes = after.bytes.as_slice();
    let current = adapter.inspect(bytes, &network).expect("what we wrote can be read");
    let seen = current.endpoint.expect("there is an endpoint now");
    assert_eq!((seen.host.as_str(), seen.port), ("127.0.0.1", 23_456));
    assert!(!adapter.masked(bytes).contains(PASSWORD), "a secret is shown");
    let again = adapter
        .plan(Some(bytes), &network, &endpoint)
        .expect("our own file can be edited");
    assert!(
        again.bytes.as_slice() == bytes,
        "an edit that changes nothing changed something"
    );
    let restored = adapter
        .restore_keys(bytes, Some(data), bytes, &network)
        .expect("our settings can be taken back");
    assert!(restored.kept.is_empty(), "nobody else has changed {:?}", restored.kept);
}
