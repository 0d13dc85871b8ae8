//! What is kept of the use of nodes, in memory and in a file, so that it is still known after a restart.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use freehold_model::{NodeId, Timestamp};
use freehold_store::file;
use serde::{Deserialize, Serialize};

/// Times are kept to this many milliseconds: whoever reads the file later learns no more than that.
const COARSE_MS: i64 = 10_000;
/// The engine may take a line this much later or earlier than Freehold's clock says.
const SLACK: Duration = Duration::from_millis(1500);
/// So many of Freehold's own calls are remembered for each login.
const OWN_KEPT: usize = 8;

/// How a use is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum How {
    /// The node's log says so.
    Log,
    /// A program of the wallet was connected to the node's port.
    Connection,
}

/// The last use of a node by a consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Use {
    /// When, to ten seconds.
    pub(super) at: Timestamp,
    /// How that is known.
    pub(super) how: How,
}

/// What is wrong with a wallet that was switched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TroubleKind {
    /// Its settings point elsewhere.
    Elsewhere,
    /// It runs and does not ask.
    Silent,
}

/// Something wrong, told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trouble {
    /// What.
    pub(super) kind: TroubleKind,
    /// What it is about: the same words mean that it was told already.
    pub(super) about: String,
    /// The sentence for people.
    pub(super) sentence: String,
}

#[derive(Serialize, Deserialize)]
struct UseRow {
    node: NodeId,
    consumer: String,
    #[serde(flatten)]
    used: Use,
}

#[derive(Serialize, Deserialize)]
struct TroubleRow {
    wallet: String,
    network: String,
    #[serde(flatten)]
    trouble: Trouble,
}

/// From when to when Freehold itself used a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Own {
    from: Timestamp,
    to: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct OwnRow {
    node: NodeId,
    consumer: String,
    calls: Vec<Own>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    uses: Vec<UseRow>,
    troubles: Vec<TroubleRow>,
    own: Vec<OwnRow>,
}

/// Every use and every trouble.
#[derive(Debug, Default)]
pub(super) struct Kept {
    uses: BTreeMap<(NodeId, String), Use>,
    troubles: BTreeMap<(String, String), Trouble>,
    own: BTreeMap<(NodeId, String), Vec<Own>>,
    is_unsaved: bool,
}

impl Kept {
    /// What the file holds; nothing where it is missing or cannot be read, since all of it can be seen again.
    pub(super) fn load(path: &Path) -> Self {
        let bytes = match file::read_if_there(path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Self::default(),
            Err(error) => {
                tracing::warn!(%error, "when nodes were last asked cannot be read");
                return Self::default();
            }
        };
        let written: Written = serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(%error, "when nodes were last asked cannot be read");
            Written::default()
        });
        let uses = written.uses.into_iter();
        let troubles = written.troubles.into_iter();
        let own = written.own.into_iter();
        Self {
            uses: uses.map(|row| ((row.node, row.consumer), row.used)).collect(),
            troubles: troubles.map(|row| ((row.wallet, row.network), row.trouble)).collect(),
            own: own.map(|row| ((row.node, row.consumer), row.calls)).collect(),
            is_unsaved: false,
        }
    }

    /// Writes the file where anything has changed since.
    pub(super) fn save(&mut self, path: &Path) {
        if !self.is_unsaved {
            return;
        }
        let uses = self.uses.iter().map(|((node, consumer), used)| UseRow {
            node: node.clone(),
            consumer: consumer.clone(),
            used: *used,
        });
        let troubles = self.troubles.iter().map(|((wallet, network), trouble)| TroubleRow {
            wallet: wallet.clone(),
            network: network.clone(),
            trouble: trouble.clone(),
        });
        let own = self.own.iter().map(|((node, consumer), calls)| OwnRow {
            node: node.clone(),
            consumer: consumer.clone(),
            calls: calls.clone(),
        });
        let written = Written {
            uses: uses.collect(),
            troubles: troubles.collect(),
            own: own.collect(),
        };
        let saved = serde_json::to_vec_pretty(&written)
            .map_err(|error| error.to_string())
            .and_then(|bytes| file::write_atomic(path, &bytes, file::PRIVATE).map_err(|error| error.to_string()));
        match saved {
            Ok(()) => self.is_unsaved = false,
            Err(error) => tracing::warn!(error, "when nodes were last asked cannot be kept"),
        }
    }

    /// Notes a use. True where it is newer than what was known. A line about a call of Freehold's own is none.
    pub(super) fn note(&mut self, node: &NodeId, consumer: &str, at: Timestamp, how: How) -> bool {
        let key = (node.clone(), consumer.to_owned());
        let is_in = |own: &Own| own.from <= at.plus(SLACK) && at <= own.to.plus(SLACK);
        if how == How::Log && self.own.get(&key).is_some_and(|calls| calls.iter().any(is_in)) {
            return false;
        }
        let at = Timestamp(at.0.div_euclid(COARSE_MS) * COARSE_MS);
        let is_newer = self.uses.get(&key).is_none_or(|known| known.at < at);
        if is_newer {
            self.uses.insert(key, Use { at, how });
            self.is_unsaved = true;
        }
        is_newer
    }

    /// Freehold itself uses a login from now on, until `to` at the latest.
    pub(super) fn begin_own(&mut self, node: &NodeId, consumer: &str, from: Timestamp, to: Timestamp) {
        let calls = self.own.entry((node.clone(), consumer.to_owned())).or_default();
        calls.push(Own { from, to });
        calls.drain(..calls.len().saturating_sub(OWN_KEPT));
        self.is_unsaved = true;
    }

    /// Freehold's own use that began at `from` is over.
    pub(super) fn end_own(&mut self, node: &NodeId, consumer: &str, from: Timestamp, to: Timestamp) {
        let calls = self.own.get_mut(&(node.clone(), consumer.to_owned()));
        for own in calls.into_iter().flatten().filter(|own| own.from == from) {
            own.to = to;
        }
        self.is_unsaved = true;
    }

    /// The last use of a node by a consumer.
    pub(super) fn used(&self, node: &NodeId, consumer: &str) -> Option<Use> {
        self.uses.get(&(node.clone(), consumer.to_owned())).copied()
    }

    /// The last use of a node by everybody.
    pub(super) fn uses_of(&self, node: &NodeId) -> impl Iterator<Item = (&str, Use)> {
        let own = self.uses.iter().filter(move |((of, _), _)| of == node);
        own.map(|((_, consumer), used)| (consumer.as_str(), *used))
    }

    /// What is wrong with a wallet on a network.
    pub(super) fn trouble(&self, wallet: &str, network: &str) -> Option<&Trouble> {
        self.troubles.get(&(wallet.to_owned(), network.to_owned()))
    }

    /// Sets or clears what is wrong. True where that is news: a trouble about something else, or none any more.
    pub(super) fn set_trouble(&mut self, wallet: &str, network: &str, trouble: Option<Trouble>) -> bool {
        let key = (wallet.to_owned(), network.to_owned());
        let known = self.troubles.get(&key);
        let is_same = known.map(|known| (known.kind, known.about.as_str()))
            == trouble.as_ref().map(|new| (new.kind, new.about.as_str()));
        if is_same {
            return false;
        }
        self.is_unsaved = true;
        match trouble {
            Some(trouble) => self.troubles.insert(key, trouble),
            None => self.troubles.remove(&key),
        };
        true
    }

    /// Forgets nodes that are gone.
    pub(super) fn keep_nodes(&mut self, is_there: impl Fn(&NodeId) -> bool) {
        let before = self.uses.len();
        self.uses.retain(|(node, _), _| is_there(node));
        self.own.retain(|(node, _), _| is_there(node));
        self.is_unsaved |= self.uses.len() != before;
    }

    /// Forgets the troubles of wallets that are not switched any more. True where there were any.
    pub(super) fn keep_wallets(&mut self, is_switched: impl Fn(&str, &str) -> bool) -> bool {
        let before = self.troubles.len();
        self.troubles
            .retain(|(wallet, network), _| is_switched(wallet, network));
        let is_changed = self.troubles.len() != before;
        self.is_unsaved |= is_changed;
        is_changed
    }
}

