//! `kill -9` at every step, followed by a new start, ends in the same place.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use freehold_tests::look::containers;
use freehold_tests::sandbox::Sandbox;
use serde_json::json;

pub(crate) const NODE: &str = "bitcoin-core-regtest";

/// Runs the application with a kill at the given checkpoint; returns the checkpoints it reached and whether it was
/// killed.
pub(crate) fn run(
    sandbox: &Sandbox,
    kill_at: &str,
    command: &str,
    request: &serde_json::Value,
    goal: &str,
) -> (Vec<String>, bool) {
    let record = sandbox.data().with_extension("steps");
    let _ = std::fs::remove_file(&record);
    let program = sandbox.environment.programs.join("crash-host");
    let output = Command::new(program)
        .args([sandbox.data(), sandbox.home()])
        .arg(&sandbox.environment.engine)
        .arg(sandbox.overlay().path())
        .arg(kill_at)
        .arg(&record)
        .args([command, &request.to_string(), goal])
        .output()
        .expect("crash-host runs");
    let killed = std::os::unix::process::ExitStatusExt::signal(&output.status) == Some(9);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        killed || output.status.success(),
        "{command} kill at {kill_at}: {errors}"
    );
    let steps = std::fs::read_to_string(&record).unwrap_or_default();
    let _ = std::fs::remove_file(&record);
    (steps.lines().map(str::to_owned).collect(), killed)
}

/// Kills `command` at each of its steps in turn; after each kill a new start must reach `goal` by itself.
fn kill_at_every_step(
    prepare: impl Fn(&Sandbox),
    command: &str,
    request: &serde_json::Value,
    goal: &str,
    check: impl Fn(&Sandbox),
    expected: &[&str],
) {
    let Some(first) = Sandbox::new() else { return };
    prepare(&first);
    let (steps, _) = run(&first, "", command, request, goal);
    for step in expected {
        assert!(
            steps.iter().any(|reached| reached == step),
            "{command} no longer has the step {step}: {steps:?}"
        );
    }
    check(&first);
    drop(first);
    let steps: BTreeSet<String> = steps.into_iter().collect();
    for step in &steps {
        let Some(sandbox) = Sandbox::new() else { return };
        prepare(&sandbox);
        let (_, killed) = run(&sandbox, step, command, request, goal);
        // Another test's container may hold the image that should be pulled; there is then nothing to kill.
        let may_be_skipped = step.starts_with("pull.");
        assert!(killed || may_be_skipped, "{command}: the kill at {step} did not happen");
        // A new start, told nothing: what was asked for must be remembered.
        let resumed = if goal == "restarted" { "ready" } else { goal };
        run(&sandbox, "", "", &json!({}), resumed);
        println!("{command}: killed at {step}, carried on to {resumed}");
        check(&sandbox);
        sandbox.erase_all();
        sandbox.assert_nothing_left();
    }
}

fn installed(sandbox: &Sandbox) {
    sandbox.install_regtest();
}

#[test]
fn install_survives_a_kill_at_every_step() {
    let request = json!({ "client": "bitcoin-core", "network": "regtest", "accept_warnings": true });
    let without_image = |sandbox: &Sandbox| {
        // So that the pull is one of the steps; another test's container may hold the image, then it is not.
        sandbox.engine(&["rmi", &sandbox.environment.image]);
    };
    kill_at_every_step(
        without_image,
        "install",
        &request,
        "ready",
        |sandbox| assert_eq!(containers(sandbox), 1, "exactly one container on the data folder"),
        &[
            "install.recorded",
            "network.ensured",
            "folder.prepared",
            "container.created",
            "container.started",
            "node.ready",
        ],
    );
}

#[test]
fn stop_survives_a_kill_at_every_step() {
    kill_at_every_step(
        installed,
        "node_stop",
        &json!({ "node": NODE }),
        "stopped",
        |sandbox| assert_eq!(containers(sandbox), 1, "a stopped node keeps its container"),
        &["order.recorded", "container.stopping", "container.stopped"],
    );
}

#[test]
fn restart_survives_a_kill_at_every_step() {
    kill_at_every_step(
        installed,
        "node_restart",
        &json!({ "node": NODE }),
        "restarted",
        |sandbox| assert_eq!(containers(sandbox), 1, "one container"),
        &["order.recorded", "container.stopped", "container.started"],
    );
}

#[test]
fn erase_survives_a_kill_at_every_step() {
    kill_at_every_step(
        installed,
        "node_erase",
        &json!({ "node": NODE, "confirmed": true }),
        "gone",
        |sandbox| {
            assert_eq!(containers(sandbox), 0, "the container is gone");
            assert!(
                !sandbox.data().join("nodes").join(NODE).exists(),
                "the chain data is gone"
            );
            assert!(
                !sandbox.data().join("secrets").join(NODE).exists(),
                "the passwords are gone"
            );
        },
        &[
            "order.recorded",
            "container.removed",
            "network.removed",
            "data.erased",
            "secrets.removed",
            "record.removed",
        ],
    );
}

#[test]
fn a_wallet_switch_survives_a_kill_at_every_step() {
    let Some(sandbox) = Sandbox::new() else { return };
    installed(&sandbox);
    let config = sandbox.home().join(".bitcoin/bitcoin.conf");
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    let original = b"# before Freehold\n[regtest]\nrpcport=19999\n";
    std::fs::write(&config, original).unwrap();
    let switch = json!({ "wallet": "bitcoin-cli", "node": NODE });
    let (steps, _) = run(&sandbox, "", "wallet_switch", &switch, "done");
    let switched = std::fs::read(&config).unwrap();
    sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]).ok();
    assert!(steps.iter().any(|step| step == "wallet.renamed"), "{steps:?}");

    let wallet_steps: Vec<String> = steps.into_iter().filter(|step| step.starts_with("wallet.")).collect();
    for kill_at in wallet_steps {
        let (_, killed) = run(&sandbox, &kill_at, "wallet_switch", &switch, "done");
        assert!(killed, "the kill at {kill_at} did not happen");
        let found = std::fs::read(&config).unwrap();
        assert!(
            found == original || found == switched,
            "after a kill at {kill_at} the file is neither old nor new"
        );
        assert_eq!(
            files_beside(&config, &sandbox),
            1,
            "the next start takes away what the killed one left"
        );
        let revert = sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]);
        if found == switched {
            revert.ok();
        } else {
            revert.fault("nothing-to-revert");
        }
        assert_eq!(
            std::fs::read(&config).unwrap(),
            original,
            "after a kill at {kill_at} the way back is exact"
        );
    }
}

/// Files in the wallet's folder once another process of Freehold has started.
fn files_beside(config: &Path, sandbox: &Sandbox) -> usize {
    sandbox.run(&["wallets"]).ok();
    std::fs::read_dir(config.parent().unwrap()).unwrap().count()
}
