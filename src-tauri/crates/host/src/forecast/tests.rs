//! The forecast on made-up disks, and what must hold for every disk.

use std::time::Duration;

use freehold_model::{ByteSize, Timestamp};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_assume, proptest};

use super::full_in;

const QUARTER: i64 = 900_000;
const DAY: f64 = 86_400.0;

/// Readings a quarter of an hour apart, from what is free at each.
fn readings(free: impl IntoIterator<Item = f64>) -> Vec<(Timestamp, ByteSize)> {
    let at = (0..).map(|index| Timestamp(1_700_000_000_000 + index * QUARTER));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bytes of a made-up disk fit"
    )]
    at.zip(free)
        .map(|(at, free)| (at, ByteSize(free.max(0.0) as u64)))
        .collect()
}

/// `count` readings that lose `per_day` bytes a day and end at `left`.
fn shrinking(count: u32, per_day: f64, left: f64) -> Vec<f64> {
    (0..count)
        .map(|index| left + f64::from(count - 1 - index) * 900.0 / DAY * per_day)
        .collect()
}

fn days(span: Duration) -> f64 {
    span.as_secs_f64() / DAY
}

#[test]
fn a_disk_that_loses_ten_gigabytes_a_day_is_full_when_they_are_gone() {
    let full = full_in(&readings(shrinking(7 * 96, 10e9, 230e9))).unwrap();
    assert!(
        days(full.low) < 23.0 && days(full.high) > 23.0,
        "23 days lie in {full:?}"
    );
    assert!(
        days(full.low) > 18.0 && days(full.high) < 28.0,
        "and not much else: {full:?}"
    );
}

#[test]
fn a_file_that_comes_and_goes_does_not_bend_it() {
    let mut free = shrinking(7 * 96, 10e9, 230e9);
    for (index, free) in free.iter_mut().enumerate() {
        if index % 40 < 4 {
            *free -= 80e9;
        }
    }
    let full = full_in(&readings(free)).unwrap();
    assert!(days(full.low) < 23.0 && days(full.high) > 23.0, "{full:?}");
    assert!(days(full.low) > 12.0 && days(full.high) < 60.0, "{full:?}");
}

#[test]
fn a_first_sync_that_is_over_fills_no_disk() {
    let mut free = shrinking(4 * 96, 100e9, 300e9);
    free.extend(std::iter::repeat_n(300e9, 3 * 96));
    assert_eq!(full_in(&readings(free)), None);
}

#[test]
fn a_sync_that_has_just_slowed_down_widens_the_range() {
    let mut free = shrinking(5 * 96, 40e9, 330e9);
    free.extend(shrinking(2 * 96 + 48, 10e9, 305e9));
    let full = full_in(&readings(free)).unwrap();
    assert!(days(full.high) > 25.0, "at the new pace it takes a month: {full:?}");
    assert!(days(full.low) < 10.0, "at the old one a week: {full:?}");
}

#[test]
fn what_says_too_little_gives_nothing() {
    assert_eq!(full_in(&[]), None);
    assert_eq!(full_in(&readings(shrinking(24, 10e9, 230e9))), None, "5 h 45 min");
    assert!(full_in(&readings(shrinking(25, 10e9, 230e9))).is_some(), "6 h");
    assert_eq!(
        full_in(&readings(std::iter::repeat_n(1e9, 700))),
        None,
        "it stays as it is"
    );
    assert_eq!(full_in(&readings(shrinking(700, -10e9, 230e9))), None, "it grows");
    assert_eq!(full_in(&readings(shrinking(700, 1e9, 401e9))), None, "401 days");
    assert!(full_in(&readings(shrinking(700, 1e9, 399e9))).is_some(), "399 days");
}

#[test]
fn a_full_disk_is_full_now() {
    let full = full_in(&readings(shrinking(700, 10e9, 0.0))).unwrap();
    assert_eq!((full.low, full.high), (Duration::ZERO, Duration::ZERO));
}

/// Any readings at all.
fn any_readings() -> impl Strategy<Value = Vec<(Timestamp, ByteSize)>> {
    let reading = (0_i64..40 * 86_400_000, 0_u64..2_000_000_000_000);
    proptest::collection::vec(reading, 0..400).prop_map(|readings| {
        readings
            .into_iter()
            .map(|(at, free)| (Timestamp(at), ByteSize(free)))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_range_is_a_range_and_its_order_of_readings_does_not_matter(mut readings in any_readings()) {
        let full = full_in(&readings);
        if let Some(full) = full {
            prop_assert!(full.low <= full.high);
            prop_assert!(days(full.low) <= 400.0);
        }
        readings.reverse();
        readings.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        readings.dedup_by_key(|(at, _)| *at);
        let once = full_in(&readings);
        readings.reverse();
        prop_assert_eq!(full_in(&readings), once);
    }

    #[test]
    fn a_steady_loss_with_noise_is_found(
        count in 60_u32..1500,
        per_day in 2e9..200e9_f64,
        left_days in 1.0..300.0_f64,
        noise in proptest::collection::vec(-1.0..1.0_f64, 1500),
    ) {
        // Noise of a fiftieth of all that goes while one looks.
        let size = per_day * f64::from(count) * 900.0 / DAY / 50.0;
        let left = left_days * per_day;
        prop_assume!(left > size);
        let free = shrinking(count, per_day, left).into_iter().zip(noise).map(|(free, noise)| free + noise * size);
        let full = full_in(&readings(free)).expect("it shrinks steadily");
        prop_assert!(days(full.low) <= left_days * 1.05 && days(full.high) >= left_days * 0.95, "{:?}", full);
    }

    #[test]
    fn less_room_is_never_full_later(per_day in 1e9..100e9_f64, left_days in 2.0..300.0_f64) {
        let more = full_in(&readings(shrinking(400, per_day, left_days * per_day))).unwrap();
        let less = full_in(&readings(shrinking(400, per_day, left_days / 2.0 * per_day))).unwrap();
        prop_assert!(less.low < more.low && less.high < more.high);
    }

    #[test]
    fn a_disk_that_only_grows_never_fills(steps in proptest::collection::vec(0.0..1e9_f64, 30..700)) {
        let mut free = 1e9;
        let free: Vec<f64> = steps.into_iter().map(|step| { free += step; free }).collect();
        prop_assert_eq!(full_in(&readings(free)), None);
    }
}
