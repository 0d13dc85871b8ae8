//! From what the user chose to a value for every option.
//!
//! Order: defaults, then the user's texts, then the entry's rules until nothing changes, then a check that nothing was
//! chosen that has no effect.

use std::collections::BTreeMap;

use freehold_model::spec::{NodeSpec, OptionKind, OptionSpec, OptionTest, OptionValue};
use freehold_model::{Network, OptionId, nearest};

use crate::OptionError;

/// A rule of the entry that changed a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedRule {
    /// The changed option.
    pub option: OptionId,
    /// Its value before.
    pub from: OptionValue,
    /// Its value now.
    pub to: OptionValue,
    /// The entry's reason.
    pub because: String,
    /// The user had asked for the value before.
    pub overrides_choice: bool,
}

/// A value for every option that the network offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResolvedOptions {
    values: BTreeMap<OptionId, OptionValue>,
    inactive: Vec<OptionId>,
    chosen: Vec<OptionId>,
    rules: Vec<AppliedRule>,
}

impl ResolvedOptions {
    /// The option's value, also while it has no effect; `None` where the network does not offer it.
    pub fn value(&self, option: &OptionId) -> Option<&OptionValue> {
        self.values.get(option)
    }

    /// The option has an effect: it is offered and what it depends on holds.
    pub fn is_active(&self, option: &OptionId) -> bool {
        self.values.contains_key(option) && !self.inactive.contains(option)
    }

    /// The switch is on and has an effect.
    pub fn is_on(&self, option: &OptionId) -> bool {
        self.is_active(option) && self.value(option) == Some(&OptionValue::Switch(true))
    }

    /// Every option and its value in one canonical text, sorted by id.
    pub fn texts(&self) -> BTreeMap<OptionId, String> {
        self.values
            .iter()
            .map(|(option, value)| (option.clone(), value.to_string()))
            .collect()
    }

    /// The options that the user chose, with the values they came to, as canonical texts: what a node's record keeps.
    pub fn chosen_texts(&self) -> BTreeMap<OptionId, String> {
        let chosen = self
            .chosen
            .iter()
            .filter_map(|option| Some((option.clone(), self.values.get(option)?.to_string())));
        chosen.collect()
    }

    /// The rules that changed a value, in the order in which they did.
    pub fn applied_rules(&self) -> &[AppliedRule] {
        &self.rules
    }

    /// True while the test's option has the test's value and has an effect.
    pub fn holds(&self, spec: &NodeSpec, test: &OptionTest) -> bool {
        self.is_active(&test.option) && has_value(spec, &self.values, test)
    }
}

/// A value for every option from the user's texts, in the form that `--set` takes.
///
/// Fails on an option that does not exist, is not offered on the network or has no effect, and on a value that it
/// cannot have.
pub fn resolve(
    spec: &NodeSpec,
    network: &Network,
    chosen: &BTreeMap<OptionId, String>,
) -> Result<ResolvedOptions, OptionError> {
    let is_offered = |option: &OptionSpec| option.networks.is_empty() || option.networks.contains(network);
    let mut values: BTreeMap<OptionId, OptionValue> = spec
        .options
        .iter()
        .filter(|option| is_offered(option))
        .map(|option| (option.id.clone(), option.kind.default_value()))
        .collect();
    for (id, text) in chosen {
        let Some(option) = spec.option(id) else {
            let known = spec.options.iter().map(|option| option.id.as_str());
            return Err(OptionError::Unknown {
                option: id.clone(),
                meant: nearest(id.as_str(), known).map(str::to_owned),
            });
        };
        if !is_offered(option) {
            return Err(OptionError::NotOffered {
                option: id.clone(),
                network: network.clone(),
            });
        }
        let value = option.kind.parse(text).map_err(|reason| OptionError::Value {
            option: id.clone(),
            reason,
        })?;
        values.insert(id.clone(), value);
    }
    let rules = apply_rules(spec, &mut values, chosen);
    let inactive: Vec<OptionId> = spec
        .options
        .iter()
        .filter(|option| !is_effective(spec, &values, option, spec.options.len()))
        .map(|option| option.id.clone())
        .collect();
    for option in spec
        .options
        .iter()
        .filter(|option| option.required && !inactive.contains(&option.id))
    {
        let (OptionKind::Text { example, .. } | OptionKind::Secret { example }) = &option.kind else {
            continue;
        };
        let is_empty = match values.get(&option.id) {
            Some(OptionValue::Text(text)) => text.is_empty(),
            Some(OptionValue::Secret(is_set)) => !is_set,
            _ => false,
        };
        if is_empty {
            return Err(OptionError::Required {
                option: option.id.clone(),
                example: example.clone(),
            });
        }
    }
    for id in chosen.keys() {
        let test = spec.option(id).and_then(|option| option.only_if.as_ref());
        if let Some(test) = test.filter(|_| inactive.contains(id)) {
            return Err(OptionError::Inactive {
                option: id.clone(),
                needs: test.option.clone(),
                value: test.equals.clone(),
            });
        }
    }
    Ok(ResolvedOptions {
        values,
        inactive,
        chosen: chosen.keys().cloned().collect(),
        rules,
    })
}

fn has_value(spec: &NodeSpec, values: &BTreeMap<OptionId, OptionValue>, test: &OptionTest) -> bool {
    let wanted = spec
        .option(&test.option)
        .and_then(|option| option.kind.parse(&test.equals).ok());
    wanted.is_some() && values.get(&test.option) == wanted.as_ref()
}

/// Follows `only_if`; `depth` ends a circle.
fn is_effective(spec: &NodeSpec, values: &BTreeMap<OptionId, OptionValue>, option: &OptionSpec, depth: usize) -> bool {
    let Some(test) = &option.only_if else { return true };
    depth > 0
        && has_value(spec, values, test)
        && spec
            .option(&test.option)
            .is_some_and(|needed| is_effective(spec, values, needed, depth - 1))
}

fn apply_rules(
    spec: &NodeSpec,
    values: &mut BTreeMap<OptionId, OptionValue>,
    chosen: &BTreeMap<OptionId, String>,
) -> Vec<AppliedRule> {
    let mut applied = Vec::new();
    // A rule may make another one hold; each round settles at least one, and a circle of rules ends here too.
    for _ in 0..=spec.rules.len() {
        let mut changed = false;
        for rule in &spec.rules {
            let forced = spec
                .option(&rule.option)
                .and_then(|option| option.kind.parse(&rule.becomes).ok());
            let (Some(forced), Some(value)) = (forced, values.get(&rule.option)) else {
                continue;
            };
            if *value == forced || !has_value(spec, values, &rule.when) {
                continue;
            }
            applied.push(AppliedRule {
                option: rule.option.clone(),
                from: value.clone(),
                to: forced.clone(),
                because: rule.because.clone(),
                overrides_choice: chosen.contains_key(&rule.option),
            });
            values.insert(rule.option.clone(), forced);
            changed = true;
        }
        if !changed {
            break;
        }
    }
    applied
}
