//! A wallet is switched to a node and back in the window, byte for byte.

use anyhow::{Result, anyhow, ensure};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::page::SOON;
use freehold_tests::steps;

use crate::stage::{Stage, in_window};

#[tokio::test]
async fn a_wallet_uses_the_node_and_is_put_back() -> Result<()> {
    in_window("wallet", None, journey).await
}

async fn journey(stage: &Stage) -> Result<()> {
    let page = stage.page();
    steps::choose_practice(page).await?;
    let node = steps::install(page).await?;
    steps::ready(page).await?;
    let rpc = NodeRpc::of(&stage.sandbox, &node, "bitcoin-cli")?;
    rpc.mine(1)?;

    let before = stage.wallets.all_files()?;
    steps::open_switch(page, "bitcoin-cli").await?;
    steps::assert_hidden(page, &[rpc.password()]).await?;
    page.sizes(&stage.artifacts, "wallet-diff", "light").await?;
    steps::confirm_switch(page, "bitcoin-cli").await?;
    let tip = stage
        .sandbox
        .bitcoin_cli(&["getbestblockhash"])
        .map_err(|error| anyhow!(error))?;
    ensure!(
        tip == rpc.tip()?,
        "bitcoin-cli with the switched settings must ask {node}"
    );
    page.screenshots(&stage.artifacts, "wallets").await?;
    steps::revert(page, "bitcoin-cli").await?;
    ensure!(
        stage.wallets.all_files()? == before,
        "a revert must bring every byte back"
    );
    page.go(&format!("#/node/{node}")).await?;
    page.appears("node-status", SOON).await?;
    steps::erase(page).await?;
    steps::no_nodes(page).await
}
