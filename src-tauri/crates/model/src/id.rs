//! Names that a person or a file may write: short, lower case, safe in a path, a label and a DNS name.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The pattern that every id follows; also in the catalog's JSON schema.
pub const ID_PATTERN: &str = "^[a-z0-9][a-z0-9_-]{0,62}$";

/// Why a text cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a valid {kind}: use 1 to 63 of a-z, 0-9, `-` and `_`, starting with a letter or digit")]
pub struct InvalidId {
    /// What the id would have named.
    pub kind: &'static str,
    /// The refused text.
    pub text: String,
}

fn is_valid(text: &str) -> bool {
    let mut bytes = text.bytes();
    let starts_well = bytes
        .next()
        .is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    starts_well
        && text.len() <= 63
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text and makes the id; refuses anything outside [`ID_PATTERN`].
            pub fn try_new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                if is_valid(&text) { Ok(Self(text)) } else { Err(InvalidId { kind: $kind, text }) }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::try_new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::try_new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": ID_PATTERN })
            }
        }
    };
}

id!(
    /// One node that the user has added, for example `bitcoin-core-regtest`.
    NodeId, "node id");
id!(
    /// A catalog entry, for example `bitcoin-core`.
    ClientId, "catalog id");
id!(
    /// One container of a node, for example `bitcoind`.
    ServiceName, "service name");
id!(
    /// An option that a catalog entry lets the user set, for example `dbcache`.
    OptionId, "option id");
id!(
    /// A wallet or tool that Freehold can point at a node, for example `sparrow`.
    WalletId, "wallet id");
id!(
    /// A block chain, for example `bitcoin`.
    Chain, "chain name");
id!(
    /// A network of a chain, for example `mainnet` or `regtest`. Open-ended: the user's overlay may bring a new one.
    Network, "network name");

impl Network {
    /// The default of every command: `mainnet`.
    pub fn mainnet() -> Self {
        Self("mainnet".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::NodeId;

    #[test]
    fn accepts_names_that_are_safe_in_paths_labels_and_dns() {
        for good in ["a", "bitcoin-core", "bitcoin-core-2", "0x", "a_b"] {
            assert!(NodeId::try_new(good).is_ok(), "{good} is a usable id");
        }
    }

    #[test]
    fn refuses_everything_else_and_names_the_text() {
        let long = "a".repeat(64);
        for bad in ["", "-a", "A", "a b", "a/b", "..", "ä", long.as_str()] {
            let error = NodeId::try_new(bad).unwrap_err();
            assert!(error.to_string().contains(bad), "the refusal names `{bad}`");
        }
    }
}
