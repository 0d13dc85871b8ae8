//! What is known to hold where a text stands, so that it does not speak of something that is not there.

use freehold_model::spec::{NodeSpec, OptionKind, OptionTest, ServiceSpec};
use freehold_model::{Network, OptionId, ServiceName};

/// Options that have a value for certain, and the networks that are possible.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Tests that hold.
    pub(super) tests: Vec<OptionTest>,
    /// The networks on which the text is used; empty: all.
    pub(super) networks: Vec<Network>,
}

impl Known {
    /// The same, with one more test that holds.
    pub(super) fn and(&self, option: &str, equals: &str) -> Self {
        let mut more = self.clone();
        if let Ok(option) = OptionId::try_new(option) {
            let equals = equals.to_owned();
            more.tests.push(OptionTest { option, equals });
        }
        more
    }

    /// Whether the test holds for certain. Values are compared as the option reads them: `on` is `true`.
    pub(super) fn holds(&self, spec: &NodeSpec, test: &OptionTest) -> bool {
        self.implied(spec).iter().any(|known| is_same_test(spec, known, test))
    }

    /// What holds, with what it needs to hold: an option has an effect only while its `only_if` does.
    fn implied<'s>(&'s self, spec: &'s NodeSpec) -> Vec<&'s OptionTest> {
        let mut found: Vec<&OptionTest> = self.tests.iter().collect();
        // A circle of `only_if` ends where every option has been seen.
        let mut next = 0;
        while let Some(test) = found.get(next) {
            let needed = spec.option(&test.option).and_then(|option| option.only_if.as_ref());
            if let Some(needed) = needed.filter(|needed| !found.contains(needed)) {
                found.push(needed);
            }
            next += 1;
        }
        found
    }

    /// The networks on which the text can be used: those on which every option that has a value is offered.
    pub(super) fn networks_of(&self, spec: &NodeSpec) -> Vec<Network> {
        let tests = self.implied(spec);
        let offered = |network: &Network| {
            let options = tests.iter().filter_map(|test| spec.option(&test.option));
            let mut limits = options
                .map(|option| option.networks.as_slice())
                .chain([self.networks.as_slice()]);
            limits.all(|networks| networks.is_empty() || networks.contains(network))
        };
        let all = spec.networks.iter().map(|network| network.id.clone());
        all.filter(offered).collect()
    }

    /// A network on which the text is used and which `offered` leaves out; an empty `offered` is every network.
    pub(super) fn outside(&self, spec: &NodeSpec, offered: &[Network]) -> Option<Network> {
        if offered.is_empty() {
            return None;
        }
        self.networks_of(spec)
            .into_iter()
            .find(|network| !offered.contains(network))
    }
}

/// Both tests ask the same.
pub(super) fn is_same_test(spec: &NodeSpec, one: &OptionTest, other: &OptionTest) -> bool {
    one.option == other.option
        && spec.option(&one.option).is_some_and(|option| {
            let value = option.kind.parse(&one.equals);
            value.is_ok() && value == option.kind.parse(&other.equals)
        })
}

/// The tests ask for different values of one option, so that only one of them holds.
pub(super) fn exclude_each_other(spec: &NodeSpec, one: Option<&OptionTest>, other: Option<&OptionTest>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    one.option == other.option && !is_same_test(spec, one, other)
}

/// A value of an option with which none of these services is part of the node; `None` where one always is.
pub(super) fn without_any<'a>(spec: &NodeSpec, services: impl Iterator<Item = &'a ServiceSpec>) -> Option<OptionTest> {
    let tests: Option<Vec<&OptionTest>> = services.map(|service| service.when.as_ref()).collect();
    // A service without a condition is always there.
    let tests = tests?;
    let option = spec.option(&tests.first()?.option)?;
    let values: Vec<&str> = match &option.kind {
        OptionKind::Choice { choices, .. } => choices.iter().map(|choice| choice.value.as_str()).collect(),
        OptionKind::Switch { .. } => vec!["on", "off"],
        OptionKind::Size { .. }
        | OptionKind::Count { .. }
        | OptionKind::Text { .. }
        | OptionKind::Secret { .. }
        | OptionKind::List { .. } => vec!["any other value"],
    };
    values
        .into_iter()
        .map(|value| OptionTest {
            option: option.id.clone(),
            equals: value.to_owned(),
        })
        .find(|value| !tests.iter().any(|test| is_same_test(spec, test, value)))
}

/// The names and roles of the services, for hints.
pub(super) fn service_words(spec: &NodeSpec) -> Vec<&str> {
    let roles = spec.services.iter().filter_map(|service| service.role.as_ref());
    let names = spec.services.iter().map(|service| &service.name);
    let mut words: Vec<&str> = names.chain(roles).map(ServiceName::as_str).collect();
    words.dedup();
    words
}
