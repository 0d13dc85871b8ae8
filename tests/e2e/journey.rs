//! One person's way: from nothing to a node at the tip, wallets on it, and back to nothing.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::steps::{self, NETWORK, READY_WITHIN, STOPS_WITHIN};
use serde_json::Value;

use crate::accessibility::view;
use crate::stage::{Stage, alone_on_stage};

/// From a block in the node to its number on the page.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);
/// Some word that bitcoind writes to its log at every start.
const LOG_WORD: &str = "Bitcoin Core version";

#[tokio::test]
async fn from_nothing_to_a_node_with_wallets_and_back() -> Result<()> {
    let journey = async |stage: &Stage| {
        let was_pulled = remove_image(&stage.sandbox)?;
        let node = install(stage, was_pulled).await?;
        let rpc = NodeRpc::of(&stage.sandbox, &node, "bitcoin-cli")?;
        blocks_are_shown(stage, &rpc).await?;
        view(stage, "node").await?;
        log_can_be_searched(stage, &node).await?;
        bitcoin_cli_switches_and_reverts(stage, &node, &rpc).await?;
        sparrow_switches_and_reverts(stage, &node).await?;
        activity_tells_all(stage).await?;
        stage.page().go("#/nodes").await?;
        stage.page().appears(&format!("node-card-{node}"), SOON).await?;
        view(stage, "nodes").await?;
        stop_start_erase(stage, &node).await
    };
    alone_on_stage("journey", journey).await
}

