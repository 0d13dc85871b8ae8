//! Checks every expression of a declarative probe: can it be read, and does it refer to what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Expression, Reference};
use crate::nearest;
use crate::spec::{IdentityCheck, JsonProbe};

/// The names that need no expression of their own: whether the chain is complete only with peers, and the height of the
/// node that this one follows.
const GIVEN: [&str; 2] = ["needs_peers", "upstream"];

/// Every name that an expression may use.
pub const NAMES: [&str; 15] = [
    "height",
    "target",
    "percent",
    "ready",
    "warming_up",
    "peers_in",
    "peers_out",
    "version",
    "chain",
    "tip",
    "tip_time",
    "size_on_disk",
    "warnings",
    "needs_peers",
    "upstream",
];

impl JsonProbe {
    /// The expressions that are there, by their keys.
    pub fn expressions(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("height", &self.height),
            ("target", &self.target),
            ("percent", &self.percent),
            ("ready", &self.ready),
            ("warming_up", &self.warming_up),
            ("peers_in", &self.peers_in),
            ("peers_out", &self.peers_out),
            ("version", &self.version),
            ("chain", &self.chain),
            ("tip", &self.tip),
            ("tip_time", &self.tip_time),
            ("size_on_disk", &self.size_on_disk),
            ("warnings", &self.warnings),
        ]
        .into_iter()
        .filter_map(|(key, text)| text.as_deref().map(|text| (key, text)))
    }
}

/// Checks a declarative probe. Fails with every key that is wrong (`height`, `requests.status.path` ...) and why.
pub fn check(probe: &JsonProbe) -> Result<(), Vec<(String, String)>> {
    let mut problems = Vec::new();
    if probe.requests.is_empty() {
        problems.push((
            "requests".to_owned(),
            "nothing is asked: name at least one request".to_owned(),
        ));
    }
    for (name, request) in &probe.requests {
        let mut refuse = |key: &str, reason: &str| problems.push((format!("requests.{name}{key}"), reason.to_owned()));
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name {
            refuse(
                "",
                "a request's name is made of letters, digits and `_` and begins with no digit",
            );
        }
        if !request.path.starts_with('/') || request.path.chars().any(|c| c.is_whitespace() || c.is_control()) {
            refuse(".path", "a path begins with `/` and has no blanks");
        }
        match request.method.as_deref() {
            None | Some("GET" | "POST") => {}
            Some(_) => refuse(".method", "the method is `GET` or `POST`"),
        }
        if request.rpc.is_some() && request.body.is_some() {
            refuse(".body", "a request has `rpc` or `body`, not both");
        }
        if request.params.is_some() && request.rpc.is_none() {
            refuse(".params", "`params` belong to `rpc`");
        }
    }
    if probe.height.is_none() && probe.ready.is_none() && probe.percent.is_none() {
        problems.push((
            "height".to_owned(),
            "one of `height`, `percent` and `ready` is needed: without them nothing tells how far the node is"
                .to_owned(),
        ));
    }
    let mut uses: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (key, text) in probe.expressions() {
        match read(probe, text) {
            Ok(names) => {
                uses.insert(key, names);
            }
            Err(reason) => problems.push((key.to_owned(), reason)),
        }
    }
    for key in uses.keys() {
        if reaches_itself(key, &uses) {
            problems.push(((*key).to_owned(), format!("`{key}` is made of itself")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Checks the identity question of a declarative probe, whose `method` is an expression.
pub fn check_identity(probe: &JsonProbe, question: &IdentityCheck) -> Result<(), String> {
    read(probe, &question.method).map(|_| ())
}

/// The names that an expression uses, or why it cannot be used in this probe.
fn read(probe: &JsonProbe, text: &str) -> Result<BTreeSet<String>, String> {
    let expression = Expression::parse(text).map_err(|error| error.to_string())?;
    let mut names = BTreeSet::new();
    for reference in expression.references() {
        match reference {
            Reference::Request(name) if probe.requests.contains_key(&name) => {}
            Reference::Request(name) => {
                let known = probe.requests.keys().map(String::as_str);
                return Err(unknown("request", &name, known));
            }
            Reference::Name(name) if GIVEN.contains(&name.as_str()) => {}
            Reference::Name(name) if NAMES.contains(&name.as_str()) => {
                if !probe.expressions().any(|(key, _)| key == name) {
                    return Err(format!("`{name}` is used here and has no expression of its own"));
                }
                names.insert(name);
            }
            Reference::Name(name) => return Err(unknown("value", &name, NAMES.into_iter())),
        }
    }
    Ok(names)
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("there is no {what} `{name}`; did you mean `{near}`?"),
        None => format!("there is no {what} `{name}`"),
    }
}

fn reaches_itself(start: &str, uses: &BTreeMap<&str, BTreeSet<String>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(key) = open.pop() {
        for next in uses.get(key).into_iter().flatten() {
            if next == start {
                return true;
            }
            if seen.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    false
}
