//! Claims about the estimate, by example and by property.

use std::time::Duration;

use freehold_model::{ProbeReport, Stage, Timestamp};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, proptest};
use proptest::strategy::Strategy;

use super::{BoundBy, SyncHistory};

fn report(stage: Stage, percent: f64, height: u64) -> ProbeReport {
    ProbeReport {
        stage,
        height,
        target: Some(1_000_000),
        percent: Some(percent),
        detail: None,
        peers_in: 0,
        peers_out: 8,
        version: "31.1.0".to_owned(),
        chain: "main".to_owned(),
        tip_age: None,
        tip: String::new(),
        size_on_disk: None,
        pruned: false,
        warnings: Vec::new(),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(1_800_000_000_000 + seconds * 1000)
}

/// Readings every `step` seconds for `seconds`, with the percent that `percent` gives for a second.
fn run(step: i64, seconds: i64, percent: impl Fn(f64) -> f64) -> SyncHistory {
    let mut history = SyncHistory::new();
    for second in (0..=seconds).step_by(usize::try_from(step).unwrap()) {
        let percent = percent(second as f64);
        history.push(at(second), &report(Stage::Blocks, percent, second.unsigned_abs()));
    }
    history
}

#[test]
fn a_steady_download_is_told_as_a_range_around_the_truth() {
    // 0.01 percent a second: from 10 percent on, 8,100 s after 900 s.
    for step in [1, 5, 30] {
        let mut history = run(step, 900, |second| 10.0 + second * 0.01);
        history.set_bound_by(Some(BoundBy::Disk));
        let eta = history.eta(at(900)).expect("fifteen steady minutes are enough");
        let (low, high) = (eta.low.as_secs_f64(), eta.high.as_secs_f64());
        assert!(
            low <= 8100.0 * 0.86 && low > 8100.0 * 0.8,
            "at least 15 percent below: {low}"
        );
        assert!(
            (8100.0 * 1.14..8100.0 * 1.2).contains(&high),
            "at least 15 percent above: {high}"
        );
        assert_eq!(eta.bound_by.as_deref(), Some("disk speed"));
    }
}

#[test]
fn the_estimate_is_hidden_for_three_minutes() {
    assert!(run(5, 170, |second| second * 0.01).eta(at(170)).is_none(), "too early");
    assert!(
        run(5, 190, |second| second * 0.01).eta(at(190)).is_some(),
        "long enough"
    );
}

#[test]
fn a_pause_does_not_bend_the_estimate() {
    // Two minutes of flushing the database in the middle.
    let history = run(5, 900, |second| if second < 400.0 { second } else { 400_f64.max(second - 120.0) } * 0.01);
    let eta = history.eta(at(900)).unwrap();
    let truth = (100.0 - 7.8) / 0.01;
    assert!(
        eta.low.as_secs_f64() <= truth && eta.high.as_secs_f64() >= truth,
        "{eta:?} holds {truth}"
    );
}

#[test]
fn no_progress_gives_no_estimate() {
    assert!(
        run(5, 900, |_| 40.0).eta(at(900)).is_none(),
        "an endless estimate is none"
    );
    assert!(
        run(5, 900, |second| 40.0 + second * 1e-6).eta(at(900)).is_none(),
        "nearly nothing"
    );
}

#[test]
fn an_unsteady_rate_gives_no_estimate() {
    // Five minutes of nothing, then ten times as fast.
    let history = run(5, 600, |second| {
        if second < 300.0 {
            second * 0.001
        } else {
            0.3 + (second - 300.0) * 0.05
        }
    });
    assert!(
        history.eta(at(600)).is_none(),
        "the two ends would tell different stories"
    );
}

#[test]
fn stages_without_a_total_have_no_estimate() {
    let mut history = run(5, 900, |second| second * 0.01);
    history.push(at(905), &report(Stage::Headers, 9.0, 900));
    assert!(history.eta(at(905)).is_none());
}

#[test]
fn a_new_start_forgets_the_old_rate() {
    let mut history = run(5, 900, |second| 50.0 + second * 0.01);
    history.push(at(905), &report(Stage::Blocks, 0.0, 1));
    assert!(history.eta(at(905)).is_none(), "the index is being rebuilt");
}

#[test]
fn an_old_reading_gives_no_estimate_and_sleep_begins_anew() {
    let mut history = run(5, 900, |second| second * 0.01);
    assert!(history.eta(at(900 + 3600)).is_none(), "an hour without a reading");
    history.push(at(900 + 3600), &report(Stage::Blocks, 9.0, 900));
    assert!(history.eta(at(900 + 3600)).is_none(), "the hour of sleep is not a rate");
}

#[test]
fn half_an_hour_without_a_block_is_a_stall() {
    let mut history = SyncHistory::new();
    for minute in 0..=31 {
        history.push(at(minute * 60), &report(Stage::Blocks, 40.0, 7));
        assert_eq!(history.is_stalled(at(minute * 60)), minute >= 30, "minute {minute}");
    }
    history.push(at(32 * 60), &report(Stage::Blocks, 40.0, 8));
    assert!(!history.is_stalled(at(32 * 60)), "a block has come");
}

#[test]
fn a_pause_at_the_tip_or_without_peers_is_no_stall() {
    let mut at_tip = SyncHistory::new();
    let mut alone = SyncHistory::new();
    for minute in 0..=60 {
        at_tip.push(at(minute * 60), &report(Stage::Ready, 100.0, 7));
        let no_peers = ProbeReport {
            peers_out: 0,
            ..report(Stage::Blocks, 40.0, 7)
        };
        alone.push(at(minute * 60), &no_peers);
    }
    assert!(!at_tip.is_stalled(at(3600)), "no block is owed at the tip");
    assert!(!alone.is_stalled(at(3600)), "without peers it is another fault");
}

#[test]
fn a_night_of_sleep_is_no_stall() {
    let mut history = SyncHistory::new();
    history.push(at(0), &report(Stage::Blocks, 40.0, 7));
    history.push(at(8 * 3600), &report(Stage::Blocks, 40.0, 7));
    assert!(!history.is_stalled(at(8 * 3600)), "the node has had no time");
}

/// Any sequence of readings, the clock jumping forwards and backwards.
fn readings() -> impl Strategy<Value = Vec<(i64, f64, u64, u8)>> {
    let step = prop::sample::select(vec![
        0_i64,
        1,
        5,
        15,
        60,
        61,
        299,
        301,
        4000,
        -1,
        -60,
        -90_000,
        i64::MAX / 2000,
    ]);
    let percent = prop::sample::select(vec![
        0.0,
        0.01,
        3.0,
        50.0,
        99.99,
        100.0,
        -5.0,
        1e300,
        f64::NAN,
        f64::INFINITY,
    ]);
    prop::collection::vec((step, percent, any::<u64>(), 0_u8..4), 0..80)
}

proptest! {
    #[test]
    fn any_readings_give_a_proper_range_or_none(readings in readings()) {
        let mut history = SyncHistory::new();
        let mut clock = 0_i64;
        for (step, percent, height, stage) in readings {
            clock = clock.saturating_add(step);
            let stage = [Stage::PreHeaders, Stage::Headers, Stage::Blocks, Stage::Ready][usize::from(stage)];
            let now = Timestamp(clock.saturating_mul(1000));
            history.push(now, &report(stage, percent, height));
            if let Some(eta) = history.eta(now) {
                prop_assert!(eta.low <= eta.high, "{eta:?}");
            }
            history.is_stalled(now);
            history.eta(Timestamp(i64::MIN));
            history.is_stalled(Timestamp(i64::MAX));
        }
    }

}

proptest! {
    // 181 readings each, and a rate for most of them.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_steady_rate_with_noise_holds_the_truth(
        rate in 0.002_f64..0.05,
        noise in prop::collection::vec(-1.0_f64..1.0, 181),
    ) {
        // Up to ten seconds of progress early or late at each reading.
        let mut history = SyncHistory::new();
        let mut last = 0.0_f64;
        for (index, noise) in noise.iter().enumerate() {
            let second = index as f64 * 5.0;
            last = last.max((second + noise * 10.0).max(0.0) * rate);
            let cut = (last * 100.0).floor() / 100.0;
            history.push(at(5 * i64::try_from(index).unwrap()), &report(Stage::Blocks, cut, 7));
        }
        let eta = history.eta(at(900));
        prop_assert!(eta.is_some(), "steady enough to be shown");
        if let Some(eta) = eta {
            let truth = (100.0 - 900.0 * rate) / rate;
            prop_assert!(eta.low.as_secs_f64() <= truth && truth <= eta.high.as_secs_f64(), "{eta:?} holds {truth}");
            prop_assert!(eta.high >= eta.low + Duration::from_secs_f64(truth * 0.25), "an estimate is no promise");
        }
    }
}
