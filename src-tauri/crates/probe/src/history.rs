//! How long a node still needs, from its readings so far. Pure: time comes in with each call.
//!
//! The estimate is a range and is hidden until it means something: not before three minutes of readings, not while
//! the rate jumps, not for stages without a total.

use std::collections::VecDeque;
use std::time::Duration;

use freehold_model::{EtaRange, ProbeReport, Stage, Timestamp};

mod rate;

use rate::Rate;

/// How far back readings count: long enough to even out a block full of signatures, short enough to follow a user who
/// closes a download.
const WINDOW: Duration = Duration::from_mins(15);

/// Readings closer together than this are not kept: 60 in a window say as much as 900.
const SPACING: Duration = Duration::from_secs(15);

/// Shortest stretch of readings that an estimate is made from.
const SHOWN_AFTER: Duration = Duration::from_mins(3);

/// Readings further apart than this do not belong together: the machine slept, or the clock was set.
const GAP: Duration = Duration::from_mins(5);

/// No block and no header for this long, with peers, is a stall: the longest pause that a healthy download makes is a
/// flush of the database, minutes on a slow disk.
const STALLED_AFTER: Duration = Duration::from_mins(30);

/// Percent may shrink a little as the chain grows; more than this is a new start (reindex).
const RESTART_DROP: f64 = 0.5;

/// Longest estimate that is told; beyond a year it says nothing.
const LONGEST: f64 = 366.0 * 86_400.0;

/// What holds the download up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundBy {
    /// The disk is busy.
    Disk,
    /// The network is busy.
    Network,
    /// The processor is busy.
    Cpu,
    /// Too few peers send blocks.
    Peers,
}

impl BoundBy {
    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Disk => "disk speed",
            Self::Network => "network speed",
            Self::Cpu => "processor speed",
            Self::Peers => "too few peers",
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Timestamp,
    percent: f64,
}

/// The readings of one node's catching-up.
#[derive(Debug, Default)]
pub struct SyncHistory {
    samples: VecDeque<Sample>,
    rate: Option<Rate>,
    latest: Option<Latest>,
    bound_by: Option<BoundBy>,
}

#[derive(Debug, Clone)]
struct Latest {
    at: Timestamp,
    percent: Option<f64>,
    stage: Stage,
    place: Place,
    /// Since when it is in the same place while peers are there.
    unchanged_since: Timestamp,
}

/// Where a node says that it is. A part without a height of its own moves by percent or by words alone.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    height: u64,
    target: Option<u64>,
    percent: Option<f64>,
    detail: Option<String>,
}

impl SyncHistory {
    /// An empty history.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what holds the download up, as the caller sees it on the machine.
    pub fn set_bound_by(&mut self, bound_by: Option<BoundBy>) {
        self.bound_by = bound_by;
    }

    /// Adds a reading taken at `now`. Readings may come at any interval; after a jump of the clock it begins anew.
    pub fn push(&mut self, now: Timestamp, report: &ProbeReport) {
        let is_continuous = self
            .latest
            .as_ref()
            .is_some_and(|latest| now >= latest.at && now.since(latest.at) <= GAP);
        let percent = report
            .percent
            .filter(|percent| percent.is_finite())
            .map(|percent| percent.clamp(0.0, 100.0));
        let place = Place {
            height: report.height,
            target: report.target,
            percent,
            detail: report.detail.clone(),
        };
        let has_peers = report.peers_in.saturating_add(report.peers_out) > 0;
        let unchanged_since = match &self.latest {
            Some(latest) if is_continuous && has_peers && latest.place == place => latest.unchanged_since,
            Some(_) | None => now,
        };
        let has_restarted = self
            .samples
            .back()
            .is_some_and(|last| percent.is_none_or(|percent| percent < last.percent - RESTART_DROP));
        let has_turned = self.latest.as_ref().is_some_and(|latest| latest.stage != report.stage);
        if !is_continuous || has_restarted || has_turned || !has_rate(report.stage) {
            self.samples.clear();
            self.rate = None;
        }
        self.latest = Some(Latest {
            at: now,
            percent,
            stage: report.stage,
            place,
            unchanged_since,
        });
        if let Some(percent) = percent.filter(|_| has_rate(report.stage)) {
            self.keep(Sample { at: now, percent });
        }
    }

    fn keep(&mut self, sample: Sample) {
        if self
            .samples
            .back()
            .is_some_and(|last| sample.at.since(last.at) < SPACING)
        {
            return;
        }
        while self
            .samples
            .front()
            .is_some_and(|first| sample.at.since(first.at) > WINDOW)
        {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
        let points: Vec<(f64, f64)> = self
            .samples
            .iter()
            .map(|kept| (sample.at.since(kept.at).as_secs_f64(), kept.percent))
            .collect();
        self.rate = Rate::of(&points);
    }

    /// How long it still takes, as a range of at least 15 percent to either side. `None` outside the stages
    /// [`Stage::Blocks`] and [`Stage::Indexing`], without a percent, before enough readings, while the rate is unsteady or nearly nothing, and when the last
    /// reading is old.
    pub fn eta(&self, now: Timestamp) -> Option<EtaRange> {
        let latest = self.latest.as_ref().filter(|latest| has_rate(latest.stage))?;
        if now < latest.at || now.since(latest.at) > GAP {
            return None;
        }
        let (first, last) = (self.samples.front()?, self.samples.back()?);
        if last.at.since(first.at) < SHOWN_AFTER {
            return None;
        }
        let (low, high) = self.rate?.time_for(100.0 - latest.percent?)?;
        if high > LONGEST {
            return None;
        }
        Some(EtaRange {
            low: Duration::try_from_secs_f64(low).ok()?,
            high: Duration::try_from_secs_f64(high).ok()?,
            bound_by: self.bound_by.map(|bound_by| bound_by.words().to_owned()),
        })
    }

    /// Nothing has come for half an hour although peers are there. Never true at the tip, where no block is owed, nor while
    /// the node waits for its owner.
    pub fn is_stalled(&self, now: Timestamp) -> bool {
        self.latest.as_ref().is_some_and(|latest| {
            let is_current = now >= latest.at && now.since(latest.at) <= GAP;
            is_current && is_owed(latest.stage) && latest.at.since(latest.unchanged_since) >= STALLED_AFTER
        })
    }
}

/// The stages with a total and a rate.
fn has_rate(stage: Stage) -> bool {
    matches!(stage, Stage::Blocks | Stage::Indexing)
}

/// The stages in which something ought to come.
fn is_owed(stage: Stage) -> bool {
    !matches!(stage, Stage::Ready | Stage::NeedsOwner)
}

#[cfg(test)]
mod tests;
