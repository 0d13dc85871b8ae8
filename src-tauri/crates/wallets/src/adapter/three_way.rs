//! The decision for one setting when a switch is taken back in a file that changed since.

/// What to do with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision<T> {
    /// Nothing: the switch did not change it, or it is as it was already.
    Leave,
    /// Write this; `None` takes it away.
    PutBack(Option<T>),
    /// Somebody changed it after the switch: it is theirs.
    Keep,
}

/// Compares a setting before the switch, after the switch and now.
pub(super) fn decide<T: PartialEq + Clone>(
    original: Option<&T>,
    switched: Option<&T>,
    current: Option<&T>,
) -> Decision<T> {
    if original == switched || current == original {
        Decision::Leave
    } else if current == switched {
        Decision::PutBack(original.cloned())
    } else {
        Decision::Keep
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, decide};

    #[test]
    fn only_what_is_still_ours_goes_back() {
        assert_eq!(decide(Some(&1), Some(&2), Some(&2)), Decision::PutBack(Some(1)));
        assert_eq!(decide(None, Some(&2), Some(&2)), Decision::PutBack(None));
        assert_eq!(decide(Some(&1), Some(&2), Some(&3)), Decision::Keep);
        assert_eq!(decide(Some(&1), Some(&2), None), Decision::Keep);
        assert_eq!(decide(Some(&1), Some(&1), Some(&3)), Decision::Leave);
        assert_eq!(decide(Some(&1), Some(&2), Some(&1)), Decision::Leave);
    }
}
