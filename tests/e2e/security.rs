//! The browser's host lets nobody else in: the link works once, and pages elsewhere cannot reach it.

use anyhow::{Result, ensure};
use freehold_tests::browser::Browser;
use freehold_tests::http::request;
use freehold_tests::page::SOON;

use crate::stage::{Stage, on_stage};

#[tokio::test]
async fn a_link_that_was_used_is_refused_with_a_clear_page() -> Result<()> {
    let second_use = async |stage: &Stage| {
        // The first use has opened the interface.
        stage.page().appears("nav-nodes", SOON).await?;
        let address = stage.page().run("return location.href", vec![]).await?;
        ensure!(
            !address.to_string().contains("token"),
            "the token must leave the address bar, where histories keep it"
        );
        let other = Browser::chromium(stage.logs()).await?;
        other.page.resize(1280, 800).await?;
        other.page.open(&stage.host.link).await?;
        let look = async || {
            let text = other.page.all_text().await?;
            Ok(text.contains("freehold serve").then_some(text))
        };
        let text = freehold_tests::wait::until("a page that says how to get a new link", SOON, look).await?;
        ensure!(
            text.to_lowercase().contains("link"),
            "the page says that the link is the reason: {text}"
        );
        ensure!(
            other.page.count("nav-nodes").await? == 0,
            "nothing of the interface is shown"
        );
        other.page.screenshots(&stage.artifacts, "link-used").await?;
        crate::accessibility::check(&other.page, "link-used").await?;
        other.end().await?;
        // The session that is in use stays good.
        stage.page().go("#/catalog").await?;
        stage.page().appears("catalog-card-bitcoin-core", SOON).await
    };
    on_stage("link", second_use).await
}

#[tokio::test]
async fn requests_that_other_pages_could_cause_are_refused() -> Result<()> {
    let foreign = async |stage: &Stage| {
        let address = stage.host.address.as_str();
        let origin = format!("http://{address}");
        let ask = |line: &str, headers: &[(&str, &str)]| request(address, line, headers, "{}");

        let own = ask("GET /", &[("Host", address)])?;
        ensure!(own.status == 200, "the page itself is served, not {}", own.status);
        let policy = "content-security-policy: default-src 'self'";
        ensure!(own.text.contains(policy), "the page may load from its own host only");
        ensure!(!own.text.contains("unsafe-inline"), "no inline code is allowed");

        let port = address.rsplit_once(':').map_or("", |(_, port)| port);
        let rebound = format!("freehold.example:{port}");
        for host in ["freehold.example", rebound.as_str(), "127.0.0.1:1", "127.0.0.1", ""] {
            let answer = ask("GET /", &[("Host", host)])?;
            ensure!(
                (400..500).contains(&answer.status),
                "Host `{host}` must be refused (DNS rebinding), not answered with {}",
                answer.status
            );
        }
        for foreign in [
            "http://freehold.example",
            "https://freehold.example",
            "null",
            "http://127.0.0.1:1",
        ] {
            let answer = ask("POST /api/session", &[("Host", address), ("Origin", foreign)])?;
            ensure!(
                answer.status == 403,
                "Origin `{foreign}` must be refused, not answered with {}",
                answer.status
            );
        }
        for command in ["app_snapshot", "install", "node_erase", "credential_reveal", "events"] {
            let method = if command == "events" { "GET" } else { "POST" };
            let line = format!("{method} /api/{command}");
            let answer = ask(&line, &[("Host", address), ("Origin", &origin)])?;
            ensure!(
                answer.status == 401,
                "`{line}` without a session must be refused, got {}",
                answer.status
            );
            let guessed = format!("Bearer {}", "0".repeat(64));
            let answer = ask(&line, &[("Host", address), ("Authorization", &guessed)])?;
            ensure!(
                answer.status == 401,
                "`{line}` with a guessed session must be refused, got {}",
                answer.status
            );
        }
        Ok(())
    };
    on_stage("foreign", foreign).await
}
