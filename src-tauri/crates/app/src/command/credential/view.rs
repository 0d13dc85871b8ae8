//! The logins of a node on the wire.

use std::collections::BTreeMap;

use freehold_contract::{CredentialList, CredentialView};
use freehold_model::spec::NodeSpec;
use freehold_model::{Access, NodeRecord};
use freehold_supervisor::NodeSnapshot;

/// Who uses a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A wallet, or a tool of the owner.
    Wallet,
    /// Another node.
    Node,
    /// Freehold's own questions.
    Freehold,
}

/// What a list is made from beside the node itself.
pub(super) struct Around {
    /// Every node.
    pub(super) nodes: Vec<NodeSnapshot>,
    /// Settings files that name this node, by wallet.
    pub(super) wallets: BTreeMap<String, Vec<String>>,
    /// What new passwords wait for, by consumer.
    pub(super) waits: BTreeMap<String, String>,
    /// When the node was last asked, by consumer, in milliseconds since 1970.
    pub(super) used: BTreeMap<String, i64>,
}

impl Around {
    /// The settings files through which this wallet uses the node.
    pub(super) fn files_of(&self, consumer: &str) -> Vec<String> {
        self.wallets.get(consumer).cloned().unwrap_or_default()
    }
}

/// Who uses the login of this name; `None` where the entry has none.
pub(super) fn kind_of(node: &NodeSnapshot, consumer: &str) -> Option<Kind> {
    let spec = node.spec.as_deref()?;
    spec.credentials.iter().find(|known| known.consumer == consumer)?;
    Some(kind(spec, consumer))
}

fn kind(spec: &NodeSpec, consumer: &str) -> Kind {
    if spec.probes().any(|probe| probe.consumer.as_deref() == Some(consumer)) {
        Kind::Freehold
    } else if freehold_wallets::adapter(consumer).is_some() || spec.wallets.iter().any(|wallet| wallet == consumer) {
        Kind::Wallet
    } else {
        Kind::Node
    }
}

/// A consumer's name for people.
pub(super) fn name_of(consumer: &str) -> &str {
    freehold_wallets::adapter(consumer).map_or(consumer, |adapter| adapter.name())
}

/// The nodes that log in with it, by name.
pub(super) fn users_of(nodes: &[NodeSnapshot], record: &NodeRecord, consumer: &str) -> Vec<String> {
    let uses = |node: &&NodeSnapshot| {
        let dependencies = node.spec.iter().flat_map(|spec| &spec.dependencies);
        let mut own = dependencies.filter(|dependency| dependency.consumer.as_deref() == Some(consumer));
        own.any(|dependency| node.record.needs.get(&dependency.name) == Some(&record.id))
    };
    let found = nodes.iter().filter(uses);
    found.map(|node| node.record.id.to_string()).collect()
}

/// Every login of a node.
pub(super) fn list(node: &NodeSnapshot, around: &Around) -> CredentialList {
    let record = &node.record;
    let spec = node.spec.as_deref().filter(|_| record.external.is_none());
    let mut credentials: Vec<(Kind, CredentialView)> = spec
        .iter()
        .flat_map(|spec| {
            let known = spec.credentials.iter();
            known.map(|known| view(spec, record, &known.consumer, &known.class, around))
        })
        .collect();
    credentials.sort_by_key(|(kind, view)| (*kind, view.handed_out_at.is_none()));
    let has_logins = record.external.is_some() || !credentials.is_empty() || has_secret(spec);
    CredentialList {
        node: record.id.to_string(),
        name: record.name.clone(),
        has_logins,
        note: note(node, &credentials, has_logins),
        credentials: credentials.into_iter().map(|(_, view)| view).collect(),
    }
}

fn has_secret(spec: Option<&NodeSpec>) -> bool {
    let mut offered = spec.iter().flat_map(|spec| &spec.endpoints);
    offered.any(|endpoint| endpoint.secret.is_some())
}

fn note(node: &NodeSnapshot, credentials: &[(Kind, CredentialView)], has_logins: bool) -> Option<String> {
    let name = &node.record.name;
    if node.record.external.is_some() {
        return Some(format!("{name} is run by somebody else, who gives its logins."));
    }
    if !has_logins {
        return Some(format!(
            "{name} has no logins: every program on this machine may use its ports on 127.0.0.1, and nobody else can reach them."
        ));
    }
    if credentials.is_empty() {
        return Some(format!(
            "{name} has one password for everybody, which is shown with its endpoints."
        ));
    }
    credentials
        .iter()
        .any(|(_, view)| view.methods.is_none())
        .then(|| format!("{name} knows no lists of methods: whoever has one of these passwords may call everything."))
}

fn view(spec: &NodeSpec, record: &NodeRecord, consumer: &str, class: &str, around: &Around) -> (Kind, CredentialView) {
    let kind = kind(spec, consumer);
    let access = record.access.get(consumer).cloned().unwrap_or_default();
    let files = around.files_of(consumer);
    let nodes = users_of(&around.nodes, record, consumer);
    let methods = spec.method_classes.get(class);
    let methods = methods.filter(|methods| methods.iter().all(|method| method != "*"));
    let is_used = kind == Kind::Freehold || !files.is_empty() || !nodes.is_empty();
    let view = CredentialView {
        consumer: consumer.to_owned(),
        name: name_of(consumer).to_owned(),
        kind: match kind {
            Kind::Wallet => "wallet",
            Kind::Node => "node",
            Kind::Freehold => "freehold",
        }
        .to_owned(),
        user: consumer.to_owned(),
        class: class.to_owned(),
        methods: methods.map(|methods| u32::try_from(methods.len()).unwrap_or(u32::MAX)),
        state: state(&access, is_used).to_owned(),
        why: why(&access, consumer, &files, around),
        handed_out_at: access.handed_out.map(|at| at.0),
        revoked_at: access.revoked.map(|at| at.0),
        can_revoke: kind != Kind::Freehold && access.revoked.is_none() && nodes.is_empty(),
        can_rotate: kind != Kind::Freehold,
        last_used_at: around.used.get(consumer).copied(),
        files,
        nodes,
    };
    (kind, view)
}

