//! Container images, always pinned by digest.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// `sha256:` and 64 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(String);

/// Why a text is not a digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a digest: it must be `sha256:` followed by 64 lower-case hex digits")]
pub struct InvalidDigest(pub String);

impl Digest {
    /// The digest as text, with its `sha256:`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first twelve hex digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(7..19).unwrap_or(&self.0)
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;
    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        let hex = text
            .strip_prefix("sha256:")
            .ok_or_else(|| InvalidDigest(text.to_owned()))?;
        let is_hex = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if is_hex {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidDigest(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;
    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for Digest {
    fn schema_name() -> Cow<'static, str> {
        "Digest".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" })
    }
}

/// An image by repository and digest; the tag is only for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageReference {
    /// Registry host and path, for example `docker.io/bitcoin/bitcoin`. No tag, no digest.
    pub repository: String,
    /// The release's name, shown beside the digest. Never pulled.
    pub tag: String,
    /// What is pulled and checked afterwards.
    pub digest: Digest,
    /// Platforms the digest offers, for example `linux/amd64`.
    pub platforms: Vec<String>,
}

impl ImageReference {
    /// `repository@digest`: the only form in which an image is asked for.
    pub fn pinned(&self) -> String {
        format!("{}@{}", self.repository, self.digest)
    }

    /// The host that a pull contacts.
    pub fn registry(&self) -> &str {
        Self::registry_of(&self.repository)
    }

    /// The host that a pull from a repository contacts.
    pub fn registry_of(repository: &str) -> &str {
        match repository.split_once('/') {
            Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => host,
            _ => "docker.io",
        }
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}@{}", self.repository, self.tag, self.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn a_digest_is_sha256_and_64_hex_digits() {
        let good = format!("sha256:{}", "0a".repeat(32));
        assert!(good.parse::<Digest>().is_ok());
        for bad in [
            String::new(),
            good[..70].to_owned(),
            good.to_uppercase(),
            good.replace("sha256", "md5"),
            format!("{good}0"),
        ] {
            assert!(bad.parse::<Digest>().is_err(), "{bad} must be refused");
        }
    }
}
