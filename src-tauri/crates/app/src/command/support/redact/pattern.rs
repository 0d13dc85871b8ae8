//! What is hidden for its form: values of settings with a telling name, keys in URLs, addresses of people and machines.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use freehold_wallets::mask_urls;
use regex::{Captures, Regex};

use super::MASK;

/// A pattern and what stands for what it finds; `kept` is kept of it.
struct Rule {
    pattern: Regex,
    shown: &'static str,
}

/// Names of settings whose value opens something.
const NAMES: &str = "pass(?:word|phrase|wd)?|rpcpass|secret|token|api[_-]?key|apikey|seed|mnemonic|\
                     priv(?:ate)?[_-]?key|cookie|credential|rpcauth|rpc[_-]?login|authorization";

/// In this order: the widest first.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rules = [
        // A private key between its two lines, also one that was cut off.
        (
            r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)".to_owned(),
            MASK,
        ),
        // `Authorization: Basic …`: the scheme may stay.
        (
            r"(?i)(?<kept>\b(?:basic|bearer|digest)\s+)[A-Za-z0-9+/_.=~-]{8,}".to_owned(),
            "${kept}••••",
        ),
        // "name": "value", with what JSON escapes.
        (
            format!(r#"(?i)(?<kept>"[\w.-]*(?:{NAMES})[\w.-]*"\s*:\s*)"(?:[^"\\]|\\.)*""#),
            "${kept}\"••••\"",
        ),
        // Words of a seed: the whole line.
        (
            r#"(?i)(?<kept>\b[\w.-]*(?:seed|mnemonic)[\w.-]*\s*[:=]\s*)[^\n"]+"#.to_owned(),
            "${kept}••••",
        ),
        // name = "value", name=value.
        (
            format!(
                r#"(?i)(?<kept>\b[\w.-]*(?:{NAMES})[\w.-]*["']?\s*[:=]\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s"',;&\[\]{{}}][^\s"',;&}}]*)"#
            ),
            "${kept}••••",
        ),
        // --name value.
        (
            format!(r"(?i)(?<kept>--[\w-]*(?:{NAMES})[\w-]*\s+)[^\s-]\S*"),
            "${kept}••••",
        ),
        // Other people's home folders.
        (
            r"(?<kept>/(?:home|Users)/)[^/\s\x22':,;)\]}]+".to_owned(),
            "${kept}[user]",
        ),
        (
            r"(?i)(?<kept>[a-z]:\\{1,2}Users\\{1,2})[^\\\s\x22']+".to_owned(),
            "${kept}[user]",
        ),
        (
            r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b".to_owned(),
            "[mail]",
        ),
        (r"\b(?:[a-z2-7]{56}|[a-z2-7]{16})\.onion\b".to_owned(), "[onion]"),
        (r"\b[a-z2-7]{52}\.b32\.i2p\b".to_owned(), "[i2p]"),
        // Keys of accounts, keys that open money, and where money goes, in the chains of the catalog.
        (
            r"\b[xyztuvXYZTUV](?:pub|prv)[1-9A-HJ-NP-Za-km-z]{50,}\b".to_owned(),
            "[account]",
        ),
        (r"\b(?:bc|tb|bcrt|ltc)1[02-9ac-hj-np-z]{11,}\b".to_owned(), "[address]"),
        (r"\b0x[0-9a-fA-F]{40}\b".to_owned(), "[address]"),
        (r"\b[48][1-9A-HJ-NP-Za-km-z]{94}\b".to_owned(), "[address]"),
        (r"\b[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}\b".to_owned(), "[key]"),
        (r"\b[123mnLMDA9][1-9A-HJ-NP-Za-km-z]{25,34}\b".to_owned(), "[address]"),
        (r"\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b".to_owned(), "[hardware]"),
    ];
    #[expect(clippy::unwrap_used, reason = "constant patterns; the tests use every one")]
    rules
        .into_iter()
        .map(|(pattern, shown)| Rule {
            pattern: Regex::new(&pattern).unwrap(),
            shown,
        })
        .collect()
});

/// What may be an address of the internet; whether it is one is asked of the standard library.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    let v4 = r"(?:\d{1,3}\.){3}\d{1,3}";
    #[expect(clippy::unwrap_used, reason = "a constant pattern; the tests use it")]
    Regex::new(&format!(
        r"{v4}|(?:[0-9a-fA-F]{{0,4}}:){{2,7}}(?:{v4}|[0-9a-fA-F]{{0,4}})"
    ))
    .unwrap()
});

/// `text` without what gives itself away by its form; adds to `hidden` how often.
pub(super) fn hide_patterns(text: &str, hidden: &mut u32) -> String {
    let masks = |text: &str| text.matches(MASK).count();
    let mut shown = mask_urls(text);
    let more = masks(&shown).saturating_sub(masks(text));
    *hidden = hidden.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
    for rule in RULES.iter() {
        let mut found = 0_u32;
        let replaced = rule.pattern.replace_all(&shown, |captures: &Captures<'_>| {
            found = found.saturating_add(1);
            let mut into = String::new();
            captures.expand(rule.shown, &mut into);
            into
        });
        shown = replaced.into_owned();
        *hidden = hidden.saturating_add(found);
    }
    hide_addresses(&shown, hidden)
}

fn hide_addresses(text: &str, hidden: &mut u32) -> String {
    let mut found = 0_u32;
    let shown = ADDRESS.replace_all(text, |captures: &Captures<'_>| {
        let whole = captures.get(0).map_or("", |found| found.as_str());
        if whole.parse().is_ok_and(is_public) {
            found = found.saturating_add(1);
            "[address]".to_owned()
        } else {
            whole.to_owned()
        }
    });
    *hidden = hidden.saturating_add(found);
    shown.into_owned()
}

/// Whether an address can be this machine's or a peer's on the internet, rather than one that every house has.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => is_public_v4(address),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || is_shared
        || first == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.is_multicast())
}
