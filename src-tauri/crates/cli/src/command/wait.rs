//! Waits for nodes, and shows meanwhile what happens to them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use freehold_app::EventStream;
use freehold_app::host::Client;
use freehold_contract::{Change, Empty, FaultView, NodeRequest, NodeView};
use freehold_model::FaultCode;

use super::format::progress_line;
use super::verdict::{Verdict, reaches, runs};
use crate::output::{Output, Pace};
use crate::session::Session;

/// A node that another process owns is looked at this often; a look costs that process some milliseconds.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Where events come, a look without any is due after this long: nothing rests on an event alone.
const WITHOUT_NEWS: Duration = Duration::from_secs(5);

/// A node that is back from an order that failed is waited for this long: a few starts with their pauses.
const BACK_WITHIN: Duration = Duration::from_mins(1);

/// Waits until `judge` says of every node that it is there, showing what happens. The first that fails ends the wait.
///
/// There is no limit in time, since a sync takes days: the user ends it.
pub(crate) async fn wait_for(
    session: &mut Session,
    nodes: &[String],
    output: Output,
    mut judge: impl FnMut(&NodeView) -> Verdict,
) -> Result<Vec<NodeView>, FaultView> {
    let mut lookout = Lookout::new(nodes);
    let mut pace = Pace::default();
    loop {
        lookout.news(session).await?;
        let mut all_there = true;
        for (id, seen) in &lookout.nodes {
            let Some(node) = seen else {
                // Somebody removed it: the answer to that says which nodes there are.
                return show(session, std::slice::from_ref(id)).await;
            };
            output.pace(&mut pace, id, &node.status.state, &progress_line(node));
            match judge(node) {
                Verdict::There => {}
                Verdict::Going => all_there = false,
                Verdict::Failed(fault) => return Err(fault),
            }
        }
        if all_there {
            return show(session, nodes).await;
        }
    }
}

/// [`wait_for`] one node.
pub(crate) async fn wait_for_one(
    session: &mut Session,
    node: &str,
    output: Output,
    judge: impl FnMut(&NodeView) -> Verdict,
) -> Result<NodeView, FaultView> {
    let mut nodes = wait_for(session, &[node.to_owned()], output, judge).await?;
    match nodes.pop() {
        Some(node) => Ok(node),
        None => show_one(session, node).await,
    }
}

/// After an order was taken back, waits until the node runs as before: where this process is the one that supervises it,
/// ending now would leave it down. It may be down for another reason; then this ends as well, in time.
pub(crate) async fn wait_until_back(session: &mut Session, node: &str, output: Output) {
    let judge = |node: &NodeView| {
        if node.desired == "running" {
            reaches(node, runs)
        } else {
            Verdict::There
        }
    };
    let back = wait_for_one(session, node, output, judge);
    if !matches!(tokio::time::timeout(BACK_WITHIN, back).await, Ok(Ok(_))) {
        output.progress(format_args!(
            "{node} does not run again yet; see `freehold status {node}`."
        ));
    }
}

/// Waits until the node is gone.
pub(crate) async fn wait_until_gone(session: &mut Session, node: &str, output: Output) -> Result<(), FaultView> {
    let mut lookout = Lookout::new(&[node.to_owned()]);
    let mut pace = Pace::default();
    loop {
        lookout.news(session).await?;
        let Some(seen) = lookout.nodes.values().flatten().next() else {
            return Ok(());
        };
        output.pace(&mut pace, node, &seen.status.state, &progress_line(seen));
    }
}

/// One node, measured now.
pub(crate) async fn show_one(session: &mut Session, node: &str) -> Result<NodeView, FaultView> {
    session
        .ask(async |client| client.node_show(NodeRequest { node: node.to_owned() }).await)
        .await
}

async fn show(session: &mut Session, nodes: &[String]) -> Result<Vec<NodeView>, FaultView> {
    let mut views = Vec::new();
    for node in nodes {
        views.push(show_one(session, node).await?);
    }
    Ok(views)
}

/// What is known of some nodes, kept up to date.
struct Lookout {
    /// By id; absent once gone.
    nodes: BTreeMap<String, Option<NodeView>>,
    /// Changes, where the application runs in this process.
    events: Option<EventStream>,
    has_looked: bool,
}

impl Lookout {
    fn new(nodes: &[String]) -> Self {
        Self {
            nodes: nodes.iter().map(|id| (id.clone(), None)).collect(),
            events: None,
            has_looked: false,
        }
    }

    /// Returns at once the first time, later once there may be news.
    async fn news(&mut self, session: &mut Session) -> Result<(), FaultView> {
        if !session.is_owner() && self.has_looked {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        loop {
            let Client::Local(app) = session.client() else {
                return self.look(session).await;
            };
            let Some(events) = &mut self.events else {
                // First listen, then look: what happens between the two comes twice, never not at all.
                self.events = Some(app.subscribe());
                return self.look(session).await;
            };
            match tokio::time::timeout(WITHOUT_NEWS, events.next()).await {
                Ok(Some(event)) => {
                    if self.apply(Arc::unwrap_or_clone(event).change) {
                        return Ok(());
                    }
                }
                // Fell behind: listen anew.
                Ok(None) => self.events = None,
                Err(_) => return self.look(session).await,
            }
        }
    }

    /// Takes a change in; false where it is about something else.
    fn apply(&mut self, change: Change) -> bool {
        let (id, view) = match change {
            Change::Node { node } => (node.id.clone(), Some(*node)),
            Change::NodeGone { id } => (id, None),
            _ => return false,
        };
        match self.nodes.get_mut(&id) {
            Some(known) => {
                *known = view;
                true
            }
            None => false,
        }
    }

    async fn look(&mut self, session: &mut Session) -> Result<(), FaultView> {
        self.has_looked = true;
        if session.is_owner() {
            // In this process the snapshot costs nothing; asking for one node would measure it first.
            let snapshot = session.client().app_snapshot(Empty {}).await?;
            for (id, known) in &mut self.nodes {
                *known = snapshot.nodes.iter().find(|node| node.id == *id).cloned();
            }
            return Ok(());
        }
        for (id, known) in &mut self.nodes {
            *known = match show_one(session, id).await {
                Ok(node) => Some(node),
                Err(fault) if fault.code == FaultCode::NodeUnknown => None,
                Err(fault) => return Err(fault),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use freehold_contract::Change;

    use super::Lookout;
    use crate::command::sample;

    #[test]
    fn changes_of_watched_nodes_are_news_and_those_of_others_are_not() {
        let mut lookout = Lookout::new(&["mine".to_owned()]);
        let change = |id: &str| Change::Node {
            node: Box::new(sample::node(&serde_json::json!({ "id": id }))),
        };
        assert!(!lookout.apply(change("other")));
        assert!(lookout.apply(change("mine")));
        assert_eq!(
            lookout.nodes["mine"].as_ref().map(|node| node.id.as_str()),
            Some("mine")
        );
        assert!(!lookout.apply(Change::Wallets {}));
        assert!(lookout.apply(Change::NodeGone { id: "mine".to_owned() }));
        assert!(lookout.nodes["mine"].is_none());
    }
}
