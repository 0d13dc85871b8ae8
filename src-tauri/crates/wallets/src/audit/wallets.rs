//! Rows for wallets and tools: from what was found, and from the journal what they used before Freehold.

use std::collections::BTreeSet;
use std::path::PathBuf;

use freehold_model::{Network, Protocol, WalletId};

use super::row::{AuditRow, Ground, Source, SourceKind, UserKind, Verdict};
use super::{Leftover, Unread};
use crate::adapter::{Adapter, CurrentEndpoint, NewFile, Switchable, adapter};
use crate::files::Files;
use crate::find::WalletRow;
use crate::guide::{Guide, RunsOn};
use crate::journal::Journal;
use crate::place::Places;
use crate::provider::provider_of;

/// Whether a host and port is a node of the user.
type Own<'a> = &'a dyn Fn(&str, u16) -> bool;

/// Wallet ids that are tools or libraries rather than wallets.
const TOOLS: [&str; 13] = [
    "bitcoin-cli",
    "litecoin-cli",
    "dogecoin-cli",
    "lnd",
    "core-lightning",
    "foundry",
    "ape",
    "brownie",
    "hardhat",
    "web3-env",
    "solana-cli",
    "ipfs-cli",
    "ipfs-desktop",
];

/// What was found about wallets.
#[derive(Default)]
pub(super) struct Wallets {
    pub rows: Vec<AuditRow>,
    pub leftovers: Vec<Leftover>,
    pub unread: Vec<Unread>,
}

/// The rows of the wallets that are on this machine.
pub(super) fn wallets(found: &[WalletRow], places: &Places, journal: Option<&Journal>, own: Own<'_>) -> Wallets {
    let mut all = Wallets::default();
    for wallet in found.iter().filter(|wallet| wallet.found || wallet.switched_by_us) {
        // A file that cannot be read is no endpoint: it is named with its reason.
        if wallet.endpoint.is_none() && wallet.switchable == Switchable::No && wallet.hosted.is_none() {
            all.unread.extend(wallet.files.iter().take(1).map(|path| Unread {
                path: path.clone(),
                why: wallet.why.clone(),
            }));
            continue;
        }
        let before = wallet.switched_by_us.then(|| before(wallet, places, journal));
        all.rows.push(AuditRow {
            id: format!("wallet:{}:{}", wallet.id, wallet.network),
            kind: kind(&wallet.id),
            who: wallet.name.clone(),
            wallet: Some(wallet.id.clone()),
            node: None,
            network: Some(wallet.network.to_string()),
            now: now(wallet, own),
            before: before.flatten().map(|before| ground_of(before, own)),
            read_from: sources(&wallet.files),
            notes: wallet.notes.clone(),
        });
        for (number, other) in wallet.others.iter().enumerate() {
            all.rows.push(AuditRow {
                id: format!("wallet:{}:{}:{}", wallet.id, wallet.network, number + 2),
                kind: kind(&wallet.id),
                who: wallet.name.clone(),
                wallet: Some(wallet.id.clone()),
                node: None,
                network: Some(wallet.network.to_string()),
                now: Ground::of_text(other, protocol_of(other), own),
                before: None,
                read_from: sources(&wallet.files),
                notes: vec!["Used beside the first endpoint.".to_owned()],
            });
        }
        all.leftovers.extend(wallet.leftovers.iter().map(|left| Leftover {
            wallet: wallet.id.clone(),
            name: wallet.name.clone(),
            what: left.what.clone(),
            host: left.host.clone(),
            provider: left.host.as_deref().and_then(provider_of),
            how_off: left.off.clone(),
        }));
    }
    one_leftover_each(&mut all.leftovers);
    all
}

/// A wallet that has several networks is asked about each, and says the same each time.
fn one_leftover_each(leftovers: &mut Vec<Leftover>) {
    let mut seen = BTreeSet::new();
    leftovers.retain(|left| seen.insert((left.wallet.clone(), left.what.clone(), left.host.clone())));
}

