//! The beginning of an answer that no node gives, fit to be shown: short, printable, on one line, without secrets.

/// Most characters of a foreign answer that are shown.
pub(crate) const EXCERPT_LENGTH: usize = 80;

/// How much of an answer is looked at; a page may begin with kilobytes of white space.
const LOOKED_AT: usize = 4096;

/// The first printable characters of `answer`. A server may send our own request back, so `secrets` are taken out first.
pub(crate) fn excerpt(answer: &[u8], secrets: &[&str]) -> String {
    let mut text = String::from_utf8_lossy(answer.get(..LOOKED_AT).unwrap_or(answer)).into_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "<redacted>");
    }
    shorten(&text)
}

/// One line of at most [`EXCERPT_LENGTH`] printable characters.
pub(crate) fn shorten(text: &str) -> String {
    let printable: String = text
        .chars()
        .map(|c| if c.is_control() || c == '\u{fffd}' { ' ' } else { c })
        .collect();
    let line = printable.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(EXCERPT_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_page_becomes_one_short_line() {
        let page = format!("\r\n\t<html>\n<body>\u{1b}[31m{}", "line\n".repeat(200));
        let shown = excerpt(page.as_bytes(), &[]);
        assert!(shown.starts_with("<html> <body> [31mline line"), "{shown}");
        assert_eq!(shown.chars().count(), 80, "the rest of the page is left out");
        assert!(
            !shown.chars().any(char::is_control),
            "no control character reaches a terminal"
        );
    }

    #[test]
    fn our_own_request_sent_back_does_not_show_the_password() {
        let shown = excerpt(b"Authorization: Basic dTpw, password hunter2", &["dTpw", "hunter2"]);
        assert_eq!(shown, "Authorization: Basic <redacted>, password <redacted>");
    }
}
