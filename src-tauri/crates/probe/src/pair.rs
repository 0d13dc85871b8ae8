//! Joins the readings of a node's services: it is ready once every one of them is. Pure.

use freehold_model::{ProbeFailure, ProbeReport, Stage};

/// Adds what a companion called `label` says to the main report. A failing companion never hides the main report.
pub(crate) fn join(main: &mut ProbeReport, label: &str, companion: Result<ProbeReport, ProbeFailure>) {
    let name = if label.is_empty() { "another service" } else { label };
    match companion {
        Ok(companion) => {
            main.warnings
                .extend(companion.warnings.iter().map(|warning| format!("{name}: {warning}")));
            if is_slower(&companion, main) {
                main.stage = companion.stage;
                main.percent = companion.percent;
                main.detail = Some(match &companion.detail {
                    Some(detail) => format!("{name}: {detail}"),
                    None => name.to_owned(),
                });
            }
        }
        Err(failure) => {
            main.warnings.push(format!("{name}: {failure}"));
            if main.stage == Stage::Ready {
                main.stage = Stage::Blocks;
                main.percent = None;
                main.detail = Some(format!("waits for {name}"));
            }
        }
    }
}

/// Stages come in order; in the same stage the one with less behind it is slower.
fn is_slower(companion: &ProbeReport, main: &ProbeReport) -> bool {
    if companion.stage != main.stage {
        return companion.stage < main.stage;
    }
    match (companion.percent, main.percent) {
        (Some(companion), Some(main)) => companion < main,
        // Nobody can tell how long one of them takes, so nobody can tell for both.
        (None, Some(_)) => true,
        (_, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use freehold_model::{ProbeFailure, ProbeReport, Stage};

    use super::join;
    use crate::report::blank;

    fn report(stage: Stage, percent: Option<f64>) -> ProbeReport {
        ProbeReport {
            percent,
            ..blank(stage)
        }
    }

    #[test]
    fn the_slowest_part_tells_how_far_the_node_is() {
        let mut main = report(Stage::Ready, Some(100.0));
        join(&mut main, "consensus", Ok(report(Stage::Ready, Some(100.0))));
        assert_eq!(
            (main.stage, main.percent, &main.detail),
            (Stage::Ready, Some(100.0), &None)
        );
        join(&mut main, "consensus", Ok(report(Stage::Blocks, Some(40.0))));
        assert_eq!((main.stage, main.percent), (Stage::Blocks, Some(40.0)));
        join(&mut main, "index", Ok(report(Stage::Blocks, Some(60.0))));
        assert_eq!(main.percent, Some(40.0), "the other one is faster");
        join(&mut main, "wallet", Ok(report(Stage::State, None)));
        assert_eq!((main.stage, main.percent), (Stage::State, None));
        assert_eq!(main.detail.as_deref(), Some("wallet"));
    }

    #[test]
    fn a_failing_part_makes_the_node_not_ready_and_says_why() {
        let mut main = report(Stage::Ready, Some(100.0));
        join(&mut main, "consensus", Err(ProbeFailure::AuthenticationFailed));
        assert_eq!((main.stage, main.percent), (Stage::Blocks, None));
        assert_eq!(main.warnings, ["consensus: the node refuses the password"]);
        let mut main = report(Stage::Blocks, Some(30.0));
        join(&mut main, "consensus", Err(ProbeFailure::AuthenticationFailed));
        assert_eq!(
            (main.stage, main.percent),
            (Stage::Blocks, Some(30.0)),
            "the main report stays"
        );
    }

    #[test]
    fn warnings_are_told_apart() {
        let mut main = report(Stage::Ready, Some(100.0));
        let mut other = report(Stage::Ready, Some(100.0));
        other.warnings.push("low disk".to_owned());
        join(&mut main, "index", Ok(other));
        assert_eq!(main.warnings, ["index: low disk"]);
    }
}
