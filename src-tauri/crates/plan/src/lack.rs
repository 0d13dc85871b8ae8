//! What a node lacks of what a wallet needs, and which options would mend it.

use std::collections::BTreeMap;

use freehold_model::spec::{MeetsSpec, NodeSpec, OptionTest};
use freehold_model::{Network, NodeNeed, OptionId};

use crate::{OptionError, ResolvedOptions, resolve};

/// Something that a wallet needs and that a node lacks, or may lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// What is needed.
    pub need: NodeNeed,
    /// The node certainly lacks it. False: nobody can tell.
    pub is_certain: bool,
    /// Options with which the node would have it, an empty text for the default; empty where no option helps.
    pub mend: BTreeMap<OptionId, String>,
}

/// What a node with these chosen options lacks of `needs`, in their order.
///
/// `major` is the first part of the version that runs. A need of which the entry says nothing is one that nobody can tell
/// about. Fails where the chosen options themselves do not fit the entry.
pub fn lacks(
    spec: &NodeSpec,
    network: &Network,
    chosen: &BTreeMap<OptionId, String>,
    major: Option<u32>,
    needs: &[NodeNeed],
) -> Result<Vec<Lack>, OptionError> {
    let options = resolve(spec, network, chosen)?;
    let lack = |need: NodeNeed| {
        let unsure = Lack {
            need,
            is_certain: false,
            mend: BTreeMap::new(),
        };
        if let NodeNeed::AtLeastVersion { major: wanted } = need {
            return match major {
                Some(major) if major >= wanted => None,
                found => Some(Lack {
                    is_certain: found.is_some(),
                    ..unsure
                }),
            };
        }
        let Some(meets) = spec.meets.iter().find(|meets| meets.need == need) else {
            return Some(unsure);
        };
        if options.holds(spec, &meets.test()) {
            return None;
        }
        Some(Lack {
            is_certain: true,
            mend: mend(spec, network, chosen, meets),
            ..unsure
        })
    };
    Ok(needs.iter().copied().filter_map(lack).collect())
}

/// The fewest options by which `meets` comes to hold: its own, and where a rule or a condition stands against it, that
/// one's as well.
fn mend(
    spec: &NodeSpec,
    network: &Network,
    chosen: &BTreeMap<OptionId, String>,
    meets: &MeetsSpec,
) -> BTreeMap<OptionId, String> {
    let mut set = BTreeMap::from([(meets.option.clone(), meets.equals.clone())]);
    // Each round settles one obstacle; there are no more of them than options.
    for _ in 0..=spec.options.len() {
        let mut all = chosen.clone();
        all.extend(set.clone());
        all.retain(|_, value| !value.is_empty());
        let obstacle = match resolve(spec, network, &all) {
            Ok(options) if options.holds(spec, &meets.test()) => return set,
            Ok(options) => obstacle(spec, &options, meets),
            Err(OptionError::Inactive { option, needs, value }) if option == meets.option => Some((needs, value)),
            // What was chosen for the way it was before has no effect any more: it goes back to its default.
            Err(OptionError::Inactive { option, .. }) => Some((option, String::new())),
            Err(_) => None,
        };
        match obstacle {
            Some((option, value)) if !set.contains_key(&option) => {
                set.insert(option, value);
            }
            _ => break,
        }
    }
    BTreeMap::new()
}

/// The option that stands against it, with the value with which it would not.
fn obstacle(spec: &NodeSpec, options: &ResolvedOptions, meets: &MeetsSpec) -> Option<(OptionId, String)> {
    let forced = options
        .applied_rules()
        .iter()
        .rev()
        .find(|rule| rule.option == meets.option);
    if let Some(forced) = forced {
        let rule = spec.rules.iter().find(|rule| {
            rule.option == forced.option && rule.because == forced.because && options.holds(spec, &rule.when)
        })?;
        return without(spec, &rule.when);
    }
    let condition = spec.option(&meets.option)?.only_if.as_ref()?;
    Some((condition.option.clone(), condition.equals.clone()))
}

/// A value with which the test does not hold: the default, where that is one.
fn without(spec: &NodeSpec, test: &OptionTest) -> Option<(OptionId, String)> {
    let option = spec.option(&test.option)?;
    let default = option.kind.default_value();
    let is_other = option.kind.parse(&test.equals).is_ok_and(|value| value != default);
    is_other.then(|| (test.option.clone(), default.to_string()))
}
