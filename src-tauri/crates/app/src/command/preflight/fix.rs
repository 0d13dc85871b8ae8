//! What would mend a finding: one change of the request each, tried out with the same rules that made the finding.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use freehold_contract::{DiskChoice, FixView};
use freehold_model::plan::Needs;
use freehold_model::spec::{OptionKind, OptionSpec, OptionValue, Publish};
use freehold_model::{ByteSize, Finding, OptionId, Severity};
use freehold_plan::ResolvedOptions;

use super::super::prepare::{Prepared, PreparedNode};

/// More choices would be a page of their own.
const MOST_FIXES: usize = 3;
/// Sizes that are offered are rounded down to this.
const STEP: u64 = 50 * 1024 * 1024;
/// The search for another port goes this far.
const PORTS_TRIED: u16 = 50;

/// What the fixes are made from.
pub(super) struct Around<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) node: &'a PreparedNode,
    pub(super) disks: &'a [DiskChoice],
    pub(super) memory: ByteSize,
    pub(super) given_ports: &'a [u16],
}

/// What would mend this finding, best first. Notes need no mending.
pub(super) fn fixes(finding: &Finding, around: &Around<'_>) -> Vec<FixView> {
    if finding.severity == Severity::Note {
        return Vec::new();
    }
    let mut found = match finding.check.as_str() {
        "engine" => vec![fix("engine", "", "", [])],
        "disk" => {
            let mut found = smaller(around);
            found.extend(elsewhere(around, |_| true));
            found
        }
        // A disk of another kind, or another folder.
        "file-system" => elsewhere(around, |disk| disk.kind == "ssd"),
        "data" => elsewhere(around, |_| true),
        "memory" => lighter(around),
        "ports" => other_port(finding, around),
        "options" => accept_rule(finding, around),
        "needs" | "adopt" => fresh_need(finding, around),
        _ => Vec::new(),
    };
    found.truncate(MOST_FIXES);
    found
}

fn fix<const N: usize>(kind: &str, name: &str, value: &str, words: [String; N]) -> FixView {
    FixView {
        kind: kind.to_owned(),
        name: name.to_owned(),
        value: value.to_owned(),
        also: BTreeMap::new(),
        words: words.into(),
    }
}

fn option_fix(option: &OptionSpec, value: &str) -> FixView {
    let label = match &option.kind {
        OptionKind::Choice { choices, .. } => choices
            .iter()
            .find(|choice| choice.value == value)
            .map(|choice| choice.label.clone()),
        _ => None,
    };
    let words = [option.label.clone(), label.unwrap_or_else(|| value.to_owned())];
    fix("option", option.id.as_str(), value, words)
}

/// The node with options set otherwise; nothing where that cannot be.
fn with(node: &PreparedNode, changes: &[(&OptionId, &str)]) -> Option<ResolvedOptions> {
    let mut chosen = node.record.options.clone();
    for (option, value) in changes {
        chosen.insert((*option).clone(), (*value).to_owned());
    }
    let resolved = freehold_plan::resolve(&node.spec, &node.record.network, &chosen).ok()?;
    // A rule that takes the value back would make the button lie.
    let holds = |(option, value): &(&OptionId, &str)| {
        resolved.is_active(option) && resolved.value(option).is_some_and(|taken| taken.to_string() == *value)
    };
    changes.iter().all(holds).then_some(resolved)
}

/// What the node would need then.
fn needs_with(node: &PreparedNode, changes: &[(&OptionId, &str)]) -> Option<Needs> {
    let resolved = with(node, changes)?;
    let (needs, _) = freehold_plan::needs(&node.spec, &node.record.network, &resolved).ok()?;
    Some(needs)
}

