//! A catalog entry for a person.

use freehold_contract::{CatalogDependencyView, CatalogEntryView, ImageView, OptionView, RequirementView};
use freehold_model::ByteSize;

/// The entry as it stands on the given day (`YYYY-MM-DD`), in parts with an empty line between them.
pub(super) fn text(entry: &CatalogEntryView, today: &str) -> String {
    let indented = |lines: Vec<String>| lines.into_iter().map(|line| format!("  {line}")).collect::<Vec<_>>();
    let mut parts = vec![head(entry, today)];
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            parts.push([vec![title.to_owned()], indented(lines)].concat());
        }
    };
    let networks = entry.networks.iter();
    part(
        "Networks",
        networks
            .map(|network| format!("{:<10} {}", network.id, network.summary))
            .collect(),
    );
    part("Options", entry.options.iter().flat_map(option_lines).collect());
    let rules = entry.rules.iter().map(|rule| {
        format!(
            "{}={} sets {}={}: {}",
            rule.when_option, rule.when_equals, rule.option, rule.becomes, rule.because
        )
    });
    part("Consequences", rules.collect());
    part("Needs", entry.requirements.iter().map(requirement_text).collect());
    part(
        "Needs these nodes",
        entry.dependencies.iter().map(dependency_text).collect(),
    );
    part("Services", entry.images.iter().map(image_text).collect());
    part("Updates", update_lines(entry));
    parts.push(entry.notes.iter().map(|note| format!("Note: {note}")).collect());
    let parts: Vec<_> = parts.into_iter().filter(|lines| !lines.is_empty()).collect();
    parts
        .iter()
        .map(|lines| lines.join("\n"))
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn head(entry: &CatalogEntryView, today: &str) -> Vec<String> {
    let mut lines = vec![
        format!(
            "{} {}  ({}, {})",
            entry.name, entry.version, entry.chain_name, entry.license
        ),
        entry.summary.clone(),
    ];
    if let Some(unavailable) = &entry.unavailable {
        lines.push(format!("Freehold only lists it: {unavailable}."));
    }
    lines.extend(entry.unavailable_why.iter().cloned());
    lines.extend(
        entry
            .unavailable_instead
            .iter()
            .map(|instead| format!("Instead: {instead}")),
    );
    if let Some(last) = entry.expires.as_ref().filter(|last| super::is_past(last, today)) {
        lines.push(format!("This release was good until {last}; it has expired."));
    }
    lines
}

fn option_lines(option: &OptionView) -> Vec<String> {
    let range = match (option.min, option.max, option.unit.as_deref()) {
        (Some(min), Some(max), Some(_)) => format!("{} to {}", ByteSize(min), ByteSize(max)),
        (Some(min), Some(max), None) => format!("{min} to {max}"),
        _ if !option.choices.is_empty() => option
            .choices
            .iter()
            .map(|choice| choice.value.as_str())
            .collect::<Vec<_>>()
            .join(" | "),
        _ if option.kind == "switch" => "on | off".to_owned(),
        _ if option.kind == "secret" => "@FILE".to_owned(),
        _ => option.example.clone().unwrap_or_default(),
    };
    let default = match (&option.unit, option.default.parse()) {
        (Some(_), Ok(bytes)) => ByteSize(bytes).to_string(),
        _ => option.default.clone(),
    };
    let default = if default.is_empty() { "none" } else { &default };
    let when = when(option.only_if_option.as_deref(), option.only_if_equals.as_deref());
    vec![
        format!("--set {:<14} {range}, default {default}{when}", option.id),
        format!("    {}", option.help),
    ]
}

fn requirement_text(need: &RequirementView) -> String {
    let on = if need.networks.is_empty() {
        "every network".to_owned()
    } else {
        need.networks.join(", ")
    };
    format!(
        "{on}{}: {} disk, {} memory; first sync {} (as of {})",
        when(need.when_option.as_deref(), need.when_equals.as_deref()),
        ByteSize(need.disk),
        ByteSize(need.ram),
        need.first_sync,
        need.as_of
    )
}

fn dependency_text(needed: &CatalogDependencyView) -> String {
    let level = match needed.level.as_str() {
        "started" => "runs",
        "synced" => "is at the tip",
        _ => "answers",
    };
    let clients = needed.clients.join(" or ");
    let purpose = needed.purpose.trim_end_matches('.');
    format!(
        "{}: {clients}; it {purpose}, and waits until that one {level}",
        needed.name
    )
}

fn image_text(image: &ImageView) -> String {
    let digest = image.digest.as_ref();
    let digest = digest.map_or_else(
        || " (resolved at the first install, and confirmed)".to_owned(),
        |digest| format!("@{digest}"),
    );
    format!(
        "{}{}: {}:{}{digest}",
        image.service,
        when(image.when_option.as_deref(), image.when_equals.as_deref()),
        image.repository,
        image.tag
    )
}

