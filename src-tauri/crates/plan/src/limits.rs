//! What a node may use of the machine, and whether the engine can hold it to that.

use freehold_model::plan::Limits;
use freehold_model::spec::OptionValue;
use freehold_model::{EngineFacts, OptionId};

use crate::ResolvedOptions;

const CPU: &str = "cpu_limit";
const MEMORY: &str = "memory_limit";

/// The options that every node has (`assets/catalog/common.toml`): 0 is no limit.
pub(crate) fn limits(options: &ResolvedOptions) -> Limits {
    let value = |id: &str| OptionId::try_new(id).ok().and_then(|id| options.value(&id).cloned());
    Limits {
        millicpus: match value(CPU) {
            Some(OptionValue::Count(percent)) if percent > 0 => u32::try_from(percent.saturating_mul(10)).ok(),
            _ => None,
        },
        memory: match value(MEMORY) {
            Some(OptionValue::Size(size)) if size.bytes() > 0 => Some(size),
            _ => None,
        },
    }
}

/// Whether the option is a limit, by its id.
pub fn is_limit(option: &str) -> bool {
    [CPU, MEMORY].contains(&option)
}

/// Why limits that are set do not hold, in one sentence; `None` where none is set, or where they hold.
pub fn idle_limits(options: &ResolvedOptions, engine: &EngineFacts) -> Option<String> {
    if engine.can_limit() || limits(options) == Limits::default() {
        return None;
    }
    let why = "The limits on memory and processor do not hold: the container engine runs without root, and on a kernel \
               with version 1 of control groups only root can limit anything.";
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use freehold_model::spec::{NodeSpec, OptionSpec};
    use freehold_model::{ByteSize, EngineFacts, EngineKind, Network, OptionId};
    use serde::Deserialize;

    use super::{CPU, MEMORY, idle_limits, is_limit, limits};
    use crate::{ResolvedOptions, resolve};

    /// `common.toml`, as far as it matters here.
    #[derive(Deserialize)]
    struct Common {
        options: Vec<OptionSpec>,
    }

    fn options(pairs: &[(&str, &str)]) -> ResolvedOptions {
        let entry = include_str!("../../../../assets/catalog/bitcoin-core/node.toml");
        let mut spec: NodeSpec = toml::from_str(entry).unwrap();
        let common: Common = toml::from_str(include_str!("../../../../assets/catalog/common.toml")).unwrap();
        spec.options.extend(common.options);
        let chosen: BTreeMap<OptionId, String> = pairs
            .iter()
            .map(|(id, value)| (OptionId::try_new(*id).unwrap(), (*value).to_owned()))
            .collect();
        resolve(&spec, &Network::try_new("regtest").unwrap(), &chosen).unwrap()
    }

    fn engine(rootless: bool, cgroup_version: &str) -> EngineFacts {
        EngineFacts {
            kind: EngineKind::Podman,
            version: "4.3.1".to_owned(),
            api_version: "1.41".to_owned(),
            rootless,
            shares_machine: true,
            address: "unix:///run/engine.sock".to_owned(),
            platform: "linux/amd64".to_owned(),
            cpus: 4,
            memory: ByteSize::gb(16),
            cgroup_version: cgroup_version.to_owned(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn only_limits_that_are_set_and_cannot_hold_are_worth_a_word() {
        let free = options(&[]);
        for set in [options(&[(MEMORY, "600MiB")]), options(&[(CPU, "50")])] {
            let said = |engine: EngineFacts| idle_limits(&set, &engine).is_some();
            assert!(said(engine(true, "1")));
            assert!(!said(engine(false, "1")) && !said(engine(true, "2")) && !said(engine(true, "")));
            assert_eq!(idle_limits(&free, &engine(true, "1")), None);
        }
    }

    #[test]
    fn zero_is_no_limit_and_percent_is_of_one_core() {
        let none = limits(&options(&[(MEMORY, "0"), (CPU, "0")]));
        assert_eq!((none.memory, none.millicpus), (None, None));
        let some = limits(&options(&[(MEMORY, "600MiB"), (CPU, "150")]));
        assert_eq!((some.memory, some.millicpus), (Some(ByteSize(600 << 20)), Some(1500)));
        assert!(is_limit(CPU) && is_limit(MEMORY) && !is_limit("update_policy"));
    }
}
