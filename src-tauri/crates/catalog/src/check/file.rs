//! Files and secrets: files at places of their own, secrets with names of their own.

use freehold_model::spec::ServiceSpec;

use super::{Checker, is_container_path, is_plain_name};
use crate::document::at;

/// Most bytes of one file: a configuration, not a data set.
const LARGEST: usize = 64 * 1024;

pub(super) fn files(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    checker.expect_unique(
        "file",
        service.files.iter().map(|file| file.target.as_str()),
        |number| at!["services", index, "files", number, "target"],
    );
    for (number, file) in service.files.iter().enumerate() {
        let place = at!["services", index, "files", number, "target"];
        if !is_container_path(&file.target) {
            checker.report(
                &place,
                format!("`{}` is not an absolute path in the container", file.target),
            );
        }
        if let Some(mount) = service.mounts.iter().find(|mount| mount.target == file.target) {
            checker.report(&place, format!("the mount `{}` is at the same place", mount.name));
        }
        if file.content.len() > LARGEST {
            checker.report(
                &at!["services", index, "files", number, "content"],
                format!("the file has more than {LARGEST} bytes"),
            );
        }
    }
}

pub(super) fn secrets(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    checker.expect_unique(
        "secret",
        spec.secrets.iter().map(|secret| secret.name.as_str()),
        |index| at!["secrets", index, "name"],
    );
    for (index, secret) in spec.secrets.iter().enumerate() {
        let place = at!["secrets", index, "name"];
        if !is_plain_name(&secret.name) {
            let reason = format!("`{}` cannot name a secret: use a-z, 0-9, `-` and `_`", secret.name);
            checker.report(&place, reason);
        }
        if spec.options.iter().any(|option| option.id.as_str() == secret.name) {
            checker.report(&place, format!("an option has the name `{}` too", secret.name));
        }
    }
}
