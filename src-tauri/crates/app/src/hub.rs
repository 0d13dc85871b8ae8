//! Numbered change events.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use freehold_contract::{AppEvent, Change};
use tokio::sync::broadcast;

/// Events kept for a slow listener; one that falls behind further is cut off and asks for the snapshot again.
const BUFFER: usize = 2048;

/// Numbers changes and hands them to every listener.
#[derive(Debug)]
pub(crate) struct Hub {
    revision: Mutex<u64>,
    /// A place is as large as its value, used or not, so that only pointers stand in them.
    sender: broadcast::Sender<Arc<AppEvent>>,
    /// How many of the listeners look at something.
    watching: Arc<AtomicUsize>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let (sender, _) = broadcast::channel(BUFFER);
        Self {
            revision: Mutex::new(0),
            sender,
            watching: Arc::default(),
        }
    }

    /// Sends a change. Numbering and sending are one step, so listeners see the numbers in order.
    pub(crate) fn send(&self, change: Change) {
        let mut revision = self.revision.lock().unwrap_or_else(PoisonError::into_inner);
        *revision += 1;
        // Without listeners the number still counts: a later snapshot carries it.
        let _ = self.sender.send(Arc::new(AppEvent {
            revision: *revision,
            change,
        }));
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

    /// Listens from the next event on, for somebody who looks.
    pub(crate) fn subscribe(&self) -> EventStream {
        EventStream {
            receiver: self.sender.subscribe(),
            _watching: Some(Watching::begin(&self.watching)),
        }
    }

    /// Listens from the next event on, for a window that nobody sees: what costs something to measure is not measured
    /// for it.
    pub(crate) fn subscribe_unseen(&self) -> EventStream {
        EventStream {
            receiver: self.sender.subscribe(),
            _watching: None,
        }
    }

    /// Whether anybody looks.
    pub(crate) fn is_watched(&self) -> bool {
        self.watching.load(Ordering::SeqCst) > 0
    }
}

/// Counts as somebody who looks until it is dropped.
#[derive(Debug)]
struct Watching(Arc<AtomicUsize>);

impl Watching {
    fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Change events from one moment on.
#[derive(Debug)]
pub struct EventStream {
    receiver: broadcast::Receiver<Arc<AppEvent>>,
    _watching: Option<Watching>,
}

impl EventStream {
    /// The next event. `None` when the application ends or this listener fell too far behind: ask for the snapshot again.
    pub async fn next(&mut self) -> Option<Arc<AppEvent>> {
        self.receiver.recv().await.ok()
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
    async fn a_window_that_nobody_sees_hears_everything_and_makes_nothing_be_measured() {
        let hub = Hub::new();
        let mut unseen = hub.subscribe_unseen();
        assert!(!hub.is_watched());
        let seen = hub.subscribe();
        assert!(hub.is_watched());
        drop(seen);
        assert!(!hub.is_watched());
        hub.send(Change::Wallets {});
        assert_eq!(unseen.next().await.unwrap().revision, 1);
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