/// Takes the node image out of the engine, with every image that shares a layer with it, so that there is something to
/// pull; not where a container uses one of them.
fn remove_image(sandbox: &Sandbox) -> Result<bool> {
    let variants = ["catalog", "update", "broken"].map(|purpose| sandbox.environment.image_of("bitcoin-core", purpose));
    let layers: BTreeSet<_> = variants
        .iter()
        .flat_map(|image| layers_of(sandbox, &image.reference))
        .collect();
    let holders = || {
        let all = sandbox.engine(&["images", "--all", "--quiet", "--no-trunc"]);
        let shares = |id: &&str| layers_of(sandbox, id).iter().any(|layer| layers.contains(layer));
        all.lines().filter(shares).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    for id in holders() {
        let users = sandbox.engine(&["ps", "--all", "--quiet", "--filter", &format!("ancestor={id}")]);
        if users.is_empty() {
            let format = "{{range .RepoTags}}{{.}} {{end}}{{range .RepoDigests}}{{.}} {{end}}";
            let names = sandbox.engine(&["image", "inspect", "--format", format, &id]);
            for name in names.split_whitespace() {
                sandbox.engine(&["rmi", name]);
            }
        }
    }
    let is_gone = holders().is_empty();
    if !is_gone {
        // Not `println`, which the test harness hides for tests that pass.
        writeln!(
            std::io::stdout(),
            "note: the pull is not looked at, because other containers use the node image or its layers"
        )?;
    }
    Ok(is_gone)
}

/// The hashes of an image's layers; none where the engine does not have it.
fn layers_of(sandbox: &Sandbox, image: &str) -> BTreeSet<String> {
    let format = "{{range .RootFS.Layers}}{{.}} {{end}}";
    let layers = sandbox.engine(&["image", "inspect", "--format", format, image]);
    layers.split_whitespace().map(str::to_owned).collect()
}

async fn install(stage: &Stage, is_pulled: bool) -> Result<String> {
    let page = stage.page();
    steps::choose_practice(page).await?;
    page.appears("finding", SOON).await?;
    view(stage, "install-practice").await?;
    steps::watch_states(page).await?;
    let node = steps::install(page).await?;
    steps::ready(page).await?;
    let seen = steps::seen_states(page).await?;
    ensure!(
        !is_pulled || seen.iter().any(|state| state == "pulling"),
        "the pull of the image must be shown; the page showed {seen:?}"
    );
    Ok(node)
}

async fn blocks_are_shown(stage: &Stage, rpc: &NodeRpc) -> Result<()> {
    steps::height_is(stage.page(), 0, SOON).await?;
    for height in 1..=3 {
        rpc.mine(1)?;
        let shown = steps::height_is(stage.page(), height, SHOWN_WITHIN).await;
        shown.map_err(|error| error.context("a new block must be shown within two seconds"))?;
    }
    rpc.mine(100)?;
    steps::height_is(stage.page(), 103, SHOWN_WITHIN).await
}

async fn log_can_be_searched(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    // Lines are asked for only while they can be seen.
    page.go(&format!("#/node/{node}/log")).await?;
    page.text_is("log-lines", SOON, |text| text.contains("UpdateTip"))
        .await?;
    page.type_into("log-search", LOG_WORD).await?;
    let found = "return [...document.querySelectorAll('[data-testid=\"log-lines\"] mark')].map((m) => m.textContent)";
    let look = async || {
        let marks = page.run(found, vec![]).await?;
        let marks: Vec<String> = serde_json::from_value(marks)?;
        ensure!(!marks.is_empty(), "no match is marked");
        Ok(marks
            .iter()
            .all(|mark| mark.eq_ignore_ascii_case(LOG_WORD))
            .then_some(()))
    };
    freehold_tests::wait::until("the search marks what it finds", SOON, look).await?;
    view(stage, "node-log").await
}

async fn bitcoin_cli_switches_and_reverts(stage: &Stage, node: &str, rpc: &NodeRpc) -> Result<()> {
    let page = stage.page();
    let before = stage.wallets.all_files()?;
    steps::open_switch(page, "bitcoin-cli").await?;
    let diff = page.text("wallet-diff").await?;
    ensure!(
        diff.contains("rpcpassword"),
        "the change names the password's line: {diff}"
    );
    ensure!(
        diff.contains("[regtest]"),
        "the change is shown with what stands around it: {diff}"
    );
    steps::assert_hidden(page, &[rpc.password()]).await?;
    view(stage, "wallet-diff").await?;
    ensure!(
        stage.wallets.all_files()? == before,
        "looking at a change must not change anything"
    );

    steps::confirm_switch(page, "bitcoin-cli").await?;
    steps::assert_hidden(page, &[rpc.password()]).await?;
    let asks = page.text(&format!("wallet-endpoint-bitcoin-cli-{NETWORK}")).await?;
    ensure!(!asks.is_empty(), "the wallet's row says whom it asks");
    view(stage, "wallets").await?;

    let tip = stage
        .sandbox
        .bitcoin_cli(&["getbestblockhash"])
        .map_err(|error| anyhow!(error))?;
    ensure!(
        tip == rpc.tip()?,
        "bitcoin-cli with the switched settings must ask {node}"
    );
    let after = stage.wallets.all_files()?;
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .collect();
    ensure!(
        changed.len() == 1 && changed[0].0 == &stage.wallets.bitcoin_conf && after.len() == before.len(),
        "only bitcoin.conf may change in the home, changed are {:?}",
        changed.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );

    steps::revert(page, "bitcoin-cli").await?;
    ensure!(
        stage.wallets.all_files()? == before,
        "a revert must bring every byte back"
    );
    Ok(())
}

async fn sparrow_switches_and_reverts(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    let before = stage.wallets.all_files()?;
    let rpc = NodeRpc::of(&stage.sandbox, node, "sparrow")?;
    page.go("#/wallets").await?;
    let row = page.text(&format!("wallet-row-sparrow-{NETWORK}")).await?;
    ensure!(
        row.contains("Blockstream"),
        "a hosted server is named with who runs it: {row}"
    );
    steps::open_switch(page, "sparrow").await?;
    steps::assert_hidden(page, &[rpc.password()]).await?;
    steps::confirm_switch(page, "sparrow").await?;
    steps::assert_hidden(page, &[rpc.password()]).await?;

    let settings: Value = serde_json::from_slice(&std::fs::read(&stage.wallets.sparrow)?)?;
    ensure!(
        settings["serverType"] == "BITCOIN_CORE",
        "Sparrow asks a Bitcoin node, not {}",
        settings["serverType"]
    );
    let server = settings["coreServer"].as_str().unwrap_or_default();
    ensure!(
        server.starts_with("http://127.0.0.1:"),
        "Sparrow asks this machine, not {server}"
    );
    let login = format!("sparrow:{}", rpc.password());
    ensure!(
        settings["coreAuth"] == login,
        "Sparrow has the credential that was made for it"
    );
    ensure!(settings["appWidth"].as_f64() == Some(1011.0), "other settings stay");

    steps::revert(page, "sparrow").await?;
    ensure!(
        stage.wallets.all_files()? == before,
        "a revert must bring every byte back"
    );
    Ok(())
}

async fn activity_tells_all(stage: &Stage) -> Result<()> {
    let page = stage.page();
    page.go("#/activity").await?;
    page.appears("activity-entry", SOON).await?;
    // An install, two switches, two reverts.
    let entries = page.count("activity-entry").await?;
    ensure!(
        entries >= 5,
        "everything that was done stands there, not only {entries} entries"
    );
    let text = page.all_text().await?;
    ensure!(text.contains("Sparrow"), "the switched wallet is named: {text}");
    view(stage, "activity").await
}

async fn stop_start_erase(stage: &Stage, node: &str) -> Result<()> {
    let page = stage.page();
    page.go(&format!("#/node/{node}")).await?;
    page.click("node-stop").await?;
    page.attribute_is("node-status", "data-state", "stopped", STOPS_WITHIN)
        .await?;
    view(stage, "node-stopped").await?;
    page.click("node-start").await?;
    page.attribute_is("node-status", "data-state", "ready", READY_WITHIN)
        .await?;
    steps::height_is(page, 103, SOON).await?;

    let chain = stage.sandbox.data().join("nodes").join(node);
    ensure!(chain.is_dir(), "chain data is in {}", chain.display());
    steps::erase(page).await?;
    steps::no_nodes(page).await?;
    ensure!(!chain.exists(), "erasing takes the chain data away");
    Ok(())
}
