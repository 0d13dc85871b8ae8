//! Rows for environment variables: from the process that the host passed in, from the files that set them, from MESC.

use std::collections::BTreeMap;

use freehold_model::Protocol;

use super::address::Address;
use super::assignment::assignments;
use super::listed::{self, ListedFile};
use super::row::{AuditRow, Ground, Source, SourceKind, UserKind};
use super::variable::{Holds, Variable, variable_of};
use super::{Unread, mesc};
use crate::place::Places;
use crate::provider::providers;

/// A name from this length on that holds a digit is not shown.
const LONG_NAME: usize = 12;
/// Whether a host and port is a node of the user.
type Own<'a> = &'a dyn Fn(&str, u16) -> bool;

/// A variable as one place sets it. Not `Debug`: the value may be a key.
struct Setting {
    name: String,
    value: String,
    source: Source,
}

/// What was found.
pub(super) struct Environment {
    pub rows: Vec<AuditRow>,
    pub unread: Vec<Unread>,
}

/// Looks at every place that sets variables.
pub(super) fn environment(places: &Places, own: Own<'_>) -> Environment {
    let mut unread = Vec::new();
    let settings = settings(places, &mut unread);
    let mut rows = rows(&settings, own);
    note_differences(&mut rows);
    rows.extend(mesc_rows(places, &settings, own, &mut unread));
    unread.extend(folders(places, &settings));
    Environment { rows, unread }
}

fn settings(places: &Places, unread: &mut Vec<Unread>) -> Vec<Setting> {
    let process = Source {
        kind: SourceKind::Process,
        path: None,
        line: None,
    };
    let is_audited = |(name, _): &(&String, &String)| variable_of(name).is_some();
    let mut found: Vec<Setting> = places
        .env
        .iter()
        .filter(is_audited)
        .map(|(name, value)| Setting {
            name: name.clone(),
            value: value.clone(),
            source: process.clone(),
        })
        .collect();
    for (file, form) in listed::listed(places) {
        let Some(text) = read(&file, places, unread) else {
            continue;
        };
        found.extend(assignments(&text, form).into_iter().map(|set| Setting {
            name: set.name,
            value: set.value,
            source: Source {
                kind: file.kind,
                path: Some(file.path().to_owned()),
                line: Some(set.line),
            },
        }));
    }
    found.retain(|setting| !setting.value.trim().is_empty());
    found
}

fn read(file: &ListedFile, places: &Places, unread: &mut Vec<Unread>) -> Option<String> {
    match file.read(places) {
        Ok(text) => text,
        Err(refusal) => {
            unread.push(Unread {
                path: file.path().to_owned(),
                why: refusal.to_string(),
            });
            None
        }
    }
}

/// A row for each variable and value; the same value from several places is one row.
fn rows(settings: &[Setting], own: Own<'_>) -> Vec<AuditRow> {
    let mut rows: Vec<AuditRow> = Vec::new();
    let mut by_value: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for setting in settings {
        let Some(variable) = variable_of(&setting.name) else {
            continue;
        };
        let grounds = grounds(setting, &variable, settings, own);
        if grounds.is_empty() {
            continue;
        }
        if let Some(at) = by_value.get(&(setting.name.as_str(), setting.value.as_str())) {
            let count = grounds.len();
            for row in rows.iter_mut().skip(*at).take(count) {
                row.read_from.push(setting.source.clone());
            }
            continue;
        }
        by_value.insert((&setting.name, &setting.value), rows.len());
        for ground in grounds {
            let number = rows.iter().filter(|row| row.who == setting.name).count() + 1;
            rows.push(AuditRow {
                id: format!("environment:{}:{number}", setting.name),
                kind: UserKind::Environment,
                who: setting.name.clone(),
                wallet: None,
                node: None,
                network: None,
                notes: notes(setting, &variable, &ground),
                now: ground,
                before: None,
                read_from: vec![setting.source.clone()],
            });
        }
    }
    rows
}

fn grounds(setting: &Setting, variable: &Variable, all: &[Setting], own: Own<'_>) -> Vec<Ground> {
    let texts = || setting.value.split([',', ' ']).filter(|text| !text.is_empty());
    match variable.holds {
        Holds::Endpoint(protocol) => texts().map(|text| Ground::of_text(text, protocol, own)).collect(),
        Holds::Host(protocol, port) => {
            let port = all
                .iter()
                .find(|other| other.name == port && other.source.path == setting.source.path);
            let text = match port {
                Some(port) => format!("{}:{}", setting.value, port.value),
                None => setting.value.clone(),
            };
            vec![Ground::of_text(&text, Some(protocol), own)]
        }
        // A whole URL instead of a key says more.
        Holds::Key(_) if setting.value.contains("://") => texts()
            .map(|text| Ground::of_text(text, Some(Protocol::EvmHttp), own))
            .collect(),
        Holds::Key(provider) => vec![Ground::of_key(providers().iter().find(|known| known.id == provider))],
        Holds::Port | Holds::Mesc | Holds::Folder => Vec::new(),
    }
}

