//! Options as they are typed: `KEY=VALUE`, and `KEY=@FILE` for a secret.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use freehold_app::host::Client;
use freehold_contract::{CatalogEntryView, ClientRequest, FaultView, OptionChangeView};
use freehold_model::{Fault, FaultCode};

/// Longest secret in bytes; keys and tokens have some hundred.
const MOST_BYTES: u64 = 64 * 1024;

/// The options of a request: the value of a secret option that is typed as `@FILE` is the file's text.
pub(crate) async fn with_files_read(
    client: &Client,
    id: &str,
    typed: Vec<(String, String)>,
) -> Result<BTreeMap<String, String>, FaultView> {
    let secrets = if typed.iter().any(|(_, value)| value.starts_with('@')) {
        secrets_of(client, id).await?
    } else {
        BTreeSet::new()
    };
    let mut options = BTreeMap::new();
    for (key, value) in typed {
        let value = match value.strip_prefix('@') {
            Some(file) if secrets.contains(&key) => read_secret(Path::new(file))?,
            _ => value,
        };
        options.insert(key, value);
    }
    Ok(options)
}

/// Ids of an entry's secret options.
pub(crate) async fn secrets_of(client: &Client, id: &str) -> Result<BTreeSet<String>, FaultView> {
    let entry = client.catalog_show(ClientRequest { client: id.to_owned() }).await?;
    Ok(secret_ids(&entry))
}

fn secret_ids(entry: &CatalogEntryView) -> BTreeSet<String> {
    let secrets = entry.options.iter().filter(|option| option.kind == "secret");
    secrets.map(|option| option.id.clone()).collect()
}

/// The text of a file that holds one secret; the end of its last line does not belong to it.
pub(crate) fn read_secret(file: &Path) -> Result<String, FaultView> {
    let refused = |reason: String| {
        let reason = format!("`{}` cannot be read: {reason}", file.display());
        FaultView::from(
            &Fault::new(FaultCode::BadRequest)
                .with("reason", reason)
                .hint("Name a readable file that holds nothing but the secret."),
        )
    };
    let opened = std::fs::File::open(file).map_err(|error| refused(error.to_string()))?;
    let mut text = String::new();
    opened
        .take(MOST_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(|error| refused(error.to_string()))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(refused(format!("it is longer than {MOST_BYTES} bytes")));
    }
    let secret = text.strip_suffix('\n').unwrap_or(&text);
    let secret = secret.strip_suffix('\r').unwrap_or(secret);
    if secret.is_empty() {
        return Err(refused("it is empty".to_owned()));
    }
    Ok(secret.to_owned())
}

/// One change in a line: what, from what to what, and what that costs. Values of `secrets` are not shown.
pub(crate) fn change_text(change: &OptionChangeView, secrets: &BTreeSet<String>) -> String {
    let because = change.because.as_ref();
    let because = because.map(|because| format!(" {because}")).unwrap_or_default();
    let cost = match change.effect.as_str() {
        "none" => "at once",
        "restart" => "needs a restart",
        "reindex" => "needs a restart and a new index",
        "resync" => "needs the whole sync again",
        _ => "cannot be changed after the install",
    };
    let values = if secrets.contains(&change.option) {
        "another secret".to_owned()
    } else {
        format!("{} -> {}", shown(&change.from), shown(&change.to))
    };
    format!("{}: {values} ({cost}){}", change.option, because)
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "none" } else { value }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Write;

    use freehold_model::FaultCode;
    use serde_json::json;

    use super::{change_text, read_secret};
    use crate::command::sample;

    fn secret(bytes: &[u8]) -> Result<String, FaultCode> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        read_secret(file.path()).map_err(|fault| {
            let shown = serde_json::to_string(&fault).unwrap();
            assert!(!shown.contains("hunter"), "a fault never shows the text: {shown}");
            fault.code
        })
    }

    #[test]
    fn a_secret_is_the_file_without_the_end_of_its_line() {
        assert_eq!(secret(b"hunter 2\r\n"), Ok("hunter 2".to_owned()));
        assert_eq!(secret(b" hunter\n\n"), Ok(" hunter\n".to_owned()));
    }

    #[test]
    fn a_file_that_holds_no_secret_is_refused() {
        assert_eq!(secret(b"\n"), Err(FaultCode::BadRequest));
        assert_eq!(secret(b"hunter\xff"), Err(FaultCode::BadRequest));
        assert_eq!(secret(&vec![b'a'; 70_000]), Err(FaultCode::BadRequest));
        let missing = read_secret(std::path::Path::new("/nowhere/at/all")).unwrap_err();
        assert!(missing.why.contains("/nowhere/at/all"), "{}", missing.why);
    }

    #[test]
    fn a_change_says_what_it_costs_and_hides_secrets() {
        let change = json!({
            "option": "txindex", "label": "Index", "from": "off", "to": "on", "effect": "reindex",
            "because": "The index takes some hours."
        });
        let text = change_text(&sample::read(&change), &BTreeSet::new());
        assert_eq!(
            text,
            "txindex: off -> on (needs a restart and a new index) The index takes some hours."
        );
        let change =
            json!({ "option": "key", "label": "Key", "from": "hunter1", "to": "hunter2", "effect": "restart" });
        let text = change_text(&sample::read(&change), &BTreeSet::from(["key".to_owned()]));
        assert_eq!(text, "key: another secret (needs a restart)");
        let change = json!({ "option": "addnode", "label": "Peers", "from": "", "to": "a:1", "effect": "none" });
        let text = change_text(&sample::read(&change), &BTreeSet::new());
        assert_eq!(text, "addnode: none -> a:1 (at once)");
    }
}
