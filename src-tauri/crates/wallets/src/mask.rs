//! Hides secrets in what is shown: passwords, tokens, API keys inside URLs.
//!
//! The one rule: when in doubt, hide. A hidden harmless value costs a look into the file; a shown key costs money.

/// What is shown instead of a secret; always the same length, so that it tells nothing.
pub(crate) const MASK: &str = "••••";

/// Shortest part of a URL that is taken for an API key. Ankr and Infura keys have 32 or more characters, the shortest
/// known path keys 20; names of networks (`eth-mainnet`, `arbitrum-sepolia`) stay below 18.
const KEY_LENGTH: usize = 18;

/// Whether a setting of this name holds a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [
        "password",
        "passphrase",
        "secret",
        "token",
        "apikey",
        "api_key",
        "seed",
        "mnemonic",
        "privkey",
        "credential",
        "rpcpass",
        "login",
    ]
    .iter()
    .any(|word| lower.contains(word))
        || lower.ends_with("auth")
}

/// Hides user and password, long path parts and every query value of the URLs in `text`; other text stays.
pub fn mask_urls(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = after
            .find(|c: char| c.is_whitespace() || "\"'<>|,".contains(c))
            .unwrap_or(after.len());
        let (url, tail) = after.split_at(end);
        push_masked_url(&mut shown, url);
        rest = tail;
    }
    shown.push_str(rest);
    shown
}

/// Adds what follows the `://` of a URL.
fn push_masked_url(shown: &mut String, url: &str) {
    let (authority, path) = url.split_at(url.find(['/', '?', '#']).unwrap_or(url.len()));
    match authority.rsplit_once('@') {
        Some((_, host)) => {
            shown.push_str(MASK);
            shown.push('@');
            shown.push_str(host);
        }
        None => shown.push_str(authority),
    }
    let (path, query) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    for (index, part) in path.split('/').enumerate() {
        if index > 0 {
            shown.push('/');
        }
        shown.push_str(if part.chars().count() >= KEY_LENGTH { MASK } else { part });
    }
    for part in query.split_inclusive(['?', '&', '#']) {
        let (body, end) = part.split_at(part.trim_end_matches(['?', '&', '#']).len());
        match body.split_once('=') {
            Some((name, _)) => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(MASK);
            }
            None if body.is_empty() => {}
            None => shown.push_str(MASK),
        }
        shown.push_str(end);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_secret_name, mask_urls};

    #[test]
    fn keys_in_urls_are_hidden_and_the_rest_stays_readable() {
        for (text, shown) in [
            (
                "https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef",
                "https://mainnet.infura.io/v3/••••",
            ),
            ("https://u:p@host:1/x", "https://••••@host:1/x"),
            ("wss://h/ws?apikey=abc&x=1", "wss://h/ws?apikey=••••&x=••••"),
            (
                "ssl://electrum.emzy.de:50002|electrum.emzy.de",
                "ssl://electrum.emzy.de:50002|electrum.emzy.de",
            ),
            ("no url at all", "no url at all"),
        ] {
            assert_eq!(mask_urls(text), shown);
        }
    }

    #[test]
    fn names_of_secrets_are_known_in_every_spelling() {
        for name in [
            "rpcpassword",
            "coreAuth",
            "rpcauth",
            "apiKey",
            "walletPassphrase",
            "bitcoind.rpcpass",
            "daemon-login",
        ] {
            assert!(is_secret_name(name), "{name} is a secret");
        }
        for name in ["coreAuthType", "rpcuser", "rpcport"] {
            assert!(!is_secret_name(name), "{name} is not a secret");
        }
    }
}
