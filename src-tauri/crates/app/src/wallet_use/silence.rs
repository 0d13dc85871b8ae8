//! When a wallet that runs counts as silent.

use std::time::Duration;

use freehold_model::{NodeId, Timestamp};

/// A wallet that has asked before may be quiet this long.
const QUIET: Duration = Duration::from_mins(10);
/// One that has not asked at all since it was switched gets this long after its start.
const FIRST: Duration = Duration::from_mins(2);
/// Uses are known to ten seconds.
const COARSE: Duration = Duration::from_secs(10);

/// What silence is judged by. All times are as seen by Freehold itself: what it did not watch does not count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// Now.
    pub(super) now: Timestamp,
    /// When the wallet was switched.
    pub(super) switched: Timestamp,
    /// Since when it has been seen running; `None` where it does not run.
    pub(super) running_since: Option<Timestamp>,
    /// Since when its node has been seen answering; `None` where it does not answer.
    pub(super) answering_since: Option<Timestamp>,
    /// When it was last seen at the node.
    pub(super) used: Option<Timestamp>,
}

/// A silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// It has never asked since it was switched.
    Never,
    /// It has not asked since then.
    Since(Timestamp),
}

impl Silence {
    /// The silence up to now, however short.
    fn so_far(facts: &Facts) -> Self {
        let used = facts.used.filter(|used| used.plus(COARSE) >= facts.switched);
        used.map_or(Self::Never, Self::Since)
    }

    /// The same words mean the same silence.
    pub(super) fn about(self, node: &NodeId) -> String {
        match self {
            Self::Never => format!("{node} never"),
            Self::Since(used) => format!("{node} {}", used.0),
        }
    }
}

/// Whether the wallet is silent.
pub(super) fn silence(facts: &Facts) -> Option<Silence> {
    let could_ask_since = facts.running_since?.max(facts.answering_since?).max(facts.switched);
    let silence = Silence::so_far(facts);
    let is_long = match silence {
        Silence::Since(used) => facts.now.since(used.max(could_ask_since)) > QUIET,
        Silence::Never => facts.now.since(could_ask_since) > FIRST,
    };
    is_long.then_some(silence)
}

/// Whether a silence that was told goes on: it was told before a restart of Freehold or of the node, say, and nothing has
/// been asked since.
pub(super) fn goes_on(about: &str, node: &NodeId, facts: &Facts) -> bool {
    facts.running_since.is_some() && Silence::so_far(facts).about(node) == about
}

#[cfg(test)]
mod tests {
    use freehold_model::{NodeId, Timestamp};

    use super::{Facts, Silence, goes_on, silence};

    fn minute(minutes: i64) -> Timestamp {
        Timestamp(minutes * 60_000)
    }

    fn facts() -> Facts {
        Facts {
            now: minute(103),
            switched: minute(50),
            running_since: Some(minute(100)),
            answering_since: Some(minute(10)),
            used: None,
        }
    }

    #[test]
    fn a_wallet_that_does_not_run_or_whose_node_does_not_answer_is_never_silent() {
        let closed = Facts {
            running_since: None,
            ..facts()
        };
        let down = Facts {
            answering_since: None,
            ..facts()
        };
        assert_eq!((silence(&closed), silence(&down)), (None, None));
    }

    #[test]
    fn one_that_never_asked_gets_two_minutes_from_when_it_could() {
        assert_eq!(silence(&facts()), Some(Silence::Never));
        let at = |now| {
            silence(&Facts {
                now: minute(now),
                ..facts()
            })
        };
        assert_eq!((at(101), at(102)), (None, None));
        let node_came = Facts {
            answering_since: Some(minute(102)),
            ..facts()
        };
        assert_eq!(silence(&node_came), None, "its node has just come back");
        let before = Facts {
            used: Some(minute(40)),
            ..facts()
        };
        assert_eq!(silence(&before), Some(Silence::Never), "that was before the switch");
    }

    #[test]
    fn one_that_has_asked_may_be_quiet_for_ten_minutes() {
        let at = |now, used| {
            silence(&Facts {
                now: minute(now),
                used: Some(minute(used)),
                ..facts()
            })
        };
        assert_eq!((at(109, 101), at(111, 101)), (None, None));
        assert_eq!(at(112, 101), Some(Silence::Since(minute(101))));
        assert_eq!(at(109, 60), None, "it was closed in between");
        assert_eq!(at(111, 60), Some(Silence::Since(minute(60))));
    }

    #[test]
    fn a_silence_that_was_told_goes_on_until_the_wallet_asks_or_closes() {
        let node = NodeId::try_new("mine").unwrap();
        let about = silence(&facts()).unwrap().about(&node);
        let restarted = Facts {
            running_since: Some(minute(103)),
            answering_since: None,
            ..facts()
        };
        assert_eq!(silence(&restarted), None, "not watched long enough to say it anew");
        assert!(goes_on(&about, &node, &restarted));
        let asked = Facts {
            used: Some(minute(102)),
            ..restarted
        };
        let closed = Facts {
            running_since: None,
            ..restarted
        };
        assert!(!goes_on(&about, &node, &asked) && !goes_on(&about, &node, &closed));
    }
}
