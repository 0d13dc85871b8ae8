//! bcoin, a Bitcoin node on Node.js. It does not stop on SIGTERM as the first process of a container.

use crate::cli::Set;
use crate::images::recipe::{App, Layout, Npm, Origin, PLAIN, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "bcoin",
    service: "bcoin",
    repository: "bcoin/bcoin",
    tag: Some("1.0.2"),
    title: "bcoin",
    licences: "MIT",
    purpose: Purpose::Test,
    set: Set::Default,
    on_arm: true,
    origin: Origin::Npm(Npm {
        version: "1.0.2",
        manifest: include_str!("../../../recipes/bcoin/package.json"),
        lock: Some(include_str!("../../../recipes/bcoin/package-lock.json")),
        // Its native parts do not compile on today's Node.js; it has each in JavaScript as well.
        args: &["--omit=optional", "--ignore-scripts"],
        app: Some(App {
            command: "bcoin",
            launcher: include_str!("../../../recipes/bcoin/launcher.cjs"),
        }),
    }),
    programs: &[],
    layout: Layout {
        env: &[("NODE_BACKEND", "js"), ("HOME", "/data"), ("BCOIN_PREFIX", "/data")],
        ports: &[8332, 8333, 48332, 48444],
        command: &["bcoin"],
        ..PLAIN
    },
};
