//! A file of the multi-tool endpoint list MESC: named endpoints, and which of them is used where none is named.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is read of the file; the rest is ignored.
#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    endpoints: BTreeMap<String, Entry>,
    #[serde(default)]
    default_endpoint: Option<String>,
    #[serde(default)]
    network_defaults: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    url: String,
    #[serde(default)]
    chain_id: Option<String>,
}

/// A named endpoint.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MescEndpoint {
    /// Its name in the file.
    pub name: String,
    /// Its address, as it stands there.
    pub url: String,
    /// The chain's id, where the file says it.
    pub chain_id: Option<String>,
    /// It is used where nobody names one; the others only by their names.
    pub is_default: bool,
}

/// Reads the file. An error says what is wrong without repeating the file.
pub(crate) fn endpoints(text: &str) -> Result<Vec<MescEndpoint>, String> {
    let read: Document = serde_json::from_str(text).map_err(|error| {
        format!(
            "it is not the JSON that MESC asks for (line {}, byte {})",
            error.line(),
            error.column()
        )
    })?;
    let is_default = |name: &String| {
        read.default_endpoint.as_ref() == Some(name) || read.network_defaults.values().any(|used| used == name)
    };
    let one = |(name, entry): (&String, &Entry)| MescEndpoint {
        name: name.clone(),
        url: entry.url.clone(),
        chain_id: entry.chain_id.clone(),
        is_default: is_default(name),
    };
    Ok(read.endpoints.iter().map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::endpoints;

    #[test]
    fn names_addresses_and_defaults_are_read() {
        let text = r#"{"mesc_version":"0.3.0","default_endpoint":"mine","network_defaults":{"8453":"base"},"endpoints":{
            "mine":{"name":"mine","url":"http://127.0.0.1:8545","chain_id":"1","endpoint_metadata":{}},
            "base":{"url":"https://base.example","chain_id":"8453"},"other":{"url":"x"}}}"#;
        let found = endpoints(text).unwrap();
        let rows: Vec<_> = found
            .iter()
            .map(|one| (one.name.as_str(), one.url.as_str(), one.is_default))
            .collect();
        let expected = [
            ("base", "https://base.example", true),
            ("mine", "http://127.0.0.1:8545", true),
            ("other", "x", false),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_broken_file_is_named_without_its_content() {
        let why = endpoints("{\"endpoints\":\n {\"a\": https://h/secret").err().unwrap();
        assert!(why.contains("line 2") && !why.contains("secret"), "{why}");
    }
}
