//! How a node meets what wallets need: by options that exist, once for each need.

use freehold_model::NodeNeed;

use super::{Checker, expect_value};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    for (index, meets) in spec.meets.iter().enumerate() {
        if matches!(meets.need, NodeNeed::AtLeastVersion { .. }) {
            let reason = "no option meets the need of a version: the version that runs does";
            checker.report(&at!["meets", index, "need"], reason);
        }
        expect_value(
            checker,
            (&at!["meets", index, "option"], &meets.option),
            (&at!["meets", index, "equals"], &meets.equals),
        );
    }
    checker.expect_unique("need", spec.meets.iter().map(|meets| meets.need.id()), |index| {
        at!["meets", index, "need"]
    });
}
