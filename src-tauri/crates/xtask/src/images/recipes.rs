//! Every image that can be built here, in the order in which they are built: the first one is what most tests run, the
//! others follow from cheap to dear.

mod anvil;
mod arlocal;
mod bcoin;
mod bitcoin_core;
mod electrs;
mod ethereumjs;
mod kubo_js;
mod litecoin_core;
mod monerod;
mod nostr_rs_relay;
mod solana;
mod tor;
mod zebra;

use super::recipe::Recipe;

pub(super) const ALL: &[Recipe] = &[
    bitcoin_core::RECIPE,
    litecoin_core::RECIPE,
    monerod::RECIPE,
    tor::RECIPE,
    anvil::RECIPE,
    bcoin::RECIPE,
    electrs::RECIPE,
    ethereumjs::RECIPE,
    arlocal::RECIPE,
    nostr_rs_relay::RECIPE,
    kubo_js::RECIPE,
    zebra::RECIPE,
    solana::RECIPE,
    bitcoin_core::UPDATE,
    bitcoin_core::BROKEN,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::cli::Set;
    use crate::images::recipe::{Origin, Purpose};

    #[test]
    fn no_two_recipes_make_the_same_image() {
        let places: BTreeSet<_> = ALL.iter().map(|one| (one.repository, one.tag)).collect();
        assert_eq!(places.len(), ALL.len());
        // The overlay may name a service once only.
        let catalog = ALL.iter().filter(|one| one.purpose == Purpose::Catalog);
        let services: BTreeSet<_> = catalog.clone().map(|one| (one.client, one.service)).collect();
        assert_eq!(services.len(), catalog.count());
    }

    #[test]
    fn the_image_of_most_tests_comes_first_and_its_variants_last() {
        assert_eq!((ALL[0].client, ALL[0].purpose), ("bitcoin-core", Purpose::Catalog));
        let first = ALL.iter().position(|one| one.purpose == Purpose::Update).unwrap();
        assert!(
            ALL[first..]
                .iter()
                .all(|one| one.client == "bitcoin-core" && one.set == Set::Default)
        );
    }

    #[test]
    fn every_image_has_a_program_to_start() {
        for one in ALL {
            let inside = one.programs.iter().any(|program| program.in_image);
            assert!(inside || one.app().is_some(), "{}", one.name());
        }
    }

    #[test]
    fn packages_are_pinned_in_the_manifest_that_is_handed_to_npm() {
        for one in ALL {
            let Origin::Npm(npm) = one.origin else { continue };
            assert!(npm.manifest.contains(&format!("\"{}\"", npm.version)), "{}", one.name());
            if let Some(lock) = npm.lock {
                assert!(!lock.contains("\"resolved\""), "{} names a registry", one.name());
            }
        }
    }
}
