//! Wallets on the wire.

use freehold_contract::{DiffKind as WireDiffKind, DiffLineView, LeftoverView, WalletDiff, WalletFileDiff, WalletView};
use freehold_model::Network;
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Adapter, DiffKind, Entry, FileChange, Switchable, WalletRow};

/// The node that answers at a host and port of this machine.
pub(super) fn own_node<'a>(nodes: &'a [NodeSnapshot], host: &str, port: u16) -> Option<&'a NodeSnapshot> {
    let is_here = matches!(host, "127.0.0.1" | "localhost" | "::1");
    nodes
        .iter()
        .find(|node| is_here && node.record.ports.values().any(|own| *own == port))
}

/// Whether this wallet can be pointed at a node on this network: its entry names the wallet, and offers a protocol that
/// the wallet speaks.
pub(super) fn offers(node: &NodeSnapshot, wallet: &str, network: &Network) -> bool {
    let Some(spec) = node.spec.as_deref().filter(|_| node.record.network == *network) else {
        return false;
    };
    let spoken = freehold_wallets::adapter(wallet)
        .map(Adapter::protocols)
        .unwrap_or_default();
    let speaks = || spec.endpoints.iter().any(|offer| spoken.contains(&offer.protocol));
    spec.wallets.iter().any(|known| known == wallet) && speaks()
}

pub(super) fn wallet_view(row: WalletRow, nodes: &[NodeSnapshot]) -> WalletView {
    let port = row
        .endpoint
        .as_deref()
        .and_then(|text| text.rsplit_once(':')?.1.parse().ok());
    let node = port
        .filter(|_| row.own)
        .and_then(|port| own_node(nodes, "127.0.0.1", port));
    let protocols = freehold_wallets::adapter(&row.id)
        .map(Adapter::protocols)
        .unwrap_or_default();
    WalletView {
        id: row.id.clone(),
        name: row.name,
        network: row.network.to_string(),
        found: row.found,
        files: row.files.iter().map(|file| file.display().to_string()).collect(),
        endpoint: row.endpoint,
        provider: node.map(|node| node.record.name.clone()).or(row.provider),
        hosted: row.hosted,
        node: node.map(|node| node.record.id.to_string()),
        running: row.running,
        switchable: match row.switchable {
            Switchable::File => "file",
            Switchable::Prompt => "prompt",
            Switchable::Guide => "guide",
            Switchable::No => "no",
        }
        .to_owned(),
        why: node
            .filter(|node| row.switched_by_us && node.record.is_revoked(&row.id))
            .map_or(row.why, |node| {
                let name = &node.record.name;
                format!("{name} no longer lets it in: put it back, or give it a new password there.")
            }),
        can_revert: row.switched_by_us,
        protocols: protocols.iter().map(|protocol| protocol.scheme().to_owned()).collect(),
        leftovers: row
            .leftovers
            .into_iter()
            .map(|leftover| LeftoverView {
                what: leftover.what,
                host: leftover.host,
                off: leftover.off,
            })
            .collect(),
        others: row.others,
        notes: row.notes,
        waiting: None,
        nodes: nodes
            .iter()
            .filter(|node| offers(node, &row.id, &row.network))
            .map(|node| node.record.id.to_string())
            .collect(),
        takes_file: freehold_wallets::adapter(&row.id).is_some_and(Adapter::takes_file),
        last_used_at: None,
        use_note: None,
        attention: None,
    }
}

/// What would change in the files of a wallet.
pub(super) fn diff_view<'a>(
    adapter: &dyn Adapter,
    network: &Network,
    changes: impl Iterator<Item = &'a FileChange>,
    notes: &[String],
) -> WalletDiff {
    let files: Vec<WalletFileDiff> = changes.map(file_diff).collect();
    WalletDiff {
        wallet: adapter.id().to_owned(),
        network: network.to_string(),
        unchanged: files.iter().all(|file| file.unchanged),
        exact: false,
        files,
        notes: notes.to_vec(),
        blocked: None,
        endpoint: None,
        lacks: Vec::new(),
    }
}

fn file_diff(change: &FileChange) -> WalletFileDiff {
    let lines = change.diff.iter().map(|line| DiffLineView {
        kind: match line.kind {
            DiffKind::Context => WireDiffKind::Context,
            DiffKind::Removed => WireDiffKind::Removed,
            DiffKind::Added => WireDiffKind::Added,
        },
        text: line.text.clone(),
    });
    WalletFileDiff {
        file: change.file.path().display().to_string(),
        lines: lines.collect(),
        unchanged: change.changes_nothing(),
        is_made: change.before.is_none() && change.after.is_some(),
        goes: change.before.is_some() && change.after.is_none(),
    }
}

/// The files of an entry of the journal; those of `changes` where nothing was written.
pub(super) fn file_names<'a>(entry: Option<&Entry>, mut changes: impl Iterator<Item = &'a FileChange>) -> Vec<String> {
    if let Some(entry) = entry {
        return entry.files.iter().map(|file| file.path.display().to_string()).collect();
    }
    let first = changes.next();
    first
        .map(|change| change.file.path().display().to_string())
        .into_iter()
        .collect()
}
