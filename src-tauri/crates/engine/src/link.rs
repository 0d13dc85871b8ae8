//! Keeps the connection to the engine: finds it, notices when it goes away, finds it again.
//!
//! The one rule: once an engine was found, only that address is tried again. Another engine on the machine knows none
//! of our containers; going over to it would start a second container on the same data.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, broadcast, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::event::Events;
use crate::{Engine, EngineError, EngineEvent, Environment};

/// The event stream ends at once with the engine, so asking is only for an engine that is there and hangs. With
/// [`Engine::ping`]'s own limit such a one is noticed within 4.5 seconds; asked each second, the engine's work for the
/// answers would be most of what watching costs.
const PING_EVERY: Duration = Duration::from_secs(3);
const FIRST_RETRY: Duration = Duration::from_millis(250);
const LONGEST_RETRY: Duration = Duration::from_secs(2);
/// A subscriber that is behind by this many events has to look at everything anyway.
const EVENTS_KEPT: usize = 256;

/// Is there an engine?
#[derive(Debug, Clone)]
pub enum EngineState {
    /// It is being looked for, for the first time.
    Looking,
    /// It answers.
    Connected(Engine),
    /// It does not.
    Down {
        /// Why.
        error: Arc<EngineError>,
        /// Since when.
        since: Instant,
    },
}

impl EngineState {
    /// The engine, where it answers.
    pub fn engine(&self) -> Option<&Engine> {
        match self {
            Self::Connected(engine) => Some(engine),
            Self::Looking | Self::Down { .. } => None,
        }
    }
}

/// The kept connection. Clones share it; the task behind it ends with the token.
#[derive(Debug, Clone)]
pub struct EngineLink {
    state: watch::Receiver<EngineState>,
    events: broadcast::Sender<EngineEvent>,
    check: Arc<Notify>,
}

impl EngineLink {
    /// Starts looking. `explicit` is the user's own choice of address.
    pub fn start(
        environment: Environment,
        explicit: Option<String>,
        tracker: &TaskTracker,
        token: CancellationToken,
    ) -> Self {
        let (state_sender, state) = watch::channel(EngineState::Looking);
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        let check = Arc::new(Notify::new());
        let task = LinkTask {
            environment,
            explicit,
            state: state_sender,
            events: events.clone(),
            check: Arc::clone(&check),
        };
        tracker.spawn(async move { token.run_until_cancelled_owned(task.run()).await });
        Self { state, events, check }
    }

    /// The state, now and from now on.
    pub fn state(&self) -> watch::Receiver<EngineState> {
        self.state.clone()
    }

    /// The engine, where it answers now.
    pub fn engine(&self) -> Option<Engine> {
        self.state.borrow().engine().cloned()
    }

    /// Events from now on. They only wake; a receiver that lags looks at everything.
    pub fn events(&self) -> broadcast::Receiver<EngineEvent> {
        self.events.subscribe()
    }

    /// Asks or looks at once instead of waiting for the next time.
    pub fn check_now(&self) {
        self.check.notify_one();
    }
}

struct LinkTask {
    environment: Environment,
    explicit: Option<String>,
    state: watch::Sender<EngineState>,
    events: broadcast::Sender<EngineEvent>,
    check: Arc<Notify>,
}

impl LinkTask {
    async fn run(mut self) {
        let mut retry = FIRST_RETRY;
        let mut down_since = None;
        loop {
            let error = match self.connect().await {
                Ok((engine, events)) => {
                    retry = FIRST_RETRY;
                    down_since = None;
                    self.state.send_replace(EngineState::Connected(engine.clone()));
                    // Anything may have happened while nobody listened. Nobody subscribed is no error.
                    let _ = self.events.send(EngineEvent {
                        node: None,
                        service: None,
                        action: "connected".to_owned(),
                    });
                    self.watch(&engine, events).await
                }
                Err(error) => error,
            };
            let since = *down_since.get_or_insert_with(Instant::now);
            tracing::debug!(%error, "the engine is away");
            self.say_down(error, since);
            tokio::select! {
                () = tokio::time::sleep(retry) => retry = (retry * 2).min(LONGEST_RETRY),
                () = self.check.notified() => retry = FIRST_RETRY,
            }
        }
    }

    /// Wakes nobody to say the same again.
    fn say_down(&self, error: EngineError, since: Instant) {
        self.state.send_if_modified(|state| {
            let is_said =
                matches!(state, EngineState::Down { error: said, .. } if said.to_string() == error.to_string());
            if !is_said {
                *state = EngineState::Down {
                    error: Arc::new(error),
                    since,
                };
            }
            !is_said
        });
    }

    async fn connect(&mut self) -> Result<(Engine, Events), EngineError> {
        let engine = Engine::discover(&self.environment, self.explicit.as_deref()).await?;
        let events = engine.listen().await?;
        if self.explicit.is_none() && !engine.is_own_service() {
            self.explicit = Some(engine.address().to_owned());
        }
        Ok((engine, events))
    }

    /// Passes events on until the engine goes away, and says why it did.
    async fn watch(&self, engine: &Engine, mut events: Events) -> EngineError {
        let mut ping = tokio::time::interval(PING_EVERY);
        ping.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let is_due = tokio::select! {
                event = events.next() => match event {
                    Ok(event) => {
                        let _ = self.events.send(event);
                        // It is there: it has just said something.
                        ping.reset();
                        false
                    }
                    Err(error) => return error,
                },
                _ = ping.tick() => true,
                () = self.check.notified() => true,
            };
            if is_due {
                let asked = tokio::select! {
                    asked = engine.ping() => asked,
                    error = self.pass_on(&mut events) => Err(error),
                };
                if let Err(error) = asked {
                    return error;
                }
            }
        }
    }

    /// Passes events on while something else is waited for; ends only with the stream.
    async fn pass_on(&self, events: &mut Events) -> EngineError {
        loop {
            match events.next().await {
                Ok(event) => {
                    let _ = self.events.send(event);
                }
                Err(error) => return error,
            }
        }
    }
}
