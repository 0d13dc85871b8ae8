//! The real application with one difference: it kills itself with SIGKILL when it reaches a named checkpoint.
//!
//! `crash-host DATA HOME ENGINE CATALOG KILL_AT RECORD COMMAND REQUEST GOAL`: `KILL_AT` empty never kills; every checkpoint's
//! name is appended to the file `RECORD`; `GOAL` is `ready`, `stopped`, `gone`, `restarted`, `settled`
//! (ready, with no change of version or folder on its way), `rotated` (ready, with no new password on its way) or `done`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use freehold_app::{App, AppConfig, Overrides};
use freehold_model::Checkpoint;
use serde_json::{Value, json};

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().expect("nine arguments");
    let (data, home, engine, catalog) = (next(), next(), next(), next());
    let (kill_at, record, command, request, goal) = (next(), next(), next(), next(), next());

    // Steps before the command (an adopted node becoming ready) are not the command's.
    let armed = Arc::new(AtomicBool::new(false));
    let is_armed = armed.clone();
    let checkpoint = Checkpoint::watched(move |step| {
        if !is_armed.load(Ordering::SeqCst) {
            return;
        }
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&record)
            .expect("the record");
        writeln!(file, "{step}").expect("the record can be written");
        if step == kill_at {
            nix::sys::signal::kill(nix::unistd::getpid(), nix::sys::signal::Signal::SIGKILL).expect("SIGKILL");
        }
    });
    let config = AppConfig::from_environment(Overrides {
        data_dir: Some(PathBuf::from(data)),
        home: Some(PathBuf::from(home)),
        engine: Some(engine),
        overlay: Some(PathBuf::from(catalog)),
        checkpoint,
    })
    .expect("a configuration");
    let app = App::start_in_turn(config).await.expect("the application starts");
    app.settle(Duration::from_secs(10)).await;
    let before = nodes(&app).await;
    armed.store(true, Ordering::SeqCst);
    if !command.is_empty() {
        let request: Value = serde_json::from_str(&request).expect("a request");
        if let Err(fault) = app.call(&command, request).await {
            panic!("{command}: {}", fault.message());
        }
    }
    let waited = tokio::time::timeout(Duration::from_secs(60), async {
        while !is_reached(&goal, &before, &nodes(&app).await) || (goal == "rotated" && is_rotating(&app).await) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    if waited.await.is_err() {
        panic!("the goal {goal} was not reached: {}", nodes(&app).await);
    }
    app.shutdown().await;
}

async fn nodes(app: &App) -> Value {
    let list = app.call("node_list", json!({})).await.expect("the nodes");
    list["nodes"].clone()
}

/// A new password is on its way at one of the nodes.
async fn is_rotating(app: &App) -> bool {
    for node in nodes(app).await.as_array().expect("a list") {
        let list = app.call("credential_list", json!({ "node": node["id"] })).await;
        let list = list.expect("the logins");
        let rows = list["credentials"].as_array().expect("a list");
        if rows.iter().any(|row| row["state"] == "rotating") {
            return true;
        }
    }
    false
}

fn is_reached(goal: &str, before: &Value, now: &Value) -> bool {
    let states: Vec<&str> = now
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|node| node["status"]["state"].as_str())
        .collect();
    let started = |nodes: &Value| nodes[0]["services"][0]["started_at"].as_i64();
    match goal {
        "ready" | "rotated" => states == ["ready"],
        "stopped" => states == ["stopped"],
        "gone" => states.is_empty(),
        "restarted" => states == ["ready"] && started(now) > started(before),
        "settled" => {
            let is_over = |node: &Value| node["update_phase"].is_null() && node["move_phase"].is_null();
            states == ["ready"] && now.as_array().is_some_and(|nodes| nodes.iter().all(is_over))
        }
        "done" => true,
        other => panic!("{other} is no goal"),
    }
}
