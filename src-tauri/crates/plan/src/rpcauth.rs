//! RPC users of the Bitcoin family: the node is given a salted hash, the consumer the password.

use std::fmt::Write as _;

use freehold_model::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// One RPC user of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RpcCredential {
    /// Who uses it, as in the catalog.
    pub consumer: String,
    /// User name.
    pub user: String,
    /// Password.
    pub password: Secret,
    /// Salt: 16 random bytes as 32 hex digits, made once with the password so that a plan stays the same.
    pub salt: String,
}

/// The value of `-rpcauth`: `user:salt$hash`, where hash is the HMAC-SHA-256 of the password with the salt's hex text
/// as key.
#[expect(
    clippy::missing_panics_doc,
    reason = "it cannot panic: HMAC takes keys of every length"
)]
pub fn rpcauth(user: &str, salt: &str, password: &Secret) -> String {
    #[expect(
        clippy::expect_used,
        reason = "the only error is a key of a wrong length, and every length is right"
    )]
    let mut mac = Hmac::<Sha256>::new_from_slice(salt.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(password.expose().as_bytes());
    format!("{user}:{salt}${}", hex(&mac.finalize().into_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
            text
        })
}

#[cfg(test)]
mod tests {
    use freehold_model::Secret;

    use super::rpcauth;

    #[test]
    fn gives_what_bitcoin_core_accepts() {
        // A vector that a real bitcoind was seen to accept with this password.
        let password = Secret::new("correct horse battery staple");
        assert_eq!(
            rpcauth("catalog", "7d9ba5ae63c3d4dc30583ff4fe65a67e", &password),
            "catalog:7d9ba5ae63c3d4dc30583ff4fe65a67e$4ba50e48d2af8bb718798d1cd45e4f2260083eb14f0ccd692e091538b1a39647"
        );
    }
}
