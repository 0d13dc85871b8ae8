//! Days as they stand in the catalog: `YYYY-MM-DD`.

/// Days since 1970-01-01; `None` where the text is no such date. (Howard Hinnant's `days_from_civil`.)
pub fn day_number(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some()
        || [year, month, day]
            .iter()
            .any(|part| !part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let (year, month, day): (i64, i64, i64) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn counts_days() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01"), Some(11_017));
        assert_eq!(day_number("2026-11-22").unwrap() - day_number("2026-11-21").unwrap(), 1);
        assert_eq!(day_number("2027-01-01").unwrap() - day_number("2026-12-31").unwrap(), 1);
        for bad in [
            "",
            "2026-11",
            "2026-13-01",
            "x-y-z",
            "2026-11-22-1",
            "-1-1-1",
            "99999999999999999999-01-01",
        ] {
            assert_eq!(day_number(bad), None, "{bad}");
        }
    }
}
