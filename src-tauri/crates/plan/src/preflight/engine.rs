//! The engine: there, new enough, of a kind that the images run on.

use freehold_model::{EngineFacts, EngineKind, FaultCode, Finding};

use super::{PreflightInput, blocker, warning, with_hint};

/// Oldest versions that Freehold is tested with: major, minor.
const OLDEST_DOCKER: (u32, u32) = (20, 10);
const OLDEST_PODMAN: (u32, u32) = (4, 3);

pub(super) fn check(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    let Some(engine) = input.engine else {
        let message = "No container engine answers on this machine.";
        findings.push(with_hint(
            blocker("engine", FaultCode::EngineMissing, message),
            "Install Docker or Podman and start it.",
        ));
        return;
    };
    let (name, oldest) = match engine.kind {
        EngineKind::Docker => ("Docker", OLDEST_DOCKER),
        EngineKind::Podman => ("Podman", OLDEST_PODMAN),
    };
    if parse_version(&engine.version).is_some_and(|version| version < oldest) {
        let message = format!(
            "{name} is version {}; {}.{} or later is needed.",
            engine.version, oldest.0, oldest.1
        );
        findings.push(with_hint(
            blocker("engine", FaultCode::EngineTooOld, message),
            "Update the engine.",
        ));
    }
    for service in crate::active_services(input.spec, input.options) {
        if !offers(&service.image.platforms, engine) {
            let message = format!(
                "The image of {} is made for {}; the engine runs {}.",
                service.name,
                service.image.platforms.join(", "),
                engine.platform
            );
            findings.push(blocker("platform", FaultCode::ImagePlatform, message));
        }
    }
    findings.extend(crate::idle_limits(input.options, engine).map(|why| warning("limits", why)));
}

/// An offered platform is the engine's, also where only one of them names the processor's variant.
fn offers(platforms: &[String], engine: &EngineFacts) -> bool {
    let extends = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    // An engine that does not tell is asked at the pull.
    engine.platform.is_empty()
        || platforms
            .iter()
            .any(|offered| extends(offered, &engine.platform) || extends(&engine.platform, offered))
}

/// Major and minor of a version such as `20.10.24+dfsg1`; `None` for builds without numbers.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim_start_matches('v').split(|c: char| !c.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