fn update_lines(entry: &CatalogEntryView) -> Vec<String> {
    let mut lines = vec![
        match entry.update_data.as_str() {
            "two-way" => "the version before can read the data after an update",
            "one-way" => "an update changes the data for good; there is no way back without a new sync",
            _ => "nobody knows whether the version before can read the data after an update",
        }
        .to_owned(),
    ];
    lines.extend(
        entry
            .expires
            .iter()
            .map(|last| format!("this release is good until {last}")),
    );
    lines.extend(
        entry
            .halts_at_height
            .map(|height| format!("this release stops by itself at height {height}")),
    );
    lines.extend(entry.release_notes.iter().map(|link| format!("release notes: {link}")));
    lines
}

/// `, with option=value`, where something holds only then.
fn when(option: Option<&str>, value: Option<&str>) -> String {
    match (option, value) {
        (Some(option), Some(value)) => format!(", with {option}={value}"),
        _ => String::new(),
    }
}

/// A small entry with `fields` instead of its own.
#[cfg(test)]
pub(super) fn sample_entry(fields: &serde_json::Value) -> CatalogEntryView {
    let mut entry = serde_json::json!({
        "id": "node-x", "name": "Node X", "chain": "x", "chain_name": "X", "summary": "A node.", "description": "",
        "homepage": "", "license": "MIT", "notes": [], "wallets": [], "origin": "built-in", "version": "1.2",
        "networks": [{ "id": "mainnet", "label": "Mainnet", "summary": "The real one.", "needs_peers": true }],
        "images": [], "options": [], "rules": [], "requirements": [], "stop_grace_s": 10, "dependencies": [],
        "update_data": "two-way", "probe": "json"
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        entry[name] = value.clone();
    }
    crate::command::sample::read(&entry)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{sample_entry, text};

    fn option(fields: &Value) -> Value {
        let mut option = json!({
            "id": "x", "label": "", "help": "Help.", "type": "text", "default": "", "choices": [], "networks": [],
            "advanced": false
        });
        for (name, value) in fields.as_object().into_iter().flatten() {
            option[name] = value.clone();
        }
        option
    }

    #[test]
    fn an_entry_shows_options_consequences_needs_services_and_updates() {
        let entry = sample_entry(&json!({
            "options": [
                option(&json!({ "id": "storage", "type": "choice", "default": "full", "choices": [
                    { "value": "full", "label": "", "help": "" }, { "value": "pruned", "label": "", "help": "" }
                ] })),
                option(&json!({ "id": "key", "type": "secret", "only_if_option": "storage", "only_if_equals": "full" })),
            ],
            "rules": [{
                "when_option": "storage", "when_equals": "pruned", "option": "index", "becomes": "off",
                "because": "An index needs every block."
            }],
            "requirements": [{
                "networks": ["mainnet"], "when_option": "storage", "when_equals": "pruned", "disk": 10_000_000_000_u64,
                "disk_per_month": 0, "ram": 1_000_000_000, "download": 0, "first_sync": "a day", "as_of": "2026-01-01",
                "source": ""
            }],
            "dependencies": [{
                "name": "bitcoin", "clients": ["bitcoin-core", "other"], "level": "synced", "purpose": "reads blocks from it",
                "networks": []
            }],
            "images": [
                { "service": "main", "repository": "host/x", "tag": "1.2", "digest": "sha256:aa" },
                { "service": "helper", "repository": "host/h", "tag": "3", "when_option": "storage", "when_equals": "full" }
            ],
            "update_data": "one-way", "expires": "2027-01-01", "halts_at_height": 5, "release_notes": "https://notes",
            "notes": ["Mind this."]
        }));
        let expected = "\
Node X 1.2  (X, MIT)
A node.

Networks
  mainnet    The real one.

Options
  --set storage        full | pruned, default full
      Help.
  --set key            @FILE, default none, with storage=full
      Help.

Consequences
  storage=pruned sets index=off: An index needs every block.

Needs
  mainnet, with storage=pruned: 10.0 GB disk, 1.0 GB memory; first sync a day (as of 2026-01-01)

Needs these nodes
  bitcoin: bitcoin-core or other; it reads blocks from it, and waits until that one is at the tip

Services
  main: host/x:1.2@sha256:aa
  helper, with storage=full: host/h:3 (resolved at the first install, and confirmed)

Updates
  an update changes the data for good; there is no way back without a new sync
  this release is good until 2027-01-01
  this release stops by itself at height 5
  release notes: https://notes

Note: Mind this.";
        assert_eq!(text(&entry, "2026-11-22"), expected);
    }

    #[test]
    fn what_cannot_be_installed_says_why_and_what_else() {
        let entry = sample_entry(&json!({
            "unavailable": "needs a bigger machine", "unavailable_why": "It needs 512 GB of memory.",
            "unavailable_instead": "Run a test validator.", "expires": "2026-01-01"
        }));
        let shown = text(&entry, "2026-11-22");
        let expected = "\
Node X 1.2  (X, MIT)
A node.
Freehold only lists it: needs a bigger machine.
It needs 512 GB of memory.
Instead: Run a test validator.
This release was good until 2026-01-01; it has expired.

";
        assert!(shown.starts_with(expected), "{shown}");
    }
}
