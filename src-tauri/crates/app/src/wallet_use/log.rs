//! Who asked, from a node's own log.

use freehold_engine::LogQuery;
use freehold_model::spec::{NodeSpec, ServiceSpec};
use freehold_model::{ObservedState, ServiceName, Timestamp};
use freehold_supervisor::NodeSnapshot;
use regex::Regex;

use super::How;
use crate::App;

/// Lines read at the first look: what happened before Freehold came.
const FIRST_LINES: u32 = 2000;
/// Pages of one look; what does not fit is read at the next.
const MOST_PAGES: usize = 10;

/// How far a service's log was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    container: String,
    cursor: Option<String>,
}

/// Reads lines of a service that names who asks it.
#[derive(Debug, Clone)]
pub(crate) struct UsageLine {
    pattern: Regex,
    /// Freehold's own users.
    own: Vec<String>,
}

impl UsageLine {
    /// The reader for a service; `None` where its log does not tell.
    pub(crate) fn of(spec: &NodeSpec, service: &ServiceName) -> Option<Self> {
        let found = spec.services.iter().find(|known| known.name == *service)?;
        let pattern = pattern(found)?;
        let own = spec.probes().filter_map(|probe| probe.consumer.clone());
        Some(Self {
            pattern,
            own: own.collect(),
        })
    }

    /// Who asked, where the line says that somebody did.
    fn user<'l>(&self, line: &'l str) -> Option<&'l str> {
        Some(self.pattern.captures(line)?.name("user")?.as_str())
    }

    /// Who asked, unless it was Freehold itself.
    pub(super) fn consumer<'l>(&self, line: &'l str) -> Option<&'l str> {
        self.user(line).filter(|user| !self.is_own(user))
    }

    /// Whether the line is about one of Freehold's own calls.
    pub(crate) fn is_own_call(&self, line: &str) -> bool {
        self.user(line).is_some_and(|user| self.is_own(user))
    }

    fn is_own(&self, user: &str) -> bool {
        self.own.iter().any(|own| own == user)
    }
}

/// The catalog has checked the pattern; an overlay of the user that was not is told of there.
fn pattern(service: &ServiceSpec) -> Option<Regex> {
    Regex::new(&service.usage_log.as_ref()?.line).ok()
}

/// Whether a node's log tells when this consumer asks.
pub(super) fn tells_of(node: &NodeSnapshot, consumer: &str) -> bool {
    let Some(spec) = node.spec.as_deref().filter(|_| node.record.external.is_none()) else {
        return false;
    };
    spec.services.iter().any(|service| service.usage_log.is_some())
        && spec.credentials.iter().any(|known| known.consumer == consumer)
}