/// Every other value that a choice or a switch of the node can have with these options.
fn alternatives<'a>(node: &'a PreparedNode, options: &ResolvedOptions) -> Vec<(&'a OptionSpec, String)> {
    let offered = node.spec.options.iter().filter(|option| options.is_active(&option.id));
    let mut found = Vec::new();
    for option in offered {
        let values: Vec<String> = match &option.kind {
            OptionKind::Choice { choices, .. } => choices.iter().map(|choice| choice.value.clone()).collect(),
            OptionKind::Switch { .. } => vec!["on".to_owned(), "off".to_owned()],
            OptionKind::Size { .. }
            | OptionKind::Count { .. }
            | OptionKind::Text { .. }
            | OptionKind::Secret { .. }
            | OptionKind::List { .. } => Vec::new(),
        };
        let now = options.value(&option.id).map(ToString::to_string);
        let others = values.into_iter().filter(|value| Some(value) != now.as_ref());
        found.extend(others.map(|value| (option, value)));
    }
    found
}

/// What has to be free for so much data: a tenth more, as preflight itself asks.
fn wanted(disk: ByteSize) -> u64 {
    disk.bytes().saturating_add(disk.bytes() / 10)
}

/// What the other new nodes of this install take on the same disk.
fn others_need(around: &Around<'_>) -> u64 {
    let others = around
        .prepared
        .nodes
        .iter()
        .filter(|node| node.record.id != around.node.record.id);
    others
        .filter(|node| node.disk_available == around.node.disk_available)
        .filter_map(|node| freehold_plan::needs(&node.spec, &node.record.network, &node.options).ok())
        .map(|(needs, _)| needs.disk.bytes())
        .sum()
}

/// Options with which the data fits where it is to go: the ones that keep most of it first.
fn smaller(around: &Around<'_>) -> Vec<FixView> {
    let node = around.node;
    let Some(available) = node.disk_available else {
        return Vec::new();
    };
    let Ok((now, _)) = freehold_plan::needs(&node.spec, &node.record.network, &node.options) else {
        return Vec::new();
    };
    let room = available.saturating_sub(others_need(around));
    let fits = |needs: &Needs| needs.disk < now.disk && wanted(needs.disk) <= room;
    let mut fitting = Vec::new();
    for (option, value) in alternatives(node, &node.options) {
        if let Some(needs) = needs_with(node, &[(&option.id, &value)]).filter(fits) {
            fitting.push((needs.disk, option_fix(option, &value)));
        }
    }
    if fitting.is_empty() {
        fitting = smaller_by_two(node, fits);
    }
    fitting.sort_by_key(|(disk, _)| std::cmp::Reverse(*disk));
    fitting.into_iter().map(|(_, fix)| fix).take(2).collect()
}

/// Two options together, where no single one will do: another client, and less history with it.
fn smaller_by_two(node: &PreparedNode, fits: impl Fn(&Needs) -> bool) -> Vec<(ByteSize, FixView)> {
    let mut fitting = Vec::new();
    for (first, value) in alternatives(node, &node.options) {
        let is_choice = matches!(first.kind, OptionKind::Choice { .. });
        let Some(options) = with(node, &[(&first.id, &value)]).filter(|_| is_choice) else {
            continue;
        };
        for (second, other) in alternatives(node, &options) {
            let needs = needs_with(node, &[(&first.id, &value), (&second.id, &other)]);
            if let Some(needs) = needs.filter(|needs| second.id != first.id && fits(needs)) {
                let mut fix = option_fix(first, &value);
                let with_it = option_fix(second, &other);
                fix.also.insert(with_it.name, with_it.value);
                fix.words.extend(with_it.words);
                fitting.push((needs.disk, fix));
            }
        }
    }
    fitting
}

/// Folders on other disks with enough room, the roomiest first.
fn elsewhere(around: &Around<'_>, fits: impl Fn(&DiskChoice) -> bool) -> Vec<FixView> {
    let node = around.node;
    let Ok((needs, _)) = freehold_plan::needs(&node.spec, &node.record.network, &node.options) else {
        return Vec::new();
    };
    let total = ByteSize(needs.disk.bytes().saturating_add(others_need(around)));
    let here = node.record.data_dir.as_path();
    let usable = around
        .disks
        .iter()
        .filter(|disk| disk.problem.is_none() && disk.kind != "network");
    usable
        .filter(|disk| disk.available >= wanted(total) && fits(disk))
        .map(|disk| (disk, Path::new(&disk.folder).join(node.record.id.as_str())))
        .filter(|(_, folder)| folder != here)
        .map(|(disk, folder)| {
            let words = [disk.mount_point.clone(), disk.available.to_string()];
            fix("folder", "", &folder.display().to_string(), words)
        })
        .take(2)
        .collect()
}

