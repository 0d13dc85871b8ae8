//! Tauri's own build step: checks the configuration and makes a permission for each of our commands.
#![expect(clippy::expect_used, reason = "a build that cannot go on should end")]

use std::path::Path;

use tauri_build::{AppManifest, Attributes};

fn main() {
    stand_in_for_the_interface();
    let mut commands: Vec<&'static str> = freehold_contract::typescript::command_names().collect();
    // The shell's own: what only a window has.
    commands.extend([
        "window_quit",
        "window_pending",
        "window_seen",
        "window_save_path",
        "window_login_start",
        "window_login_start_change",
    ]);
    let manifest = AppManifest::new().commands(commands.leak());
    tauri_build::try_build(Attributes::new().app_manifest(manifest)).expect("the configuration is sound");
}

/// Without the built interface the window would not even compile; a page that says so lets `cargo check` work in a fresh
/// clone.
fn stand_in_for_the_interface() {
    let dist = Path::new("../ui/dist");
    println!("cargo:rerun-if-changed=../ui/dist");
    if dist.join("index.html").exists() {
        return;
    }
    let page =
        "<!doctype html><title>Freehold</title><p>The interface was not built. Run <code>cargo xtask run</code>.";
    #[expect(clippy::disallowed_methods, reason = "a stand-in page; the next build replaces it")]
    let written = std::fs::create_dir_all(dist).and_then(|()| std::fs::write(dist.join("index.html"), page));
    written.expect("the interface's folder can be written");
}
