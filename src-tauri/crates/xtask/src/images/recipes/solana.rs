//! Solana's validator for development. It ignores SIGTERM as the first process of a container.

use crate::cli::Set;
use crate::images::recipe::{Crate, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "solana-test-validator",
    service: "validator",
    repository: "solana/test-validator",
    tag: Some("2.3.13"),
    title: "Solana test validator",
    licences: "Apache-2.0",
    purpose: Purpose::Catalog,
    set: Set::All,
    on_arm: true,
    origin: Origin::Crate(Crate {
        name: "agave-validator",
        // Later ones need a later compiler than this workspace does.
        version: "2.3.13",
        args: &["--locked", "--bin", "solana-test-validator"],
        env: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")],
        takes: "some 18 minutes",
    }),
    programs: &[Program::inside("solana-test-validator", "bin/solana-test-validator")],
    layout: Layout {
        ports: &[8899, 8900],
        command: &["solana-test-validator"],
        ..PLAIN
    },
};
