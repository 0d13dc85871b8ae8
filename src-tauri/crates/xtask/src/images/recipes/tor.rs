//! Tor, and the tool that makes the keys of a private Tor network's authorities.

use crate::cli::Set;
use crate::images::recipe::{Debian, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "tor",
    service: "tor",
    repository: "tor/tor",
    tag: None,
    title: "Tor",
    licences: "BSD-3-Clause",
    purpose: Purpose::Catalog,
    set: Set::Default,
    on_arm: true,
    origin: Origin::Debian(Debian { package: "tor" }),
    programs: &[
        Program::inside("tor", "usr/bin/tor"),
        Program::beside("tor-gencert", "usr/bin/tor-gencert"),
    ],
    layout: Layout {
        ports: &[9050, 9051],
        command: &["tor"],
        ..PLAIN
    },
};
