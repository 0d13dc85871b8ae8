//! Wallets without a file that could be edited: exact steps, a page for the browser, and links for telephones.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the steps of one wallet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideRequest {
    /// Wallet id.
    pub wallet: String,
    /// The node to fill in; absent: the first of yours that fits, or places to fill in by hand.
    #[serde(default)]
    pub node: Option<String>,
}

/// How a wallet is pointed at a node by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WalletGuide {
    /// Wallet id.
    pub wallet: String,
    /// Name.
    pub name: String,
    /// `prompt`: a page asks the wallet (see `wallet_prompt`); `guide`: by these steps; `no`: it cannot be done.
    pub how: String,
    /// `desktop`, `browser`, `terminal` or `phone`. With `phone`, `wallet_phone` may make a link.
    pub runs_on: String,
    /// `wallet_phone` can make a link for it.
    pub has_link: bool,
    /// One sentence: what can be had.
    pub summary: String,
    /// The node that is filled in.
    pub node: Option<GuideNode>,
    /// Your nodes that this wallet could use.
    pub nodes: Vec<GuideNode>,
    /// Where it would point, in the scheme that `--to` takes.
    pub endpoint: Option<String>,
    /// What to do, in order. With `how` = `no`: what to do instead.
    pub steps: Vec<WalletStep>,
    /// How to go back.
    pub revert: Vec<WalletStep>,
    /// What to know before.
    pub notes: Vec<String>,
    /// What Freehold's makers could not check themselves.
    pub unverified: Vec<String>,
    /// Whose servers it uses as long as nothing is changed.
    pub hosted: Vec<String>,
    /// What goes on contacting others afterwards.
    pub leftovers: Vec<String>,
}

/// A node in a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideNode {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Network.
    pub network: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WalletStep {
    /// What to do.
    pub text: String,
    /// What to copy into the wallet, where there is something.
    pub copy: Option<String>,
}

/// Asks for a page that asks a browser's wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromptRequest {
    /// Wallet id: `metamask`.
    pub wallet: String,
    /// One of your nodes.
    pub node: String,
}

/// The page. It works for one use and a limited time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromptPage {
    /// Names the page in `wallet_prompt_status`.
    pub id: String,
    /// To be opened in the browser that has the wallet. Whoever has it can use the page.
    pub url: String,
    /// Seconds until it goes away.
    pub expires_in_s: u32,
    /// The node's id.
    pub node: String,
    /// The chain id that the node answers, for example `0x1`.
    pub chain_id: String,
    /// The height that the node answers.
    pub height: u64,
}

/// Asks how a page went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromptStatusRequest {
    /// The page's id.
    pub id: String,
}

/// How a page went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromptStatus {
    /// The page's id.
    pub id: String,
    /// Where it stands.
    pub state: PromptState,
    /// The same in a sentence.
    pub text: String,
    /// After an approval: the node's height, asked for then; absent where it no longer answered.
    pub height: Option<u64>,
    /// After an approval: how to go back.
    pub revert: Vec<WalletStep>,
}

/// Where a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PromptState {
    /// Nobody has opened it.
    Waiting,
    /// It is open in a browser.
    Opened,
    /// The wallet took the node.
    Approved,
    /// The user refused in the wallet.
    Refused,
    /// This browser has no such wallet. Another browser may still open the page.
    NoWallet,
    /// The wallet says that the node is on another chain.
    WrongChain,
    /// The wallet answered with another error.
    Failed,
    /// Nobody finished in time.
    Expired,
}

/// Asks for a link that a telephone's wallet understands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhoneRequest {
    /// Wallet id: `bluewallet`, `zeus`, `fully-noded` or `cake-mobile`.
    pub wallet: String,
    /// One of your nodes.
    pub node: String,
    /// How the telephone gets here; nothing is assumed.
    pub reach: PhoneReach,
    /// With `address`: the name or address, with or without a port, at which the telephone reaches the node.
    #[serde(default)]
    pub address: Option<String>,
}

/// How a telephone gets to this machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneReach {
    /// Through the network that both are in. The node's option `lan` must be on.
    #[default]
    Lan,
    /// Through a way that the user has made: a VPN, or an onion address.
    Address,
}

/// A link and its picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhoneLink {
    /// Wallet id.
    pub wallet: String,
    /// Name.
    pub name: String,
    /// The link. It may hold a password: show it only to the user who asked.
    pub link: String,
    /// Whether it holds a password.
    pub secret: bool,
    /// The same as a picture: an SVG with its quiet zone.
    pub qr_svg: String,
    /// `host:port` that the telephone connects to.
    pub address: String,
    /// Other addresses of this machine, where the first one turns out wrong.
    pub other_addresses: Vec<String>,
    /// What to do with it.
    pub steps: Vec<WalletStep>,
    /// How to go back.
    pub revert: Vec<WalletStep>,
    /// What to know.
    pub notes: Vec<String>,
}
