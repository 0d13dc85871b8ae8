//! What a node's view says about an order: under way, there, or failed.

use std::time::{Duration, Instant};

use freehold_contract::{FaultView, NodeView};
use freehold_model::{Fault, FaultCode};

use super::format::status;

/// After its last phase, an order's outcome is on record within a moment; this is plenty.
const SETTLES_WITHIN: Duration = Duration::from_secs(5);

/// What a view says about an order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    /// Not there yet.
    Going,
    /// As ordered.
    There,
    /// It will not get there by itself.
    Failed(FaultView),
}

/// Every container of the node runs.
pub(crate) fn runs(node: &NodeView) -> bool {
    !node.services.is_empty() && node.services.iter().all(|service| service.state == "running")
}

/// When the node was last started, in milliseconds since 1970.
pub(crate) fn started_at(node: &NodeView) -> Option<i64> {
    node.services.iter().filter_map(|service| service.started_at).max()
}

/// Judges an order by where it leads, unless the node ended up where it does not go on by itself.
pub(crate) fn reaches(node: &NodeView, is_there: impl Fn(&NodeView) -> bool) -> Verdict {
    if is_there(node) {
        return Verdict::There;
    }
    let fault = |code: FaultCode| {
        let why = node.status.why.clone().unwrap_or_else(|| status(&node.status));
        Verdict::Failed(FaultView::from(&Fault::new(code).with("node", &node.name).because(why)))
    };
    match (node.status.state.as_str(), &node.status.fault) {
        ("failed", Some(fault)) => Verdict::Failed(fault.clone()),
        ("wrong-chain", _) => fault(FaultCode::WrongChain),
        ("expired", _) => fault(FaultCode::EntryExpired),
        _ => Verdict::Going,
    }
}

/// The phase to wait for. A stopped node proves a change only once somebody starts it: that is not waited for.
pub(crate) fn awaited<'a>(node: &NodeView, phase: Option<&'a str>) -> Option<&'a str> {
    phase.filter(|phase| *phase != "proving" || node.desired == "running")
}

/// What a view says about an order that goes through phases.
pub(crate) struct Phased<'a> {
    /// The phase it is in.
    pub(crate) phase: Option<&'a str>,
    /// It came to what was ordered; absent where that cannot be told from a view.
    pub(crate) reached: Option<bool>,
    /// Why it was taken back.
    pub(crate) fault: Option<&'a FaultView>,
}

/// Follows an order through its phases to its end.
#[derive(Debug, Default)]
pub(crate) struct Course {
    /// When the last phase was over without a word about how it went.
    over_since: Option<Instant>,
}

impl Course {
    /// The verdict; `Failed` with `silent` where the order is over and nothing says how it went.
    pub(crate) fn judge(&mut self, now: Instant, seen: &Phased<'_>, silent: impl FnOnce() -> Fault) -> Verdict {
        if seen.phase.is_some() {
            self.over_since = None;
            return Verdict::Going;
        }
        match (seen.reached, seen.fault) {
            (Some(true), _) => Verdict::There,
            (_, Some(fault)) => Verdict::Failed(fault.clone()),
            // A fault follows its phase's end closely.
            (reached, None) => {
                let since = *self.over_since.get_or_insert(now);
                if now.duration_since(since) < SETTLES_WITHIN {
                    Verdict::Going
                } else if reached.is_none() {
                    Verdict::There
                } else {
                    Verdict::Failed(FaultView::from(&silent()))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use freehold_contract::FaultView;
    use freehold_model::{Fault, FaultCode};
    use serde_json::json;

    use super::{Course, Phased, Verdict, awaited, reaches, runs};
    use crate::command::sample;

    fn fault() -> Fault {
        Fault::new(FaultCode::UpdateFailed)
    }

    fn code(verdict: &Verdict) -> Option<FaultCode> {
        match verdict {
            Verdict::Failed(fault) => Some(fault.code),
            Verdict::Going | Verdict::There => None,
        }
    }

    #[test]
    fn a_node_without_containers_does_not_run() {
        assert!(!runs(&sample::node(&json!({ "services": [] }))));
        assert!(runs(&sample::node(&json!({}))));
    }

    #[test]
    fn what_does_not_go_on_by_itself_ends_the_wait() {
        let state = |state: &str| sample::node(&json!({ "status": { "state": state, "why": "Because." } }));
        assert_eq!(
            code(&reaches(&state("wrong-chain"), |_| false)),
            Some(FaultCode::WrongChain)
        );
        assert_eq!(
            code(&reaches(&state("expired"), |_| false)),
            Some(FaultCode::EntryExpired)
        );
        for goes_on in ["paused", "retrying", "syncing", "unknown", "moving"] {
            assert_eq!(reaches(&state(goes_on), |_| false), Verdict::Going, "{goes_on}");
        }
        assert_eq!(reaches(&state("expired"), |_| true), Verdict::There);
    }

    #[test]
    fn a_stopped_node_is_not_waited_for_to_prove_anything() {
        let stopped = sample::node(&json!({ "desired": "stopped" }));
        assert_eq!(awaited(&stopped, Some("proving")), None);
        assert_eq!(awaited(&stopped, Some("copying")), Some("copying"));
        assert_eq!(awaited(&sample::node(&json!({})), Some("proving")), Some("proving"));
    }

    #[test]
    fn a_phase_is_waited_for_whatever_else_shows() {
        let view = FaultView::from(&fault());
        let seen = Phased {
            phase: Some("proving"),
            reached: Some(true),
            fault: Some(&view),
        };
        assert_eq!(Course::default().judge(Instant::now(), &seen, fault), Verdict::Going);
    }

    #[test]
    fn an_end_without_a_word_is_given_a_moment() {
        let mut course = Course::default();
        let begun = Instant::now();
        let seen = Phased {
            phase: None,
            reached: Some(false),
            fault: None,
        };
        assert_eq!(course.judge(begun, &seen, fault), Verdict::Going);
        let verdict = course.judge(begun + Duration::from_secs(6), &seen, fault);
        assert_eq!(code(&verdict), Some(FaultCode::UpdateFailed));
    }

    #[test]
    fn a_result_counts_more_than_an_old_fault() {
        let view = FaultView::from(&fault());
        let ended = |reached| Phased {
            phase: None,
            reached,
            fault: Some(&view),
        };
        let mut course = Course::default();
        assert_eq!(course.judge(Instant::now(), &ended(Some(true)), fault), Verdict::There);
        let failed = course.judge(Instant::now(), &ended(Some(false)), fault);
        assert_eq!(code(&failed), Some(FaultCode::UpdateFailed));
    }
}
