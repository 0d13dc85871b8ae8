//! The rows of guided wallets in the list of every wallet.

use freehold_contract::{LeftoverView, WalletView};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Guide, Places, RunsOn, Switchable, find_guided};

use super::{fits, how};

/// One row for each guided wallet. What it asks now cannot be read from outside, so no row says where it points.
pub(in crate::command) fn guided_rows(places: &Places, nodes: &[NodeSnapshot]) -> Vec<WalletView> {
    let rows = find_guided(places).into_iter();
    rows.map(|(guide, evidence)| {
        let network = nodes.iter().find(|node| fits(guide, node));
        let shown = evidence.as_ref().map(|path| places.shown(path));
        WalletView {
            id: guide.id.clone(),
            name: guide.name.clone(),
            network: network.map_or_else(|| "mainnet".to_owned(), |node| node.record.network.to_string()),
            found: evidence.is_some(),
            files: Vec::new(),
            endpoint: None,
            provider: None,
            hosted: None,
            node: None,
            running: false,
            switchable: how(guide).to_owned(),
            why: why(guide, evidence.is_some()),
            can_revert: false,
            protocols: guide
                .protocols
                .iter()
                .map(|protocol| protocol.scheme().to_owned())
                .collect(),
            leftovers: guide.leftovers.iter().map(|what| leftover(what)).collect(),
            others: Vec::new(),
            notes: notes(guide, shown),
            waiting: None,
            nodes: nodes
                .iter()
                .filter(|node| fits(guide, node))
                .map(|node| node.record.id.to_string())
                .collect(),
            takes_file: false,
            last_used_at: None,
            use_note: None,
            attention: None,
        }
    })
    .collect()
}

fn why(guide: &Guide, is_found: bool) -> String {
    let place = match guide.runs_on {
        RunsOn::Phone => "On a telephone. ",
        _ if is_found => "",
        RunsOn::Terminal => "At the command line. ",
        RunsOn::Browser | RunsOn::Desktop => "Not found on this machine. ",
    };
    format!("{place}{}", guide.summary)
}

fn notes(guide: &Guide, shown: Option<String>) -> Vec<String> {
    let found = shown.map(|path| format!("Known by {path}, which was not opened."));
    let unread = (guide.how != Switchable::No)
        .then(|| "Which server it uses now cannot be read from outside; look at its own settings.".to_owned());
    let hosted = (!guide.hosted.is_empty()).then(|| format!("As it comes it uses {}.", guide.hosted.join(", ")));
    found.into_iter().chain(unread).chain(hosted).collect()
}

fn leftover(what: &str) -> LeftoverView {
    LeftoverView {
        what: what.to_owned(),
        host: None,
        off: None,
    }
}
