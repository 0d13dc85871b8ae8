//! Monero GUI's list of remote nodes: `{"selected":0,"nodes":[{"address":…,"username":…,"password":…,"trusted":…}]}`.

use freehold_model::Endpoint;
use serde_json::{Map, Value};

use super::{MODE, NODES, REMOTE};
use crate::adapter::keys::{Document, put_back};
use crate::adapter::qsettings_keys::{IniDocument, text};
use crate::adapter::{AdapterError, ChangedFile, Restored};

/// The list with what else stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Nodes {
    all: Map<String, Value>,
    list: Vec<Node>,
    selected: usize,
}

/// One node.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node(Map<String, Value>);

impl Node {
    /// `host:port`.
    pub(super) fn address(&self) -> &str {
        self.text("address")
    }

    /// A user or a password stands there.
    pub(super) fn has_login(&self) -> bool {
        !(self.text("username").is_empty() && self.text("password").is_empty())
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn new(address: &str, user: &str, password: &str, is_trusted: bool) -> Self {
        let members = [
            ("address", Value::from(address)),
            ("username", Value::from(user)),
            ("password", Value::from(password)),
            ("trusted", Value::from(is_trusted)),
        ];
        Self(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }
}

impl Nodes {
    /// The list of a file; where there is none, the one that the program makes of its older settings.
    pub(super) fn read(document: &IniDocument<'_>) -> Result<Self, AdapterError> {
        let Some(written) = document.text(NODES)?.filter(|written| !written.is_empty()) else {
            let setting = |name: &str| document.text(name).map(Option::unwrap_or_default);
            let address = setting("remoteNodeAddress")?;
            let is_trusted = document.flag("is_trusted_daemon")? == Some(true);
            let node = Node::new(
                &address,
                &setting("daemonUsername")?,
                &setting("daemonPassword")?,
                is_trusted,
            );
            return Ok(Self {
                all: Map::new(),
                list: if address.is_empty() { Vec::new() } else { vec![node] },
                selected: 0,
            });
        };
        let wrong = || document.wrong(NODES, "a list of nodes that Freehold can read");
        let Ok(Value::Object(all)) = serde_json::from_str(&written) else {
            return Err(wrong());
        };
        let nodes = all.get("nodes").and_then(Value::as_array).ok_or_else(wrong)?;
        let node = |value: &Value| match value {
            Value::Object(members) if members.get("address").is_some_and(Value::is_string) => Ok(Node(members.clone())),
            _ => Err(wrong()),
        };
        let list: Vec<Node> = nodes.iter().map(node).collect::<Result<_, _>>()?;
        let selected = match all.get("selected") {
            None => 0,
            Some(number) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .ok_or_else(wrong)?,
        };
        // The program's own arithmetic for a number beyond the list.
        let selected = selected.checked_rem(list.len()).unwrap_or(0);
        Ok(Self { all, list, selected })
    }

    /// The node in use.
    pub(super) fn selected(&self) -> Option<&Node> {
        self.list.get(self.selected)
    }

    /// The list with the endpoint in it, chosen.
    pub(super) fn choosing(mut self, endpoint: &Endpoint, is_trusted: bool) -> Self {
        let address = endpoint.authority();
        let found = self
            .list
            .iter()
            .position(|node| node.address().eq_ignore_ascii_case(&address));
        self.selected = found.unwrap_or(self.list.len());
        if found.is_none() {
            self.list.push(Node::new(&address, "", "", is_trusted));
        }
        if let (Some(node), Some(login)) = (self.list.get_mut(self.selected), &endpoint.credential) {
            node.0.insert("username".into(), Value::from(login.user.as_str()));
            node.0.insert("password".into(), Value::from(login.password.expose()));
        }
        self
    }

    /// As the program writes it.
    pub(super) fn written(&self) -> String {
        let mut all = self.all.clone();
        all.insert("selected".into(), Value::from(self.selected));
        let nodes = self.list.iter().map(|node| Value::Object(node.0.clone()));
        all.insert("nodes".into(), Value::Array(nodes.collect()));
        Value::Object(all).to_string()
    }

    /// What this list becomes when the switch from `original` to `switched` is taken back in it: our node goes, the choice
    /// before ours comes back, and what the user added since stays. None where the user has chosen another node since.
    fn without_ours(&self, original: &Self, switched: &Self) -> Option<Self> {
        let ours = switched.selected()?.address();
        if self.selected()?.address() != ours {
            return None;
        }
        let mut back = self.clone();
        match original.list.iter().find(|node| node.address() == ours) {
            // It was in the list before, perhaps with another login.
            Some(before) => back
                .list
                .iter_mut()
                .filter(|node| node.address() == ours)
                .for_each(|node| *node = before.clone()),
            None => back.list.retain(|node| node.address() != ours),
        }
        let before = original.selected().map(Node::address);
        let place = back.list.iter().position(|node| Some(node.address()) == before);
        back.selected = place.unwrap_or(0);
        Some(back)
    }
}

/// Our settings as they were, in a file in which the user may have added nodes since.
pub(super) fn put_back_beside_others(file: &ChangedFile<'_>) -> Result<Restored, AdapterError> {
    let groups: [&[&str]; 1] = [&[REMOTE, NODES, MODE]];
    let original_bytes = file.original.unwrap_or_default();
    let (original, switched, current) = (
        IniDocument::parse(original_bytes)?,
        IniDocument::parse(file.switched)?,
        IniDocument::parse(file.current)?,
    );
    let now = current.raw(NODES)?;
    let back = match (Nodes::read(&original), Nodes::read(&switched), Nodes::read(&current)) {
        (Ok(original), Ok(switched), Ok(current)) => current.without_ours(&original, &switched),
        _ => None,
    };
    let (Some(now), Some(back)) = (now, back) else {
        return put_back::<super::Ini>(file, &groups);
    };
    if IniDocument::is_same(&now, &switched.raw(NODES)?.unwrap_or_default()) {
        return put_back::<super::Ini>(file, &groups);
    }
    // Seen from the list of now, that is what the switch has changed.
    let original = original.with(NODES, &text(&back.written()))?;
    let switched = switched.with(NODES, &now)?;
    let seen_from_now = ChangedFile {
        original: Some(&original),
        switched: &switched,
        ..*file
    };
    put_back::<super::Ini>(&seen_from_now, &groups)
}
