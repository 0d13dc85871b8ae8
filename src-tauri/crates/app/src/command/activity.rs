//! What Freehold did: asked for by page and by filter, and written to a file.

use freehold_contract::{
    ActivityChange as WireChange, ActivityEntry, ActivityExportRequest, ActivityFormat, ActivityKind as WireKind,
    ActivityList, ActivityRequest, SavedFile,
};
use freehold_model::{Fault, FaultCode, Timestamp};
use freehold_store::{Activity, ActivityFilter, ActivityKind};

use crate::App;

mod table;

/// Entries given when no number is asked for.
const USUAL: u32 = 200;
/// Most entries in one answer; the store keeps no more.
const MOST: u32 = 10_000;

impl App {
    /// What Freehold did, newest first.
    pub async fn activity_list(&self, request: ActivityRequest) -> Result<ActivityList, Fault> {
        let limit = usize::try_from(request.limit.unwrap_or(USUAL).min(MOST)).unwrap_or(usize::MAX);
        let mut entries = self.entries(request, limit.saturating_add(1))?;
        let more = entries.len() > limit;
        entries.truncate(limit);
        let subjects = self.0.store.activity_subjects().map_err(|error| error.to_fault())?;
        Ok(ActivityList {
            entries,
            more,
            subjects,
        })
    }

    /// A file of what Freehold did: every entry that fits.
    pub async fn activity_export(&self, request: ActivityExportRequest) -> Result<SavedFile, Fault> {
        let entries = self.entries(request.filter, usize::try_from(MOST).unwrap_or(usize::MAX))?;
        let (ending, bytes) = match request.format {
            ActivityFormat::Json => (
                "json",
                serde_json::to_vec_pretty(&entries)
                    .map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?,
            ),
            ActivityFormat::Csv => ("csv", table::csv(&entries).into_bytes()),
        };
        let name = format!(
            "freehold-activity-{}.{ending}",
            super::save::day(self.0.config.clock.now())
        );
        super::save::hand_over(&request.target, name, ending, bytes)
    }

    /// The entries that fit, newest first, at most `limit`.
    pub(crate) fn entries(&self, request: ActivityRequest, limit: usize) -> Result<Vec<ActivityEntry>, Fault> {
        let filter = ActivityFilter {
            kinds: request.kinds.into_iter().map(kind_of).collect(),
            subject: request.subject,
            text: request.text,
            since: request.since.map(Timestamp),
            until: request.until.map(Timestamp),
            before: request.before,
        };
        let found = self
            .0
            .store
            .activities(&filter, limit)
            .map_err(|error| error.to_fault())?;
        Ok(found.into_iter().map(activity_view).collect())
    }
}

fn kind_of(kind: WireKind) -> ActivityKind {
    match kind {
        WireKind::Node => ActivityKind::Node,
        WireKind::Wallet => ActivityKind::Wallet,
        WireKind::Engine => ActivityKind::Engine,
        WireKind::Fault => ActivityKind::Fault,
        WireKind::Settings => ActivityKind::Settings,
        WireKind::Notice => ActivityKind::Notice,
    }
}

/// An entry on the wire.
pub(crate) fn activity_view(entry: Activity) -> ActivityEntry {
    let changes = entry.changes.into_iter().map(|change| WireChange {
        what: change.what,
        old: change.old,
        new: change.new,
    });
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
        changes: changes.collect(),
    }
}
