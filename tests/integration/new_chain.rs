//! Chains that this program has never heard of, each from one TOML in the user's own catalog folder.

use freehold_tests::json_rpc;
use freehold_tests::look::{inspect, text, until_node, until_state};
use freehold_tests::sandbox::Sandbox;
use serde_json::{Value, json};

/// One service, a declared probe, a proof of the chain. Makes a block a second.
const ONE: &str = include_str!("../fixtures/catalog/dreamchain.toml");
/// Two services that can be chosen and one that belongs to both, which share a secret.
const TWO: &str = include_str!("../fixtures/catalog/twinchain.toml");

fn height(node: &Value) -> u64 {
    node["height"].as_u64().unwrap_or_else(|| panic!("no height: {node}"))
}

#[test]
fn one_toml_makes_a_chain_known() {
    let Some(sandbox) = Sandbox::new() else { return };
    let anvil = sandbox.environment.image_of("anvil", "catalog");
    sandbox.overlay().add_entry("dreamchain", ONE);
    sandbox.overlay().use_image("dreamchain", "dreamd", anvil);
    let checked = sandbox
        .run(&["catalog", "check", sandbox.overlay().path().to_str().unwrap()])
        .ok();
    assert_eq!(checked["problems"], json!([]), "the entry is valid: {checked}");

    let installed = sandbox.run(&["install", "dreamchain", "--wait", "ready", "--yes"]).ok();
    let node = text(&installed["id"]).to_owned();
    assert_eq!(
        (&installed["chain"], &installed["network"]),
        (&json!("dream"), &json!("mainnet"))
    );
    assert!(text(&installed["version"]).contains("anvil"), "{installed}");
    let first = height(&installed);
    let later = until_node(&sandbox, &node, "higher", |seen| {
        seen["height"].as_u64().is_some_and(|height| height > first)
    });
    assert_eq!(later["status"]["state"], "ready", "{later}");
    let offered = sandbox.run(&["endpoints", &node]).ok();
    let url = text(&offered["endpoints"][0]["url"]);
    assert_eq!(json_rpc::call(url, "eth_chainId", &json!([])).unwrap(), "0x1092");

    // Another chain behind the same entry: the proof fails, and it is said.
    sandbox
        .overlay()
        .add_entry("dreamchain", &ONE.replace("equals = 4242", "equals = 4243"));
    sandbox.run(&["stop", &node]).ok();
    sandbox.run(&["start", &node]).ok();
    let wrong = until_state(&sandbox, &node, "wrong-chain");
    assert_eq!(wrong["status"]["why"], "expected 4243, found 4242");
    sandbox.run(&["erase", &node, "--yes"]).ok();
    sandbox.assert_nothing_left();
}

#[test]
fn an_entry_may_have_roles_and_a_shared_secret() {
    let Some(sandbox) = Sandbox::new() else { return };
    let anvil = sandbox.environment.image_of("anvil", "catalog");
    sandbox.overlay().add_entry("twinchain", TWO);
    for service in ["slow", "quick", "mirror"] {
        sandbox.overlay().use_image("twinchain", service, anvil);
    }
    let checked = sandbox
        .run(&["catalog", "check", sandbox.overlay().path().to_str().unwrap()])
        .ok();
    assert_eq!(checked["problems"], json!([]), "the entry is valid: {checked}");
    let installed = sandbox
        .run(&[
            "install",
            "twinchain",
            "--wait",
            "ready",
            "--yes",
            "--set",
            "engine=quick",
        ])
        .ok();
    let node = text(&installed["id"]).to_owned();
    let names = |node: &Value| {
        let services = node["services"].as_array().unwrap();
        let names = services.iter().map(|service| text(&service["name"]).to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        names(&installed),
        ["mirror", "quick"],
        "the chosen one, and the one that is always there"
    );

    let secret = std::fs::read_dir(sandbox.data().join("secrets").join(&node))
        .unwrap()
        .flatten();
    let secret = secret
        .map(|file| std::fs::read_to_string(file.path()).unwrap())
        .find(|text| text.trim().len() == 64);
    let secret = secret.expect("a secret of 64 hexadecimal digits");
    for service in installed["services"].as_array().unwrap() {
        let container = inspect(&sandbox, text(&service["container"]));
        let mounts = container["Mounts"].as_array().unwrap();
        let file = mounts.iter().find(|mount| mount["Destination"] == "/run/twin.hex");
        let file = file.unwrap_or_else(|| panic!("{} has no secret: {mounts:?}", service["name"]));
        let held = std::fs::read_to_string(text(&file["Source"])).unwrap();
        assert!(held.starts_with(secret.trim()), "both have the same one");
        if service["name"] == "mirror" {
            let engine = held.split_whitespace().nth(1).unwrap_or_default();
            assert_eq!(
                engine,
                format!("{node}-quick:7001"),
                "and one is told where the other is"
            );
        }
        assert!(
            !container["Config"].to_string().contains(secret.trim()),
            "and it is nowhere else"
        );
    }

    let before = installed["services"][0]["container"].clone();
    sandbox.run(&["set", &node, "engine=slow"]).fault("confirmation-needed");
    sandbox.run(&["set", &node, "engine=slow", "--yes"]).ok();
    let changed = until_node(&sandbox, &node, "ready with the other engine", |seen| {
        seen["status"]["state"] == "ready" && names(seen) == ["mirror", "slow"]
    });
    assert_eq!(changed["services"][0]["name"], "mirror");
    let label = format!("label=freehold.node={node}");
    let ids = sandbox.engine(&["ps", "--all", "--quiet", "--filter", &label]);
    assert!(ids.lines().count() >= 2, "{before} {ids}");
    let quick = sandbox.engine(&[
        "ps",
        "--all",
        "--quiet",
        "--filter",
        &label,
        "--filter",
        "label=freehold.service=quick",
    ]);
    assert_eq!(quick, "", "the service that is not chosen any more is gone");
    sandbox.run(&["erase", &node, "--yes"]).ok();
    sandbox.assert_nothing_left();
}
