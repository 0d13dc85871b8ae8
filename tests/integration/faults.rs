//! Disks that are full, nodes that talk nonsense or nothing, ports that are taken, memory that runs out: each ends in
//! words that are true, and never in an endless loop.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use freehold_tests::disk::SmallDisk;
use freehold_tests::evidence::left_out;
use freehold_tests::kernel;
use freehold_tests::look::{SOON, inspect_node, show, text, until_node, until_state};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::overlay::shipped;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::server::Server;
use freehold_tests::wait::patiently;
use serde_json::Value;

const NODE: &str = "bitcoin-core-regtest";
/// A node may keep silent this long after its start before that counts against it.
const SILENCE_IS_NORMAL: Duration = Duration::from_mins(1);

/// How often the engine has started the node's container, of which there is one.
fn ended_at(sandbox: &Sandbox) -> String {
    text(&inspect_node(sandbox, NODE)["State"]["FinishedAt"]).to_owned()
}

/// The node has failed for good: it says why, and nobody starts it again behind the user's back.
fn failed_for_good(sandbox: &Sandbox, code: &str) -> Value {
    let failed = until_state(sandbox, NODE, "failed");
    assert_eq!(failed["status"]["fault"]["code"], code, "{failed}");
    let before = ended_at(sandbox);
    let begun = Instant::now();
    // Longer than the first waits between tries.
    while begun.elapsed() < Duration::from_secs(4) {
        assert_eq!(show(sandbox, NODE)["status"]["state"], "failed");
    }
    assert_eq!(ended_at(sandbox), before, "it was started again all the same");
    failed
}

/// A disk of so many megabytes, and a catalog that lets Bitcoin Core onto it: what it needs is refused there beforehand, an
/// entry that promises too much is not.
fn small_disk(sandbox: &Sandbox, megabytes: u32) -> Option<SmallDisk> {
    let disk = SmallDisk::mount(megabytes).unwrap()?;
    sandbox.overlay().change_entry("bitcoin-core", |text| {
        text.replace("disk = \"500MB\"", "disk = \"1MB\"")
    });
    Some(disk)
}

