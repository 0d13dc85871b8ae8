//! What Freehold did.

use freehold_contract::{ActivityEntry, ActivityKind as WireKind, ActivityList, ActivityRequest};
use freehold_model::Fault;
use freehold_store::{Activity, ActivityKind};

use crate::App;

/// Entries given when no number is asked for.
const USUAL: u32 = 200;

impl App {
    /// What Freehold did, newest first.
    pub async fn activity_list(&self, request: ActivityRequest) -> Result<ActivityList, Fault> {
        let limit = request.limit.unwrap_or(USUAL);
        let found = self
            .0
            .store
            .activities(request.subject.as_deref(), limit)
            .map_err(|error| error.to_fault())?;
        Ok(ActivityList {
            entries: found.into_iter().map(activity_view).collect(),
        })
    }
}

/// An entry on the wire.
pub(crate) fn activity_view(entry: Activity) -> ActivityEntry {
    ActivityEntry {
        id: entry.id,
        at: entry.at.0,
        kind: match entry.kind {
            ActivityKind::Node => WireKind::Node,
            ActivityKind::Wallet => WireKind::Wallet,
            ActivityKind::Engine => WireKind::Engine,
            ActivityKind::Fault => WireKind::Fault,
            ActivityKind::Settings => WireKind::Settings,
            ActivityKind::Notice => WireKind::Notice,
        },
        subject: entry.subject,
        text: entry.text,
    }
}
