use std::time::{Duration, Instant};

use freehold_model::ImageReference;
use freehold_model::state::LayerPhase;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::Aggregator;

fn image() -> ImageReference {
    ImageReference {
        repository: "127.0.0.1:5000/bitcoin/bitcoin".to_owned(),
        tag: "31.0".to_owned(),
        digest: format!("sha256:{}", "ab".repeat(32)).parse().expect("a digest"),
        platforms: vec!["linux/amd64".to_owned()],
    }
}

fn read(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a captured line"))
        .collect()
}

/// Captured: five layers from a registry on the same machine.
const DOCKER: &str = include_str!("../../../tests/fixtures/docker-20.10.24-pull.jsonl");
const PODMAN_OWN: &str = include_str!("../../../tests/fixtures/podman-4.3.1-libpod-pull.jsonl");
const PODMAN_COMPAT: &str = include_str!("../../../tests/fixtures/podman-4.3.1-compat-pull.jsonl");

#[test]
fn docker_s_lines_become_layers_in_the_image_s_order() {
    let start = Instant::now();
    let mut progress = Aggregator::new(&image());
    let mut phases = vec![Vec::new(); 5];
    for (step, line) in (0_u32..).zip(read(DOCKER)) {
        progress.add(&line, start + Duration::from_millis(50) * step);
        for (index, layer) in progress.snapshot().layers.iter().enumerate() {
            if phases[index].last() != Some(&layer.phase) {
                phases[index].push(layer.phase);
            }
        }
    }
    let last = progress.snapshot();
    assert_eq!(last.image, "127.0.0.1:5000/bitcoin/bitcoin:31.0");
    let ids: Vec<&str> = last.layers.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "30b4b4f76993",
            "ed2d8e39b4ac",
            "10f4bfb0a8cc",
            "5bcceefe4546",
            "750772b13538"
        ]
    );
    assert!(
        last.layers.iter().all(|layer| layer.phase == LayerPhase::Done),
        "{:?}",
        last.layers
    );
    assert_eq!(
        (last.downloaded, last.total),
        (7_806_006, Some(7_806_006)),
        "the sum of the five layers"
    );
    let whole = [
        LayerPhase::Waiting,
        LayerPhase::Downloading,
        LayerPhase::Verifying,
        LayerPhase::Extracting,
        LayerPhase::Done,
    ];
    assert_eq!(phases[0], whole, "a layer goes through every phase once");
}

#[test]
fn a_new_layer_is_news_and_the_same_line_again_is_not() {
    let line = json!({"status": "Waiting", "progressDetail": {}, "id": "a"});
    let mut progress = Aggregator::new(&image());
    assert!(progress.add(&line, Instant::now()), "a layer that nobody knew of");
    assert!(!progress.add(&line, Instant::now()), "nothing changed");
}

#[test]
fn the_rate_is_what_came_over_the_time_it_took() {
    let lines = r#"{"status":"Downloading","progressDetail":{"current":1000000,"total":29126484},"id":"a"}
{"status":"Downloading","progressDetail":{"current":5000000,"total":29126484},"id":"a"}
{"status":"Downloading","progressDetail":{"current":9000000,"total":29126484},"id":"a"}"#;
    let start = Instant::now();
    let mut progress = Aggregator::new(&image());
    for (second, line) in (0_u64..).zip(read(lines)) {
        assert_eq!(
            progress.snapshot().rate.is_some(),
            second > 1,
            "no rate from one sample"
        );
        progress.add(&line, start + Duration::from_secs(second));
    }
    let rate = progress.snapshot().rate.expect("a rate");
    assert!((rate - 4_000_000.0).abs() < 1.0, "four megabytes a second, not {rate}");
}

/// As Docker 29 writes them with the containerd image store: seconds while unpacking.
#[test]
fn seconds_are_not_taken_for_bytes() {
    let lines = r#"{"status":"Downloading","progressDetail":{"current":100,"total":200},"id":"a"}
{"status":"Download complete","progressDetail":{"hidecounts":true},"id":"a"}
{"status":"Extracting","progressDetail":{"current":3,"units":"s"},"id":"a"}"#;
    let mut progress = Aggregator::new(&image());
    for line in read(lines) {
        progress.add(&line, Instant::now());
    }
    let snapshot = progress.snapshot();
    assert_eq!(
        (
            snapshot.downloaded,
            snapshot.layers[0].current,
            snapshot.layers[0].total
        ),
        (200, 0, Some(200))
    );
}

/// Docker's API without counts, its own with sentences.
#[test]
fn podman_gives_no_bytes_and_so_no_rate() {
    for lines in [PODMAN_OWN, PODMAN_COMPAT] {
        let start = Instant::now();
        let mut progress = Aggregator::new(&image());
        for (second, line) in (0_u64..).zip(read(lines)) {
            progress.add(&line, start + Duration::from_secs(second));
        }
        let snapshot = progress.snapshot();
        assert_eq!(
            (snapshot.downloaded, snapshot.total, snapshot.rate),
            (0, None, None),
            "unknown is shown as unknown"
        );
        let has_layer = |id: &str| snapshot.layers.iter().any(|layer| layer.id == id);
        assert!(
            has_layer("30b4b4f76993") && has_layer("750772b13538"),
            "layers go by the same short ids: {snapshot:?}"
        );
    }
}

proptest! {
    #[test]
    fn no_line_makes_it_panic_and_the_sum_never_exceeds_what_the_layers_say(
        lines in proptest::collection::vec((0_usize..9, 0_u8..4, any::<u64>(), any::<u64>()), 0..60)
    ) {
        const STATUS: [&str; 9] = ["Pulling fs layer", "Waiting", "Downloading", "Verifying Checksum", "Download complete",
            "Extracting", "Pull complete", "Already exists", "Retrying in 5 seconds"];
        let mut progress = Aggregator::new(&image());
        let mut before = 0;
        let now = Instant::now();
        for (status, id, current, total) in lines {
            // An honest engine never counts beyond its own total, and keeps to it.
            let total = total % 1000 + 1;
            let detail = json!({"current": current % (total + 1), "total": 1001});
            progress.add(&json!({"status": STATUS[status], "id": id.to_string(), "progressDetail": detail}), now);
            let snapshot = progress.snapshot();
            prop_assert!(snapshot.downloaded >= before, "bytes that came stay");
            prop_assert!(snapshot.downloaded <= snapshot.total.unwrap_or(0), "no more than there is");
            before = snapshot.downloaded;
        }
    }
}
