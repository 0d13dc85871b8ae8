//! Monero's node; its wallets run on this machine, against the node.

use crate::cli::Set;
use crate::images::recipe::{Debian, Layout, Origin, PLAIN, Program, Purpose, Recipe};

pub(super) const RECIPE: Recipe = Recipe {
    client: "monerod",
    service: "monerod",
    repository: "monero/monerod",
    tag: None,
    title: "Monero",
    licences: "BSD-3-Clause",
    purpose: Purpose::Catalog,
    set: Set::Default,
    on_arm: true,
    origin: Origin::Debian(Debian { package: "monero" }),
    programs: &[
        Program::inside("monerod", "usr/bin/monerod"),
        Program::beside("monero-wallet-rpc", "usr/bin/monero-wallet-rpc"),
        Program::beside("monero-wallet-cli", "usr/bin/monero-wallet-cli"),
    ],
    layout: Layout {
        data: "/home/monero/.bitmonero",
        user: ("monero", 1000),
        ports: &[18080, 18081, 18089],
        command: &["monerod"],
        ..PLAIN
    },
};
