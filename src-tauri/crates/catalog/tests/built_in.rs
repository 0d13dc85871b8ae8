//! The shipped catalog: valid, documented by its schema, and what the reference says about Bitcoin Core.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

use std::collections::BTreeSet;
use std::path::Path;

use freehold_catalog::{Catalog, Origin, check_dir, schema};
use freehold_model::spec::{OptionKind, OptionValue};
use freehold_model::{ByteSize, ClientId, Network};

fn bitcoin() -> freehold_catalog::CatalogEntry {
    let catalog = Catalog::built_in().unwrap();
    catalog
        .find(&ClientId::try_new("bitcoin-core").unwrap())
        .unwrap()
        .clone()
}

fn assets() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/catalog")
}

#[test]
fn every_shipped_entry_is_valid_and_has_an_icon() {
    let catalog = Catalog::built_in().unwrap();
    assert!(catalog.entries().count() >= 1, "at least Bitcoin Core is shipped");
    for entry in catalog.entries() {
        assert_eq!(entry.origin, Origin::BuiltIn);
        let icon = entry.icon_svg.as_deref().unwrap_or_default();
        assert!(
            icon.starts_with("<svg") && !icon.contains("<script"),
            "{} has a plain icon",
            entry.spec.id
        );
    }
    assert_eq!(check_dir(&assets()), [], "the folder passes the check that users run");
}

#[test]
fn bitcoin_core_is_pinned_and_stopped_as_the_reference_says() {
    let spec = bitcoin().spec;
    let service = &spec.services[0];
    assert_eq!(
        service.image.pinned(),
        "docker.io/bitcoin/bitcoin@sha256:da25cedc66b1daefff9f412ee196c901a899c3fa68a33b20849c3e08b5c40d63"
    );
    assert_eq!(
        spec.longest_grace().as_secs(),
        930,
        "15m30s: a killed node may have to rebuild its database"
    );
    let networks: Vec<&str> = spec.networks.iter().map(|network| network.id.as_str()).collect();
    assert_eq!(networks, ["mainnet", "testnet4", "signet", "regtest"]);
    assert!(
        spec.networks.iter().all(|network| network.identity.len() == 1),
        "each chain is proved by its genesis block"
    );
    assert!(!spec.network(&Network::try_new("regtest").unwrap()).unwrap().needs_peers);
}

#[test]
fn bitcoin_cores_options_have_the_ranges_of_bitcoind() {
    let spec = bitcoin().spec;
    let find = |id: &str| spec.options.iter().find(|option| option.id.as_str() == id).unwrap();
    let prune = &find("prune_size").kind;
    assert!(
        prune.parse("549MiB").is_err(),
        "bitcoind refuses to prune to less than 550 MiB"
    );
    let ten = prune.parse("10GB").unwrap();
    assert_eq!(ten, OptionValue::Size(ByteSize::gb(10)));
    assert_eq!(prune.argument_texts(&ten), ["9536"]);
    assert!(
        matches!(find("inbound").kind, OptionKind::Switch { default: false, .. }),
        "nothing is public by default"
    );
}

#[test]
fn no_consumer_may_call_what_harms_the_node_or_spends() {
    let spec = bitcoin().spec;
    let dangerous: BTreeSet<&String> = spec.dangerous_methods.iter().collect();
    for (class, methods) in &spec.method_classes {
        assert!(
            methods.iter().all(|method| !dangerous.contains(method)),
            "class {class}"
        );
        assert!(
            methods.iter().all(|method| !method.starts_with('@')),
            "class {class} is written out"
        );
    }
    assert!(dangerous.contains(&"stop".to_owned()) && dangerous.contains(&"sendtoaddress".to_owned()));
}

#[test]
fn sparrow_may_call_everything_that_its_core_client_calls() {
    // The methods of Sparrow 2.5.3's `BitcoindClientService` that its code calls.
    let called = [
        "uptime",
        "getnetworkinfo",
        "estimatesmartfee",
        "getrawmempool",
        "getmempoolinfo",
        "getblockchaininfo",
        "getwalletinfo",
        "getblockhash",
        "getblockheader",
        "getblockstats",
        "getrawtransaction",
        "gettransaction",
        "getmempoolentry",
        "listsinceblock",
        "listwallets",
        "createwallet",
        "loadwallet",
        "listdescriptors",
        "importdescriptors",
        "sendrawtransaction",
    ];
    let spec = bitcoin().spec;
    let credential = spec
        .credentials
        .iter()
        .find(|credential| credential.consumer == "sparrow")
        .unwrap();
    for method in called {
        assert!(
            spec.method_classes[&credential.class]
                .iter()
                .any(|known| known == method),
            "{method}"
        );
    }
}

#[test]
fn the_schema_in_the_assets_is_the_one_of_the_types() {
    let file = assets().join("schema.json");
    let current = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        #[expect(clippy::disallowed_methods, reason = "a generated file of the source tree")]
        std::fs::write(&file, &current).unwrap();
    }
    let stored = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stored == current,
        "assets/catalog/schema.json is stale: run this test with UPDATE_SCHEMA=1"
    );
}
