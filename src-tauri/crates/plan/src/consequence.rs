//! What changing an option on a node that has data means.

use freehold_model::spec::{Effect, OptionSpec, OptionValue};

/// What a change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it takes.
    pub effect: Effect,
    /// What that costs, in one sentence; `None` for a plain restart.
    pub because: Option<String>,
    /// Arguments of the next start only.
    pub once_args: Vec<String>,
}

/// What it takes to go from one value of an option to another: the first of the entry's consequences that matches, a
/// restart where none does, nothing where the values are the same.
pub fn change(option: &OptionSpec, from: &OptionValue, to: &OptionValue) -> Change {
    let plain = |effect| Change {
        effect,
        because: None,
        once_args: Vec::new(),
    };
    if from == to {
        return plain(Effect::None);
    }
    let is = |wanted: &Option<String>, value: &OptionValue| {
        wanted
            .as_ref()
            .is_none_or(|text| option.kind.parse(text).as_ref() == Ok(value))
    };
    let named = option
        .consequences
        .iter()
        .find(|consequence| is(&consequence.from, from) && is(&consequence.to, to));
    match named {
        Some(consequence) => Change {
            effect: consequence.effect,
            because: Some(consequence.because.clone()),
            once_args: consequence.once_args.clone(),
        },
        None => plain(Effect::Restart),
    }
}

#[cfg(test)]
mod tests {
    use super::change;
    use freehold_model::spec::{Effect, OptionSpec};

    #[test]
    fn the_first_matching_consequence_counts_and_a_restart_otherwise() {
        let option: OptionSpec = toml::from_str(
            r#"
            id = "storage"
            label = "Storage"
            help = "h"
            type = "choice"
            default = "full"
            choices = [
                { value = "full", label = "Full", help = "h" },
                { value = "pruned", label = "Pruned", help = "h" },
            ]
            consequences = [
                { from = "pruned", to = "full", effect = "resync", because = "Blocks are fetched again.", once_args = ["-reindex"] },
            ]
            "#,
        )
        .unwrap();
        let value = |text| option.kind.parse(text).unwrap();
        let back = change(&option, &value("pruned"), &value("full"));
        assert_eq!(
            (back.effect, back.once_args.as_slice()),
            (Effect::Resync, &["-reindex".to_owned()][..])
        );
        assert_eq!(
            change(&option, &value("full"), &value("pruned")).effect,
            Effect::Restart
        );
        assert_eq!(change(&option, &value("full"), &value("full")).effect, Effect::None);
    }
}
