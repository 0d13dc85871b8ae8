//! ArLocal, an Arweave gateway for development.

use crate::cli::Set;
use crate::images::recipe::{App, Layout, Npm, Origin, PLAIN, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "arlocal",
    service: "arlocal",
    repository: "arlocal/arlocal",
    tag: Some("1.1.66"),
    title: "ArLocal",
    licences: "MIT",
    purpose: Purpose::Test,
    set: Set::Wide,
    on_arm: true,
    origin: Origin::Npm(Npm {
        version: "1.1.66",
        manifest: include_str!("../../../recipes/arlocal/package.json"),
        lock: None,
        // Its scripts compile SQLite.
        args: &[],
        app: Some(App {
            command: "arlocal",
            launcher: include_str!("../../../recipes/arlocal/launcher.cjs"),
        }),
    }),
    programs: &[],
    layout: Layout {
        env: &[("HOME", "/data")],
        ports: &[1984],
        command: &["arlocal"],
        ..PLAIN
    },
};