fn notes(setting: &Setting, variable: &Variable, ground: &Ground) -> Vec<String> {
    let mut notes = vec![format!("Read by {}.", variable.readers)];
    if let Holds::Key(_) = variable.holds
        && ground.endpoint.is_none()
        && let Some(provider) = ground.provider
    {
        notes.push(format!("A key at {}: whatever reads it asks there.", provider.name));
    }
    if ground.host.is_none() && ground.endpoint.as_deref() == Some(crate::mask::MASK) {
        let why = match Address::read(&setting.value) {
            Address::Variable => "Its host comes from another variable.",
            Address::Host(_) | Address::Socket | Address::Unreadable => {
                "Its value is no address that Freehold can read."
            }
        };
        notes.push(why.to_owned());
    }
    if setting.source.kind == SourceKind::Process {
        notes.push("Set where Freehold was started.".to_owned());
    }
    notes
}

/// Two places that set one variable differently: which one wins depends on how a program is started.
fn note_differences(rows: &mut [AuditRow]) {
    let names: Vec<String> = rows.iter().map(|row| row.who.clone()).collect();
    for row in rows.iter_mut() {
        if names.iter().filter(|name| **name == row.who).count() > 1 {
            row.notes.push(
                "Another place sets it to something else; which one holds depends on how a program is started."
                    .to_owned(),
            );
        }
    }
}

fn mesc_rows(places: &Places, settings: &[Setting], own: Own<'_>, unread: &mut Vec<Unread>) -> Vec<AuditRow> {
    let is_mesc = |setting: &&Setting| setting.name == "MESC_PATH";
    let mut named: Vec<Option<&str>> = settings
        .iter()
        .filter(is_mesc)
        .map(|setting| Some(setting.value.as_str()))
        .collect();
    named.sort_unstable();
    named.dedup();
    // Tools look there only if the variable says so; what stands there shows what was meant.
    let is_in_use = !named.is_empty();
    if !is_in_use {
        named.push(None);
    }
    let mut rows = Vec::new();
    for path in named {
        let file = match listed::mesc(places, path) {
            Ok(file) => file,
            Err(refusal) => {
                unread.push(Unread {
                    // The value itself is not repeated: nobody knows what it is.
                    path: "the file that MESC_PATH names".into(),
                    why: refusal.to_string(),
                });
                continue;
            }
        };
        let Some(text) = read(&file, places, unread) else {
            continue;
        };
        match mesc::endpoints(&text) {
            Ok(endpoints) => rows.extend(
                endpoints
                    .into_iter()
                    .map(|found| mesc_row(&file, found, is_in_use, own)),
            ),
            Err(why) => unread.push(Unread {
                path: file.path().to_owned(),
                why,
            }),
        }
    }
    for (number, row) in rows.iter_mut().enumerate() {
        row.id = format!("tool:mesc:{}", number + 1);
    }
    rows
}

fn mesc_row(file: &ListedFile, found: mesc::MescEndpoint, is_in_use: bool, own: Own<'_>) -> AuditRow {
    let mut now = Ground::of_text(&found.url, Some(Protocol::EvmHttp), own);
    let mut notes = Vec::new();
    if !is_in_use {
        notes.push("Not in use: `MESC_PATH` is not set.".to_owned());
    } else if !found.is_default {
        notes.push("Used only where a command names it.".to_owned());
    }
    now.counted = is_in_use && found.is_default;
    // A name is free text, and somebody may have put the key itself there.
    let is_plain = |name: &str| name.len() <= 32 && name.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c));
    let may_be_key = |name: &str| name.len() >= LONG_NAME && name.chars().any(|c| c.is_ascii_digit());
    let name = if is_plain(&found.name) && !may_be_key(&found.name) {
        found.name.as_str()
    } else {
        crate::mask::MASK
    };
    let is_id = |id: &String| id.len() <= 20 && id.chars().all(|c| c.is_ascii_digit());
    AuditRow {
        id: String::new(),
        kind: UserKind::Tool,
        who: format!("MESC endpoint {name}"),
        wallet: None,
        node: None,
        network: found.chain_id.filter(is_id).map(|id| format!("chain {id}")),
        now,
        before: None,
        read_from: vec![Source {
            kind: SourceKind::SettingsFile,
            path: Some(file.path().to_owned()),
            line: None,
        }],
        notes,
    }
}

/// Folders of wallets that a file names and that Freehold's own environment does not: nobody looked there.
fn folders(places: &Places, settings: &[Setting]) -> Vec<Unread> {
    let is_missed = |setting: &&Setting| {
        let is_folder = variable_of(&setting.name).is_some_and(|found| found.holds == Holds::Folder);
        is_folder && setting.source.kind != SourceKind::Process && places.env.get(&setting.name) != Some(&setting.value)
    };
    let missed = settings.iter().filter(is_missed);
    missed
        .map(|setting| {
            let file = setting.source.path.clone().unwrap_or_default();
            let line = setting.source.line.unwrap_or_default();
            Unread {
                why: format!(
                    "line {line} sets `{}`, and Freehold was started without it: the folder that it names was not looked at",
                    setting.name
                ),
                path: file,
            }
        })
        .collect()
}
