//! What the window may call is exactly the contract.

use std::collections::BTreeSet;

#[test]
fn the_capability_names_every_command_and_nothing_else() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../src-tauri/capabilities/main.json");
    let capability: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let allowed: BTreeSet<String> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap().to_owned())
        .collect();
    let commands = freehold_contract::typescript::command_names().chain([
        "window_quit",
        "window_pending",
        "window_seen",
        "window_save_path",
        "window_login_start",
        "window_login_start_change",
    ]);
    let expected: BTreeSet<String> = commands
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .chain(["core:event:default".to_owned()])
        .collect();
    assert_eq!(
        allowed, expected,
        "src-tauri/capabilities/main.json must follow the contract's list"
    );
    assert_eq!(
        capability["windows"],
        serde_json::json!(["main"]),
        "only the one window may call anything"
    );
}
