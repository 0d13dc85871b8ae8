//! A Nostr relay.

use crate::cli::Set;
use crate::images::recipe::{Crate, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "nostr-rs-relay",
    service: "relay",
    repository: "nostr/nostr-rs-relay",
    tag: Some("0.8.12"),
    title: "nostr-rs-relay",
    licences: "MIT",
    purpose: Purpose::Catalog,
    set: Set::Wide,
    on_arm: true,
    origin: Origin::Crate(Crate {
        name: "nostr-rs-relay",
        version: "0.8.12",
        // Without `--locked`: a library that it locks does not compile with today's compiler.
        args: &[],
        env: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")],
        takes: "some 4 minutes",
    }),
    programs: &[Program::inside("nostr-rs-relay", "bin/nostr-rs-relay")],
    layout: Layout {
        ports: &[8080],
        command: &["nostr-rs-relay"],
        ..PLAIN
    },
};
