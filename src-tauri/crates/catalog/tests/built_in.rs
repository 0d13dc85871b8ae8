//! The shipped catalog: valid, documented by its schema, and what the reference says about Bitcoin Core.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

use std::collections::BTreeSet;
use std::path::Path;

use freehold_catalog::{Catalog, Origin, check_dir, schema};
use freehold_model::spec::{Effect, OptionKind, OptionValue, SizeUnit};
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
        service.image.pinned().unwrap().pinned(),
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
        spec.networks
            .iter()
            .all(|network| network.identity[0].method == "getblockhash"),
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

#[test]
fn every_entry_that_can_be_installed_has_the_common_options() {
    let catalog = Catalog::built_in().unwrap();
    let ids = [
        "cpu_limit",
        "memory_limit",
        "update_policy",
        "on_battery",
        "on_metered",
        "schedule",
    ];
    for entry in catalog.entries() {
        let wanted = usize::from(entry.spec.unavailable.is_none());
        for id in ids {
            let found = entry.spec.options.iter().filter(|option| option.id.as_str() == id);
            assert_eq!(found.count(), wanted, "{id} of {}", entry.spec.id);
        }
    }
    let spec = bitcoin().spec;
    let find = |id: &str| spec.options.iter().find(|option| option.id.as_str() == id).unwrap();
    assert!(matches!(
        find("cpu_limit").kind,
        OptionKind::Count {
            default: 0,
            min: 0,
            max: 102_400,
            ..
        }
    ));
    assert!(matches!(
        find("memory_limit").kind,
        OptionKind::Size {
            default: ByteSize(0),
            unit: SizeUnit::MiB,
            ..
        }
    ));
    assert_eq!(
        find("schedule").kind.parse("22:00-06:00,12:00-13:00").unwrap(),
        OptionValue::Text("22:00-06:00,12:00-13:00".to_owned())
    );
    for id in ids {
        let option = find(id);
        assert!(option.advanced, "{id} stands back");
        let effects: Vec<Effect> = option.consequences.iter().map(|found| found.effect).collect();
        assert_eq!(effects, [Effect::None], "{id} needs no restart");
        let value = option.kind.default_value();
        assert!(option.kind.args_for(&value).is_empty(), "{id} is not for the client");
    }
}

#[test]
fn the_common_options_pass_the_check_of_any_entry() {
    let common = std::fs::read_to_string(assets().join("common.toml")).unwrap();
    let (_, options) = common.split_once("schema_version = 1\n").unwrap();
    let base = std::fs::read_to_string(assets().join("../../tests/catalog/valid/declared.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let client = folder.path().join("sample");
    std::fs::create_dir(&client).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a temporary file of a test")]
    std::fs::write(client.join("node.toml"), format!("{base}\n{options}")).unwrap();
    assert_eq!(check_dir(&client), []);
}

#[test]
fn needed_nodes_are_told_who_asks() {
    let catalog = Catalog::built_in().unwrap();
    let spec = bitcoin().spec;
    for client in ["electrs", "fulcrum", "mempool", "lnd", "core-lightning"] {
        let entry = catalog.find(&ClientId::try_new(client).unwrap()).unwrap();
        let needed = entry
            .spec
            .dependencies
            .iter()
            .find(|needed| needed.name == "bitcoin")
            .unwrap();
        assert_eq!(needed.consumer.as_deref(), Some(client));
        let credential = spec.credentials.iter().find(|found| found.consumer == client).unwrap();
        let methods = &spec.method_classes[&credential.class];
        for method in [
            "getblockchaininfo",
            "getblockhash",
            "getrawtransaction",
            "sendrawtransaction",
        ] {
            assert!(methods.iter().any(|known| known == method), "{client} calls {method}");
        }
    }
}

/// The blocks of TOML in the README that are whole files of an entry.
fn examples() -> Vec<String> {
    let readme = std::fs::read_to_string(assets().join("README.md")).unwrap();
    let blocks = readme.split("```toml\n").skip(1);
    let blocks = blocks.filter_map(|block| Some(block.split_once("```")?.0.to_owned()));
    blocks
        .filter(|block| block.starts_with("schema_version") && block.contains("\nid = "))
        .collect()
}

#[test]
fn the_example_of_the_readme_is_an_entry() {
    let examples = examples();
    assert!(!examples.is_empty());
    for example in examples {
        let id = example
            .split("\nid = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let client = folder.path().join(id);
        std::fs::create_dir(&client).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a temporary file of a test")]
        std::fs::write(client.join("node.toml"), &example).unwrap();
        assert_eq!(check_dir(&client), [], "{example}");
    }
}

#[test]
fn the_readme_names_every_key() {
    let readme = std::fs::read_to_string(assets().join("README.md")).unwrap();
    let schema = schema();
    // What a declared probe asks and computes has a chapter of its own.
    let has_chapter = readme.contains("\n## The json probe\n");
    let is_explained_here = |name: &str| has_chapter || !name.starts_with("Json");
    let definitions = schema["$defs"].as_object().unwrap().iter();
    let definitions = definitions.filter_map(|(name, definition)| is_explained_here(name).then_some(definition));
    let mut missing = BTreeSet::new();
    for definition in definitions.chain([&schema]) {
        let own = definition.get("properties").into_iter();
        let variants = definition
            .get("oneOf")
            .and_then(serde_json::Value::as_array)
            .into_iter()
            .flatten();
        for properties in own.chain(variants.filter_map(|variant| variant.get("properties"))) {
            for key in properties.as_object().unwrap().keys() {
                let is_named = [
                    format!("`{key}`"),
                    format!("[{key}]"),
                    format!("`{key} = "),
                    format!(".{key}]"),
                    format!(".{key}."),
                    format!("\n{key} = "),
                ]
                .iter()
                .any(|form| readme.contains(form.as_str()));
                if !is_named {
                    missing.insert(key.clone());
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new(), "keys that the README does not explain");
}
