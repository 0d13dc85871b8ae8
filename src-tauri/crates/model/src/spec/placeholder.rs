//! The `{...}` placeholders that arguments and environment values of a catalog entry may hold.

/// One placeholder. Its text form is what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placeholder {
    /// `{mount.NAME}`: the path of a mount in the container.
    Mount(String),
    /// `{port.NAME}`: the network's container port of that name.
    Port(String),
    /// `{option.ID}`: the option's value as its arguments would write it.
    Option(String),
    /// `{network}`: the network's id.
    Network,
    /// `{value}`: in an option's arguments, the chosen value.
    Value,
    /// `{each.rpcauth}`: the argument is repeated for every credential, with `user:salt$hash`.
    EachRpcAuth,
    /// `{each.rpcwhitelist}`: the argument is repeated for every credential, with `user:method,method`.
    EachRpcWhitelist,
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
    pub const FORMS: [&'static str; 7] = [
        "{mount.NAME}",
        "{port.NAME}",
        "{option.ID}",
        "{network}",
        "{value}",
        "{each.rpcauth}",
        "{each.rpcwhitelist}",
    ];

    fn parse(name: &str) -> Option<Self> {
        match name.split_once('.') {
            None if name == "network" => Some(Self::Network),
            None if name == "value" => Some(Self::Value),
            Some(("mount", mount)) if !mount.is_empty() => Some(Self::Mount(mount.to_owned())),
            Some(("port", port)) if !port.is_empty() => Some(Self::Port(port.to_owned())),
            Some(("option", option)) if !option.is_empty() => Some(Self::Option(option.to_owned())),
            Some(("each", "rpcauth")) => Some(Self::EachRpcAuth),
            Some(("each", "rpcwhitelist")) => Some(Self::EachRpcWhitelist),
            None | Some(_) => None,
        }
    }
}

/// Splits a text at its placeholders.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, UnknownPlaceholder> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(start);
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
    fn stray_braces_and_unknown_names_are_refused_by_name() {
        for (bad, shown) in [
            ("a{prot.rpc}b", "{prot.rpc}"),
            ("{", "{"),
            ("a}b", "}b"),
            ("{}", "{}"),
            ("{port.}", "{port.}"),
            ("{each.secret}", "{each.secret}"),
            ("{a{network}", "{a{network}"),
        ] {
            assert_eq!(pieces(bad).unwrap_err().0, shown, "{bad}");
        }
    }
}
