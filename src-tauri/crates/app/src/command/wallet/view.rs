//! Wallets on the wire.

use freehold_contract::{DiffKind as WireDiffKind, DiffLineView, FaultView, WalletDiff, WalletView};
use freehold_model::{Fault, Network};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Adapter, DiffKind, FileChange, Switchable, WalletRow};

/// The node that answers at a host and port of this machine.
pub(super) fn own_node<'a>(nodes: &'a [NodeSnapshot], host: &str, port: u16) -> Option<&'a NodeSnapshot> {
    let is_here = matches!(host, "127.0.0.1" | "localhost" | "::1");
    nodes
        .iter()
        .find(|node| is_here && node.record.ports.values().any(|own| *own == port))
}

/// Whether a node has a credential for this wallet on this network.
pub(super) fn offers(node: &NodeSnapshot, wallet: &str, network: &Network) -> bool {
    let mut credentials = node.spec.iter().flat_map(|spec| &spec.credentials);
    node.record.network == *network && credentials.any(|wanted| wanted.consumer == wallet)
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
        id: row.id,
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
        why: row.why,
        can_revert: row.switched_by_us,
        protocols: protocols.iter().map(|protocol| protocol.scheme().to_owned()).collect(),
        leftovers: row.notes,
    }
}

pub(super) fn diff_view(
    adapter: &dyn Adapter,
    network: &Network,
    change: &FileChange,
    blocked: Option<Fault>,
    endpoint: Option<String>,
) -> WalletDiff {
    WalletDiff {
        wallet: adapter.id().to_owned(),
        network: network.to_string(),
        file: change.file.path().display().to_string(),
        lines: change
            .diff
            .iter()
            .map(|line| DiffLineView {
                kind: match line.kind {
                    DiffKind::Context => WireDiffKind::Context,
                    DiffKind::Removed => WireDiffKind::Removed,
                    DiffKind::Added => WireDiffKind::Added,
                },
                text: line.text.clone(),
            })
            .collect(),
        unchanged: change.changes_nothing(),
        creates_or_removes_file: change.before.is_none() != change.after.is_none(),
        notes: change.notes.clone(),
        blocked: blocked.as_ref().map(FaultView::from),
        endpoint,
    }
}
