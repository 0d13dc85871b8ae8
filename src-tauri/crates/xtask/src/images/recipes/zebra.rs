//! Zebra, a node of Zcash.

use crate::cli::Set;
use crate::images::recipe::{Crate, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "zebra",
    service: "zebrad",
    repository: "zebra/zebra",
    tag: Some("7.0.0"),
    title: "Zebra",
    licences: "MIT OR Apache-2.0",
    purpose: Purpose::Catalog,
    set: Set::All,
    on_arm: true,
    origin: Origin::Crate(Crate {
        name: "zebrad",
        version: "7.0.0",
        args: &["--locked"],
        env: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")],
        takes: "some 15 minutes",
    }),
    programs: &[Program::inside("zebrad", "bin/zebrad")],
    layout: Layout {
        ports: &[8232, 8233, 18232, 18233],
        command: &["zebrad"],
        ..PLAIN
    },
};
