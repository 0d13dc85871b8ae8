//! What holds for every input.

use std::collections::BTreeMap;

use freehold_model::Secret;
use freehold_model::spec::NodeSpec;
use freehold_plan::{resolve, rpcauth};
use proptest::prelude::*;

use crate::fixture::{Case, bitcoin_core, network, option};

const NETWORKS: [&str; 4] = ["mainnet", "testnet4", "signet", "regtest"];

fn ids() -> Vec<String> {
    let spec: NodeSpec = bitcoin_core();
    spec.options.iter().map(|option| option.id.to_string()).collect()
}

/// Values that are often good, so that more than the refusals is reached.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "on",
            "off",
            "full",
            "pruned",
            "0",
            "8",
            "450",
            "1GB",
            "600MiB",
            "a.example:1,[::1]:2",
            "1e300GB"
        ])
        .prop_map(str::to_owned),
        any::<u64>().prop_map(|number| number.to_string()),
        "[0-9]{1,4}(MiB|GB|B)",
        "[a-z0-9.:,]{0,40}",
    ]
}

fn choices() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map(prop::sample::select(ids()), value(), 0..5)
}

fn as_options(choices: &BTreeMap<String, String>) -> BTreeMap<freehold_model::OptionId, String> {
    choices.iter().map(|(id, value)| (option(id), value.clone())).collect()
}

proptest! {
    #[test]
    fn options_never_panic_and_canonical_texts_resolve_to_the_same(choices in choices(), on in prop::sample::select(&NETWORKS[..])) {
        let spec = bitcoin_core();
        if let Ok(first) = resolve(&spec, &network(on), &as_options(&choices)) {
            let again = resolve(&spec, &network(on), &first.chosen_texts()).expect("what was accepted is accepted again");
            prop_assert_eq!(first.texts(), again.texts());
        }
    }

    #[test]
    fn a_plan_is_the_same_each_time_without_braces_or_passwords(
        choices in choices(),
        on in prop::sample::select(&NETWORKS[..]),
        password in "[!-z]{12,40}",
    ) {
        let mut case = Case::new(on, &[]);
        let Ok(options) = resolve(&case.spec, &network(on), &as_options(&choices)) else { return Ok(()) };
        case.options = options;
        for credential in &mut case.credentials {
            credential.password = Secret::new(password.clone());
        }
        let plan = case.plan();
        prop_assert_eq!(&plan, &case.plan());
        for container in &plan.containers {
            let text = serde_json::to_string(container).expect("plain data");
            prop_assert!(!text.contains(&password), "the password stands in the plan");
            for arg in container.args.iter().chain(&container.env) {
                prop_assert!(!arg.contains(['{', '}']), "a placeholder is left in {arg}");
                prop_assert!(arg.starts_with('-'), "an argument that no option made: {arg}");
            }
        }
    }

    #[test]
    fn different_passwords_and_salts_give_different_lines(a in "[ -~]{1,40}", b in "[ -~]{1,40}", salt in "[0-9a-f]{32}") {
        let line = |password: &str, salt: &str| rpcauth("user", salt, &Secret::new(password));
        prop_assert_eq!(a == b, line(&a, &salt) == line(&b, &salt));
    }
}
