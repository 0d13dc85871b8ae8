//! What the entry itself says: its age, what options force on each other, the pull and the first sync.

use freehold_model::plan::Needs;
use freehold_model::spec::RequirementSpec;
use freehold_model::{FaultCode, Finding};

use super::{PreflightInput, blocker, note, warning, with_hint};
use crate::date::day_number;

/// Days before the end of an entry at which that is worth a warning.
const EXPIRES_SOON: i64 = 30;

pub(super) fn check(
    input: &PreflightInput<'_>,
    needs: Option<&(Needs, &RequirementSpec)>,
    findings: &mut Vec<Finding>,
) {
    unavailable(input, findings);
    expiry(input, findings);
    rules(input, findings);
    image(input, findings);
    if let Some((needs, requirement)) = needs {
        first_sync(needs, requirement, findings);
    }
}

fn unavailable(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    let Some(unavailable) = &input.spec.unavailable else {
        return;
    };
    let message = format!(
        "Freehold lists {} and does not install it: {}",
        input.spec.name, unavailable.why
    );
    let found = blocker("catalog", FaultCode::ClientUnavailable, message);
    findings.push(match &unavailable.instead {
        Some(instead) => with_hint(found, instead),
        None => found,
    });
}

fn expiry(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    let Some(expires) = input.spec.good_until(input.network).0 else {
        return;
    };
    let Some(left) = day_number(input.today)
        .zip(day_number(expires))
        .map(|(today, last)| last - today)
    else {
        return;
    };
    let hint = "Update Freehold, or put a newer release of the client into your own catalog folder.";
    if left < 0 {
        let message = format!(
            "This catalog entry for {} was good until {expires}: the release it names may no longer follow its network.",
            input.spec.name
        );
        findings.push(with_hint(blocker("catalog", FaultCode::EntryExpired, message), hint));
    } else if left <= EXPIRES_SOON {
        let message = format!(
            "This catalog entry for {} expires in {left} days, on {expires}.",
            input.spec.name
        );
        findings.push(with_hint(warning("catalog", message), hint));
    }
}

fn rules(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    for rule in input.options.applied_rules() {
        let message = format!(
            "`{}` becomes {} instead of {}: {}",
            rule.option, rule.to, rule.from, rule.because
        );
        findings.push(if rule.overrides_choice {
            warning("options", message)
        } else {
            note("options", message)
        });
    }
}

fn image(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    let images: Vec<String> = crate::active_services(input.spec, input.options)
        .map(|service| format!("{}:{}", service.image.repository, service.image.tag))
        .collect();
    let images = images.join(", ");
    findings.push(note(
        "image",
        if input.image_present {
            format!("{images} is already on the engine.")
        } else {
            format!("{images} will be pulled; its size is known once the pull has begun.")
        },
    ));
}

fn first_sync(needs: &Needs, requirement: &RequirementSpec, findings: &mut Vec<Finding>) {
    let estimate = if requirement.source.contains('?') {
        ", partly estimated"
    } else {
        ""
    };
    let download = if needs.download.bytes() > 0 {
        format!(" {} are downloaded.", needs.download)
    } else {
        String::new()
    };
    let message = format!(
        "First sync: {}.{download} (Figures of {}{estimate}.)",
        requirement.first_sync.trim_end_matches('.'),
        requirement.as_of
    );
    findings.push(note("sync", message));
}
