//! `kill -9` at every step of what changes a node that is there: another version, another folder, its removal. Each is
//! done and undone on one node again and again, so that what one kill breaks the next would show.

use std::path::{Path, PathBuf};

use freehold_tests::look::{containers, show, text, until_height};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::sandbox::Sandbox;
use serde_json::{Value, json};

use super::crash::{NODE, run};

const BLOCKS: u64 = 30;

/// One direction of a change: what is asked for, and how the node has to be afterwards.
struct Way<'a> {
    command: &'static str,
    request: Value,
    prepare: Box<dyn Fn() + 'a>,
    check: Box<dyn Fn(&Value) + 'a>,
}

fn node_with_blocks(sandbox: &Sandbox) -> String {
    sandbox.install_regtest();
    let rpc = NodeRpc::of(sandbox, NODE, "bitcoin-cli").unwrap();
    rpc.mine(30).unwrap();
    until_height(sandbox, NODE, BLOCKS);
    rpc.tip().unwrap()
}

/// Whatever happened: one container on the data, the same chain, and what was asked for.
fn whole(sandbox: &Sandbox, tip: &str, check: &dyn Fn(&Value)) {
    let node = until_height(sandbox, NODE, BLOCKS);
    assert_eq!(containers(sandbox), 1, "one container on the data folder");
    let rpc = NodeRpc::of(sandbox, NODE, "bitcoin-cli").unwrap();
    assert_eq!(rpc.tip().unwrap(), tip, "the same chain");
    check(&node);
}

/// Goes one way with a kill at `step`; a new start, told nothing, has to arrive all the same.
fn go(sandbox: &Sandbox, way: &Way<'_>, step: &str, tip: &str) {
    (way.prepare)();
    let (_, killed) = run(sandbox, step, way.command, &way.request, "settled");
    // Another test's container may hold the image that should be fetched; there is then nothing to kill.
    let may_be_skipped = step.starts_with("update.fetch");
    assert!(
        killed || may_be_skipped,
        "{}: the kill at {step} did not happen",
        way.command
    );
    run(sandbox, "", "", &json!({}), "settled");
    println!("{}: killed at {step}, carried on", way.command);
    whole(sandbox, tip, &*way.check);
}

