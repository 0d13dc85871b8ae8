//! The tip that an Electrum server tells of.

use freehold_model::ProbeFailure;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::excerpt::shorten;
use crate::http::access::hex;
use crate::report::lacks;

/// Bytes of a block header of Bitcoin and its relatives; some have more behind these.
const HEADER: usize = 80;

/// Where the time stands in a header.
const TIME: std::ops::Range<usize> = 68..72;

/// A tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) height: u64,
    /// The block's hash.
    pub(super) hash: String,
    /// Seconds since 1970.
    pub(super) time: Option<i64>,
}

impl Head {
    /// Reads `{"height": ..., "hex": header}`.
    pub(super) fn read(answer: &Value) -> Result<Self, ProbeFailure> {
        let asked = "blockchain.headers.subscribe";
        let height = answer
            .get("height")
            .and_then(Value::as_u64)
            .ok_or_else(|| lacks(asked, "height"))?;
        let text = answer.get("hex").and_then(Value::as_str).unwrap_or_default();
        let Some(header) = bytes(text).filter(|header| header.len() == HEADER) else {
            // Another chain's header: what it hashes to is not known here, yet it still tells one tip from the next.
            return Ok(Self {
                height,
                hash: shorten(&format!("{height} {text}")),
                time: None,
            });
        };
        let mut hash = Sha256::digest(Sha256::digest(&header));
        hash.reverse();
        let time = header
            .get(TIME)
            .and_then(|time| time.try_into().ok())
            .map(u32::from_le_bytes);
        Ok(Self {
            height,
            hash: hex(&hash),
            time: time.map(i64::from),
        })
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs
        .map(|pair| u8::try_from(pair.iter().fold(0, |byte, digit| byte * 16 + digit)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use serde_json::json;

    use super::Head;

    /// Bitcoin's first block.
    const GENESIS: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    #[test]
    fn hash_and_time_come_from_the_header() {
        let head = Head::read(&json!({"height": 0, "hex": GENESIS})).unwrap();
        assert_eq!(
            head.hash,
            "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
        );
        assert_eq!(head.time, Some(1_231_006_505));
    }

    #[test]
    fn a_header_of_another_form_still_tells_tips_apart() {
        let [a, b] = [1, 2].map(|height| Head::read(&json!({"height": height, "hex": "00ff"})).unwrap());
        assert_ne!(a.hash, b.hash);
        assert!(Head::read(&json!({"hex": GENESIS})).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,300}", height in any::<u64>()) {
            Head::read(&json!({"height": height, "hex": text})).unwrap();
        }
    }
}
