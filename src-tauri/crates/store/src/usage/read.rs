//! Reads a history: picks the resolution, adds up a node's services, and joins rows into points.

use std::time::Duration;

use freehold_model::Timestamp;
use rusqlite::{Connection, Row, params};

use super::resolution::Resolution;
use super::{UsageFigures, UsagePoint};
use crate::series::{Subject, count};

pub(super) fn usage(
    connection: &Connection,
    subject: &Subject,
    from: i64,
    to: i64,
    max_points: usize,
) -> rusqlite::Result<Vec<UsagePoint>> {
    let most = i64::try_from(max_points).unwrap_or(i64::MAX);
    if from >= to || most == 0 {
        return Ok(Vec::new());
    }
    let series = subject.parts(connection)?;
    let base = pick(connection, &series, from, (to - from) / most)?;
    let mut moments = Vec::new();
    for (resolution, from, to) in pieces(connection, base, from, to)? {
        read(connection, resolution, &series, (from, to), &mut moments)?;
    }
    let step = match base {
        _ if most == 1 => i64::MAX,
        // Samples come a little more or less than 10 seconds apart: as they are, not two in one step and none in the next.
        Resolution::Raw if moments.len() <= max_points => 1,
        _ => step(base, from, to, most),
    };
    Ok(join(&moments, step))
}

/// The shortest step, whole rows long, that cuts the time into at most `most` parts, two or more; a part begins at a
/// multiple of the step, so that a point stays the same while the time moves on.
fn step(base: Resolution, from: i64, to: i64, most: i64) -> i64 {
    let mut step = ((to - from) / most).div_euclid(base.step()).max(1) * base.step();
    while (to - 1).div_euclid(step) - from.div_euclid(step) >= most {
        step += base.step();
    }
    step
}

/// The coarsest resolution whose rows are at most `apart` seconds apart; a coarser one where only that reaches back far
/// enough.
fn pick(connection: &Connection, series: &[i64], from: i64, apart: i64) -> rusqlite::Result<Resolution> {
    let mut picked = Resolution::Quarter;
    // The latest time at which what the coarser ones hold may have begun.
    let mut farther = i64::MAX;
    for resolution in [Resolution::Quarter, Resolution::Minute, Resolution::Raw] {
        let oldest = resolution.oldest(connection, series)?.unwrap_or(i64::MAX);
        if oldest <= from.saturating_add(Resolution::Minute.step()) || oldest <= farther {
            picked = resolution;
        }
        if apart >= resolution.step() {
            break;
        }
        farther = farther.min(oldest.saturating_add(resolution.step()));
    }
    Ok(picked)
}

/// What to read from where: the newest part has not been made into coarser rows yet.
fn pieces(
    connection: &Connection,
    base: Resolution,
    from: i64,
    to: i64,
) -> rusqlite::Result<Vec<(Resolution, i64, i64)>> {
    let mut pieces = Vec::new();
    let (mut resolution, mut from) = (base, from);
    while let Some(finer) = resolution.finer() {
        let until = resolution.made_until(connection)?.clamp(from, to);
        pieces.push((resolution, from, until));
        (resolution, from) = (finer, until);
    }
    pieces.push((resolution, from, to));
    Ok(pieces)
}

/// All series together at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moment {
    at: i64,
    /// Seconds that it stands for.
    span: i64,
    figures: UsageFigures,
    cpu_max: Option<f64>,
}

/// Appends what `resolution` holds of `series`, in the order of time.
fn read(
    connection: &Connection,
    resolution: Resolution,
    series: &[i64],
    (from, to): (i64, i64),
    moments: &mut Vec<Moment>,
) -> rusqlite::Result<()> {
    let mut found = Vec::new();
    if from < to {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT at, cpu, cpu_max, memory, disk, network_in, network_out, disk_read, disk_written
             FROM {} WHERE at >= ?1 AND at < ?2 AND series = ?3",
            resolution.table()
        ))?;
        for series in series {
            let rows = statement.query_map(params![from, to, series], |row| moment(row, resolution.step()))?;
            for row in rows {
                found.push(row?);
            }
        }
    }
    found.sort_by_key(|moment| moment.at);
    for moment in found {
        match moments.last_mut() {
            Some(last) if last.at == moment.at => last.add(&moment),
            _ => moments.push(moment),
        }
    }
    Ok(())
}

