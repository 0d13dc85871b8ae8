//! Images of a registry that changes its mind, lies and breaks off.

use std::time::Instant;

use freehold_engine::{Engine, EngineError, ImageRemoval, ResolvedBy};
use freehold_model::EngineKind;

use super::corner::{free_port, with_engine};
use super::registry::{Behaviour, Registry};

#[test]
fn a_tag_is_looked_up_where_it_points_now() {
    with_engine("tag", |corner| async move {
        let engine = &corner.engine;
        let registry = Registry::start();
        let platform = engine.facts().platform.clone();
        let expected = match engine.facts().kind {
            EngineKind::Docker => ResolvedBy::Asking,
            EngineKind::Podman => ResolvedBy::Download,
        };
        for _ in 0..2 {
            let pushed = registry.push("31", &platform);
            let found = engine
                .resolve_tag(&pushed.repository, "31")
                .await
                .expect("the tag is known");
            assert_eq!((&found.digest, found.how), (&pushed.digest, expected));
            assert_eq!(found.platforms, [platform.as_str()]);
            let is_held = engine.find_image(&pushed).await.expect("an answer").is_some();
            assert_eq!(
                is_held,
                expected == ResolvedBy::Download,
                "downloaded only where there is no other way"
            );
            let removed = engine.remove_image(&pushed).await.expect("an answer");
            assert_eq!(removed == ImageRemoval::Removed, is_held, "{removed:?}");
            assert_eq!(
                engine.find_image(&pushed).await.expect("an answer"),
                None,
                "no tag keeps it"
            );
        }
        let error = engine
            .resolve_tag(&registry.repository(), "32")
            .await
            .expect_err("no such tag");
        assert!(matches!(error, EngineError::ImageMissing { .. }), "{error}");
        let nowhere = format!("127.0.0.1:{}/a/b", free_port());
        let error = engine.resolve_tag(&nowhere, "1").await.expect_err("nobody there");
        assert!(matches!(error, EngineError::RegistryUnreachable { .. }), "{error}");
    });
}

#[test]
fn an_image_is_measured_and_removed_only_when_nothing_needs_it() {
    with_engine("remove", |corner| async move {
        let engine = &corner.engine;
        let image = Registry::start().push("1", &engine.facts().platform);
        assert_eq!(engine.image_bytes(&image).await.expect("an answer"), None);
        assert_eq!(
            engine.remove_image(&image).await.expect("an answer"),
            ImageRemoval::Absent
        );
        let id = engine.pull(&image, &mut |_| {}).await.expect("pulled");
        let size = engine
            .image_bytes(&image)
            .await
            .expect("an answer")
            .expect("it is there");
        assert!((2_000_000..3_000_000).contains(&size.bytes()), "{size}");
        let mut plan = corner.plan("bitcoind", &[]);
        plan.entrypoint = vec!["/data".to_owned()];
        corner.create_network(&plan).await;
        let container = engine.create(&plan, &id).await.expect("a container");
        assert_eq!(
            engine.remove_image(&image).await.expect("an answer"),
            ImageRemoval::InUse
        );
        assert_eq!(engine.find_image(&image).await.expect("an answer"), Some(id));
        engine.remove(&container).await.expect("removed");
        assert_eq!(
            engine.remove_image(&image).await.expect("an answer"),
            ImageRemoval::Removed
        );
        assert_eq!(engine.find_image(&image).await.expect("an answer"), None);
        assert_eq!(
            engine.remove_image(&image).await.expect("an answer"),
            ImageRemoval::Absent
        );
    });
}

#[test]
fn what_is_not_the_pinned_image_is_never_taken_and_a_cut_is_the_registry_s() {
    with_engine("broken", |corner| async move {
        let mut behaviours = vec![Behaviour::WrongManifest, Behaviour::WrongLayer, Behaviour::CutManifest];
        // Docker tries a layer again for more than a minute; that has a test of its own.
        if corner.engine.facts().kind == EngineKind::Podman {
            behaviours.push(Behaviour::CutLayer);
        }
        for behaviour in behaviours {
            let error = broken_pull(&corner.engine, behaviour).await;
            let is_right = match behaviour {
                Behaviour::CutLayer | Behaviour::CutManifest => {
                    matches!(error, EngineError::RegistryUnreachable { .. })
                }
                _ => matches!(error, EngineError::DigestMismatch { .. }),
            };
            assert!(is_right, "{behaviour:?}: {error:?}");
        }
    });
}

#[test]
#[ignore = "Docker tries for more than a minute"]
fn a_layer_that_always_breaks_off_is_the_registry_s_fault() {
    with_engine("cut", |corner| async move {
        let error = broken_pull(&corner.engine, Behaviour::CutLayer).await;
        assert!(matches!(error, EngineError::RegistryUnreachable { .. }), "{error:?}");
    });
}

/// The error of a pull from a registry that behaves like that; the engine holds nothing of it then, and pulls the
/// same image well as soon as the registry is honest.
async fn broken_pull(engine: &Engine, behaviour: Behaviour) -> EngineError {
    let registry = Registry::start();
    let image = registry.push("1", &engine.facts().platform);
    registry.behave(behaviour);
    let start = Instant::now();
    let error = engine.pull(&image, &mut |_| {}).await.expect_err("broken");
    eprintln!("{behaviour:?} after {:?}: {error}", start.elapsed());
    assert_eq!(engine.find_image(&image).await.expect("an answer"), None);
    registry.behave(Behaviour::Honest);
    engine.pull(&image, &mut |_| {}).await.expect("it heals");
    assert_eq!(
        engine.remove_image(&image).await.expect("an answer"),
        ImageRemoval::Removed
    );
    error
}
