//! electrs, the index that Electrum wallets ask.

use crate::cli::Set;
use crate::images::recipe::{Crate, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "electrs",
    service: "electrs",
    repository: "electrs/electrs",
    tag: Some("0.10.10"),
    title: "electrs",
    licences: "MIT",
    purpose: Purpose::Catalog,
    set: Set::Default,
    on_arm: true,
    origin: Origin::Crate(Crate {
        name: "electrs",
        // The last one that takes the RocksDB of Debian 12.
        version: "0.10.10",
        args: &["--locked", "--no-default-features"],
        // Without the system's library it would compile RocksDB, which takes longer than everything else together.
        env: &[
            ("ROCKSDB_INCLUDE_DIR", "/usr/include"),
            ("ROCKSDB_LIB_DIR", "/usr/lib"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ],
        takes: "some 90 seconds",
    }),
    programs: &[Program::inside("electrs", "bin/electrs")],
    layout: Layout {
        ports: &[50001, 4224],
        command: &["electrs"],
        ..PLAIN
    },
};
