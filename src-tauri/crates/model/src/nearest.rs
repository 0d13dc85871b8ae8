//! "Did you mean ...": the one place that decides when a mistyped word is close enough to a known one.

/// The known word that `word` was most likely meant to be, or `None` when nothing is close: at most one slip for every
/// three characters. Letter case is ignored.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer texts are no slips of the finger; comparing them would cost time that grows with the square.
    if word.len() > 64 {
        return None;
    }
    let word = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_the_word_that_was_meant() {
        for (slip, meant) in [
            ("pruen", "prune"),
            ("DBCACHE", "dbcache"),
            ("tx-index", "txindex"),
            ("netwroks", "networks"),
        ] {
            assert_eq!(nearest(slip, ["prune", "dbcache", "txindex", "networks"]), Some(meant));
        }
    }

    #[test]
    fn is_silent_where_nothing_is_close() {
        for word in ["", "colour", "x", "p".repeat(100_000).as_str()] {
            assert_eq!(nearest(word, ["prune", "dbcache"]), None, "{word}");
        }
    }
}
