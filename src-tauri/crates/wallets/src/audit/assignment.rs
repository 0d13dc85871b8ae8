//! Finds `export NAME=value` in files of shells and of the login.
//!
//! No shell is run and nothing is expanded. The one rule: a line leaves this file only if it sets a variable that the audit
//! looks at, and then only name, value and line number.

use super::variable::is_audited_variable;

/// Longest line that is looked at. A shell's file has no longer one by hand.
const LONGEST_LINE: usize = 64 * 1024;

/// How a file writes its variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A script of a shell.
    Shell,
    /// `NAME=value` on a line of its own (`environment.d`).
    Plain,
    /// `NAME DEFAULT=value OVERRIDE=value`, or `NAME=value` (`.pam_environment`).
    Pam,
}

/// A variable that a file sets. `Debug` hides the value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The variable.
    pub name: String,
    /// Its value, quotes removed.
    pub value: String,
    /// The line, from 1.
    pub line: u32,
}

impl std::fmt::Debug for Assignment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in line {}", self.name, self.line)
    }
}

/// The variables that `text` sets and that the audit looks at, in order.
pub(crate) fn assignments(text: &str, form: Form) -> Vec<Assignment> {
    let mut found = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        if line.len() > LONGEST_LINE || !line.contains('=') && !line.contains("setenv") {
            continue;
        }
        for words in commands(line) {
            let pairs = match form {
                Form::Pam => pam(&words).into_iter().collect(),
                Form::Shell | Form::Plain => shell(&words),
            };
            let kept = pairs.into_iter().filter(|(name, _)| is_audited_variable(name));
            found.extend(kept.map(|(name, value)| Assignment {
                name,
                value,
                line: number,
            }));
        }
    }
    found
}

