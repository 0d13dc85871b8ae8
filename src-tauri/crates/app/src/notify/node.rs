//! News about one node: synced, stalled, crashed, given up, ended.

use std::time::Duration;

use freehold_model::{NodeId, NodeStatus, Timestamp};
use freehold_store::ActivityKind;
use freehold_supervisor::NodeSnapshot;

use super::{News, Topic};

/// A sync that took less, and
const LONG_SYNC: Duration = Duration::from_mins(10);
/// fetched no more blocks than this, is the everyday catching up after a start.
const MANY_BLOCKS: u64 = 100;
/// A node that stalls again and again is told about once in this time.
const STALLED_NOT_AGAIN: Duration = Duration::from_hours(6);
/// A node that has run this long since its last crash is well again: the next crash is another one.
const WELL_AFTER: Duration = Duration::from_mins(10);

/// What is known about a node.
#[derive(Debug, Default)]
pub(super) struct NodeMemory {
    /// It has been looked at before; the first look is no news.
    is_known: bool,
    /// When and at which height the sync under way was first seen.
    sync_from: Option<(Timestamp, u64)>,
    is_stalled: bool,
    stalled_told: Option<Timestamp>,
    /// The last crash since it was well; the first of them was told.
    crashed_at: Option<Timestamp>,
    is_given_up: bool,
    is_ended: bool,
}

impl NodeMemory {
    pub(super) fn see(&mut self, node: &NodeSnapshot, now: Timestamp) -> Vec<News> {
        // Before the first look nothing is known that could be news.
        if node.checked_at.is_none() || matches!(node.status, NodeStatus::Unknown { .. }) {
            return Vec::new();
        }
        let is_first = !std::mem::replace(&mut self.is_known, true);
        let mut news: Vec<News> = [
            self.synced(node, now),
            self.stalled(node, now),
            self.given_up(node),
            self.ended(node),
        ]
        .into_iter()
        .flatten()
        .collect();
        let runs_well = matches!(node.status, NodeStatus::Ready | NodeStatus::Syncing { .. });
        if runs_well && self.crashed_at.is_some_and(|at| now.since(at) >= WELL_AFTER) {
            self.crashed_at = None;
        }
        if is_first {
            news.clear();
        }
        news
    }

    pub(super) fn crashed(&mut self, node: &NodeId, name: &str, why: &str, now: Timestamp) -> Option<News> {
        let is_another = self.crashed_at.replace(now).is_none();
        is_another.then(|| News {
            topic: Topic::Crashed,
            node: Some(node.clone()),
            title: format!("{name} has crashed"),
            body: format!("{name}: {why}"),
            // The failure itself leaves an entry.
            entry: None,
        })
    }

    fn synced(&mut self, node: &NodeSnapshot, now: Timestamp) -> Option<News> {
        let height = node.probe.report.as_ref().map_or(0, |report| report.height);
        match node.status {
            NodeStatus::Syncing { .. } => {
                self.sync_from.get_or_insert((now, height));
                None
            }
            NodeStatus::Ready => {
                let (since, from) = self.sync_from.take()?;
                let is_worth = now.since(since) > LONG_SYNC || height.saturating_sub(from) > MANY_BLOCKS;
                let name = &node.record.name;
                let at = if height > 0 {
                    format!(" at block {height}")
                } else {
                    String::new()
                };
                is_worth.then(|| News {
                    topic: Topic::Synced,
                    node: Some(node.record.id.clone()),
                    title: format!("{name} is synced"),
                    body: format!("{name} has reached the tip{at}."),
                    entry: Some(ActivityKind::Notice),
                })
            }
            _ => None,
        }
    }

    fn stalled(&mut self, node: &NodeSnapshot, now: Timestamp) -> Option<News> {
        let was = std::mem::replace(&mut self.is_stalled, node.probe.stalled);
        let is_told = self.stalled_told.is_some_and(|at| now.since(at) < STALLED_NOT_AGAIN);
        if was || !node.probe.stalled || is_told {
            return None;
        }
        self.stalled_told = Some(now);
        let name = &node.record.name;
        Some(News {
            topic: Topic::Stalled,
            node: Some(node.record.id.clone()),
            title: format!("{name} does not get on"),
            body: match &node.status {
                NodeStatus::Degraded { why } => format!("{name}: {why}."),
                _ => format!("{name} has peers, but nothing has moved for long."),
            },
            entry: Some(ActivityKind::Notice),
        })
    }

    fn given_up(&mut self, node: &NodeSnapshot) -> Option<News> {
        let NodeStatus::Failed { fault } = &node.status else {
            self.is_given_up = false;
            return None;
        };
        let was = std::mem::replace(&mut self.is_given_up, true);
        let name = &node.record.name;
        (!was).then(|| News {
            topic: Topic::Crashed,
            node: Some(node.record.id.clone()),
            title: format!("{name} does not run"),
            body: format!("{name} is not tried again: {}", fault.message()),
            // Each failure has left its entry.
            entry: None,
        })
    }

