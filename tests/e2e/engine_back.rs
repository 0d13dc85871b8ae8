//! The engine goes away under an open page and comes back: the page says so at once, claims nothing, and goes on by itself.

use std::path::PathBuf;
use std::sync::Mutex;

use anyhow::{Context as _, Result, ensure};
use freehold_tests::environment::Environment;
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::relay::Relay;
use freehold_tests::steps;

use crate::accessibility::view;
use crate::stage::{Stage, on_stage_in};

#[tokio::test]
async fn an_engine_that_goes_and_comes_back_is_told_as_it_is() -> Result<()> {
    let Some(mut environment) = Environment::find() else {
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let socket = folder.path().join("engine.sock");
    let real = environment
        .engine
        .strip_prefix("unix://")
        .context("the engine has a socket")?;
    let real = PathBuf::from(real);
    let relay = Mutex::new(Some(Relay::start(&socket, &real)));
    let put = |new: Option<Relay>| *relay.lock().expect("nobody panics with it") = new;
    environment.engine = format!("unix://{}", socket.display());
    let journey = async |stage: &Stage| {
        let page = stage.page();
        steps::choose_practice(page).await?;
        let node = steps::install(page).await?;
        steps::ready(page).await?;
        let rpc = NodeRpc::of(&stage.sandbox, &node, "bitcoin-cli")?;

        put(None);
        page.attribute_is("engine-chip", "data-state", "down", SOON).await?;
        steps::state_is(page, "unknown", SOON).await?;
        view(stage, "node-engine-gone").await?;
        page.go("#/nodes").await?;
        page.appears(&format!("node-card-{node}"), SOON).await?;
        let text = page.all_text().await?;
        ensure!(
            text.to_lowercase().contains("engine"),
            "the page says what is missing: {text}"
        );
        view(stage, "nodes-engine-gone").await?;
        // The node itself lives on, and makes a block that nobody sees yet.
        rpc.mine(1)?;

        put(Some(Relay::start(&socket, &real)));
        page.attribute_is("engine-chip", "data-state", "connected", SOON)
            .await?;
        page.go(&format!("#/node/{node}")).await?;
        steps::ready(page).await?;
        steps::height_is(page, 1, SOON).await?;
        steps::erase(page).await?;
        steps::no_nodes(page).await
    };
    on_stage_in(environment, "engine-back", journey).await
}