/// The commands of a line, each as its words with quotes removed.
fn commands(line: &str) -> Vec<Vec<String>> {
    let (mut all, mut words, mut word) = (Vec::new(), Vec::new(), None::<String>);
    let mut characters = line.chars().peekable();
    while let Some(next) = characters.next() {
        match next {
            '#' if word.is_none() => break,
            '\'' => {
                let word = word.get_or_insert_default();
                word.extend(characters.by_ref().take_while(|c| *c != '\''));
            }
            '"' => quoted(&mut characters, word.get_or_insert_default()),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            '$' if characters.peek() == Some(&'{') => {
                // A `;` or a blank inside `${…}` ends nothing.
                let word = word.get_or_insert_default();
                word.push('$');
                for inner in characters.by_ref() {
                    word.push(inner);
                    if inner == '}' {
                        break;
                    }
                }
            }
            ';' | '&' | '|' => {
                words.extend(word.take());
                all.push(std::mem::take(&mut words));
            }
            blank if blank.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    all.push(words);
    all
}

fn quoted(characters: &mut std::iter::Peekable<std::str::Chars<'_>>, word: &mut String) {
    while let Some(next) = characters.next() {
        match next {
            '"' => return,
            '\\' => match characters.next() {
                Some(escaped @ ('"' | '\\' | '$' | '`')) => word.push(escaped),
                Some(other) => word.extend(['\\', other]),
                None => return,
            },
            other => word.push(other),
        }
    }
}

fn shell(words: &[String]) -> Vec<(String, String)> {
    let is_keyword = |word: &&String| matches!(word.as_str(), "then" | "else" | "do" | "{" | "if");
    let mut rest = words.iter().skip_while(is_keyword).peekable();
    match rest.peek().map(|word| word.as_str()) {
        Some("export" | "declare" | "typeset" | "readonly") => rest
            .skip(1)
            .filter(|word| !word.starts_with('-'))
            .filter_map(|word| pair(word))
            .collect(),
        Some("setenv") => match (rest.nth(1), rest.next()) {
            (Some(name), Some(value)) => vec![(name.clone(), value.clone())],
            _ => Vec::new(),
        },
        // Before a command an assignment holds for that command alone.
        Some(_) => rest.map(|word| pair(word)).collect::<Option<_>>().unwrap_or_default(),
        None => Vec::new(),
    }
}

fn pam(words: &[String]) -> Option<(String, String)> {
    let (name, rest) = words.split_first()?;
    if rest.is_empty() {
        return pair(name);
    }
    let value_of = |key: &str| rest.iter().find_map(|word| word.strip_prefix(key));
    let value = value_of("OVERRIDE=").or_else(|| value_of("DEFAULT="))?;
    Some((name.clone(), value.to_owned()))
}

fn pair(word: &str) -> Option<(String, String)> {
    let (name, value) = word.split_once('=')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then(|| (name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Form, assignments};
    use proptest::prelude::{prop_assert, proptest};

    fn values(text: &str, form: Form) -> Vec<(String, String, u32)> {
        let found = assignments(text, form).into_iter();
        found.map(|one| (one.name, one.value, one.line)).collect()
    }

    fn one(name: &str, value: &str, line: u32) -> (String, String, u32) {
        (name.to_owned(), value.to_owned(), line)
    }

    #[test]
    fn the_ways_in_which_a_shell_sets_a_variable_are_understood() {
        for line in [
            "export ETH_RPC_URL=https://a.example",
            "  export ETH_RPC_URL=\"https://a.example\" # mine",
            "ETH_RPC_URL='https://a.example'; export ETH_RPC_URL",
            "declare -x ETH_RPC_URL=https://a.example",
            "typeset -gx ETH_RPC_URL=https://a.example",
            "[ -f x ] && export PATH=/x ETH_RPC_URL=https://a.example",
            "if true; then export ETH_RPC_URL=https://a.example; fi",
            "setenv ETH_RPC_URL https://a.example",
            "export ETH_RPC_URL=\"https://a.example",
        ] {
            assert_eq!(
                values(line, Form::Shell),
                [one("ETH_RPC_URL", "https://a.example", 1)],
                "{line}"
            );
        }
    }

    #[test]
    fn comments_single_commands_and_other_variables_stay() {
        for line in [
            "# export ETH_RPC_URL=https://a.example",
            "ETH_RPC_URL=https://a.example cast block",
            "export SECRET_KEY=0123",
            "alias x='export ETH_RPC_URL=https://a.example'",
            "echo export ETH_RPC_URL=https://a.example",
            "export ETH_RPC_URL",
        ] {
            assert_eq!(values(line, Form::Shell), [], "{line}");
        }
    }

    #[test]
    fn a_value_keeps_its_own_signs_and_the_line_is_counted() {
        let text = "\n\nexport ETH_RPC_URL=\"https://h.example/v3/${INFURA_API_KEY:-a;b}?x=1#y\"\r\n";
        let expected = [one(
            "ETH_RPC_URL",
            "https://h.example/v3/${INFURA_API_KEY:-a;b}?x=1#y",
            3,
        )];
        assert_eq!(values(text, Form::Shell), expected);
    }

    #[test]
    fn files_of_the_login_have_their_own_forms() {
        let plain = "# x\nETH_RPC_URL=http://127.0.0.1:8545\nOTHER=1\n";
        assert_eq!(
            values(plain, Form::Plain),
            [one("ETH_RPC_URL", "http://127.0.0.1:8545", 2)]
        );
        let pam = "ETH_RPC_URL DEFAULT=http://a.example OVERRIDE=http://b.example\nSOLANA_RPC_URL=http://c.example";
        let expected = [
            one("ETH_RPC_URL", "http://b.example", 1),
            one("SOLANA_RPC_URL", "http://c.example", 2),
        ];
        assert_eq!(values(pam, Form::Pam), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_only_listed_variables_leave(text in "(?s).{0,200}", name in "[A-Z_]{1,20}") {
            for form in [Form::Shell, Form::Plain, Form::Pam] {
                for found in assignments(&format!("{text}\nexport {name}=x;{text}"), form) {
                    prop_assert!(super::is_audited_variable(&found.name));
                }
            }
        }
    }
}
