//! Anvil, an Ethereum node for development, and its command line.

use crate::cli::Set;
use crate::images::recipe::{Layout, Npm, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "anvil",
    service: "anvil",
    repository: "foundry/anvil",
    tag: Some("1.7.1"),
    title: "Anvil",
    licences: "MIT OR Apache-2.0",
    purpose: Purpose::Catalog,
    set: Set::Default,
    on_arm: false,
    origin: Origin::Npm(Npm {
        version: "1.7.1",
        manifest: include_str!("../../../recipes/anvil/package.json"),
        lock: Some(include_str!("../../../recipes/anvil/package-lock.json")),
        args: &[],
        app: None,
    }),
    programs: &[
        Program::inside("anvil", "node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"),
        Program::beside("cast", "node_modules/@foundry-rs/cast-linux-amd64/bin/cast"),
    ],
    layout: Layout {
        // It looks for its settings in the user's home.
        env: &[("HOME", "/data")],
        ports: &[8545],
        command: &["anvil"],
        ..PLAIN
    },
};
