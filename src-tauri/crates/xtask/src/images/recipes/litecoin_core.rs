//! Litecoin Core: Bitcoin Core's interface with a wallet.

use crate::cli::Set;
use crate::images::recipe::{Debian, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "litecoin-core",
    service: "litecoind",
    repository: "litecoin/litecoin-core",
    tag: None,
    title: "Litecoin Core",
    licences: "MIT",
    purpose: Purpose::Catalog,
    set: Set::Default,
    on_arm: true,
    origin: Origin::Debian(Debian { package: "litecoind" }),
    // What the package has on the path is a script around the program.
    programs: &[
        Program::inside("litecoind", "usr/lib/litecoin/litecoind"),
        Program::inside("litecoin-cli", "usr/bin/litecoin-cli"),
    ],
    layout: Layout {
        ports: &[9332, 9333],
        command: &["litecoind"],
        ..PLAIN
    },
};