/// The steps of a way, each once, in their order.
fn steps(sandbox: &Sandbox, way: &Way<'_>, tip: &str, expected: &[&str]) -> Vec<String> {
    (way.prepare)();
    let (reached, _) = run(sandbox, "", way.command, &way.request, "settled");
    whole(sandbox, tip, &*way.check);
    let mut steps: Vec<String> = Vec::new();
    for step in reached {
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    for step in expected {
        assert!(
            steps.iter().any(|reached| reached == step),
            "{} no longer has {step}: {steps:?}",
            way.command
        );
    }
    steps
}

#[test]
fn updates_and_ways_back_survive_a_kill_at_every_step() {
    let Some(sandbox) = Sandbox::new() else { return };
    let tip = node_with_blocks(&sandbox);
    let old = sandbox.environment.image_of("bitcoin-core", "catalog").clone();
    let new = sandbox.environment.image_of("bitcoin-core", "update").clone();
    sandbox.overlay().use_image("bitcoin-core", "bitcoind", &new);
    let request = json!({ "node": NODE, "confirmed": true });
    let runs = |digest: String| move |node: &Value| assert_eq!(text(&node["services"][0]["digest"]), digest);
    let forth = Way {
        command: "node_update",
        request: request.clone(),
        // So that the fetch is one of the steps.
        prepare: Box::new(|| drop(sandbox.engine(&["rmi", &new.reference]))),
        check: Box::new(runs(new.digest.clone())),
    };
    let back = Way {
        command: "node_rollback",
        request,
        prepare: Box::new(|| {}),
        check: Box::new(runs(old.digest.clone())),
    };
    let expected = [
        "order.recorded",
        "update.switched",
        "container.removed",
        "container.started",
        "update.proven",
    ];
    let forth_steps = steps(&sandbox, &forth, &tip, &expected);
    let back_steps = steps(&sandbox, &back, &tip, &expected);
    for index in 0..forth_steps.len().max(back_steps.len()) {
        // The shorter way ends with its last step again.
        let step = |steps: &[String]| steps.get(index).or(steps.last()).cloned().unwrap();
        go(&sandbox, &forth, &step(&forth_steps), &tip);
        go(&sandbox, &back, &step(&back_steps), &tip);
    }
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn a_version_that_fails_is_taken_back_whenever_freehold_is_killed() {
    let Some(sandbox) = Sandbox::new() else { return };
    let tip = node_with_blocks(&sandbox);
    let old = sandbox.environment.image_of("bitcoin-core", "catalog").clone();
    let broken = sandbox.environment.image_of("bitcoin-core", "broken").clone();
    sandbox.overlay().use_image("bitcoin-core", "bitcoind", &broken);
    let way = Way {
        command: "node_update",
        request: json!({ "node": NODE, "confirmed": true }),
        prepare: Box::new(|| {}),
        check: Box::new(|node| assert_eq!(text(&node["services"][0]["digest"]), old.digest)),
    };
    for step in ["update.switched", "container.started", "update.taken-back"] {
        go(&sandbox, &way, step, &tip);
    }
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn a_move_survives_a_kill_at_every_step() {
    let Some(sandbox) = Sandbox::new() else { return };
    let tip = node_with_blocks(&sandbox);
    let here = PathBuf::from(text(&show(&sandbox, NODE)["data_dir"]));
    let elsewhere = tempfile::tempdir().unwrap();
    let there = elsewhere.path().join("node");
    let way = |to: &Path, from: &Path| {
        let (to, from) = (to.to_path_buf(), from.to_path_buf());
        Way {
            command: "node_move",
            request: json!({ "node": NODE, "data_dir": to, "confirmed": true }),
            prepare: Box::new(|| {}),
            check: Box::new(move |node| {
                assert_eq!(text(&node["data_dir"]), to.to_str().unwrap());
                assert!(to.join("chain/regtest/blocks/blk00000.dat").is_file());
                let left: Vec<_> = std::fs::read_dir(&from).into_iter().flatten().flatten().collect();
                assert!(
                    !from.exists(),
                    "the old folder {} is still there: {left:?}, {node}",
                    from.display()
                );
            }),
        }
    };
    let (forth, back) = (way(&there, &here), way(&here, &there));
    let expected = [
        "order.recorded",
        "move.copying",
        "move.copied-a-block",
        "move.copied",
        "move.switched",
        "move.proven",
        "move.done",
    ];
    let steps = steps(&sandbox, &forth, &tip, &expected);
    // Both ways are the same command, so they take turns.
    for (index, step) in steps.iter().enumerate() {
        go(&sandbox, if index % 2 == 0 { &back } else { &forth }, step, &tip);
    }
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn a_removal_survives_a_kill_at_every_step_and_the_data_stays() {
    let Some(sandbox) = Sandbox::new() else { return };
    let tip = node_with_blocks(&sandbox);
    let request = json!({ "node": NODE });
    let again = |sandbox: &Sandbox| {
        assert_eq!(containers(sandbox), 0, "the container is gone");
        assert!(
            !sandbox.data().join("files").join(NODE).exists(),
            "and what was written for it"
        );
        sandbox.install_regtest();
        whole(sandbox, &tip, &|_| {});
    };
    let (reached, _) = run(&sandbox, "", "node_remove", &request, "gone");
    assert!(reached.iter().any(|step| step == "record.removed"), "{reached:?}");
    again(&sandbox);
    for step in reached.iter().collect::<std::collections::BTreeSet<_>>() {
        let (_, killed) = run(&sandbox, step, "node_remove", &request, "gone");
        assert!(killed, "the kill at {step} did not happen");
        run(&sandbox, "", "", &json!({}), "gone");
        println!("node_remove: killed at {step}, carried on");
        again(&sandbox);
    }
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
