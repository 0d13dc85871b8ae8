//! js-ipfs, which speaks the HTTP interface of Kubo.

use crate::cli::Set;
use crate::images::recipe::{App, Layout, Npm, Origin, PLAIN, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "kubo-js",
    service: "ipfs",
    repository: "ipfs/js-ipfs",
    tag: Some("0.66.1"),
    title: "js-ipfs",
    licences: "Apache-2.0 OR MIT",
    purpose: Purpose::Test,
    set: Set::All,
    on_arm: true,
    origin: Origin::Npm(Npm {
        version: "0.66.1",
        manifest: include_str!("../../../recipes/kubo-js/package.json"),
        lock: None,
        args: &["--omit=optional", "--ignore-scripts"],
        app: Some(App {
            command: "ipfs",
            launcher: include_str!("../../../recipes/kubo-js/launcher.cjs"),
        }),
    }),
    programs: &[],
    layout: Layout {
        env: &[("HOME", "/data"), ("IPFS_PATH", "/data")],
        ports: &[4001, 5001, 8080],
        command: &["ipfs"],
        ..PLAIN
    },
};
