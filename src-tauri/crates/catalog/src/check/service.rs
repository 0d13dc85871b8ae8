//! Services: parts that fit each other, no shell, folders that stay where they are, a clean stop, exceptions with a
//! reason.

use freehold_model::ServiceName;
use freehold_model::spec::ServiceSpec;

use super::condition::{exclude_each_other, without_any};
use super::{Checker, expect_test, file, is_container_path, is_inner_path, is_plain_name, usage_log};
use crate::document::{Step, at};

/// Programs that would run a text as commands, or look a program up.
const SHELLS: [&str; 14] = [
    "sh",
    "bash",
    "dash",
    "ash",
    "zsh",
    "ksh",
    "fish",
    "csh",
    "busybox",
    "env",
    "cmd",
    "cmd.exe",
    "powershell",
    "pwsh",
];
/// Signals that a program can answer with a clean end.
const SIGNALS: [&str; 5] = ["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1"];

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    if spec.services.is_empty() && spec.unavailable.is_none() {
        checker.report(&at!["services"], "at least one service is needed");
    }
    checker.expect_unique(
        "service",
        spec.services.iter().map(|service| service.name.as_str()),
        |index| at!["services", index, "name"],
    );
    for (index, service) in spec.services.iter().enumerate() {
        let place = at!["services", index, "image"];
        checker
            .problems
            .extend(super::image_problems(checker.document, &place, &service.image));
        part(checker, index, service);
        entrypoint(checker, index, service);
        file::files(checker, index, service);
        mounts(checker, index, service);
        stop(checker, index, service);
        hardening(checker, index, service);
        usage_log::check(checker, index, service);
    }
    roles(checker);
    probed(checker);
}

/// When the service is part of the node, and the part it plays.
fn part(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    let spec = checker.spec;
    if let Some(test) = &service.when {
        expect_test(checker, &at!["services", index, "when"], test);
    }
    let Some(role) = &service.role else { return };
    if let Some(other) = spec.services.iter().find(|other| other.name == *role) {
        let reason = format!("`{role}` is the name of a service too: a place that names it would mean both");
        let hint = format!("call the role or the service `{}` something else", other.name);
        checker.report_with_hint(&at!["services", index, "role"], reason, hint);
    }
}

/// Of several services in one role, the user's choice leaves one.
fn roles(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    for (index, service) in spec.services.iter().enumerate() {
        let Some(role) = &service.role else { continue };
        let others = spec.services.iter().filter(|other| other.name != service.name);
        let rival = others
            .filter(|other| other.role.as_ref() == Some(role))
            .find(|other| !exclude_each_other(spec, service.when.as_ref(), other.when.as_ref()));
        if let Some(rival) = rival {
            let reason = format!(
                "`{}` and `{}` could both be the `{role}` of one node",
                service.name, rival.name
            );
            let hint = "give each a `when` about one option with a value of its own";
            checker.report_with_hint(&at!["services", index, "role"], reason, hint);
        }
    }
}

/// The service that the probe asks is part of every node.
fn probed(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let called: &ServiceName = &spec.probe.service;
    if spec.services.is_empty() || spec.probe.when.is_some() {
        return;
    }
    if let Some(test) = without_any(spec, spec.services_called(called)) {
        let reason = format!(
            "with `{} = {}` the node has no `{called}`, and nothing could be asked",
            test.option, test.equals
        );
        checker.report(&at!["probe", "service"], reason);
    }
}

fn entrypoint(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    let place = at!["services", index, "entrypoint"];
    // Without one, the image's own is kept.
    let Some(program) = service.entrypoint.first() else {
        return;
    };
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    if SHELLS.contains(&name) || name.rsplit_once('.').is_some_and(|(_, extension)| extension == "sh") {
        let hint = "name the node's own program: catalog entries run no shell";
        checker.report_with_hint(
            &place,
            format!("the entry point `{program}` is a shell or starts one"),
            hint,
        );
    }
    for (part, text) in service.entrypoint.iter().enumerate() {
        if text.trim().is_empty() {
            checker.report(
                &at!["services", index, "entrypoint", part],
                "the entry point holds an empty text",
            );
        } else if text.contains(['{', '}']) {
            checker.report(
                &at!["services", index, "entrypoint", part],
                "the entry point may not hold placeholders",
            );
        }
    }
}

fn mounts(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    checker.expect_unique(
        "mount",
        service.mounts.iter().map(|mount| mount.name.as_str()),
        |mount| at!["services", index, "mounts", mount, "name"],
    );
    checker.expect_unique(
        "mount target",
        service.mounts.iter().map(|mount| mount.target.as_str()),
        |mount| at!["services", index, "mounts", mount, "target"],
    );
    for (number, mount) in service.mounts.iter().enumerate() {
        if !is_plain_name(&mount.name) {
            let reason = format!(
                "`{}` cannot name a mount: it becomes a folder; use a-z, 0-9, `-` and `_`",
                mount.name
            );
            checker.report(&at!["services", index, "mounts", number, "name"], reason);
        }
        if !is_container_path(&mount.target) {
            let reason = format!("`{}` is not an absolute path in the container", mount.target);
            checker.report(&at!["services", index, "mounts", number, "target"], reason);
        }
        for (which, marker) in mount.markers.iter().enumerate() {
            if !is_inner_path(marker) {
                let reason = format!("`{marker}` is not a path below the mount");
                checker.report(&at!["services", index, "mounts", number, "markers", which], reason);
            }
        }
    }
}

fn stop(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    checker.expect_known(
        &at!["services", index, "stop", "signal"],
        "stop signal",
        &service.stop.signal,
        &SIGNALS,
    );
    if service.stop.grace.duration().as_secs() == 0 {
        let hint = "a node that is killed may have to rebuild its database; Bitcoin Core gets `15m30s`";
        let reason = "`grace` must be at least one second: the node could not write its state to disk";
        checker.report_with_hint(&at!["services", index, "stop", "grace"], reason, hint);
    }
}

fn hardening(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    let exceptions = &service.hardening;
    let place = |key: &str| at!["services", index, "hardening", key];
    for (number, path) in exceptions.tmpfs.iter().enumerate() {
        if !is_container_path(path) {
            let place: Vec<Step> = place("tmpfs").into_iter().chain([Step::from(number)]).collect();
            checker.report(&place, format!("`{path}` is not an absolute path in the container"));
        }
    }
    for (number, capability) in exceptions.cap_add.iter().enumerate() {
        let is_name = !capability.is_empty() && capability.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        if !is_name || capability.starts_with("CAP_") || capability == "ALL" {
            let place: Vec<Step> = place("cap_add").into_iter().chain([Step::from(number)]).collect();
            checker.report(
                &place,
                format!("`{capability}` is not one capability without `CAP_`, for example `NET_ADMIN`"),
            );
        }
    }
    if exceptions.pids_limit == Some(0) {
        checker.report(&place("pids_limit"), "`pids_limit` must not be 0");
    }
    let loosened = !exceptions.cap_add.is_empty() || exceptions.pids_limit.is_some() || exceptions.writable_root;
    if loosened
        && exceptions
            .reason
            .as_deref()
            .is_none_or(|reason| reason.trim().is_empty())
    {
        checker.report(
            &at!["services", index, "hardening"],
            "an exception from the closed default needs a `reason`",
        );
    }
}
