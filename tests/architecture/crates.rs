//! The order of the crates, read from `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// A crate imports only from rows above its own.
const ORDER: &[&[&str]] = &[
    &["freehold-model"],
    &[
        "freehold-catalog",
        "freehold-plan",
        "freehold-engine",
        "freehold-probe",
        "freehold-host",
        "freehold-store",
    ],
    &[
        "freehold-supervisor",
        "freehold-wallets",
        "freehold-gateway",
        "freehold-supply",
    ],
    &["freehold-contract"],
    &["freehold-app"],
    &["freehold-cli", "freehold-desktop"],
];

/// Outside the order: for tests and for building.
const OUTSIDE: &[&str] = &["freehold-testkit", "freehold-tests", "xtask"];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .exec()
        .unwrap()
}

fn row(name: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&name))
}

/// Names of a package's dependencies of the given kinds.
fn dependencies(package: &Package, kinds: &[DependencyKind]) -> BTreeSet<String> {
    package
        .dependencies
        .iter()
        .filter(|found| kinds.contains(&found.kind))
        .map(|found| found.name.clone())
        .collect()
}

fn packages() -> BTreeMap<String, Package> {
    metadata()
        .workspace_packages()
        .into_iter()
        .map(|package| (package.name.to_string(), package.clone()))
        .collect()
}

#[test]
fn every_crate_has_its_place_in_the_order() {
    for name in packages().keys() {
        assert!(
            row(name).is_some() || OUTSIDE.contains(&name.as_str()),
            "{name} is not in the order; see ARCHITECTURE.md"
        );
    }
}

#[test]
fn no_import_points_upward_or_sideways() {
    for (name, package) in packages() {
        let Some(own) = row(&name) else { continue };
        for dependency in dependencies(&package, &[DependencyKind::Normal]) {
            if let Some(theirs) = row(&dependency) {
                assert!(
                    theirs < own,
                    "{name} may not import {dependency}: the order runs the other way"
                );
            }
            assert!(
                !OUTSIDE.contains(&dependency.as_str()),
                "{name} ships, so it may not import {dependency}"
            );
        }
    }
}

/// The crate that alone may name a library, and why.
const ONLY: &[(&str, &[&str], &str)] = &[
    ("tauri", &["freehold-desktop"], "the core must run without a window"),
    (
        "tauri-build",
        &["freehold-desktop"],
        "the core must run without a window",
    ),
    (
        "bollard",
        &["freehold-engine"],
        "everything else must not care which engine it is",
    ),
    ("rusqlite", &["freehold-store"], "one crate owns the database"),
    ("axum", &["freehold-app"], "hosts stand in one place"),
    ("ts-rs", &["freehold-contract"], "the wire is described once"),
];

#[test]
fn libraries_stay_where_they_belong() {
    let all = [
        DependencyKind::Normal,
        DependencyKind::Build,
        DependencyKind::Development,
    ];
    for (name, package) in packages() {
        for dependency in dependencies(&package, &all) {
            for (library, owners, why) in ONLY {
                assert!(
                    dependency != *library || owners.contains(&name.as_str()),
                    "{name} names {library}: {why}"
                );
            }
            let is_plugin = dependency.starts_with("tauri-plugin");
            assert!(
                !is_plugin || name == "freehold-desktop",
                "{name} names {dependency}: the core must run without a window"
            );
        }
    }
}

#[test]
fn the_core_builds_without_the_window() {
    let metadata = metadata();
    let default: BTreeSet<String> = metadata
        .workspace_default_packages()
        .into_iter()
        .map(|package| package.name.to_string())
        .collect();
    assert!(
        !default.contains("freehold-desktop"),
        "a plain `cargo build` must work on a machine without WebKit"
    );
    assert!(
        default.contains("freehold-app"),
        "a plain `cargo build` builds the core"
    );
}

#[test]
fn nothing_in_the_tree_phones_home() {
    let metadata = metadata();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let telemetry = [
            "sentry",
            "posthog",
            "opentelemetry-otlp",
            "amplitude",
            "mixpanel",
            "segment",
        ];
        assert!(
            !telemetry.iter().any(|word| name.starts_with(word)),
            "{name} is in the tree; Freehold sends nothing"
        );
    }
}
