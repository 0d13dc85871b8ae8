//! How Bitcoin Core is built: every value that decides what comes out, and the key under which the result is cached.

use std::env::consts::ARCH;
use std::path::Path;

use crate::files;

/// The crate whose package carries Bitcoin Core's source tree.
pub(super) const CRATE: &str = "libbitcoinkernel-sys";
pub(super) const CRATE_VERSION: &str = "0.4.1";
/// SHA-256 of the crate's package: what is built is exactly what was reviewed.
pub(super) const CRATE_SHA256: &str = "345d18a1ce19a1becfcaaa066e3a60e9c7813ef5c23ea8c20704ca4ba1a46339";
/// Bitcoin Core's own version of that tree, a snapshot of its master branch.
pub(super) const VERSION: &str = "31.99";

pub(super) const CLIENT: &str = "bitcoin-core";
pub(super) const SERVICE: &str = "bitcoind";
pub(super) const REPOSITORY: &str = "bitcoin/bitcoin";
pub(super) const TAG: &str = VERSION;
pub(super) const PROGRAMS: [&str; 2] = ["bitcoind", "bitcoin-cli"];

/// The package has no wallet, no ZeroMQ, no asmap data; the rest of what is off only costs time. `-O1` halves the time
/// to build and is fast enough for regtest.
pub(super) const CMAKE: &[&str] = &[
    "-DCMAKE_BUILD_TYPE=Release",
    "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -g0",
    "-DCMAKE_C_FLAGS_RELEASE=-O1 -g0",
    "-DWITH_CCACHE=OFF",
    "-DBUILD_DAEMON=ON",
    "-DBUILD_CLI=ON",
    "-DBUILD_BITCOIN_BIN=OFF",
    "-DBUILD_TX=OFF",
    "-DBUILD_UTIL=OFF",
    "-DBUILD_GUI=OFF",
    "-DBUILD_TESTS=OFF",
    "-DBUILD_BENCH=OFF",
    "-DBUILD_FUZZ_BINARY=OFF",
    "-DBUILD_KERNEL_LIB=OFF",
    "-DENABLE_WALLET=OFF",
    "-DENABLE_IPC=OFF",
    "-DWITH_ZMQ=OFF",
    "-DENABLE_EXTERNAL_SIGNER=OFF",
    "-DWITH_EMBEDDED_ASMAP=OFF",
    "-DINSTALL_MAN=OFF",
];

/// The build id is a hash over the paths of the build folder too; without it every folder gives the same program.
pub(super) const STRIP: &[&str] = &["--strip-all", "--remove-section=.note.gnu.build-id"];
/// Keeps git from looking further up than the build folder: the program's version would otherwise name the commit of
/// whatever work tree it happens to be built in, and be another program for each commit of ours.
pub(super) const GIT_CEILING: &str = "GIT_CEILING_DIRECTORIES";

/// The ports that the upstream image declares, and those of testnet4.
pub(super) const PORTS: [u16; 10] = [8332, 8333, 18332, 18333, 18443, 18444, 38332, 38333, 48332, 48333];
pub(super) const DATA: &str = "/home/bitcoin/.bitcoin";
/// The upstream image puts the programs here and the folder on `PATH`.
pub(super) const BIN: &str = "/opt/bitcoin-31.99/bin";
/// User and group `bitcoin`, as upstream's Debian image numbers them.
pub(super) const USER: u32 = 101;

pub(super) const ENTRYPOINT: &str = include_str!("../../recipes/bitcoin-core/entrypoint.sh");

/// The name of the cache folder: other sources, flags, processor or system libraries are another result.
pub(super) fn cache_key() -> String {
    let system = std::fs::read_to_string(Path::new("/etc/os-release")).unwrap_or_default();
    let release = system
        .lines()
        .filter(|line| line.starts_with("ID=") || line.starts_with("VERSION_ID="));
    let release: Vec<_> = release.collect();
    let all = [&[CRATE_SHA256, ARCH, GIT_CEILING], CMAKE, STRIP, &release]
        .concat()
        .join("\n");
    format!("{CRATE}-{CRATE_VERSION}-{}", &files::sha256(all.as_bytes())[..12])
}

/// The image's platform in the registry's words.
pub(super) fn architecture() -> &'static str {
    match ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_are_in_a_folder_named_after_the_version() {
        assert_eq!(BIN, format!("/opt/bitcoin-{VERSION}/bin"));
    }

    #[test]
    fn the_cache_key_is_stable_and_names_the_source() {
        assert_eq!(cache_key(), cache_key());
        assert!(
            cache_key().starts_with("libbitcoinkernel-sys-0.4.1-"),
            "{}",
            cache_key()
        );
    }
}
