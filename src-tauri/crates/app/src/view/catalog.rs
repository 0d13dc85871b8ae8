//! The catalog on the wire.

use freehold_catalog::{CatalogEntry, CatalogProblem, Origin};
use freehold_contract::{
    CatalogDependencyView, CatalogEntryView, CatalogProblemView, ImageView, NetworkView, OptionChoiceView,
    OptionRuleView, OptionView, RequirementView,
};
use freehold_model::spec::{
    DependencyLevel, DependencySpec, OptionKind, OptionSpec, OptionTest, OptionValue, ProbeSpec, RequirementSpec,
};

use crate::command::data_name;

/// One entry.
pub(crate) fn entry_view(entry: &CatalogEntry) -> CatalogEntryView {
    let spec = &entry.spec;
    CatalogEntryView {
        id: spec.id.to_string(),
        name: spec.name.clone(),
        chain: spec.chain.to_string(),
        chain_name: spec.chain_name.clone(),
        summary: spec.summary.clone(),
        description: spec.description.clone(),
        homepage: spec.homepage.clone(),
        license: spec.license.clone(),
        release_notes: spec.release_notes.clone(),
        notes: spec.notes.clone(),
        wallets: spec.wallets.clone(),
        origin: match &entry.origin {
            Origin::BuiltIn => "built-in".to_owned(),
            Origin::Overlay(file) => file.display().to_string(),
        },
        icon_svg: entry.icon_svg.clone(),
        version: spec
            .services
            .first()
            .map(|service| service.image.tag.clone())
            .unwrap_or_default(),
        networks: spec
            .networks
            .iter()
            .map(|network| NetworkView {
                id: network.id.to_string(),
                label: network.label.clone(),
                summary: network.summary.clone(),
                needs_peers: network.needs_peers,
            })
            .collect(),
        images: spec
            .services
            .iter()
            .map(|service| ImageView {
                service: service.name.to_string(),
                repository: service.image.repository.clone(),
                tag: service.image.tag.clone(),
                digest: service.image.digest.as_ref().map(ToString::to_string),
                source: service.image.source.clone(),
                when_option: service.when.as_ref().map(|test| test.option.to_string()),
                when_equals: service.when.as_ref().map(|test| test.equals.clone()),
            })
            .collect(),
        options: spec.options.iter().map(option_view).collect(),
        rules: spec
            .rules
            .iter()
            .map(|rule| OptionRuleView {
                when_option: rule.when.option.to_string(),
                when_equals: rule.when.equals.clone(),
                option: rule.option.to_string(),
                becomes: rule.becomes.clone(),
                because: rule.because.clone(),
            })
            .collect(),
        requirements: spec.requirements.iter().map(requirement_view).collect(),
        stop_grace_s: spec.longest_grace().as_secs(),
        unavailable: spec.unavailable.as_ref().map(|why| why.label.clone()),
        unavailable_why: spec.unavailable.as_ref().map(|why| why.why.clone()),
        unavailable_instead: spec.unavailable.as_ref().and_then(|why| why.instead.clone()),
        dependencies: spec.dependencies.iter().map(dependency_view).collect(),
        expires: spec.expires.clone(),
        halts_at_height: spec.halts_at_height,
        update_data: data_name(spec.update.data).to_owned(),
        probe: kind_name(&spec.probe),
    }
}

fn dependency_view(dependency: &DependencySpec) -> CatalogDependencyView {
    CatalogDependencyView {
        name: dependency.name.clone(),
        clients: dependency.clients.iter().map(ToString::to_string).collect(),
        level: match dependency.level {
            DependencyLevel::Started => "started",
            DependencyLevel::Healthy => "healthy",
            DependencyLevel::Synced => "synced",
        }
        .to_owned(),
        purpose: dependency.purpose.clone(),
        networks: dependency.networks.iter().map(ToString::to_string).collect(),
        when_option: dependency.when.as_ref().map(|test| test.option.to_string()),
        when_equals: dependency.when.as_ref().map(|test| test.equals.clone()),
    }
}

/// The kind as it stands in the catalog file.
fn kind_name(probe: &ProbeSpec) -> String {
    let text = serde_json::to_value(probe.kind).ok();
    text.and_then(|text| text.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn option_view(option: &OptionSpec) -> OptionView {
    let test = |pick: fn(&OptionTest) -> String| option.only_if.as_ref().map(pick);
    let mut view = OptionView {
        id: option.id.to_string(),
        label: option.label.clone(),
        help: option.help.clone(),
        kind: String::new(),
        default: String::new(),
        min: None,
        max: None,
        unit: None,
        choices: Vec::new(),
        example: None,
        networks: option.networks.iter().map(ToString::to_string).collect(),
        only_if_option: test(|test| test.option.to_string()),
        only_if_equals: test(|test| test.equals.clone()),
        advanced: option.advanced,
    };
    match &option.kind {
        OptionKind::Choice { default, choices } => {
            "choice".clone_into(&mut view.kind);
            view.default.clone_from(default);
            view.choices = choices
                .iter()
                .map(|choice| OptionChoiceView {
                    value: choice.value.clone(),
                    label: choice.label.clone(),
                    help: choice.help.clone(),
                })
                .collect();
        }
        OptionKind::Switch { default, .. } => {
            "switch".clone_into(&mut view.kind);
            if *default { "on" } else { "off" }.clone_into(&mut view.default);
        }
        OptionKind::Size {
            default,
            min,
            max,
            unit,
            ..
        } => {
            "size".clone_into(&mut view.kind);
            // With its unit: a number alone would be in the option's own unit.
            view.default = OptionValue::Size(*default).to_string();
            (view.min, view.max) = (Some(min.bytes()), Some(max.bytes()));
            view.unit = Some(unit.label().to_owned());
        }
        OptionKind::Count { default, min, max, .. } => {
            "count".clone_into(&mut view.kind);
            view.default = default.to_string();
            (view.min, view.max) = (Some(*min), Some(*max));
        }
        OptionKind::Text { default, example, .. } => {
            "text".clone_into(&mut view.kind);
            view.default.clone_from(default);
            view.example = Some(example.clone());
        }
        OptionKind::Secret { example } => {
            "secret".clone_into(&mut view.kind);
            view.example = Some(example.clone());
        }
        OptionKind::List { example, .. } => {
            "list".clone_into(&mut view.kind);
            view.example = Some(example.clone());
        }
    }
    view
}

fn requirement_view(requirement: &RequirementSpec) -> RequirementView {
    RequirementView {
        networks: requirement.networks.iter().map(ToString::to_string).collect(),
        when_option: requirement.when.as_ref().map(|test| test.option.to_string()),
        when_equals: requirement.when.as_ref().map(|test| test.equals.clone()),
        disk: requirement.disk.bytes(),
        disk_option: requirement.disk_option.as_ref().map(ToString::to_string),
        disk_per_month: requirement.disk_per_month.bytes(),
        ram: requirement.ram.bytes(),
        download: requirement.download.bytes(),
        first_sync: requirement.first_sync.clone(),
        as_of: requirement.as_of.clone(),
        source: requirement.source.clone(),
    }
}

/// What is wrong with a file.
pub(crate) fn problem_view(problem: &CatalogProblem) -> CatalogProblemView {
    CatalogProblemView {
        file: problem.file.display().to_string(),
        line: u32::try_from(problem.line).unwrap_or(u32::MAX),
        reason: problem.reason.clone(),
        hint: problem.hint.clone(),
    }
}
