//! Finds Freehold's containers, networks and volumes in an engine by their label, never by name.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value;

use crate::engine;
use crate::http::percent;

/// Everything that Freehold makes in an engine carries this label.
const LABEL: &str = "freehold.instance";

/// What carries the label, as `kind name`.
pub(crate) type Owned = BTreeSet<String>;

/// Everything of every Freehold.
pub(crate) fn owned(url: &str) -> Result<Owned> {
    labelled(url, LABEL)
}

/// Everything of one Freehold: others may be at work in the same engine.
pub(crate) fn owned_by(url: &str, instance: &str) -> Result<Owned> {
    labelled(url, &format!("{LABEL}={instance}"))
}

fn labelled(url: &str, label: &str) -> Result<Owned> {
    let filter = format!("filters={}", percent(&format!("{{\"label\":[\"{label}\"]}}")));
    let mut all = Owned::new();
    all.extend(names(
        "container",
        &engine::get(url, &format!("/containers/json?all=1&{filter}"))?,
    ));
    all.extend(names("network", &engine::get(url, &format!("/networks?{filter}"))?));
    let volumes = engine::get(url, &format!("/volumes?{filter}"))?;
    all.extend(names("volume", volumes.get("Volumes").unwrap_or(&Value::Null)));
    Ok(all)
}

/// What is there now and was not there before.
pub(crate) fn since(before: &Owned, url: &str) -> Result<Vec<String>> {
    Ok(owned(url)?.difference(before).cloned().collect())
}

/// Containers have `Names`, the others `Name`; an engine without any answers `null`.
fn names(kind: &str, list: &Value) -> Vec<String> {
    let rows = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let name = |row: &Value| {
        let name = row
            .get("Name")
            .or_else(|| row.get("Names")?.get(0))
            .and_then(Value::as_str)
            .unwrap_or("without a name");
        format!("{kind} {}", name.trim_start_matches('/'))
    };
    rows.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_read_from_every_list() {
        // Docker 20.10.24
        assert_eq!(
            names("container", &json!([{ "Id": "ab", "Names": ["/fh-1"] }])),
            ["container fh-1"]
        );
        assert_eq!(
            names("network", &json!([{ "Name": "fh-net", "Id": "cd" }])),
            ["network fh-net"]
        );
        assert!(names("volume", &Value::Null).is_empty());
    }
}
