//! Options: what `--set` may say, what rules force, what is refused and why.

use freehold_model::spec::OptionValue;
use freehold_plan::{OptionError, needs, resolve};

use crate::fixture::{bitcoin_core, chosen, network, option, options};

#[test]
fn nothing_chosen_means_the_defaults() {
    let resolved = options(&bitcoin_core(), "mainnet", &[]);
    assert_eq!(resolved.texts()[&option("storage")], "full");
    assert_eq!(resolved.texts()[&option("dbcache")], "450MiB");
    assert!(resolved.is_on(&option("wallet")) && !resolved.is_on(&option("inbound")));
    assert!(!resolved.is_active(&option("prune_size")), "a full node prunes nothing");
    assert!(resolved.applied_rules().is_empty());
    assert!(
        resolved.chosen_texts().is_empty(),
        "a record keeps only what the user chose"
    );
}

#[test]
fn pruning_turns_the_transaction_index_off_and_says_why() {
    let resolved = options(&bitcoin_core(), "mainnet", &[("storage", "pruned"), ("txindex", "on")]);
    assert!(!resolved.is_on(&option("txindex")));
    let [rule] = resolved.applied_rules() else {
        panic!("exactly one rule applies")
    };
    assert!(rule.overrides_choice, "the user had asked for the index");
    assert_eq!(
        (rule.from.clone(), rule.to.clone()),
        (OptionValue::Switch(true), OptionValue::Switch(false))
    );
    assert!(rule.because.contains("pruned"), "{}", rule.because);
    let silent = options(&bitcoin_core(), "mainnet", &[("storage", "pruned")]);
    assert!(
        silent.applied_rules().is_empty(),
        "a rule that changes nothing is not worth a word"
    );
}

#[test]
fn a_mistyped_option_is_named_with_the_one_that_was_meant() {
    let error = resolve(&bitcoin_core(), &network("mainnet"), &chosen(&[("dbcahce", "1GB")])).unwrap_err();
    assert_eq!(error.option(), &option("dbcahce"));
    assert!(error.to_string().contains("did you mean `dbcache`?"), "{error}");
}

#[test]
fn values_are_refused_with_option_and_reason() {
    let spec = bitcoin_core();
    for (id, value, part) in [
        ("storage", "prunde", "did you mean `pruned`?"),
        ("txindex", "maybe", "neither `on` nor `off`"),
        ("dbcache", "1MiB", "outside 4MiB to"),
        ("dbcache", "lots", "not a size"),
        ("peers", "-1", "not a whole number"),
        ("peers", "7", "outside 8 to 1000"),
        ("addnode", "-conf=/etc/passwd", "may hold only"),
        ("addnode", "a b", "may hold only"),
    ] {
        let error = resolve(&spec, &network("mainnet"), &chosen(&[(id, value)])).unwrap_err();
        assert!(error.to_string().starts_with(&format!("`{id}`: ")), "{error}");
        assert!(error.to_string().contains(part), "`{part}` stands in: {error}");
        assert!(matches!(error, OptionError::Value { .. }));
    }
}

#[test]
fn a_choice_without_effect_is_refused_rather_than_ignored() {
    let error = resolve(&bitcoin_core(), &network("mainnet"), &chosen(&[("prune_size", "5GB")])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`prune_size` has an effect only with `storage=pruned`"
    );
}

#[test]
fn an_option_of_another_network_is_refused() {
    let mut spec = bitcoin_core();
    spec.options[0].networks = vec![network("mainnet")];
    let error = resolve(&spec, &network("regtest"), &chosen(&[("storage", "pruned")])).unwrap_err();
    assert!(matches!(error, OptionError::NotOffered { .. }));
    assert!(!options(&spec, "regtest", &[]).is_active(&option("storage")));
}

#[test]
fn a_circle_of_rules_ends() {
    let mut spec = bitcoin_core();
    let mut rule = spec.rules[0].clone();
    (rule.when.option, rule.when.equals) = (option("txindex"), "off".to_owned());
    (rule.option, rule.becomes) = (option("storage"), "full".to_owned());
    let mut back = spec.rules[0].clone();
    (back.when.option, back.when.equals) = (option("storage"), "full".to_owned());
    (back.option, back.becomes) = (option("storage"), "pruned".to_owned());
    spec.rules.extend([rule, back]);
    let resolved = options(&spec, "mainnet", &[("storage", "pruned")]);
    assert!(
        resolved.applied_rules().len() <= 3 * (spec.rules.len() + 1),
        "bounded, whatever the rules say"
    );
}

#[test]
fn needs_follow_network_and_storage() {
    let spec = bitcoin_core();
    let disk_gb = |on: &str, pairs: &[(&str, &str)]| {
        let (needs, _) = needs(&spec, &network(on), &options(&spec, on, pairs)).unwrap();
        needs.disk.bytes() / 1_000_000_000
    };
    assert_eq!(disk_gb("mainnet", &[]), 847);
    assert_eq!(disk_gb("mainnet", &[("txindex", "on")]), 917);
    assert_eq!(
        disk_gb("mainnet", &[("storage", "pruned")]),
        25,
        "15 GB and the chosen 10 GB"
    );
    assert_eq!(
        disk_gb("mainnet", &[("storage", "pruned"), ("prune_size", "100GB")]),
        115
    );
    assert_eq!(disk_gb("regtest", &[]), 0, "under one gigabyte");
}
