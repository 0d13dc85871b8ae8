//! The `{...}` placeholders that arguments, environment values and files of a catalog entry may hold.

/// One placeholder. Its text form is what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placeholder {
    /// `{mount.NAME}`: the path of a mount in the container.
    Mount(String),
    /// `{port.NAME}`: the network's container port of that name.
    Port(String),
    /// `{option.ID}`: the option's value as its arguments would write it.
    Option(String),
    /// `{flag.ID}`: `true` or `false` for a switch.
    Flag(String),
    /// `{bit.ID}`: `1` or `0` for a switch.
    Bit(String),
    /// `{network}`: the network's id.
    Network,
    /// `{network.NAME}`: one of the network's `words`.
    NetworkWord(String),
    /// `{node}`: the node's id.
    Node,
    /// `{host.SERVICE}`: the name under which another service of the node is reached, by its name or role.
    Host(String),
    /// `{value}`: in an option's arguments, the chosen value.
    Value,
    /// `{each.rpcauth}`: the argument is repeated for every credential, with `user:salt$hash`.
    EachRpcAuth,
    /// `{each.rpcwhitelist}`: the argument is repeated for every credential, with `user:method,method`.
    EachRpcWhitelist,
    /// `{needs.NAME.host}`: the name under which a needed node is reached.
    NeedsHost(String),
    /// `{needs.NAME.host.PORT}`: the name of the needed node's service that has that port.
    NeedsHostOf(String, String),
    /// `{needs.NAME.port.PORT}`: its container port of that name.
    NeedsPort(String, String),
    /// `{needs.NAME.user}`: the user of the credential there. In files only.
    NeedsUser(String),
    /// `{needs.NAME.password}`: its password. In files only.
    NeedsPassword(String),
    /// `{secret.NAME}`: a secret of the node, or a secret option. In files only.
    Secret(String),
    /// `{credential.CONSUMER.user}`: a credential of this node. In files only.
    CredentialUser(String),
    /// `{credential.CONSUMER.password}`: its password. In files only.
    CredentialPassword(String),
    /// `{when.ID=VALUE}`: at the beginning of a line of a file: the line is left out unless the option has the value.
    When(String, String),
}

/// What a text with placeholders is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Stands for itself.
    Text(&'a str),
    /// Is replaced.
    Placeholder(Placeholder),
}

/// A `{...}` that is no placeholder, or a brace without its partner: the text from the brace on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown placeholder `{0}`")]
pub struct UnknownPlaceholder(pub String);

impl Placeholder {
    /// The forms that exist, for hints.
    pub const FORMS: [&'static str; 21] = [
        "{mount.NAME}",
        "{port.NAME}",
        "{option.ID}",
        "{flag.ID}",
        "{bit.ID}",
        "{network}",
        "{network.NAME}",
        "{node}",
        "{host.SERVICE}",
        "{value}",
        "{each.rpcauth}",
        "{each.rpcwhitelist}",
        "{needs.NAME.host}",
        "{needs.NAME.host.PORT}",
        "{needs.NAME.port.PORT}",
        "{needs.NAME.user}",
        "{needs.NAME.password}",
        "{secret.NAME}",
        "{credential.CONSUMER.user}",
        "{credential.CONSUMER.password}",
        "{when.ID=VALUE}",
    ];

    /// Whether it may stand only in a file: everything about secrets, and conditions on lines.
    pub fn is_for_files(&self) -> bool {
        matches!(
            self,
            Self::NeedsUser(_)
                | Self::NeedsPassword(_)
                | Self::Secret(_)
                | Self::CredentialUser(_)
                | Self::CredentialPassword(_)
                | Self::When(..)
        )
    }

