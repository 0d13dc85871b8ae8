//! Whom Electrum goes on asking beside its server, from its own settings.

use crate::adapter::Leftover;
use crate::adapter::json_keys::JsonDocument;
use crate::adapter::keys::Document;
use crate::files::Files;

/// What a file says. `is_bitcoin`: it is Electrum itself, whose other servers are known.
pub(super) fn of(files: &Files, is_bitcoin: bool) -> Vec<Leftover> {
    let Some(Ok(document)) = files.settings().map(JsonDocument::parse) else {
        return Vec::new();
    };
    let is_on = |key| matches!(document.flag(key), Ok(Some(true)));
    let mut found = Vec::new();
    if is_on("use_exchange_rate") {
        let provider = document.text("use_exchange").ok().flatten();
        found.push(Leftover {
            what: match provider {
                Some(provider) => format!("exchange rates ({provider})"),
                None => "exchange rates (the service that it comes with)".to_owned(),
            },
            host: None,
            off: Some("Preferences, Fiat: no currency".into()),
        });
    }
    if is_on("check_updates") {
        found.push(Leftover {
            what: "new versions".into(),
            host: is_bitcoin.then(|| "electrum.org".into()),
            off: Some("Preferences: no automatic check for updates".into()),
        });
    }
    if is_bitcoin {
        found.push(Leftover {
            what: "Lightning payments and swaps, where you use them".into(),
            host: None,
            off: None,
        });
    }
    found
}
