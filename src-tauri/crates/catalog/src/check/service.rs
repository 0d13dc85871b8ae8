//! Services: pinned images, no shell, published ports that exist, a clean stop, exceptions with a reason.

use std::collections::BTreeMap;

use freehold_model::ImageReference;
use freehold_model::spec::{OptionKind, Publish, ServiceSpec};

use super::{Checker, is_container_path, is_plain_name};
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
    if spec.services.is_empty() {
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
        entrypoint(checker, index, service);
        mounts(checker, index, service);
        stop(checker, index, service);
        hardening(checker, index, service);
    }
    published_ports(checker);
}

/// What is wrong with an image reference: key, reason, hint.
pub(super) fn image(image: &ImageReference) -> Vec<(&'static str, String, Option<String>)> {
    let mut found = Vec::new();
    let repository = &image.repository;
    let name = repository.rsplit('/').next().unwrap_or_default();
    if repository.contains('@') || name.contains(':') {
        let hint = "tag and digest have keys of their own".to_owned();
        found.push((
            "repository",
            format!("`{repository}` must hold neither tag nor digest"),
            Some(hint),
        ));
    } else if !is_repository(repository) {
        let hint = "write the registry's host too, for example `docker.io/bitcoin/bitcoin`".to_owned();
        found.push((
            "repository",
            format!("`{repository}` is not a registry host and a path in lower case"),
            Some(hint),
        ));
    }
    if image.tag == "latest" || image.tag.is_empty() {
        let reason = format!("the tag `{}` names no release", image.tag);
        found.push(("tag", reason, Some("write the release that the digest is".to_owned())));
    }
    let is_platform = |text: &str| {
        let parts: Vec<&str> = text.split('/').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_plain_name(part))
    };
    if image.platforms.is_empty() {
        found.push((
            "platforms",
            "at least one platform is needed".to_owned(),
            Some("for example `linux/amd64`".to_owned()),
        ));
    }
    for platform in image.platforms.iter().filter(|platform| !is_platform(platform)) {
        found.push((
            "platforms",
            format!("`{platform}` is not a platform"),
            Some("for example `linux/amd64`".to_owned()),
        ));
    }
    found
}

fn is_repository(text: &str) -> bool {
    let Some((host, path)) = text.split_once('/') else {
        return false;
    };
    let host_is_plain = host
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:".contains(&b));
    let is_host = host == "localhost" || host.contains(['.', ':']);
    let part_is_plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
    };
    host_is_plain && is_host && path.split('/').all(part_is_plain)
}

fn entrypoint(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    let place = at!["services", index, "entrypoint"];
    let Some(program) = service.entrypoint.first() else {
        checker.report(&place, "the entry point must name a program");
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

fn published_ports(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let mut published: BTreeMap<&str, &str> = BTreeMap::new();
    for (index, service) in spec.services.iter().enumerate() {
        for (number, port) in service.ports.iter().enumerate() {
            let place = |key: &str| at!["services", index, "ports", number, key];
            // Within a network no two names have one number, so one service for each name is one for each number.
            if let Some(other) = published.insert(&port.name, service.name.as_str()) {
                let reason = format!(
                    "port `{}` is published by both `{other}` and `{}`",
                    port.name, service.name
                );
                checker.report(&place("name"), reason);
                continue;
            }
            for network in &spec.networks {
                let known: Vec<&str> = network.ports.keys().map(String::as_str).collect();
                let what = format!("port of the network `{}` named", network.id);
                if !checker.expect_known(&place("name"), &what, &port.name, &known) {
                    break;
                }
            }
            consent(checker, port, &place("consent"));
        }
    }
}

fn consent(checker: &mut Checker<'_>, port: &freehold_model::spec::PortSpec, place: &[Step]) {
    let spec = checker.spec;
    match (port.publish, &port.consent) {
        (Publish::Loopback, None) => {}
        (Publish::Loopback, Some(_)) => checker.report(place, "`consent` belongs to public ports only"),
        (Publish::Public, None) => {
            let reason = format!("the public port `{}` needs a `consent` option", port.name);
            checker.report_with_hint(place, reason, "name a switch by which the user agrees to it");
        }
        (Publish::Public, Some(option)) => {
            let known: Vec<&str> = spec.options.iter().map(|known| known.id.as_str()).collect();
            if !checker.expect_known(place, "option", option.as_str(), &known) {
                return;
            }
            match spec.option(option).map(|found| &found.kind) {
                Some(OptionKind::Switch { default: false, .. }) | None => {}
                Some(OptionKind::Switch { default: true, .. }) => {
                    checker.report(
                        place,
                        format!("`{option}` is on by default: nothing is public without being asked for"),
                    );
                }
                Some(
                    OptionKind::Choice { .. }
                    | OptionKind::Size { .. }
                    | OptionKind::Count { .. }
                    | OptionKind::List { .. },
                ) => {
                    checker.report(place, format!("`{option}` must be a switch to be a consent"));
                }
            }
        }
    }
}
