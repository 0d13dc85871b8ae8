//! An empty Tauri window: what `cargo xtask bench` compares the real window's start with.
#![expect(
    clippy::expect_used,
    clippy::exit,
    reason = "a measurement that cannot go on should end"
)]

use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    tauri::Builder::default()
        .on_page_load(|_, load| {
            if load.event() == PageLoadEvent::Finished
                && let Some(file) = std::env::var_os("FREEHOLD_READY_FILE")
            {
                // Only the measurement waits for it.
                let _ = std::fs::File::create(file);
            }
        })
        .setup(|tauri| {
            let blank = "about:blank".parse().expect("a URL");
            WebviewWindowBuilder::new(tauri, "main", WebviewUrl::External(blank))
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("an empty window opens");
}
