//! Networks: ports that do not clash, folders that stay inside the data directory.

use std::collections::BTreeMap;

use super::{Checker, is_plain_name};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    if spec.networks.is_empty() {
        checker.report(&at!["networks"], "at least one network is needed");
    }
    checker.expect_unique(
        "network",
        spec.networks.iter().map(|network| network.id.as_str()),
        |index| at!["networks", index, "id"],
    );
    for (index, network) in spec.networks.iter().enumerate() {
        let mut by_number: BTreeMap<u16, &str> = BTreeMap::new();
        for (name, port) in &network.ports {
            let place = at!["networks", index, "ports", name.as_str()];
            if !is_plain_name(name) {
                checker.report(
                    &place,
                    format!("`{name}` cannot name a port: use a-z, 0-9, `-` and `_`"),
                );
            }
            if *port == 0 {
                checker.report(&place, format!("port `{name}` must not be 0"));
            } else if let Some(other) = by_number.insert(*port, name) {
                let reason = format!(
                    "ports `{other}` and `{name}` of `{}` clash: both are {port}",
                    network.id
                );
                checker.report(&place, reason);
            }
        }
        for name in network.words.keys().filter(|name| !is_plain_name(name)) {
            let place = at!["networks", index, "words", name.as_str()];
            checker.report(
                &place,
                format!("`{name}` cannot name a word: use a-z, 0-9, `-` and `_`"),
            );
        }
        let folder = &network.data_subfolder;
        let leaves = folder.starts_with('/')
            || folder.contains('\\')
            || folder.split('/').any(|part| part == ".." || part == ".");
        if leaves {
            let place = at!["networks", index, "data_subfolder"];
            checker.report(&place, format!("`{folder}` must be a folder below the data directory"));
        }
    }
}
