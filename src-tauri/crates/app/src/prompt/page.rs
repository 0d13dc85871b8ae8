//! The page itself: one document, its style and its script. Everything that differs is data in one attribute.

use freehold_wallets::{EvmChain, FilledStep, PromptWords};
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("page/page.html");
/// The page's script; it reads what differs from the document.
pub(super) const SCRIPT: &str = include_str!("page/page.js");
/// The page's style.
pub(super) const STYLE: &str = include_str!("page/page.css");

/// What a page is about.
#[derive(Debug)]
pub(crate) struct PageFacts<'a> {
    pub(crate) words: &'a PromptWords,
    pub(crate) chain: &'a EvmChain,
    /// The node's name.
    pub(crate) node: &'a str,
    /// The node's address, for example `http://127.0.0.1:23001`.
    pub(crate) url: &'a str,
    pub(crate) revert: &'a [FilledStep],
}

/// A page, ready to be served.
#[derive(Debug)]
pub(crate) struct Page {
    pub(super) html: String,
}

/// The items of a list, one a line.
fn items(texts: impl Iterator<Item = String>) -> String {
    texts.fold(String::new(), |list, text| list + "<li>" + &escape(&text) + "</li>\n")
}

impl Page {
    pub(crate) fn new(facts: &PageFacts<'_>) -> Self {
        let words = facts.words;
        let with_names = |text: &str| text.replace("{node}", facts.node).replace("{chain}", &facts.chain.name);
        let what = items(words.what.iter().map(|line| with_names(line)));
        let revert = items(facts.revert.iter().map(|step| step.text.clone()));
        let data = json!({
            "request": add_chain_request(facts.chain, facts.url),
            "rdns": words.rdns,
            "words": {
                "asking": words.asking,
                "approved": words.approved,
                "answered": words.answered,
                "not_answered": words.not_answered,
                "other_chain": with_names(&words.other_chain),
                "refused": words.refused,
                "no_wallet": words.no_wallet,
                "other_wallet": words.other_wallet,
                "wrong_chain": with_names(&words.wrong_chain),
                "failed": words.failed,
                "gone": words.gone,
                "close": words.close,
            },
        });
        let coin = format!("{} ({})", facts.chain.coin, facts.chain.symbol);
        let chain_id = facts.chain.id.to_string();
        let lead = with_names(&words.lead);
        let texts = [
            ("{title}", words.title.as_str()),
            ("{lead}", &lead),
            ("{address}", &words.address),
            ("{chain_id}", &words.chain_id),
            ("{coin}", &words.coin),
            ("{button}", &words.button),
            ("{revert_title}", &words.revert_title),
            ("{address_value}", facts.url),
            ("{chain_id_value}", &chain_id),
            ("{coin_value}", &coin),
        ];
        let mut html = DOCUMENT.to_owned();
        for (name, text) in texts {
            html = html.replace(name, &escape(text).replace('{', "&#123;"));
        }
        let html = html
            .replace("{what}", &what.replace('{', "&#123;"))
            .replace("{revert}", &revert.replace('{', "&#123;"))
            .replace("{data}", &escape(&data.to_string()));
        Self { html }
    }
}

/// The parameters of `wallet_addEthereumChain` (EIP-3085), as MetaMask takes them: only known keys, an unpadded hexadecimal
/// id, 18 decimals, an address on this machine. No block explorer: that would be one more company.
fn add_chain_request(chain: &EvmChain, url: &str) -> Value {
    json!({
        "chainId": format!("{:#x}", chain.id),
        "chainName": format!("{} (my node)", chain.name),
        "rpcUrls": [url],
        "nativeCurrency": { "name": chain.coin, "symbol": chain.symbol, "decimals": 18 },
    })
}

/// Text for a document and for an attribute in double quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