    fn parse(name: &str) -> Option<Self> {
        let (kind, rest) = match name.split_once('.') {
            None => {
                return match name {
                    "network" => Some(Self::Network),
                    "node" => Some(Self::Node),
                    "value" => Some(Self::Value),
                    _ => None,
                };
            }
            Some((_, "")) => return None,
            Some((kind, rest)) => (kind, rest),
        };
        let own = rest.to_owned();
        match kind {
            "mount" => Some(Self::Mount(own)),
            "port" => Some(Self::Port(own)),
            "option" => Some(Self::Option(own)),
            "flag" => Some(Self::Flag(own)),
            "bit" => Some(Self::Bit(own)),
            "network" => Some(Self::NetworkWord(own)),
            "host" => Some(Self::Host(own)),
            "secret" => Some(Self::Secret(own)),
            "each" if rest == "rpcauth" => Some(Self::EachRpcAuth),
            "each" if rest == "rpcwhitelist" => Some(Self::EachRpcWhitelist),
            "when" => {
                let (option, value) = rest.split_once('=')?;
                Some(Self::When(option.to_owned(), value.to_owned()))
            }
            "credential" => match rest.rsplit_once('.')? {
                (consumer, "user") => Some(Self::CredentialUser(consumer.to_owned())),
                (consumer, "password") => Some(Self::CredentialPassword(consumer.to_owned())),
                _ => None,
            },
            "needs" => match rest.split_once('.')? {
                ("", _) => None,
                (needed, "host") => Some(Self::NeedsHost(needed.to_owned())),
                (needed, "user") => Some(Self::NeedsUser(needed.to_owned())),
                (needed, "password") => Some(Self::NeedsPassword(needed.to_owned())),
                (needed, rest) => match rest.split_once('.')? {
                    (_, "") => None,
                    ("port", port) => Some(Self::NeedsPort(needed.to_owned(), port.to_owned())),
                    ("host", port) => Some(Self::NeedsHostOf(needed.to_owned(), port.to_owned())),
                    _ => None,
                },
            },
            _ => None,
        }
    }
}

/// Splits a text at its placeholders. `{{` and `}}` stand for single braces.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, UnknownPlaceholder> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(start);
        if from.starts_with("{{") || from.starts_with("}}") {
            // The text up to and with the first of the two braces stands for itself.
            found.push(Piece::Text(rest.get(..=start).unwrap_or(rest)));
            rest = from.get(2..).unwrap_or_default();
            continue;
        }
        let unknown = |shown: &str| UnknownPlaceholder(shown.to_owned());
        let end = from.find('}').filter(|end| *end > 0).ok_or_else(|| unknown(from))?;
        let (inside, after) = (
            from.get(1..end).unwrap_or_default(),
            from.get(end + 1..).unwrap_or_default(),
        );
        let placeholder = Placeholder::parse(inside).ok_or_else(|| unknown(from.get(..=end).unwrap_or(from)))?;
        if !before.is_empty() {
            found.push(Piece::Text(before));
        }
        found.push(Piece::Placeholder(placeholder));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{Piece, Placeholder, pieces};

    #[test]
    fn a_text_is_split_at_its_placeholders() {
        assert_eq!(
            pieces("-datadir={mount.chain}/x{network}").unwrap(),
            [
                Piece::Text("-datadir="),
                Piece::Placeholder(Placeholder::Mount("chain".into())),
                Piece::Text("/x"),
                Piece::Placeholder(Placeholder::Network),
            ]
        );
        assert_eq!(pieces("").unwrap(), []);
    }

    #[test]
    fn doubled_braces_stand_for_themselves() {
        assert_eq!(
            pieces(r#"{{"port": {port.rpc}}}"#).unwrap(),
            [
                Piece::Text("{"),
                Piece::Text(r#""port": "#),
                Piece::Placeholder(Placeholder::Port("rpc".into())),
                Piece::Text("}"),
            ]
        );
    }

    #[test]
    fn every_form_that_is_told_can_be_read() {
        for form in Placeholder::FORMS {
            let found = pieces(form).unwrap();
            assert!(matches!(found.as_slice(), [Piece::Placeholder(_)]), "{form}");
        }
    }

    #[test]
    fn stray_braces_and_unknown_names_are_refused_by_name() {
        for (bad, shown) in [
            ("a{prot.rpc}b", "{prot.rpc}"),
            ("{", "{"),
            ("a}b", "}b"),
            ("{}", "{}"),
            ("{port.}", "{port.}"),
            ("{each.secret}", "{each.secret}"),
            ("{needs.bitcoin}", "{needs.bitcoin}"),
            ("{needs.bitcoin.port.}", "{needs.bitcoin.port.}"),
            ("{a{network}", "{a{network}"),
        ] {
            assert_eq!(pieces(bad).unwrap_err().0, shown, "{bad}");
        }
    }
}