    fn ended(&mut self, node: &NodeSnapshot) -> Option<News> {
        let NodeStatus::Expired { why } = &node.status else {
            self.is_ended = false;
            return None;
        };
        let was = std::mem::replace(&mut self.is_ended, true);
        let name = &node.record.name;
        (!was).then(|| News {
            topic: Topic::Expiring,
            node: Some(node.record.id.clone()),
            title: format!("The release of {name} has ended"),
            body: format!("{name}: {why}."),
            entry: Some(ActivityKind::Notice),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use freehold_model::{Fault, FaultCode, NodeStatus, Timestamp};

    use super::NodeMemory;
    use crate::notify::{News, Topic};
    use crate::test_node::{node, ready, syncing};

    const START: Timestamp = Timestamp(1_000_000_000);

    fn topics(news: &[News]) -> Vec<Topic> {
        news.iter().map(|news| news.topic).collect()
    }

    #[test]
    fn a_long_sync_is_told_once_and_catching_up_is_not() {
        let minutes = |minutes| START.plus(Duration::from_mins(minutes));
        let mut memory = NodeMemory::default();
        assert!(memory.see(&syncing("a", 1000), START).is_empty());
        assert!(memory.see(&syncing("a", 1050), minutes(5)).is_empty());
        let news = memory.see(&ready("a", 1090), minutes(11));
        assert_eq!(topics(&news), [Topic::Synced]);
        assert_eq!(news.first().unwrap().body, "a has reached the tip at block 1090.");
        assert!(memory.see(&ready("a", 1091), minutes(12)).is_empty());
        assert!(memory.see(&syncing("a", 1091), minutes(13)).is_empty());
        assert!(
            memory.see(&ready("a", 1191), minutes(14)).is_empty(),
            "a hundred blocks in a minute"
        );
        assert!(memory.see(&syncing("a", 1191), minutes(15)).is_empty());
        assert_eq!(
            topics(&memory.see(&ready("a", 1292), minutes(16))),
            [Topic::Synced],
            "many blocks"
        );
    }

    #[test]
    fn what_was_so_at_the_start_is_no_news() {
        let failed = NodeStatus::Failed {
            fault: Fault::new(FaultCode::NodeCrashed),
        };
        let ended = NodeStatus::Expired {
            why: "it is old".to_owned(),
        };
        for status in [failed, ended] {
            let mut memory = NodeMemory::default();
            let unknown = node("a", NodeStatus::Unknown { why: String::new() });
            assert!(memory.see(&unknown, START).is_empty());
            assert!(memory.see(&node("a", status.clone()), START).is_empty(), "{status:?}");
            assert!(memory.see(&node("a", status.clone()), START).is_empty(), "{status:?}");
            assert!(memory.see(&node("a", NodeStatus::Stopped), START).is_empty());
            assert_eq!(
                memory.see(&node("a", status.clone()), START).len(),
                1,
                "{status:?} came later"
            );
            assert!(memory.see(&node("a", status), START).is_empty(), "once");
        }
        let mut stalled = ready("a", 5);
        stalled.probe.stalled = true;
        let mut memory = NodeMemory::default();
        assert!(memory.see(&stalled, START).is_empty());
    }

    #[test]
    fn a_stall_is_told_once_in_a_while() {
        let mut memory = NodeMemory::default();
        let mut see = |is_stalled, after| {
            let mut node = syncing("a", 5);
            node.probe.stalled = is_stalled;
            topics(&memory.see(&node, START.plus(Duration::from_hours(after))))
        };
        assert!(see(false, 0).is_empty());
        assert_eq!(see(true, 1), [Topic::Stalled]);
        assert!(see(true, 9).is_empty(), "it is still the same stall");
        assert!(see(false, 9).is_empty());
        assert_eq!(see(true, 10), [Topic::Stalled]);
        assert!(see(false, 11).is_empty());
        assert!(see(true, 12).is_empty(), "too soon");
    }

    #[test]
    fn crashes_in_a_row_are_one() {
        let minutes = |minutes| START.plus(Duration::from_mins(minutes));
        let id = node("a", NodeStatus::Ready).record.id;
        let mut memory = NodeMemory::default();
        memory.see(&ready("a", 5), START);
        let crash = |memory: &mut NodeMemory, at| memory.crashed(&id, "A", "it ran out of memory", at);
        let first = crash(&mut memory, minutes(1)).unwrap();
        assert_eq!(
            (first.topic, first.body.as_str()),
            (Topic::Crashed, "A: it ran out of memory")
        );
        assert_eq!(first.entry, None, "the failure has its own entry");
        memory.see(&ready("a", 5), minutes(3));
        assert_eq!(crash(&mut memory, minutes(4)), None, "it was not well in between");
        memory.see(&ready("a", 5), minutes(13));
        assert_eq!(crash(&mut memory, minutes(13)), None);
        memory.see(&ready("a", 5), minutes(24));
        assert!(crash(&mut memory, minutes(25)).is_some(), "it ran well since");
    }
}