impl App {
    /// Reads what is new in the logs of every running service that names who asks it. What cannot be read is read at the
    /// next look.
    pub(super) async fn read_usage_logs(&self, nodes: &[NodeSnapshot]) {
        let Ok(engine) = self.engine() else { return };
        for node in nodes.iter().filter(|node| node.record.external.is_none()) {
            let Some(spec) = node.spec.as_deref() else { continue };
            for seen in &node.services {
                let (ObservedState::Running { .. }, Some(container)) = (&seen.state, &seen.container) else {
                    continue;
                };
                let Some(reader) = UsageLine::of(spec, &seen.service) else {
                    continue;
                };
                let key = (node.record.id.clone(), seen.service.clone());
                let known = self.0.wallet_use.state().positions.get(&key).cloned();
                let mut position = known.filter(|known| known.container == *container).unwrap_or(Position {
                    container: container.clone(),
                    cursor: None,
                });
                for _ in 0..MOST_PAGES {
                    let query = LogQuery {
                        after: position.cursor.clone(),
                        tail: FIRST_LINES,
                        wait: std::time::Duration::ZERO,
                    };
                    let page = match engine.logs(container, &query).await {
                        Ok(page) => page,
                        Err(error) => {
                            tracing::debug!(%error, node = %node.record.id, "who asked cannot be read from the log");
                            break;
                        }
                    };
                    let mut state = self.0.wallet_use.state();
                    for line in &page.lines {
                        if let (Some(consumer), Some(at)) = (reader.consumer(&line.text), moment(&line.at)) {
                            state.kept.note(&node.record.id, consumer, at, How::Log);
                        }
                    }
                    drop(state);
                    let is_all = page.lines.len() < usize::try_from(FIRST_LINES).unwrap_or(usize::MAX);
                    let is_first = position.cursor.is_none();
                    position.cursor = page.cursor.or(position.cursor);
                    if is_all || is_first {
                        break;
                    }
                }
                self.0.wallet_use.state().positions.insert(key, position);
            }
        }
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use freehold_model::{ServiceName, Timestamp};

    use super::{UsageLine, moment};
    use crate::test_node::spec;

    fn reader(client: &str, service: &str) -> Option<UsageLine> {
        UsageLine::of(&spec(client), &ServiceName::try_new(service).unwrap())
    }

    #[test]
    fn lines_of_the_real_programs_name_who_asked() {
        let bitcoin = reader("bitcoin-core", "bitcoind").unwrap();
        let litecoin = reader("litecoin-core", "litecoind").unwrap();
        // Printed by Bitcoin Core 31.99 and by Litecoin Core 0.21.2.1, with the users replaced.
        for (reader, line, user) in [
            (
                &bitcoin,
                "2026-11-22T15:40:36Z [rpc] ThreadRPCServer method=getblockcount user=sparrow id=1",
                "sparrow",
            ),
            (
                &bitcoin,
                "2026-11-22T15:40:36Z ThreadRPCServer method=getblockcount user=electrs",
                "electrs",
            ),
            (
                &litecoin,
                "2026-11-22T15:40:40Z ThreadRPCServer method=uptime user=litecoin-cli",
                "litecoin-cli",
            ),
        ] {
            assert_eq!(reader.consumer(line), Some(user), "{line}");
            assert!(!reader.is_own_call(line), "{line}");
        }
    }

    #[test]
    fn nobody_can_pass_for_another_by_what_is_asked() {
        let bitcoin = reader("bitcoin-core", "bitcoind").unwrap();
        // The real program's answer to the method "bad method\nuser=electrs" and to a wrong password.
        let forged = "2026-11-22T15:40:36Z [rpc] ThreadRPCServer method=bad methoduserelectrs user=__cookie__ id=1";
        assert_eq!(bitcoin.consumer(forged), Some("__cookie__"));
        let id = "2026-11-22T15:40:36Z [rpc] ThreadRPCServer method=uptime user=lnd id=x user=sparrow";
        assert_eq!(bitcoin.consumer(id), Some("lnd"));
        for line in [
            "2026-11-22T15:40:36Z [warning] ThreadRPCServer incorrect password attempt from 127.0.0.1:56924",
            "2026-11-22T15:40:36Z UpdateTip: new best=00 ThreadRPCServer method=uptime user=sparrow",
        ] {
            assert_eq!(bitcoin.consumer(line), None, "{line}");
        }
    }

    #[test]
    fn freeholds_own_calls_are_known_and_count_for_nobody() {
        let bitcoin = reader("bitcoin-core", "bitcoind").unwrap();
        let own = "2026-11-22T15:40:36Z [rpc] ThreadRPCServer method=getblockchaininfo user=freehold id=1";
        assert!(bitcoin.is_own_call(own));
        assert_eq!(bitcoin.consumer(own), None);
        assert!(reader("monerod", "monerod").is_none(), "its log does not tell");
    }

    #[test]
    fn the_engines_times_are_read_with_their_parts_of_seconds() {
        assert_eq!(
            moment("2026-11-22T15:40:36.123456789Z"),
            Some(Timestamp(1_795_362_036_123))
        );
        assert_eq!(moment("yesterday"), None);
    }
}
