//! Numbered change events.

use std::sync::{Mutex, PoisonError};

use freehold_contract::{AppEvent, Change};
use tokio::sync::broadcast;

/// Events kept for a slow listener; one that falls behind further is cut off and asks for the snapshot again.
const BUFFER: usize = 2048;

/// Numbers changes and hands them to every listener.
#[derive(Debug)]
pub(crate) struct Hub {
    revision: Mutex<u64>,
    sender: broadcast::Sender<AppEvent>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let (sender, _) = broadcast::channel(BUFFER);
        Self {
            revision: Mutex::new(0),
            sender,
        }
    }

    /// Sends a change. Numbering and sending are one step, so listeners see the numbers in order.
    pub(crate) fn send(&self, change: Change) {
        let mut revision = self.revision.lock().unwrap_or_else(PoisonError::into_inner);
        *revision += 1;
        // Without listeners the number still counts: a later snapshot carries it.
        let _ = self.sender.send(AppEvent {
            revision: *revision,
            change,
        });
    }

    /// Counts a change that nobody listens for, without making it. False where somebody does: then it has to be sent.
    pub(crate) fn skip(&self) -> bool {
        let mut revision = self.revision.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: who begins to listen later reads a number that includes this change.
        let is_unheard = self.sender.receiver_count() == 0;
        *revision += u64::from(is_unheard);
        is_unheard
    }

    /// The number of the last event.
    pub(crate) fn revision(&self) -> u64 {
        *self.revision.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens from the next event on.
    pub(crate) fn subscribe(&self) -> EventStream {
        EventStream(self.sender.subscribe())
    }

    /// Whether anybody listens.
    pub(crate) fn is_watched(&self) -> bool {
        self.sender.receiver_count() > 0
    }
}

/// Change events from one moment on.
#[derive(Debug)]
pub struct EventStream(broadcast::Receiver<AppEvent>);

impl EventStream {
    /// The next event. `None` when the application ends or this listener fell too far behind: ask for the snapshot again.
    pub async fn next(&mut self) -> Option<AppEvent> {
        self.0.recv().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Hub;
    use freehold_contract::Change;

    #[tokio::test]
    async fn events_are_numbered_without_gaps_from_the_snapshot_on() {
        let hub = Hub::new();
        hub.send(Change::Wallets {});
        let mut events = hub.subscribe();
        let before = hub.revision();
        hub.send(Change::NodeGone { id: "a".into() });
        hub.send(Change::Wallets {});
        assert_eq!(events.next().await.unwrap().revision, before + 1);
        assert_eq!(events.next().await.unwrap().revision, before + 2);
    }

    #[tokio::test]
    async fn a_change_that_nobody_hears_counts_and_one_that_somebody_hears_is_not_skipped() {
        let hub = Hub::new();
        assert!(hub.skip());
        assert_eq!(hub.revision(), 1);
        let mut events = hub.subscribe();
        assert!(!hub.skip(), "somebody listens");
        assert_eq!(hub.revision(), 1, "it is still to be sent");
        hub.send(Change::Wallets {});
        assert_eq!(events.next().await.unwrap().revision, 2);
    }
}
