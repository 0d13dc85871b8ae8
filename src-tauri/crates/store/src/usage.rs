//! What nodes and the machine used: every 10 seconds for 2 hours, every minute for 26 hours, every quarter of an hour for
//! 31 days.

use std::time::Duration;

use freehold_model::Timestamp;
use rusqlite::params;

use crate::series::{Subject, kept};
use crate::{Store, StoreError};

mod read;
mod resolution;
pub(crate) mod thin;

/// What is measured. Each is `None` where it is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct UsageFigures {
    /// Percent of one processor (200 is two processors busy); of the machine, percent of all. A mean.
    pub cpu_percent: Option<f64>,
    /// Memory in bytes. A mean.
    pub memory_bytes: Option<u64>,
    /// Room taken on the disk, in bytes. A mean.
    pub disk_bytes: Option<u64>,
    /// Bytes that came in over the network. A sum, like those below.
    pub network_in_bytes: Option<u64>,
    /// Bytes that went out over the network.
    pub network_out_bytes: Option<u64>,
    /// Bytes read from disks.
    pub disk_read_bytes: Option<u64>,
    /// Bytes written to disks.
    pub disk_written_bytes: Option<u64>,
}

/// One subject's figures at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct UsageSample {
    /// Whose. What belongs to a node but to none of its services (its folder's size) is the node's.
    pub subject: Subject,
    /// What; bytes since the sample before.
    pub figures: UsageFigures,
}

/// One point of a history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsagePoint {
    /// When it begins.
    pub at: Timestamp,
    /// The time that was measured in it: bytes divided by this are a rate.
    pub covers: Duration,
    /// What.
    pub figures: UsageFigures,
    /// The highest processor use that was seen; of a node as a whole the sum of its services' highest.
    pub cpu_percent_max: Option<f64>,
}

impl Store {
    /// Adds what was measured at `at`, meant for every 10 seconds; one transaction. Samples of nodes that are not in the
    /// database are left out.
    pub fn add_usage(&self, at: Timestamp, samples: &[UsageSample]) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO usage_raw
                 (at, series, cpu, memory, disk, network_in, network_out, disk_read, disk_written)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            for sample in samples {
                let Some(series) = sample.subject.series(transaction)? else {
                    continue;
                };
                let figures = &sample.figures;
                insert.execute(params![
                    at.seconds(),
                    series,
                    figures.cpu_percent.map(hundredths),
                    figures.memory_bytes.map(kept),
                    figures.disk_bytes.map(kept),
                    figures.network_in_bytes.map(kept),
                    figures.network_out_bytes.map(kept),
                    figures.disk_read_bytes.map(kept),
                    figures.disk_written_bytes.map(kept),
                ])?;
            }
            Ok(())
        })
    }

    /// The history of `subject` from `from` (included) to `to` (not included), oldest first, as at most `max_points`
    /// points, in the finest resolution that this allows and that reaches back far enough. Times without a sample have no
    /// point.
    pub fn usage(
        &self,
        subject: &Subject,
        from: Timestamp,
        to: Timestamp,
        max_points: usize,
    ) -> Result<Vec<UsagePoint>, StoreError> {
        self.read(|connection| read::usage(connection, subject, from.seconds(), to.seconds(), max_points))
    }
}

/// A percentage as it is kept.
fn hundredths(percent: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped; not a number becomes 0")]
    let kept = (percent * 100.0).round().clamp(0.0, 1e9) as i64;
    kept
}

#[cfg(test)]
mod tests;