#[cfg(test)]
mod tests {
    use freehold_model::{NodeId, Timestamp};

    use super::{How, Kept, Trouble, TroubleKind, Use};

    fn node() -> NodeId {
        NodeId::try_new("bitcoin").unwrap()
    }

    #[test]
    fn what_was_seen_is_known_after_a_restart_to_ten_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet-use.json");
        let mut kept = Kept::load(&path);
        assert!(kept.note(&node(), "sparrow", Timestamp(1_700_000_012_345), How::Log));
        assert!(
            !kept.note(&node(), "sparrow", Timestamp(1_700_000_019_999), How::Connection),
            "the same ten seconds"
        );
        assert!(
            !kept.note(&node(), "sparrow", Timestamp(1_600_000_000_000), How::Log),
            "an old line"
        );
        let trouble = Trouble {
            kind: TroubleKind::Silent,
            about: "mine".to_owned(),
            sentence: "It is silent.".to_owned(),
        };
        assert!(kept.set_trouble("sparrow", "mainnet", Some(trouble.clone())));
        kept.save(&path);
        let mut again = Kept::load(&path);
        let expected = Use {
            at: Timestamp(1_700_000_010_000),
            how: How::Log,
        };
        assert_eq!(again.used(&node(), "sparrow"), Some(expected));
        assert_eq!(again.trouble("sparrow", "mainnet"), Some(&trouble));
        assert!(
            !again.set_trouble("sparrow", "mainnet", Some(trouble)),
            "told before the restart"
        );
        assert!(
            again.set_trouble("sparrow", "mainnet", None),
            "that it is well again is news"
        );
        again.keep_nodes(|_| false);
        assert_eq!(again.used(&node(), "sparrow"), None);
    }

    #[test]
    fn freeholds_own_calls_with_a_wallets_login_are_no_use_by_the_wallet_after_a_restart_either() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet-use.json");
        let mut kept = Kept::default();
        kept.begin_own(&node(), "sparrow", Timestamp(100_000), Timestamp(160_000));
        assert!(
            !kept.note(&node(), "sparrow", Timestamp(120_000), How::Log),
            "while it goes on"
        );
        kept.end_own(&node(), "sparrow", Timestamp(100_000), Timestamp(101_000));
        kept.save(&path);
        let mut again = Kept::load(&path);
        assert!(!again.note(&node(), "sparrow", Timestamp(100_500), How::Log));
        assert!(
            again.note(&node(), "electrs", Timestamp(100_500), How::Log),
            "another's call"
        );
        assert!(
            again.note(&node(), "sparrow", Timestamp(120_000), How::Log),
            "it is over"
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet-use.json");
        freehold_store::file::write_atomic(&path, b"{", freehold_store::file::PRIVATE).unwrap();
        assert_eq!(Kept::load(&path).used(&node(), "sparrow"), None);
    }
}
