//! An image whose digest nobody has published: asked for once, shown, agreed to, and kept.

use freehold_tests::image::Image;
use freehold_tests::look::text;
use freehold_tests::registry;
use freehold_tests::sandbox::Sandbox;

/// The registry cannot forget a tag, so it is always the same one.
const TAG: &str = "freehold-test-moving";

#[test]
fn a_digest_is_pinned_with_consent_and_survives_that_the_tag_moves() {
    let Some(sandbox) = Sandbox::new() else { return };
    let first = sandbox.environment.image_of("bitcoin-core", "catalog");
    let second = sandbox.environment.image_of("bitcoin-core", "update");
    assert_ne!(first.digest, second.digest);
    registry::point(TAG, first).unwrap();
    let by_tag = Image {
        tag: TAG.to_owned(),
        ..first.clone()
    };
    sandbox.overlay().use_tag("bitcoin-core", "bitcoind", &by_tag);

    let install = ["install", "bitcoin-core", "--network", "regtest", "--wait", "ready"];
    let refused = sandbox.run(&install).fault("confirmation-needed");
    assert!(
        text(&refused["message"]).contains(&first.digest),
        "it shows what would be pinned: {refused}"
    );
    assert_eq!(
        sandbox.run(&["status"]).ok()["nodes"],
        serde_json::json!([]),
        "nothing was recorded"
    );
    let installed = sandbox.run(&[&install[..], &["--yes"]].concat()).ok();
    assert_eq!(installed["services"][0]["digest"], *first.digest);
    sandbox.run(&["erase", "bitcoin-core-regtest", "--yes"]).ok();

    registry::point(TAG, second).unwrap();
    // Consent is on record, so nothing needs to be asked, and what was agreed to is what comes.
    let again = sandbox.run(&install).ok();
    assert_eq!(
        again["services"][0]["digest"], *first.digest,
        "not what the tag says now: {again}"
    );
    assert_eq!(again["update_available"], false, "a moved tag is no update: {again}");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
