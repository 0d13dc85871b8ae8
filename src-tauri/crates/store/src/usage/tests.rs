use std::time::Duration;

use freehold_model::{ServiceName, Timestamp};

use super::{Subject, UsageFigures, UsagePoint, UsageSample};
use crate::Store;
use crate::test_store::{node, store};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// A quarter of an hour begins here.
const NOW: i64 = 1_700_000_100 / 900 * 900;

fn service(id: &str, service: &str) -> Subject {
    Subject::Service(node(id), ServiceName::try_new(service).unwrap())
}

fn sample(subject: Subject, cpu: f64, memory: u64, received: u64) -> UsageSample {
    UsageSample {
        subject,
        figures: UsageFigures {
            cpu_percent: Some(cpu),
            memory_bytes: Some(memory),
            network_in_bytes: Some(received),
            ..UsageFigures::default()
        },
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(seconds * 1000)
}

fn usage(store: &Store, subject: &Subject, from: i64, to: i64, most: usize) -> Vec<UsagePoint> {
    let points = store.usage(subject, at(from), at(to), most).unwrap();
    assert!(points.len() <= most, "{} points, {most} were asked for", points.len());
    assert!(points.windows(2).all(|pair| pair[0].at < pair[1].at), "oldest first");
    points
}

fn received(points: &[UsagePoint]) -> u64 {
    points.iter().filter_map(|point| point.figures.network_in_bytes).sum()
}

/// Every 10 seconds of `hours` up to [`NOW`]: 1 byte received, memory rising by 1 each time; thinned every minute.
fn filled(hours: i64) -> (tempfile::TempDir, Store) {
    let (folder, store) = store(&["a"]);
    for (memory, now) in (0..).zip((NOW - hours * HOUR..NOW).step_by(10)) {
        let cpu = if now % 60 == 50 { 70.0 } else { 10.0 };
        let samples = [
            sample(Subject::Machine, cpu, memory, 1),
            sample(service("a", "one"), cpu, 1000, 2),
            sample(service("a", "two"), 1.5, 500, 3),
        ];
        store.add_usage(at(now), &samples).unwrap();
        if now % 60 == 0 {
            store.thin(at(now)).unwrap();
        }
    }
    store.thin(at(NOW)).unwrap();
    (folder, store)
}

#[test]
fn every_resolution_gives_the_same_sums_and_means_up_to_the_last_sample() {
    let (_folder, store) = filled(30);
    for (from, most, expected) in [
        (NOW - HOUR, 1000, 360),
        (NOW - HOUR, 360, 360),
        (NOW - 24 * HOUR, 1440, 1440),
        (NOW - 24 * HOUR, 10_000, 1440),
        (NOW - 30 * HOUR, 10_000, 120),
    ] {
        let points = usage(&store, &Subject::Machine, from, NOW, most);
        assert_eq!(points.len(), expected, "{most} points since {} s", NOW - from);
        assert_eq!(
            received(&points),
            u64::try_from((NOW - from) / 10).unwrap(),
            "every byte counts once"
        );
        let covered: Duration = points.iter().map(|point| point.covers).sum();
        assert_eq!(
            covered.as_secs(),
            u64::try_from(NOW - from).unwrap(),
            "no gap and no overlap"
        );
        let mean = points
            .iter()
            .map(|point| point.figures.cpu_percent.unwrap() * point.covers.as_secs_f64())
            .sum::<f64>()
            / covered.as_secs_f64();
        assert!(
            (mean - 20.0).abs() < 0.01,
            "five of six samples are 10 %, one is 70 %: {mean}"
        );
        assert!(
            points.iter().any(|point| point.cpu_percent_max == Some(70.0)),
            "the peak is kept"
        );
    }
}

#[test]
fn few_points_are_means_over_long_times() {
    let (_folder, store) = filled(3);
    for most in 1..40 {
        let points = usage(&store, &Subject::Machine, NOW - 2 * HOUR + 1, NOW, most);
        assert!(points.len() > most / 4, "{} of {most} points are used", points.len());
        let covered: u64 = points.iter().map(|point| point.covers.as_secs()).sum();
        assert_eq!(
            received(&points),
            covered / 10,
            "every byte counts once, in {most} points"
        );
        assert!(
            covered > 7190 - 900,
            "all but a part of the first quarter is there: {covered} s"
        );
    }
    let one = usage(&store, &Subject::Machine, NOW - HOUR, NOW, 1);
    // Memory rose by 1 every 10 seconds over 3 hours: samples 720 to 1079.
    assert_eq!(
        one[0].figures.memory_bytes,
        Some(900),
        "the mean of 720 to 1079 is 899.5"
    );
}

#[test]
fn a_node_is_the_sum_of_its_services_and_what_is_its_own() {
    let (_folder, store) = filled(1);
    let own = UsageSample {
        subject: Subject::Node(node("a")),
        figures: UsageFigures {
            disk_bytes: Some(7),
            ..UsageFigures::default()
        },
    };
    store.add_usage(at(NOW - 10), &[own]).unwrap();
    let points = usage(&store, &Subject::Node(node("a")), NOW - 10, NOW, 10);
    let expected = UsageFigures {
        cpu_percent: Some(71.5),
        memory_bytes: Some(1500),
        disk_bytes: Some(7),
        network_in_bytes: Some(5),
        ..UsageFigures::default()
    };
    assert_eq!(points.len(), 1);
    assert_eq!(points[0].figures, expected);
    assert_eq!(points[0].cpu_percent_max, Some(71.5));
    let one = usage(&store, &service("a", "two"), NOW - 10, NOW, 10);
    assert_eq!(one[0].figures.memory_bytes, Some(500), "one service by itself");
    assert_eq!(usage(&store, &Subject::Node(node("b")), 0, NOW, 10), [], "nobody else");
}

#[test]
fn what_is_unknown_stays_unknown_through_every_resolution() {
    let (_folder, store) = store(&["a"]);
    let nothing = UsageSample {
        subject: Subject::Machine,
        figures: UsageFigures::default(),
    };
    for now in (NOW - 3 * HOUR..NOW).step_by(10) {
        store.add_usage(at(now), std::slice::from_ref(&nothing)).unwrap();
    }
    store.thin(at(NOW)).unwrap();
    for most in [12, 180, 5000] {
        for point in usage(&store, &Subject::Machine, NOW - 3 * HOUR, NOW, most) {
            assert_eq!(point.figures, UsageFigures::default());
            assert_eq!(point.cpu_percent_max, None);
        }
    }
}

/// Rows of each table and the age of the oldest in seconds.
fn held(store: &Store, now: i64) -> Vec<(i64, i64)> {
    ["usage_raw", "usage_minute", "usage_quarter"]
        .iter()
        .map(|table| {
            store
                .connection()
                .query_row(&format!("SELECT COUNT(*), ?1 - MIN(at) FROM {table}"), [now], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .unwrap()
        })
        .collect()
}

#[test]
fn each_resolution_is_kept_for_its_time() {
    let (_folder, store) = store(&[]);
    for minute in 0..40 * 1440 {
        let now = NOW - 40 * DAY + minute * 60;
        store
            .add_usage(at(now), &[sample(Subject::Machine, 1.0, 1, 1)])
            .unwrap();
        if minute % 60 == 0 {
            store.thin(at(now)).unwrap();
        }
    }
    store.thin(at(NOW)).unwrap();
    store.thin(at(NOW)).unwrap();
    assert_eq!(
        held(&store, NOW),
        [(120, 2 * HOUR), (26 * 60 - 1, 26 * HOUR), (31 * 96 - 1, 31 * DAY)],
        "rows and the age of the oldest; the newest minute and quarter wait for a late sample"
    );
}

#[test]
fn after_a_long_pause_the_old_quarters_are_found() {
    let (_folder, store) = filled(1);
    let later = NOW + 5 * DAY;
    for now in (later - 300..later).step_by(10) {
        store
            .add_usage(at(now), &[sample(Subject::Machine, 1.0, 1, 1)])
            .unwrap();
    }
    store.thin(at(later)).unwrap();
    let points = usage(&store, &Subject::Machine, NOW - HOUR, later, 1_000_000);
    assert_eq!(
        received(&points),
        390,
        "an hour five days ago and the last five minutes"
    );
    let recent = usage(&store, &Subject::Machine, later - 300, later, 1000);
    assert_eq!(recent.len(), 30, "the last minutes come as they were measured");
}

#[test]
fn a_clock_that_was_ahead_stops_nothing() {
    let (_folder, store) = store(&[]);
    let wrong = NOW + 300 * DAY;
    for now in (wrong..wrong + 3600).step_by(10).chain((NOW - 3600..NOW).step_by(10)) {
        store
            .add_usage(at(now), &[sample(Subject::Machine, 1.0, 1, 1)])
            .unwrap();
        if now % 60 == 0 {
            store.thin(at(now)).unwrap();
        }
    }
    store.thin(at(NOW)).unwrap();
    store.thin(at(NOW + 60)).unwrap();
    let points = usage(&store, &Subject::Machine, 0, i64::MAX / 1000, 1000);
    assert_eq!(
        received(&points),
        360,
        "the true hour is there and the wrong one is gone"
    );
}

#[test]
fn a_forgotten_node_leaves_no_history_to_the_next_of_its_name() {
    let (_folder, store) = filled(1);
    store.forget_node(&node("a")).unwrap();
    store
        .add_usage(at(NOW), &[sample(service("a", "one"), 1.0, 1, 1)])
        .unwrap();
    let id: Result<String, _> = store.connection().query_row(
        "INSERT INTO node (id, record) VALUES ('a', '{}') RETURNING id",
        [],
        |row| row.get(0),
    );
    assert_eq!(id.unwrap(), "a");
    assert_eq!(usage(&store, &Subject::Node(node("a")), 0, NOW + 1, 1000), []);
    assert!(
        !usage(&store, &Subject::Machine, 0, NOW + 1, 1000).is_empty(),
        "the machine's stays"
    );
}

/// 50 nodes of two services, and the machine, with a month of history: the budget is 10 ms each 10 seconds.
#[test]
#[ignore = "measures; run it with `--release -- --ignored --nocapture`"]
fn samples_of_fifty_nodes_cost_far_less_than_their_budget() {
    let ids: Vec<String> = (0..50).map(|id| format!("node-{id}")).collect();
    let (folder, store) = store(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    store.connection().pragma_update(None, "synchronous", "FULL").unwrap();
    let samples: Vec<_> = ids
        .iter()
        .flat_map(|id| [service(id, "one"), service(id, "two")])
        .chain([Subject::Machine])
        .map(|subject| {
            let mut sample = sample(subject, 12.34, 3_456_789_012, 123_456);
            sample.figures.disk_bytes = Some(654_321_987_654);
            sample.figures.network_out_bytes = Some(98_765);
            sample.figures.disk_read_bytes = Some(1_234_567);
            sample.figures.disk_written_bytes = Some(7_654_321);
            sample
        })
        .collect();
    // A month in quarters and a day in minutes, as they would have been made.
    let fill = |table: &str, step: i64, span: i64| {
        store
            .transaction(|transaction| {
                let mut insert = transaction.prepare(&format!(
                    "INSERT INTO {table} (at, series, cpu, cpu_max, memory, disk, network_in, network_out, disk_read,
                     disk_written) VALUES (?1, ?2, 1234, 5678, 3456789012, 654321987654, 123456, 98765, 1234567, 7654321)"
                ))?;
                for now in (NOW - span..NOW - 2 * HOUR).step_by(usize::try_from(step).unwrap()) {
                    for series in 1..=101 {
                        insert.execute([now, series])?;
                    }
                }
                Ok(())
            })
            .unwrap();
    };
    store.add_usage(at(NOW - 2 * HOUR), &samples).unwrap();
    fill("usage_quarter", 900, 31 * DAY);
    fill("usage_minute", 60, 26 * HOUR);
    let (mut adding, mut thinning) = (Vec::new(), Vec::new());
    for now in (NOW - 2 * HOUR..NOW).step_by(10) {
        let start = std::time::Instant::now();
        store.add_usage(at(now), &samples).unwrap();
        adding.push(start.elapsed());
        if now % 60 == 0 {
            let start = std::time::Instant::now();
            store.thin(at(now)).unwrap();
            thinning.push(start.elapsed());
        }
    }
    let middle = |times: &mut Vec<Duration>| {
        times.sort();
        (
            times[times.len() / 2],
            times[times.len() * 99 / 100],
            times[times.len() - 1],
        )
    };
    println!("adding 101 samples (middle, 99 %, longest): {:?}", middle(&mut adding));
    println!("thinning: {:?}", middle(&mut thinning));
    for (hours, most) in [(1, 360), (24, 500), (31 * 24, 500)] {
        for subject in [Subject::Machine, Subject::Node(node("node-7"))] {
            let start = std::time::Instant::now();
            let points = usage(&store, &subject, NOW - hours * HOUR, NOW, most);
            println!(
                "{hours} h of {subject:?}: {} points in {:?}",
                points.len(),
                start.elapsed()
            );
        }
    }
    let bytes: u64 = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    println!("{} MB on the disk", bytes / 1_000_000);
    assert!(middle(&mut adding).1 < Duration::from_millis(10));
}