fn moment(row: &Row<'_>, span: i64) -> rusqlite::Result<Moment> {
    let bytes = |column| row.get::<_, Option<i64>>(column).map(|kept| kept.map(count));
    let percent = |column| bytes(column).map(|kept| kept.map(|kept| kept as f64 / 100.0));
    let cpu_percent = percent(1)?;
    Ok(Moment {
        at: row.get(0)?,
        span,
        figures: UsageFigures {
            cpu_percent,
            memory_bytes: bytes(3)?,
            disk_bytes: bytes(4)?,
            network_in_bytes: bytes(5)?,
            network_out_bytes: bytes(6)?,
            disk_read_bytes: bytes(7)?,
            disk_written_bytes: bytes(8)?,
        },
        cpu_max: percent(2)?.or(cpu_percent),
    })
}

impl Moment {
    /// Adds another service's figures of the same time.
    fn add(&mut self, other: &Self) {
        let (own, its) = (&mut self.figures, &other.figures);
        let add = |own: &mut Option<u64>, its: Option<u64>| *own = sum(*own, its);
        own.cpu_percent = own
            .cpu_percent
            .into_iter()
            .chain(its.cpu_percent)
            .reduce(|one, two| one + two);
        self.cpu_max = self
            .cpu_max
            .into_iter()
            .chain(other.cpu_max)
            .reduce(|one, two| one + two);
        add(&mut own.memory_bytes, its.memory_bytes);
        add(&mut own.disk_bytes, its.disk_bytes);
        add(&mut own.network_in_bytes, its.network_in_bytes);
        add(&mut own.network_out_bytes, its.network_out_bytes);
        add(&mut own.disk_read_bytes, its.disk_read_bytes);
        add(&mut own.disk_written_bytes, its.disk_written_bytes);
    }
}

fn sum(one: Option<u64>, two: Option<u64>) -> Option<u64> {
    one.into_iter().chain(two).reduce(u64::saturating_add)
}

/// One point for each `step` seconds that hold a moment.
fn join(moments: &[Moment], step: i64) -> Vec<UsagePoint> {
    moments
        .chunk_by(|one, two| one.at.div_euclid(step) == two.at.div_euclid(step))
        .filter_map(|chunk| point(chunk, step))
        .collect()
}

fn point(moments: &[Moment], step: i64) -> Option<UsagePoint> {
    let first = moments.first()?;
    let mean = |figure: fn(&UsageFigures) -> Option<f64>| {
        let known = moments
            .iter()
            .filter_map(|moment| Some((figure(&moment.figures)?, moment.span as f64)));
        let (total, weight) = known.fold((0.0, 0.0), |(total, weight), (figure, span)| {
            (total + figure * span, weight + span)
        });
        (weight > 0.0).then(|| total / weight)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of counts is no larger than the largest"
    )]
    let mean_count = |figure| mean(figure).map(|mean| mean.round() as u64);
    let total =
        |figure: fn(&UsageFigures) -> Option<u64>| moments.iter().map(|moment| figure(&moment.figures)).fold(None, sum);
    let begins = if step == i64::MAX {
        first.at
    } else {
        first.at.div_euclid(step) * step
    };
    let covers = moments.iter().map(|moment| moment.span).sum();
    Some(UsagePoint {
        at: Timestamp(begins.saturating_mul(1000)),
        covers: Duration::from_secs(count(covers)),
        figures: UsageFigures {
            cpu_percent: mean(|figures| figures.cpu_percent),
            memory_bytes: mean_count(|figures| figures.memory_bytes.map(|bytes| bytes as f64)),
            disk_bytes: mean_count(|figures| figures.disk_bytes.map(|bytes| bytes as f64)),
            network_in_bytes: total(|figures| figures.network_in_bytes),
            network_out_bytes: total(|figures| figures.network_out_bytes),
            disk_read_bytes: total(|figures| figures.disk_read_bytes),
            disk_written_bytes: total(|figures| figures.disk_written_bytes),
        },
        cpu_percent_max: moments.iter().filter_map(|moment| moment.cpu_max).reduce(f64::max),
    })
}
