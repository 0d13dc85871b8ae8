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
        .register_uri_scheme_protocol("empty", |_, _| {
            let page = b"<!doctype html><title>Empty</title>".to_vec();
            tauri::http::Response::builder()
                .header("content-type", "text/html")
                .body(page)
                .expect("a page")
        })
        .setup(|tauri| {
            let blank = "empty://localhost/".parse().expect("a URL");
            WebviewWindowBuilder::new(tauri, "main", WebviewUrl::External(blank))
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("an empty window opens");
}
