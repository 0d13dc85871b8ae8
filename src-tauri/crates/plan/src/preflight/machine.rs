//! Memory, ports and the clock.

use freehold_model::plan::Needs;
use freehold_model::spec::Publish;
use freehold_model::{FaultCode, Finding};

use crate::ports::publish_address;

use super::{PreflightInput, blocker, note, warning, with_hint};
use crate::date::day_number;

/// Beyond this, nodes refuse blocks from the future or lose peers; the same limit that the reference takes.
const MOST_SKEW_SECONDS: u64 = 600;
/// A machine may be a day behind the catalog's dates by its time zone alone.
const DAYS_OF_GRACE: i64 = 1;

pub(super) fn memory(input: &PreflightInput<'_>, needs: &Needs, findings: &mut Vec<Finding>) {
    let machine = input.machine;
    let name = &input.spec.name;
    let limited = input
        .engine
        .filter(|engine| !engine.shares_machine && engine.memory.bytes() > 0);
    if let Some(engine) = limited.filter(|engine| engine.memory < needs.ram) {
        let message = format!(
            "The engine's virtual machine has {} of memory; {name} needs {}.",
            engine.memory, needs.ram
        );
        findings.push(with_hint(
            warning("memory", message),
            "Give it more memory in the engine's own settings.",
        ));
        return;
    }
    if machine.memory < needs.ram {
        let message = format!(
            "This machine has {} of memory; {name} needs {}.",
            machine.memory, needs.ram
        );
        findings.push(warning("memory", message));
    } else if machine.memory_available < needs.ram {
        let message = format!(
            "{} of memory are free now; {name} needs {}.",
            machine.memory_available, needs.ram
        );
        findings.push(with_hint(
            warning("memory", message),
            "Close other programs while the node syncs.",
        ));
    }
}

pub(super) fn ports(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    for port in input.spec.services.iter().flat_map(|service| &service.ports) {
        let own = input
            .spec
            .network(input.network)
            .and_then(|network| network.ports.get(&port.name).copied());
        let chosen = input.ports.get(&port.name).copied();
        let Some(address) = publish_address(port, input.options) else {
            continue;
        };
        let number = match port.publish {
            Publish::Loopback => chosen,
            Publish::Public => chosen.or(own),
        };
        let where_to = if address.is_unspecified() {
            "all addresses"
        } else {
            "127.0.0.1"
        };
        let Some(number) = number else { continue };
        if let Some((_, owner)) = input.taken_ports.iter().find(|(taken, _)| *taken == number) {
            let message = format!(
                "Port {number} on {where_to} is used by {owner}; the node needs it for `{}`.",
                port.name
            );
            findings.push(with_hint(
                blocker("ports", FaultCode::PortInUse, message),
                "Stop that program and check again.",
            ));
        } else if address.is_unspecified() {
            findings.push(note(
                "ports",
                format!(
                    "Port {number} (`{}`) will be open on {where_to} of this machine.",
                    port.name
                ),
            ));
        }
    }
}

pub(super) fn clock(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    if let Some(skew) = input
        .clock_skew
        .filter(|skew| skew.seconds.unsigned_abs() > MOST_SKEW_SECONDS)
    {
        let direction = if skew.seconds > 0 { "ahead of" } else { "behind" };
        let minutes = skew.seconds.unsigned_abs() / 60;
        let message = format!(
            "This machine's clock is {minutes} minutes {direction} {}; nodes allow 10.",
            skew.source
        );
        findings.push(set_clock(blocker("clock", FaultCode::ClockSkew, message)));
        return;
    }
    let newest = input
        .spec
        .requirements
        .iter()
        .filter_map(|requirement| Some((day_number(&requirement.as_of)?, &requirement.as_of)))
        .max();
    let Some((day, date)) = newest else { return };
    if day_number(input.today).is_some_and(|today| today + DAYS_OF_GRACE < day) {
        let message = format!(
            "This machine's date is {}, which is before the catalog's own figures of {date}.",
            input.today
        );
        findings.push(set_clock(blocker("clock", FaultCode::ClockSkew, message)));
    }
}

fn set_clock(finding: Finding) -> Finding {
    with_hint(finding, "Turn on network time and check again.")
}
