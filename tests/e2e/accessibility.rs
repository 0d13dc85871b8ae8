//! Every view is checked with axe: names, roles, contrast, order of headings.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use freehold_tests::page::{Page, SOON, THEMES};
use serde_json::{Value, json};

use crate::stage::{Stage, on_stage};

/// Fails on any violation in what is shown now, in either theme.
pub(crate) async fn check(page: &Page, view: &str) -> Result<()> {
    for theme in THEMES {
        page.theme(theme).await?;
        axe_is_content(page, view, theme).await?;
    }
    Ok(())
}

/// Fails on any violation in what is shown now, in the theme that is shown.
pub(crate) async fn axe_is_content(page: &Page, view: &str, theme: &str) -> Result<()> {
    if page.run("return window.axe === undefined", vec![]).await? == json!(true) {
        page.run(&axe()?, vec![]).await?;
    }
    axe_says(page, view, theme, json!({ "resultTypes": ["violations"] })).await
}

/// Fails where colours are too near each other: all that another theme changes.
pub(crate) async fn contrast_is_enough(page: &Page, view: &str, theme: &str) -> Result<()> {
    axe_says(page, view, theme, json!({ "runOnly": ["color-contrast"] })).await
}

async fn axe_says(page: &Page, view: &str, theme: &str, options: Value) -> Result<()> {
    let script = "const [options, done] = arguments;
        axe.run(document, options).then(
            (report) => done(report.violations.map((one) => ({ rule: one.id, help: one.help,
                where: one.nodes.slice(0, 3).map((node) => node.target.join(' ') + ': ' + node.failureSummary) }))),
            (error) => done([{ rule: 'axe failed', help: String(error), where: [] }]));";
    let violations = page.run_async(script, vec![options]).await?;
    let violations = violations.as_array().context("axe answers with a list")?;
    let text: Vec<_> = violations.iter().map(Value::to_string).collect();
    ensure!(text.is_empty(), "{view} ({theme}) has barriers:\n{}", text.join("\n"));
    Ok(())
}

/// Keeps pictures of what is shown now, and checks it.
pub(crate) async fn view(stage: &Stage, name: &str) -> Result<()> {
    stage.page().screenshots(&stage.artifacts, name).await?;
    check(stage.page(), name).await
}

/// axe's own text, from the interface's packages.
fn axe() -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}

/// Views that need no node; the journey checks the others.
const VIEWS: [(&str, &str, &str); 11] = [
    ("audit", "#/audit", "wallet-page-audit"),
    ("drill", "#/drill", "drill-run"),
    ("welcome", "#/welcome", "door-practice"),
    ("engine", "#/engine", "engine-chip"),
    ("catalog", "#/catalog", "catalog-card-bitcoin-core"),
    ("install", "#/install/bitcoin-core/mainnet", "install-button"),
    ("install-unavailable", "#/install/arbitrum", "install-unavailable"),
    ("attach", "#/attach", "attach-confirm"),
    ("wallets-before", "#/wallets", "wallet-row-sparrow-regtest"),
    ("activity-before", "#/activity", "nav-activity"),
    ("settings", "#/settings", "settings-theme-dark"),
];

#[tokio::test]
async fn every_view_is_without_barriers_and_fits_both_sizes() -> Result<()> {
    let views = async |stage: &Stage| {
        for (view, hash, landmark) in VIEWS {
            stage.page().go(hash).await?;
            stage.page().appears(landmark, SOON).await?;
            self::view(stage, view).await?;
        }
        Ok(())
    };
    on_stage("accessibility", views).await
}
