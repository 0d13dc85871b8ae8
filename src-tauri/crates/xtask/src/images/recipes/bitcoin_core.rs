//! Bitcoin Core, with the layout of the image that the catalog names, and two variants of it for updates.

use crate::cli::Set;
use crate::images::bitcoin_core::VERSION;
use crate::images::recipe::{Layout, Origin, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "bitcoin-core",
    service: "bitcoind",
    repository: "bitcoin/bitcoin",
    tag: Some(VERSION),
    title: "Bitcoin Core",
    licences: "MIT",
    purpose: Purpose::Catalog,
    set: Set::Default,
    on_arm: true,
    origin: Origin::BitcoinCore,
    programs: &[
        Program::inside("bitcoin-cli", "bitcoin-cli"),
        Program::inside("bitcoind", "bitcoind"),
    ],
    layout: Layout {
        // The upstream image puts the programs here and the folder on `PATH`.
        bin: "/opt/bitcoin-31.99/bin",
        data: "/home/bitcoin/.bitcoin",
        volume: true,
        // As upstream's Debian image numbers them.
        user: ("bitcoin", 101),
        shell: true,
        env: &[("BITCOIN_DATA", "/home/bitcoin/.bitcoin"), ("BITCOIN_VERSION", VERSION)],
        // The ports that the upstream image declares, and those of testnet4.
        ports: &[8332, 8333, 18332, 18333, 18443, 18444, 38332, 38333, 48332, 48333],
        entrypoint: &["/entrypoint.sh"],
        command: &["bitcoind"],
        files: &[(
            "entrypoint.sh",
            0o755,
            include_str!("../../../recipes/bitcoin-core/entrypoint.sh"),
        )],
        labels: &[],
    },
};

/// The same programs under a later tag.
pub(super) const UPDATE: Recipe = Recipe {
    tag: Some("31.99-next"),
    purpose: Purpose::Update,
    layout: Layout {
        labels: &[("org.opencontainers.image.description", "the release after this one")],
        ..RECIPE.layout
    },
    ..RECIPE
};

/// A later tag whose `bitcoind` ends at once with exit code 1.
pub(super) const BROKEN: Recipe = Recipe {
    tag: Some("31.99-broken"),
    purpose: Purpose::Broken,
    origin: Origin::System,
    programs: &[Program::inside("bitcoind", "false")],
    layout: Layout {
        labels: &[("org.opencontainers.image.description", "a release that cannot start")],
        ..RECIPE.layout
    },
    ..RECIPE
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_are_in_a_folder_named_after_the_version() {
        assert_eq!(RECIPE.layout.bin, format!("/opt/bitcoin-{VERSION}/bin"));
    }
}
