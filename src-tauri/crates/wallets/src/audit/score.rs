//! How much stands on the user's own ground, as one number.
//!
//! The rule, the same as in the README: every endpoint that is in use counts once. The score is the share of those on own ground, times
//! 100, rounded down, so that 100 means all of them. What nobody knows counts as not own. Leftovers are named and do not
//! count: they are not what a balance or a payment stands on.

use super::Verdict;

/// The count and the number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Endpoints on own ground.
    pub own: u32,
    /// Endpoints of others.
    pub others: u32,
    /// Endpoints that nobody knows.
    pub unknown: u32,
}

impl Score {
    /// Counts verdicts.
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut score = Self::default();
        for verdict in verdicts {
            match verdict {
                Verdict::Own => score.own += 1,
                Verdict::Others => score.others += 1,
                Verdict::Unknown => score.unknown += 1,
            }
        }
        score
    }

    /// All endpoints.
    pub const fn total(&self) -> u32 {
        self.own + self.others + self.unknown
    }

    /// 0 to 100; `None` without any endpoint.
    pub fn points(&self) -> Option<u8> {
        let points = (u64::from(self.own) * 100).checked_div(u64::from(self.total()))?;
        u8::try_from(points).ok()
    }

    /// In one sentence.
    pub fn sentence(&self) -> String {
        match (self.own, self.total()) {
            (_, 0) => "No endpoint is in use on this machine.".to_owned(),
            (0, 1) => "The one endpoint in use does not stand on your own ground.".to_owned(),
            (_, 1) => "The one endpoint in use stands on your own ground.".to_owned(),
            (0, total) => format!("None of {total} endpoints stands on your own ground."),
            (own, total) if own == total => format!("All {total} endpoints stand on your own ground."),
            (1, total) => format!("1 of {total} endpoints stands on your own ground."),
            (own, total) => format!("{own} of {total} endpoints stand on your own ground."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Score;
    use crate::audit::Verdict;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn the_number_is_the_share_of_own_ground_rounded_down() {
        for (own, others, unknown, points, sentence) in [
            (0, 0, 0, None, "No endpoint is in use on this machine."),
            (3, 1, 1, Some(60), "3 of 5 endpoints stand on your own ground."),
            (2, 1, 0, Some(66), "2 of 3 endpoints stand on your own ground."),
            (1, 1, 0, Some(50), "1 of 2 endpoints stands on your own ground."),
            (0, 1, 1, Some(0), "None of 2 endpoints stands on your own ground."),
            (4, 0, 0, Some(100), "All 4 endpoints stand on your own ground."),
            (1, 0, 0, Some(100), "The one endpoint in use stands on your own ground."),
            (
                0,
                1,
                0,
                Some(0),
                "The one endpoint in use does not stand on your own ground.",
            ),
            (199, 1, 0, Some(99), "199 of 200 endpoints stand on your own ground."),
        ] {
            let score = Score { own, others, unknown };
            assert_eq!((score.points(), score.sentence().as_str()), (points, sentence));
        }
    }

    proptest! {
        #[test]
        fn full_points_mean_that_everything_is_own(own in 0_u32..500, others in 0_u32..500, unknown in 0_u32..500) {
            let all = [(Verdict::Own, own), (Verdict::Others, others), (Verdict::Unknown, unknown)];
            let score = Score::of(all.into_iter().flat_map(|(verdict, count)| (0..count).map(move |_| verdict)));
            prop_assert_eq!(score, Score { own, others, unknown });
            let points = score.points();
            prop_assert!(points.is_none_or(|points| points <= 100));
            prop_assert_eq!(points == Some(100), own > 0 && others + unknown == 0);
        }
    }
}