/// The rows of wallets whose settings no file tells: in browsers and behind their own windows.
pub(super) fn guided(found: &[(&Guide, Option<PathBuf>)], own: Own<'_>) -> Wallets {
    let mut all = Wallets::default();
    for (guide, _) in found
        .iter()
        .filter(|(guide, path)| path.is_some() && guide.runs_on != RunsOn::Phone)
    {
        let hosts: Vec<&str> = guide.hosted.iter().map(|host| host.trim_start_matches("*.")).collect();
        let Some(first) = hosts.first() else { continue };
        let mut now = Ground::of_text(first, None, own);
        now.endpoint = None;
        now.port = None;
        now.leans_on = Some(format!("as it comes: {}", guide.hosted.join(", ")));
        let is_fixed = guide.how == Switchable::No;
        if !is_fixed {
            now.verdict = Verdict::Unknown;
        }
        let note = if is_fixed {
            "It cannot be pointed at another server."
        } else {
            "Its settings are inside the program, where Freehold does not look; this is what it asks as it comes."
        };
        all.rows.push(AuditRow {
            id: format!("wallet:{}", guide.id),
            kind: if guide.runs_on == RunsOn::Terminal {
                UserKind::Tool
            } else {
                UserKind::Wallet
            },
            who: guide.name.clone(),
            wallet: Some(guide.id.clone()),
            node: None,
            network: None,
            now,
            before: None,
            read_from: Vec::new(),
            notes: vec![note.to_owned()],
        });
        all.leftovers.extend(guide.leftovers.iter().map(|what| Leftover {
            wallet: guide.id.clone(),
            name: guide.name.clone(),
            what: what.clone(),
            host: None,
            provider: None,
            how_off: None,
        }));
    }
    all
}

fn kind(id: &str) -> UserKind {
    if TOOLS.contains(&id) {
        UserKind::Tool
    } else {
        UserKind::Wallet
    }
}

fn sources(files: &[PathBuf]) -> Vec<Source> {
    let source = |path: &PathBuf| Source {
        kind: SourceKind::SettingsFile,
        path: Some(path.clone()),
        line: None,
    };
    files.iter().map(source).collect()
}

fn now(wallet: &WalletRow, own: Own<'_>) -> Ground {
    match (&wallet.endpoint, wallet.hosted, &wallet.provider) {
        (Some(text), ..) => Ground::of_text(text, protocol_of(text), own),
        (None, Some(true), Some(words)) => Ground::of_words(words.clone()),
        (None, ..) => Ground::none(),
    }
}

fn ground_of(current: CurrentEndpoint, own: Own<'_>) -> Ground {
    match (current.endpoint, current.leans_on) {
        (Some(seen), _) => Ground::of_text(&seen.text, Some(seen.protocol), own),
        (None, Some(words)) => Ground::of_words(words),
        (None, None) => Ground::none(),
    }
}

fn protocol_of(text: &str) -> Option<Protocol> {
    let (scheme, _) = text.split_once("://")?;
    Protocol::ALL.into_iter().find(|protocol| protocol.scheme() == scheme)
}

/// What the wallet used before the oldest switch that was not taken back. `None` where the journal does not tell.
fn before(wallet: &WalletRow, places: &Places, journal: Option<&Journal>) -> Option<CurrentEndpoint> {
    let adapter = adapter(&wallet.id)?;
    let files = files_before(adapter, &wallet.network, places, journal?)?;
    // Where the settings file did not exist, nobody was asked by it.
    if files.settings().is_none() && files.all().iter().all(|held| held.bytes.is_none()) {
        return Some(CurrentEndpoint::default());
    }
    adapter.inspect(&files, &wallet.network).ok()
}

fn files_before(adapter: &dyn Adapter, network: &Network, places: &Places, journal: &Journal) -> Option<Files> {
    let wallet = WalletId::try_new(adapter.id()).ok()?;
    let open = journal.open_switches(&wallet, network).ok()?;
    let slots = adapter.slots(places, network);
    let mut new: Vec<NewFile> = Vec::new();
    // The oldest switch of each file comes first and counts.
    for entry in &open {
        for file in &entry.files {
            let slot = slots.iter().find(|slot| slot.name == file.slot)?;
            if new.iter().all(|one| one.path != file.path) {
                new.push(NewFile {
                    slot: slot.name,
                    path: file.path.clone(),
                    bytes: journal.before(entry, &file.path).ok()?,
                    keys: Vec::new(),
                });
            }
        }
    }
    let current = Files::read(adapter, places, network).ok()?;
    (!new.is_empty()).then(|| current.with(&new))
}