#[test]
fn a_full_disk_is_called_so() {
    let Some(sandbox) = Sandbox::new() else { return };
    let Some(disk) = small_disk(&sandbox, 6) else { return };
    let _server = Server::start(&sandbox);
    let folder = disk.path().join("node");
    let install = ["install", "bitcoin-core", "--network", "regtest", "--yes", "--data"];
    let install = sandbox.begin(&[&install[..], &[folder.to_str().unwrap()]].concat());
    patiently("it is on record", SOON, || {
        (sandbox.run(&["status", NODE]).code == 0).then_some(())
    });
    let failed = failed_for_good(&sandbox, "disk-full");
    let said = text(&failed["status"]["why"]);
    assert!(said.to_lowercase().contains("disk"), "{said}");
    // Started or not: the command ends by itself.
    let _either_way = install.finish();
    let crashes = sandbox.run(&["crashes", NODE]).ok();
    let lines = crashes["crashes"][0]["lines"].to_string();
    assert!(
        lines.contains("isk space"),
        "the last lines of its log are kept: {crashes}"
    );
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn a_disk_without_a_byte_left_is_called_so_and_nothing_is_lost() {
    let Some(sandbox) = Sandbox::new() else { return };
    // bitcoind wants 50 MB free, and keeps some 20 MB on a new chain.
    let Some(disk) = small_disk(&sandbox, 120) else { return };
    let _server = Server::start(&sandbox);
    let folder = disk.path().join("node");
    sandbox.install_regtest_with(&["--data", folder.to_str().unwrap()]).ok();
    NodeRpc::of(&sandbox, NODE, "bitcoin-cli").unwrap().mine(3).unwrap();
    sandbox.run(&["stop", NODE]).ok();

    let filler = disk.path().join("filler");
    fill(&filler);
    let _refused = sandbox.run(&["start", NODE]);
    failed_for_good(&sandbox, "disk-full");

    std::fs::remove_file(&filler).unwrap();
    sandbox.run(&["start", NODE]).ok();
    let ready = until_state(&sandbox, NODE, "ready");
    assert_eq!(ready["height"], 3, "{ready}");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

/// Writes until there is no room for one more byte.
fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    for size in [1 << 20, 4096, 1] {
        let block = vec![0; size];
        while file.write_all(&block).is_ok() {}
    }
}

#[test]
fn too_little_memory_is_called_so() {
    let Some(sandbox) = Sandbox::new() else { return };
    let _server = Server::start(&sandbox);
    let install = [
        "install",
        "bitcoin-core",
        "--network",
        "regtest",
        "--yes",
        "--set",
        "memory_limit=8MiB",
    ];
    let install = sandbox.begin(&install);
    patiently("it is on record", SOON, || {
        (sandbox.run(&["status", NODE]).code == 0).then_some(())
    });
    let is_decided = |seen: &Value| matches!(text(&seen["status"]["state"]), "failed" | "ready");
    if until_node(&sandbox, NODE, "failed or ready", is_decided)["status"]["state"] == "ready" {
        let pid = inspect_node(&sandbox, NODE)["State"]["Pid"].as_u64().unwrap();
        assert!(!kernel::can_be_limited(pid).unwrap(), "8 MiB were too much for it");
        left_out("an engine without root cannot limit memory here (control groups are of version 1), so none runs out");
        let warnings = install.finish().ok()["warnings"].to_string();
        assert!(warnings.contains("do not hold"), "the user is told: {warnings}");
        sandbox.erase_all();
        sandbox.assert_nothing_left();
        return;
    }
    failed_for_good(&sandbox, "node-out-of-memory");
    let _either_way = install.finish();
    let crashes = sandbox.run(&["crashes", NODE]).ok();
    assert!(text(&crashes["crashes"][0]["why"]).contains("memory"), "{crashes}");

    // The way out that it names works.
    sandbox.run(&["set", NODE, "memory_limit=", "--yes"]).ok();
    sandbox.run(&["start", NODE]).ok();
    until_state(&sandbox, NODE, "ready");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn a_port_that_was_taken_meanwhile_is_waited_for() {
    let Some(sandbox) = Sandbox::new() else { return };
    let _server = Server::start(&sandbox);
    sandbox.install_regtest();
    let endpoints = sandbox.run(&["endpoints", NODE]).ok();
    let url = text(&endpoints["endpoints"][0]["url"]).trim_end_matches('/').to_owned();
    let port: u16 = url.rsplit_once(':').unwrap().1.parse().unwrap();
    sandbox.run(&["stop", NODE]).ok();
    let taken = patiently("the port is free", SOON, || {
        std::net::TcpListener::bind(("127.0.0.1", port)).ok()
    });
    let start = sandbox.begin(&["start", NODE]);
    let waiting = until_state(&sandbox, NODE, "retrying");
    let fault = &waiting["status"]["fault"];
    assert_eq!(fault["code"], "port-in-use", "{waiting}");
    let said = fault.to_string();
    assert!(
        said.contains(&port.to_string()) && said.contains(&std::process::id().to_string()),
        "it names port and program: {said}"
    );
    drop(taken);
    start.finish().ok();
    until_state(&sandbox, NODE, "ready");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

/// An entry that expects Bitcoin Core's RPC where there is none.
fn impostor(id: &str, like: &str, service: &str, port: &str) -> String {
    let text = shipped(like);
    // Everything from the probe on is replaced; entries end with probe, update and endpoints.
    let (head, _) = text.split_once("[probe]").unwrap();
    let (before, rest) = head.split_once("[[networks.identity]]").unwrap_or((head, ""));
    let head = match rest.split_once("[[services]]") {
        Some((_, services)) => format!("{before}[[services]]{services}"),
        None => head.to_owned(),
    };
    let head = head.replacen(&format!("id = \"{like}\""), &format!("id = \"{id}\""), 1);
    let secret = "[[secrets]]\nname = \"rpc\"\nform = \"password\"\nholds = \"A password.\"\n\n";
    format!(
        "{head}{secret}[probe]\nkind = \"bitcoind\"\nservice = \"{service}\"\nport = \"{port}\"\nuser = \"somebody\"\nsecret = \"rpc\"\n"
    )
}

#[test]
fn nodes_that_talk_nonsense_or_nothing_are_never_ready() {
    let Some(sandbox) = Sandbox::new() else { return };
    let images = |client: &str| sandbox.environment.image_of(client, "catalog").clone();
    sandbox
        .overlay()
        .add_entry("nonsense", &impostor("nonsense", "anvil", "anvil", "http"));
    sandbox.overlay().use_image("nonsense", "anvil", &images("anvil"));
    // Nobody listens on the port that this one names.
    let silent = impostor("silence", "tor", "tor", "socks").replace("0.0.0.0:{port.socks}", "0.0.0.0:19050");
    sandbox.overlay().add_entry("silence", &silent);
    sandbox.overlay().use_image("silence", "tor", &images("tor"));
    let checked = sandbox
        .run(&["catalog", "check", sandbox.overlay().path().to_str().unwrap()])
        .ok();
    assert_eq!(checked["problems"], serde_json::json!([]), "{checked}");

    let _server = Server::start(&sandbox);
    sandbox.run(&["install", "silence", "--yes"]).ok();
    sandbox.run(&["install", "nonsense", "--yes"]).ok();
    sandbox.install_regtest();
    // From its own start on: the two others take their time as well.
    let started = show(&sandbox, "silence-mainnet")["services"][0]["started_at"]
        .as_u64()
        .unwrap();
    let begun = SystemTime::UNIX_EPOCH + Duration::from_millis(started);
    let silent_for = || begun.elapsed().unwrap();
    let nonsense = until_state(&sandbox, "nonsense-devnet", "degraded");
    assert_eq!(nonsense["height"], Value::Null, "no number is made up: {nonsense}");
    assert!(text(&nonsense["status"]["why"]).len() > 10, "{nonsense}");
    while silent_for() < SILENCE_IS_NORMAL.mul_f64(0.5) {
        let silent = show(&sandbox, "silence-mainnet");
        assert_eq!(
            silent["status"]["state"], "starting",
            "early silence is normal: {silent}"
        );
    }
    let silent = until_state(&sandbox, "silence-mainnet", "degraded");
    assert!(text(&silent["status"]["why"]).contains("answer"), "{silent}");
    assert!(silent_for() > SILENCE_IS_NORMAL.mul_f64(0.9), "only after a minute");

    // A real node that hangs: its port takes connections and nothing comes back.
    until_state(&sandbox, NODE, "ready");
    let container = text(&show(&sandbox, NODE)["services"][0]["container"]).to_owned();
    sandbox.engine(&["kill", "--signal", "STOP", &container]);
    let hanging = until_state(&sandbox, NODE, "degraded");
    sandbox.engine(&["kill", "--signal", "CONT", &container]);
    assert!(text(&hanging["status"]["why"]).contains("answer"), "{hanging}");
    let back = until_node(&sandbox, NODE, "back", |seen| seen["status"]["state"] == "ready");
    assert_eq!(
        back["services"][0]["container"], *container,
        "it was not replaced behind its user's back"
    );
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