fn state(access: &Access, is_used: bool) -> &'static str {
    if access.rotation.is_some() {
        "rotating"
    } else if access.revoked.is_some() {
        "revoked"
    } else if access.handed_out.is_some() || is_used {
        "active"
    } else {
        "not-handed-out"
    }
}

fn why(access: &Access, consumer: &str, files: &[String], around: &Around) -> Option<String> {
    if access.rotation.is_some() {
        let waits = around.waits.get(consumer).cloned();
        return Some(waits.unwrap_or_else(|| "The node is on its way to take the new password.".to_owned()));
    }
    (access.revoked.is_some() && !files.is_empty()).then(|| {
        format!(
            "{} still points there and cannot log in: put it back, or give it a new password.",
            name_of(consumer)
        )
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use freehold_contract::CredentialView;
    use freehold_model::{Access, NodeStatus, Rotation, RotationPhase, Timestamp};
    use freehold_supervisor::NodeSnapshot;

    use super::{Around, list};
    use crate::test_node::{node, spec};

    fn bitcoin() -> NodeSnapshot {
        let mut found = node("mine", NodeStatus::Ready);
        found.spec = Some(spec("bitcoin-core"));
        found
    }

    fn around() -> Around {
        Around {
            nodes: Vec::new(),
            wallets: BTreeMap::new(),
            waits: BTreeMap::new(),
            used: BTreeMap::new(),
        }
    }

    fn row(node: &NodeSnapshot, around: &Around, consumer: &str) -> CredentialView {
        let rows = list(node, around).credentials;
        rows.into_iter().find(|row| row.consumer == consumer).unwrap()
    }

    #[test]
    fn a_login_nobody_was_given_is_called_so_and_freeholds_own_cannot_be_changed() {
        let (node, around) = (bitcoin(), around());
        assert_eq!(row(&node, &around, "sparrow").state, "not-handed-out");
        let own = row(&node, &around, "freehold");
        assert_eq!(
            (own.kind.as_str(), own.can_revoke, own.can_rotate),
            ("freehold", false, false)
        );
        assert_eq!(row(&node, &around, "electrs").kind, "node");
    }

    #[test]
    fn the_state_follows_what_was_decided() {
        let (mut node, mut around) = (bitcoin(), around());
        let files = vec!["/home/u/.sparrow/config".to_owned()];
        around.wallets.insert("sparrow".to_owned(), files.clone());
        assert_eq!(
            row(&node, &around, "sparrow").state,
            "active",
            "a wallet's settings name it"
        );
        let revoked = Access {
            revoked: Some(Timestamp(7)),
            ..Access::default()
        };
        node.record.access.insert("sparrow".to_owned(), revoked.clone());
        let shown = row(&node, &around, "sparrow");
        assert_eq!(
            (shown.state.as_str(), shown.revoked_at, shown.can_revoke),
            ("revoked", Some(7), false)
        );
        assert!(shown.why.unwrap().contains("cannot log in") && shown.files == files);
        let rotation = Some(Rotation {
            asked: Timestamp(8),
            phase: RotationPhase::Starting,
        });
        let rotating = Access { rotation, ..revoked };
        node.record.access.insert("sparrow".to_owned(), rotating);
        around
            .waits
            .insert("sparrow".to_owned(), "mine does not answer yet.".to_owned());
        let shown = row(&node, &around, "sparrow");
        assert_eq!(
            (shown.state.as_str(), shown.why.as_deref()),
            ("rotating", Some("mine does not answer yet."))
        );
    }

    #[test]
    fn a_login_that_another_node_uses_names_it_and_stays() {
        let (needed, mut around) = (bitcoin(), around());
        let mut electrs = node("electrs", NodeStatus::Ready);
        electrs.spec = Some(spec("electrs"));
        electrs
            .record
            .needs
            .insert("bitcoin".to_owned(), needed.record.id.clone());
        around.nodes.push(electrs);
        let shown = row(&needed, &around, "electrs");
        assert_eq!((shown.nodes, shown.can_revoke), (vec!["electrs".to_owned()], false));
        assert!(shown.can_rotate && shown.state == "active");
    }

    #[test]
    fn nodes_without_logins_of_their_own_say_what_holds_there() {
        let mut other = node("other", NodeStatus::Ready);
        for (id, has_logins, word) in [
            ("anvil", false, "has no logins"),
            ("dogecoin-core", true, "may call everything"),
            ("monerod", true, "one password for everybody"),
        ] {
            other.spec = Some(spec(id));
            let shown = list(&other, &around());
            assert_eq!(shown.has_logins, has_logins, "{id}");
            assert!(shown.note.is_some_and(|note| note.contains(word)), "{id}");
        }
    }
}
