//! What a person had before Freehold: a data folder that is used where it is, and a node that is watched where it runs.

use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};

use freehold_tests::look::{show, text, until_height, until_node};
use freehold_tests::outside::OutsideNode;
use freehold_tests::sandbox::Sandbox;

const NODE: &str = "bitcoin-core-regtest";

fn has_blocks(folder: &Path) -> bool {
    folder.join("regtest/blocks/blk00000.dat").is_file()
}

/// Containers never run as root, so root's folder is given to an ordinary user first, as the refusal says.
fn give_away(folder: &Path) {
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        chown(&path, Some(1000), Some(1000)).unwrap();
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        }
    }
}

fn adopt(sandbox: &Sandbox, folder: &Path) -> freehold_tests::sandbox::Outcome {
    sandbox.install_regtest_with(&["--adopt", folder.to_str().unwrap()])
}

#[test]
fn a_folder_is_adopted_where_it_is_and_never_erased() {
    let Some(sandbox) = Sandbox::new() else { return };
    // Where Bitcoin Core keeps its data by itself.
    let folder: PathBuf = sandbox.home().join(".bitcoin");
    let outside = OutsideNode::start(&sandbox, &folder).unwrap();
    outside.mine(30).unwrap();
    let tip = outside.call(&["getbestblockhash"]).unwrap();

    let fault = adopt(&sandbox, &folder).fault("data-dir-in-use");
    assert!(
        text(&fault["message"]).contains("bitcoind (pid "),
        "it says who uses it: {fault}"
    );
    let found = sandbox.run(&["adoptable", "bitcoin-core"]).ok();
    let row = &found["folders"][0];
    assert_eq!(row["folder"], *folder.to_str().unwrap(), "{found}");
    assert_eq!(row["network"], "regtest");
    assert!(row["problem"].is_string(), "it is in use: {found}");
    assert_eq!(
        outside.call(&["getblockcount"]).unwrap(),
        "30",
        "and nobody has disturbed it"
    );
    outside.stop().unwrap();

    if nix::unistd::getuid().is_root() {
        adopt(&sandbox, &folder).fault("data-dir-owner");
        give_away(&folder);
    }
    let settings = std::fs::read(folder.join("bitcoin.conf")).unwrap();
    assert_eq!(
        sandbox.run(&["status"]).ok()["nodes"],
        serde_json::json!([]),
        "refusals leave nothing"
    );
    sandbox
        .run(&[
            "install",
            "bitcoin-core",
            "--network",
            "signet",
            "--yes",
            "--adopt",
            folder.to_str().unwrap(),
        ])
        .fault("data-dir-unusable");
    let adopted = adopt(&sandbox, &folder).ok();
    assert_eq!(adopted["height"], 30, "{adopted}");
    let rpc = freehold_tests::node_rpc::NodeRpc::of(&sandbox, NODE, "bitcoin-cli").unwrap();
    assert_eq!(rpc.tip().unwrap(), tip, "the same chain");
    rpc.mine(1).unwrap();
    until_height(&sandbox, NODE, 31);
    let owner = std::fs::metadata(folder.join("regtest/blocks/blk00000.dat"))
        .unwrap()
        .uid();
    assert_eq!(
        owner,
        std::fs::metadata(&folder).unwrap().uid(),
        "the files keep their owner"
    );

    let refused = sandbox.run(&["erase", NODE, "--yes"]).fault("not-supported");
    assert!(
        text(&refused["message"]).contains(folder.to_str().unwrap()),
        "{refused}"
    );
    assert_eq!(show(&sandbox, NODE)["desired"], "running", "a refusal changes nothing");
    let second = adopt(&sandbox, &folder).fault("data-dir-in-use");
    assert!(
        text(&second["message"]).contains(NODE),
        "no two nodes on one folder: {second}"
    );
    sandbox.run(&["remove", NODE]).ok();
    assert!(has_blocks(&folder), "removing the node leaves the folder");
    assert_eq!(
        std::fs::read(folder.join("bitcoin.conf")).unwrap(),
        settings,
        "with the owner's settings"
    );
    sandbox.assert_nothing_left();
}

#[test]
fn a_node_of_somebody_else_is_watched_and_never_touched() {
    let Some(sandbox) = Sandbox::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("theirs");
    let outside = OutsideNode::start(&sandbox, &data).unwrap();
    outside.mine(7).unwrap();
    let to = format!("bitcoin+http://127.0.0.1:{}", outside.port);
    let (user, right) = outside.login().unwrap();
    let wrong = folder.path().join("wrong");
    std::fs::write(&wrong, "not-the-password\n").unwrap();
    let attach = |to: &str, network: &str, password: &Path| {
        let file = password.to_str().unwrap();
        let login = ["--network", network, "--user", user, "--password-file", file];
        sandbox.run(&[&["attach", "bitcoin-core", "--to", to][..], &login].concat())
    };
    attach("bitcoin+http://127.0.0.1:1", "regtest", &right).fault("attach-failed");
    let refused = attach(&to, "regtest", &wrong).fault("attach-failed");
    assert!(text(&refused["message"]).contains("password"), "it says why: {refused}");
    let refused = attach(&to, "mainnet", &right).fault("wrong-chain");
    assert!(refused["message"].is_string(), "{refused}");
    attach("electrum+tcp://127.0.0.1:50001", "regtest", &right).fault("bad-request");
    attach("bitcoin+http://192.0.2.1:8332", "regtest", &right).fault("bad-request");
    assert_eq!(
        sandbox.run(&["status"]).ok()["nodes"],
        serde_json::json!([]),
        "refusals leave nothing"
    );

    let attached = attach(&to, "regtest", &right).ok();
    assert_eq!(attached["external"], true, "{attached}");
    until_height(&sandbox, NODE, 7);
    outside.mine(1).unwrap();
    until_height(&sandbox, NODE, 8);
    let offered = sandbox.run(&["endpoints", NODE]).ok();
    let urls: Vec<&str> = offered["endpoints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| text(&row["url"]))
        .collect();
    assert!(
        urls.iter().any(|url| url.contains(&outside.port.to_string())),
        "it is offered to wallets: {offered}"
    );
    let secret = std::fs::read_to_string(&right).unwrap();
    assert!(
        !show(&sandbox, NODE).to_string().contains(secret.trim()),
        "its password is not shown"
    );

    sandbox.run(&["erase", NODE, "--yes"]).fault("not-supported");
    sandbox
        .run(&["set", NODE, "txindex=on", "--yes"])
        .fault("not-supported");
    sandbox.run(&["update", NODE, "--yes"]).fault("not-supported");
    sandbox
        .run(&[
            "move",
            NODE,
            "--data",
            folder.path().join("new").to_str().unwrap(),
            "--yes",
        ])
        .fault("not-supported");
    assert_eq!(outside.call(&["getblockcount"]).unwrap(), "8", "it still runs");

    // It goes and comes back by itself, as its owner likes.
    outside.stop().unwrap();
    until_node(&sandbox, NODE, "silent", |seen| seen["status"]["state"] != "ready");
    sandbox.run(&["remove", NODE]).ok();
    assert!(has_blocks(&data), "its data is its owner's");
    sandbox.assert_nothing_left();
}
