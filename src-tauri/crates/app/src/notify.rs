//! What is worth telling the user outside the window: quiet by default, never twice for the same thing, and nothing that
//! was so already when Freehold started.

use freehold_model::NodeId;
use freehold_store::{ActivityKind, Notifications};

mod disk;
mod memory;
mod node;
mod release;

pub(crate) use memory::Memory;
pub(crate) use release::{ending_news, is_told, update_news};

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// A node has reached the tip.
    Synced,
    /// A node does not get on.
    Stalled,
    /// A node ended by itself, or was given up.
    Crashed,
    /// A disk stands worse than before.
    Disk,
    /// There is a newer version.
    Update,
    /// A release ends soon, or has ended.
    Expiring,
}

impl Topic {
    /// Its stable name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Stalled => "stalled",
            Self::Crashed => "crashed",
            Self::Disk => "disk",
            Self::Update => "update",
            Self::Expiring => "expiring",
        }
    }

    /// Whether it is shown on the desktop with this setting.
    pub(crate) fn is_shown(self, setting: Notifications) -> bool {
        match setting {
            Notifications::None => false,
            Notifications::All => true,
            Notifications::Important => matches!(self, Self::Crashed | Self::Disk | Self::Expiring),
        }
    }
}

/// Something worth telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// What it is about.
    pub(crate) topic: Topic,
    /// The node, if it is about one.
    pub(crate) node: Option<NodeId>,
    /// A few words.
    pub(crate) title: String,
    /// One sentence, which names the node or the disk.
    pub(crate) body: String,
    /// The entry that it leaves among the activities; `None` where there is one of the same thing already.
    pub(crate) entry: Option<ActivityKind>,
}

#[cfg(test)]
mod tests {
    use freehold_store::Notifications;

    use super::Topic;

    #[test]
    fn only_what_needs_somebody_is_shown_unless_asked_for() {
        let all = [
            Topic::Synced,
            Topic::Stalled,
            Topic::Crashed,
            Topic::Disk,
            Topic::Update,
            Topic::Expiring,
        ];
        let shown = |setting| {
            let shown = all.iter().filter(|topic| topic.is_shown(setting));
            shown.map(|topic| topic.name()).collect::<Vec<_>>()
        };
        assert_eq!(shown(Notifications::Important), ["crashed", "disk", "expiring"]);
        assert_eq!(shown(Notifications::All).len(), all.len());
        assert!(shown(Notifications::None).is_empty());
    }
}
