//! The page that asks MetaMask, in a real browser against a real node. MetaMask itself cannot be had from a registry: in its
//! place stands an object that takes what MetaMask takes, and refuses what it refuses (EIP-1193, EIP-3085).

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use freehold_tests::browser::Browser;
use freehold_tests::page::{Page, SOON};
use freehold_tests::process::Running;
use freehold_tests::{http, json_rpc};
use serde_json::{Value, json};

use crate::stage::{Stage, on_stage};

/// What MetaMask checks before it shows anything (its `ethereum-chain-utils.js`). What the user decides, and whether the node
/// answers with that chain id, is decided by the test: `window.decide(null)` or `window.decide({code, message})`.
const WALLET: &str = r"
const flags = arguments[0];
window.asked = [];
window.ethereum = Object.assign({
  request: async ({ method, params }) => {
    if (method === 'eth_chainId') return window.asked.length ? window.asked[0].chainId : '0x1';
    if (method !== 'wallet_addEthereumChain') throw { code: 4200, message: method };
    const [chain] = params;
    const refuse = (message) => { throw { code: -32602, message }; };
    const known = ['chainId', 'chainName', 'blockExplorerUrls', 'nativeCurrency', 'rpcUrls', 'iconUrls'];
    for (const key of Object.keys(chain)) if (!known.includes(key)) refuse('unexpected key ' + key);
    if (!/^0x[1-9a-f][0-9a-f]*$/.test(chain.chainId)) refuse('chainId');
    if (typeof chain.chainName !== 'string' || !chain.chainName) refuse('chainName');
    const isTaken = (text) => {
      const url = new URL(text);
      return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
    };
    if (!Array.isArray(chain.rpcUrls) || !chain.rpcUrls.some(isTaken)) refuse('rpcUrls');
    const coin = chain.nativeCurrency;
    if (coin.decimals !== 18) refuse('decimals');
    if (!(coin.symbol.length >= 1 && coin.symbol.length <= 6) || coin.symbol !== 'ETH') refuse('symbol');
    window.asked.push(chain);
    const decision = await new Promise((resolve) => { window.decide = resolve; });
    if (decision) throw decision;
    return null;
  },
}, flags);";

#[tokio::test]
async fn metamask_is_asked_on_a_page_of_its_own() -> Result<()> {
    let journey = async |stage: &Stage| {
        let node = "anvil-devnet";
        stage
            .sandbox
            .run(&["install", "anvil", "--network", "devnet", "--yes", "--wait", "ready"])
            .ok();
        let mut command = stage.sandbox.command();
        command.args(["--json", "wallet", "prompt", "metamask", "--node", node]);
        let mut asking = Running::start(command, &stage.logs().join("prompt.log"))?;
        let url = asking
            .line(Duration::from_secs(30), |line| {
                let page: Value = serde_json::from_str(line).ok()?;
                Some(page.get("url")?.as_str()?.to_owned())
            })
            .await?;
        let browser = Browser::chromium(stage.logs()).await?;
        browser.page.resize(1280, 800).await?;
        browser.page.open(&url).await?;
        let page = &browser.page;
        page.appears("prompt-ask", SOON).await?;
        page.screenshots(&stage.artifacts, "wallet-prompt").await?;
        crate::accessibility::check(page, "wallet-prompt").await?;

        ends_as(page, "no-wallet", "no MetaMask").await?;
        inject(page, json!({ "isMetaMask": true, "isRabby": true })).await?;
        ends_as(page, "no-wallet", "Rabby").await?;

        inject(page, json!({ "isMetaMask": true })).await?;
        decided(page, json!({ "code": 4001, "message": "User rejected the request." })).await?;
        state_is(page, "refused").await?;
        let other = "Chain ID returned by RPC URL does not match";
        decided(page, json!({ "code": -32603, "message": other })).await?;
        state_is(page, "wrong-chain").await?;

        let asked = decided(page, Value::Null).await?;
        state_is(page, "approved").await?;
        let rpc = asked["rpcUrls"][0].as_str().context("an address is asked for")?;
        let chain = json_rpc::call(rpc, "eth_chainId", &json!([]))?;
        ensure!(
            chain == asked["chainId"],
            "the node answers {chain}, the page asked for {}",
            asked["chainId"]
        );
        let text = page.text("prompt-status").await?;
        ensure!(text.contains("height 0"), "the node itself was asked: {text}");
        ensure!(page.shows("prompt-revert").await?, "the way back is shown");
        page.screenshots(&stage.artifacts, "wallet-prompt-approved").await?;
        let console = page.console().await?;
        ensure!(console.is_empty(), "the console stays clean: {console:?}");
        browser.end().await?;

        let activity = stage.sandbox.run(&["activity"]).ok().to_string();
        ensure!(activity.contains("MetaMask was allowed by you"), "{activity}");
        let address = url.trim_start_matches("http://").split('/').next().unwrap_or_default();
        let again = http::request(address, "GET /", &[("Host", address)], "");
        ensure!(again.is_err(), "nobody listens there any more");
        stage.sandbox.run(&["erase", node, "--yes"]).ok();
        Ok(())
    };
    on_stage("wallet-prompt", journey).await
}

async fn inject(page: &Page, flags: Value) -> Result<()> {
    page.run(WALLET, vec![flags]).await?;
    Ok(())
}

/// Presses the button and waits for this end without a wallet.
async fn ends_as(page: &Page, state: &str, words: &str) -> Result<()> {
    page.click("prompt-ask").await?;
    state_is(page, state).await?;
    page.text_is("prompt-status", SOON, |text| text.contains(words)).await?;
    Ok(())
}

async fn state_is(page: &Page, state: &str) -> Result<()> {
    page.attribute_is("prompt-status", "data-state", state, SOON).await
}

/// Presses the button, waits until the wallet was asked, and decides there. Returns what it was asked for.
async fn decided(page: &Page, decision: Value) -> Result<Value> {
    page.run("window.asked = []; window.decide = null", vec![]).await?;
    page.click("prompt-ask").await?;
    let look = async || {
        let asked = page
            .run("return window.decide ? window.asked[0] : null", vec![])
            .await?;
        Ok((!asked.is_null()).then_some(asked))
    };
    let asked = freehold_tests::wait::until("the wallet is asked", SOON, look).await?;
    page.run("window.decide(arguments[0])", vec![decision]).await?;
    Ok(asked)
}
