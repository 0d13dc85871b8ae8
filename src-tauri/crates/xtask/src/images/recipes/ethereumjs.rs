//! EthereumJS, an execution client of Ethereum.

use crate::cli::Set;
use crate::images::recipe::{App, Layout, Npm, Origin, PLAIN, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "ethereumjs",
    service: "ethereumjs",
    repository: "ethereumjs/ethereumjs",
    tag: Some("0.10.5"),
    title: "EthereumJS",
    licences: "MPL-2.0",
    purpose: Purpose::Test,
    set: Set::Wide,
    on_arm: true,
    origin: Origin::Npm(Npm {
        version: "0.10.5",
        manifest: include_str!("../../../recipes/ethereumjs/package.json"),
        lock: Some(include_str!("../../../recipes/ethereumjs/package-lock.json")),
        args: &["--omit=optional", "--ignore-scripts"],
        app: Some(App {
            command: "ethereumjs",
            launcher: include_str!("../../../recipes/ethereumjs/launcher.cjs"),
        }),
    }),
    programs: &[],
    layout: Layout {
        env: &[("HOME", "/data")],
        ports: &[8545, 8551, 30303],
        command: &["ethereumjs"],
        ..PLAIN
    },
};
