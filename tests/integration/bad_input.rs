//! Bad input and bad surroundings: a clear answer each time, and nothing lost.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use freehold_tests::evidence::left_out;
use freehold_tests::kernel::{self, HeldTo, Privileges};
use freehold_tests::sandbox::{Sandbox, outcome};
use serde_json::Value;

fn install(sandbox: &Sandbox, more: &[&str]) -> freehold_tests::sandbox::Outcome {
    let args: Vec<&str> = ["install", "bitcoin-core", "--network", "regtest", "--yes"]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    sandbox.run(&args)
}

fn overlay(sandbox: &Sandbox, repository: &str, digest: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "schema_version = 1\n[[image]]\nclient = \"bitcoin-core\"\nservice = \"bitcoind\"\nrepository = \"{repository}\"\n\
         tag = \"test\"\ndigest = \"{digest}\"\nplatforms = [\"linux/amd64\"]\n"
    );
    std::fs::write(folder.path().join("images.toml"), text).unwrap();
    assert!(sandbox.data().exists());
    folder
}

fn run_with(sandbox: &Sandbox, catalog: &Path, engine: &str, args: &[&str]) -> freehold_tests::sandbox::Outcome {
    let mut command = sandbox.bare_command();
    let output = command
        .args(["--json", "--engine", engine, "--catalog"])
        .arg(catalog)
        .args(args)
        .output()
        .unwrap();
    outcome(args, &output)
}

#[test]
fn no_engine_names_the_places_and_what_to_do() {
    let Some(sandbox) = Sandbox::new() else { return };
    let args = ["install", "bitcoin-core", "--network", "regtest", "--yes"];
    let fault = run_with(
        &sandbox,
        &sandbox.environment.overlay,
        "unix:///nonexistent.sock",
        &args,
    )
    .fault("engine-unreachable");
    assert!(
        fault["message"].as_str().unwrap().contains("/nonexistent.sock"),
        "{fault}"
    );
}

#[test]
fn a_registry_that_does_not_answer_and_an_image_that_is_not_there_are_told_apart() {
    let Some(sandbox) = Sandbox::new() else { return };
    let image = &sandbox.environment.image;
    let (repository, _) = image.split_once('@').unwrap();
    let nowhere = format!("sha256:{}", "0".repeat(64));
    let missing = overlay(&sandbox, repository, &nowhere);
    let args = [
        "install",
        "bitcoin-core",
        "--network",
        "regtest",
        "--yes",
        "--name",
        "missing",
    ];
    run_with(&sandbox, missing.path(), &sandbox.environment.engine, &args).fault("image-missing");

    // Nothing listens on port 1 of this machine. Freehold retries by itself; the status says why.
    let dead = overlay(&sandbox, "127.0.0.1:1/bitcoin/bitcoin", &nowhere);
    let mut command = sandbox.bare_command();
    command
        .args(["--json", "--engine", &sandbox.environment.engine, "--catalog"])
        .arg(dead.path());
    let mut child = command
        .args([
            "install",
            "bitcoin-core",
            "--network",
            "regtest",
            "--yes",
            "--name",
            "dead",
        ])
        .spawn()
        .unwrap();
    let seen = retry_of(&sandbox, "dead");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(seen["fault"]["code"], "registry-unreachable", "{seen}");
}

/// The status of a node once it waits for its next try.
fn retry_of(sandbox: &Sandbox, node: &str) -> Value {
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        let seen = sandbox.run(&["status", node]);
        if seen.json["status"]["state"] == "retrying" {
            return seen.json["status"].clone();
        }
        assert!(std::time::Instant::now() < until, "it never retried: {}", seen.json);
    }
}

#[test]
fn a_disk_that_is_too_small_is_refused_before_anything_is_pulled() {
    let Some(sandbox) = Sandbox::new() else { return };
    let report = sandbox.run(&["preflight", "bitcoin-core", "--network", "mainnet"]).ok();
    let free = report["disk_available"].as_u64().unwrap();
    if free > 1_000_000_000_000 {
        left_out("this machine could hold the whole chain; nothing to refuse");
        return;
    }
    let fault = sandbox
        .run(&["install", "bitcoin-core", "--network", "mainnet", "--yes"])
        .fault("disk-too-small");
    assert!(
        fault["message"].as_str().unwrap().contains("GB"),
        "it says how much: {fault}"
    );
    assert!(
        sandbox.run(&["status"]).ok()["nodes"].as_array().unwrap().is_empty(),
        "nothing was recorded"
    );
}

