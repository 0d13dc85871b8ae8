//! What the entry itself says: its age, what options force on each other, the pull and the first sync.

use freehold_model::Finding;
use freehold_model::plan::Needs;
use freehold_model::spec::RequirementSpec;

use super::{PreflightInput, note, warning, with_hint};
use crate::date::day_number;

pub(super) fn check(
    input: &PreflightInput<'_>,
    needs: Option<&(Needs, &RequirementSpec)>,
    findings: &mut Vec<Finding>,
) {
    expiry(input, findings);
    rules(input, findings);
    image(input, findings);
    if let Some((needs, requirement)) = needs {
        first_sync(needs, requirement, findings);
    }
}

fn expiry(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    let Some(expires) = input.spec.expires.as_deref() else {
        return;
    };
    let is_over = day_number(input.today)
        .zip(day_number(expires))
        .is_some_and(|(today, last)| today > last);
    if is_over {
        let message = format!(
            "This catalog entry for {} should not be used after {expires}.",
            input.spec.name
        );
        findings.push(with_hint(
            warning("catalog", message),
            "Update Freehold for a newer release of the client.",
        ));
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
    let images: Vec<String> = input
        .spec
        .services
        .iter()
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