/// Options with which the node takes less memory than this machine has.
fn lighter(around: &Around<'_>) -> Vec<FixView> {
    let node = around.node;
    let Ok((now, requirement)) = freehold_plan::needs(&node.spec, &node.record.network, &node.options) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if let Some(option) = requirement.ram_option.as_ref().and_then(|id| node.spec.option(id))
        && let Some(OptionValue::Size(size)) = node.options.value(&option.id)
        && let OptionKind::Size { min, .. } = &option.kind
    {
        let too_much = now.ram.bytes().saturating_sub(around.memory.bytes());
        let less = size.bytes().saturating_sub(too_much) / STEP * STEP;
        if too_much > 0 && less >= min.bytes() && less > 0 {
            let value = OptionValue::Size(ByteSize(less)).to_string();
            if needs_with(node, &[(&option.id, &value)]).is_some_and(|needs| needs.ram <= around.memory) {
                found.push(option_fix(option, &value));
            }
        }
    }
    found.extend(
        alternatives(node, &node.options)
            .into_iter()
            .filter_map(|(option, value)| {
                let needs = needs_with(node, &[(&option.id, &value)])?;
                (needs.ram < now.ram && needs.ram <= around.memory).then(|| option_fix(option, &value))
            }),
    );
    found
}

/// Another number for the port that is taken, or not to publish it at all where that was a choice.
fn other_port(finding: &Finding, around: &Around<'_>) -> Vec<FixView> {
    let node = around.node;
    let mut found = Vec::new();
    for port in freehold_plan::active_services(&node.spec, &node.options).flat_map(|service| &service.ports) {
        let Some(number) = node.record.ports.get(&port.name).copied() else {
            continue;
        };
        let is_meant = finding.message.contains(&format!("Port {number} ")) && finding.fault.is_some();
        let Some(address) = freehold_plan::publish_address(port, &node.options).filter(|_| is_meant) else {
            continue;
        };
        let is_free = |candidate: &u16| {
            let is_given =
                around.given_ports.contains(candidate) || node.record.ports.values().any(|own| own == candidate);
            !is_given
                && freehold_host::port::is_free(IpAddr::V4(address), *candidate)
                && freehold_host::port::is_free(IpAddr::V4(Ipv4Addr::LOCALHOST), *candidate)
        };
        let next = (number.saturating_add(1)..=number.saturating_add(PORTS_TRIED)).find(is_free);
        found.extend(next.map(|next| fix("port", &port.name, &next.to_string(), [number.to_string()])));
        let consents = [&port.consent, &port.local];
        let on = consents.into_iter().flatten().find(|option| node.options.is_on(option));
        let option = on.and_then(|option| node.spec.option(option));
        if let (Publish::Public, Some(option)) = (&port.publish, option) {
            found.push(option_fix(option, "off"));
        }
    }
    found
}

/// The value that a rule sets is made the user's own.
fn accept_rule(finding: &Finding, around: &Around<'_>) -> Vec<FixView> {
    let rules = around.node.options.applied_rules().iter();
    let meant = rules.filter(|rule| rule.overrides_choice && finding.message.ends_with(&rule.because));
    meant
        .filter_map(|rule| Some((around.node.spec.option(&rule.option)?, rule.to.to_string())))
        .map(|(option, value)| option_fix(option, &value))
        .collect()
}

/// A new node for a need, where the one that would be used has to be changed for it.
fn fresh_need(finding: &Finding, around: &Around<'_>) -> Vec<FixView> {
    let needs = &around.prepared.structure.dependencies;
    let named: BTreeMap<&str, &str> = needs
        .iter()
        .filter(|need| !need.is_new && !need.changes.is_empty() && finding.message.contains(need.node.as_str()))
        .map(|need| (need.name.as_str(), need.client.as_str()))
        .collect();
    named
        .into_iter()
        .map(|(name, client)| fix("need", name, "new", [client.to_owned()]))
        .collect()
}

#[cfg(test)]
mod tests;