#[test]
fn a_taken_port_is_named_with_its_owner() {
    let Some(sandbox) = Sandbox::new() else { return };
    // The one port that cannot move: P2P, published by consent under its own number.
    let listener = std::net::TcpListener::bind(("0.0.0.0", 18444)).expect("the port is free on a test machine");
    let fault = install(&sandbox, &["--set", "inbound=on"]).fault("port-in-use");
    let message = fault["message"].as_str().unwrap();
    assert!(
        message.contains("18444") && message.contains(&std::process::id().to_string()),
        "{message}"
    );
    drop(listener);
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let Some(sandbox) = Sandbox::new() else { return };
    if !nix::unistd::getuid().is_root() {
        left_out("only root can make a folder of somebody else");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let chain = folder.path().join("chain");
    std::fs::create_dir(&chain).unwrap();
    std::fs::write(chain.join("data"), b"theirs").unwrap();
    std::os::unix::fs::chown(&chain, Some(4242), Some(4242)).unwrap();
    let outcome = install(&sandbox, &["--data", folder.path().to_str().unwrap()]);
    assert_eq!(outcome.code, 1, "{}", outcome.json);
    let code = outcome.json["fault"]["code"].as_str().unwrap().to_owned();
    assert!(
        matches!(code.as_str(), "data-dir-owner" | "data-dir-unusable"),
        "{}",
        outcome.json
    );
    assert_eq!(std::fs::read(chain.join("data")).unwrap(), b"theirs");
}

#[test]
fn a_corrupt_settings_file_is_set_aside_and_named() {
    let Some(sandbox) = Sandbox::new() else { return };
    std::fs::write(sandbox.data().join("settings.toml"), "theme = [").unwrap();
    let report = sandbox.run(&["doctor"]).ok();
    assert!(
        report.to_string().contains("settings.toml.unreadable-"),
        "it names the kept file: {report}"
    );
    let kept = std::fs::read_dir(sandbox.data())
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let kept: Vec<PathBuf> = kept
        .filter(|path| path.to_string_lossy().contains("unreadable"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read(&kept[0]).unwrap(), b"theme = [", "never deleted");
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let Some(sandbox) = Sandbox::new() else { return };
    sandbox.run(&["status"]).ok();
    let database = sandbox.data().join("freehold.db");
    // Bytes 60 to 63 of a SQLite file are its user version, big-endian.
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    std::fs::write(&database, &bytes).unwrap();
    sandbox.run(&["status"]).fault("newer-data");
    assert_eq!(std::fs::read(&database).unwrap(), bytes, "not a byte was changed");
    std::fs::remove_file(&database).unwrap();
}

#[test]
fn unknown_names_say_what_there_is() {
    let Some(sandbox) = Sandbox::new() else { return };
    sandbox
        .run(&["install", "bitcoin-cor", "--yes"])
        .fault("client-unknown");
    sandbox
        .run(&["install", "bitcoin-core", "--network", "regtst", "--yes"])
        .fault("network-unknown");
    install(&sandbox, &["--set", "dbcash=1GB"]).fault("option-invalid");
    install(&sandbox, &["--set", "dbcache=plenty"]).fault("option-invalid");
    sandbox.run(&["stop", "nothing"]).fault("node-unknown");
    sandbox
        .run(&[
            "wallet",
            "switch",
            "walet",
            "--to",
            "bitcoin+http://127.0.0.1:1",
            "--yes",
        ])
        .fault("wallet-unknown");
    let usage = sandbox.command().arg("instal").output().unwrap();
    assert_eq!(usage.status.code(), Some(2), "wrong usage is told apart from faults");
}

#[test]
fn endpoints_that_cannot_serve_leave_the_wallet_alone() {
    let Some(sandbox) = Sandbox::new() else { return };
    let config = sandbox.home().join(".bitcoin/bitcoin.conf");
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    std::fs::write(&config, b"server=1\n").unwrap();
    install(&sandbox, &["--wait", "ready"]).ok();
    let node = sandbox.run(&["endpoints", "bitcoin-core-regtest"]).ok();
    let to = node["endpoints"][0]["endpoint"].as_str().unwrap().to_owned();
    let right = node["endpoints"][0]["password_file"].as_str().unwrap().to_owned();
    let wrong = sandbox.data().join("wrong");
    std::fs::write(&wrong, "not-the-password\n").unwrap();
    let switch = |to: &str, network: &str, password: &str| {
        sandbox.run(&[
            "wallet",
            "switch",
            "bitcoin-cli",
            "--to",
            to,
            "--user",
            "bitcoin-cli",
            "--password-file",
            password,
            "--network",
            network,
            "--yes",
        ])
    };
    switch("bitcoin+http://127.0.0.1:1", "regtest", &right).fault("endpoint-silent");
    switch(&to, "regtest", wrong.to_str().unwrap()).fault("endpoint-auth");
    switch(&to, "mainnet", &right).fault("endpoint-wrong-chain");
    switch("bitcoin+http://user:geheim@127.0.0.1:1", "regtest", &right).fault("endpoint-invalid");
    switch("electrum+tcp://127.0.0.1:50001", "regtest", &right).fault("wallet-protocol");
    assert_eq!(
        std::fs::read(&config).unwrap(),
        b"server=1\n",
        "no attempt touched the file"
    );
    switch(&to, "regtest", &right).ok();
    sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]).ok();
    assert_eq!(std::fs::read(&config).unwrap(), b"server=1\n");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn wallet_files_in_a_bad_state_are_refused_and_kept() {
    let Some(sandbox) = Sandbox::new() else { return };
    install(&sandbox, &["--wait", "ready"]).ok();
    let folder = sandbox.home().join(".sparrow/regtest");
    std::fs::create_dir_all(&folder).unwrap();
    let config = folder.join("config");
    let switch = || sandbox.run(&["wallet", "switch", "sparrow", "--node", "bitcoin-core-regtest", "--yes"]);

    switch().fault("wallet-not-found");
    std::fs::write(&config, b"{ \"mode\": ").unwrap();
    switch().fault("wallet-file-malformed");
    assert_eq!(std::fs::read(&config).unwrap(), b"{ \"mode\": ");

    let real = sandbox.home().join("elsewhere");
    std::fs::rename(&config, &real).unwrap();
    symlink(&real, &config).unwrap();
    std::fs::write(&real, b"{\"mode\":\"ONLINE\"}").unwrap();
    switch().fault("wallet-file-symlink");
    std::fs::remove_file(&config).unwrap();

    std::fs::rename(&real, &config).unwrap();
    let lock = folder.join("sparrow.lock");
    let running = std::os::unix::net::UnixListener::bind(&lock).unwrap();
    switch().fault("wallet-running");
    drop(running);

    set_mode(&config, 0o444);
    switch().fault("wallet-file-read-only");
    set_mode(&config, 0o600);
    assert_eq!(
        std::fs::read(&config).unwrap(),
        b"{\"mode\":\"ONLINE\"}",
        "nothing was written in all this"
    );

    switch().ok();
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(
        text.contains("BITCOIN_CORE") && text.contains("http://127.0.0.1:"),
        "{text}"
    );
    sandbox.run(&["wallet", "revert", "sparrow", "--yes"]).ok();
    assert_eq!(std::fs::read(&config).unwrap(), b"{\"mode\":\"ONLINE\"}");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

fn set_mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_container_has_no_privileges_and_no_password_in_its_settings() {
    let Some(sandbox) = Sandbox::new() else { return };
    install(&sandbox, &["--wait", "ready"]).ok();
    let container = sandbox.run(&["status", "bitcoin-core-regtest"]).ok()["services"][0]["container"].clone();
    let id = container.as_str().unwrap();
    let inspect: Value = serde_json::from_str(&sandbox.engine(&["inspect", id])).unwrap();
    let host = &inspect[0]["HostConfig"];
    // The engines name these in words of their own; what holds is in the kernel's.
    let pid = inspect[0]["State"]["Pid"].as_u64().unwrap();
    let privileges = Privileges::of(pid).unwrap();
    let none = Privileges {
        capabilities: Vec::new(),
        no_new: true,
        read_only_root: true,
    };
    assert_eq!(privileges, none);
    if kernel::can_be_limited(pid).unwrap() {
        assert_eq!(HeldTo::of(pid).unwrap().processes, Some(512));
    } else {
        left_out("an engine without root cannot limit the number of processes here (control groups are of version 1)");
    }
    assert_eq!(inspect[0]["Config"]["StopTimeout"], 930, "the catalog's 15m30s");
    assert!(
        inspect[0]["Image"].as_str().unwrap().starts_with("sha256:"),
        "made from an image id"
    );
    // Podman also names, without an address, the ports of the image that are not published.
    let ports = host["PortBindings"].as_object().unwrap().values();
    let published: Vec<&Value> = ports.filter_map(Value::as_array).flatten().collect();
    assert!(
        !published.is_empty() && published.iter().all(|binding| binding["HostIp"] == "127.0.0.1"),
        "on loopback only: {published:?}"
    );
    let secrets = sandbox.data().join("secrets/bitcoin-core-regtest");
    for file in std::fs::read_dir(secrets).unwrap().flatten() {
        if file.path().extension().is_some_and(|extension| extension == "password") {
            let password = std::fs::read_to_string(file.path()).unwrap();
            assert!(
                !inspect.to_string().contains(password.trim()),
                "no password in the container's settings"
            );
        }
    }
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
