//! Who runs the host that a wallet talks to: the table of hosted providers.
//!
//! The table is data (`assets/providers.toml`). Two rules: a remote host that nobody knows is "unknown", never "own"; and
//! where a provider runs is told as "probably", because nobody has verified that column.

use std::sync::LazyLock;

use regex::RegexSet;
use serde::{Deserialize, Serialize};

use crate::locality::{Locality, locality, normal};

/// Whose machines something runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cloud {
    /// Amazon Web Services.
    Amazon,
    /// Google Cloud.
    Google,
    /// Microsoft Azure.
    Microsoft,
    /// Cloudflare.
    Cloudflare,
    /// None of these: its own machines, or another hoster.
    Other,
}

impl Cloud {
    /// The clouds that an outage drill always offers.
    pub const BIG: [Self; 4] = [Self::Amazon, Self::Google, Self::Microsoft, Self::Cloudflare];

    /// Its id, as the table and the drill write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Amazon => "amazon",
            Self::Google => "google",
            Self::Microsoft => "microsoft",
            Self::Cloudflare => "cloudflare",
            Self::Other => "other",
        }
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Amazon => "Amazon",
            Self::Google => "Google",
            Self::Microsoft => "Microsoft",
            Self::Cloudflare => "Cloudflare",
            Self::Other => "none of the big clouds",
        }
    }
}

/// Where an entry of the table was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A public list of a chain's RPC endpoints.
    ChainList,
    /// A wallet's source.
    Wallet,
    /// Public code.
    Seen,
    /// The maker's documentation.
    Documentation,
    /// General knowledge; not verified.
    General,
}

/// A company or person who runs nodes for others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// A short name that stays the same.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The chains it is known to offer.
    pub chains: Vec<String>,
    /// Where the entry was read.
    pub source: Vec<Evidence>,
    /// Whose machines it uses, in words with a `(?)`: a hint that nobody has verified.
    #[serde(default)]
    pub runs_on: Option<String>,
    /// The same as ids; empty where even a guess would say nothing.
    #[serde(default)]
    pub clouds: Vec<Cloud>,
    /// The cloud company itself runs the service.
    #[serde(default)]
    pub operated_by: Option<Cloud>,
    /// Regular expressions on the host name.
    hosts: Vec<String>,
    /// Host names that belong to it.
    samples: Vec<String>,
}

/// Whether something at a provider depends on a cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dependence {
    /// It does: the cloud company itself runs the service.
    Certain,
    /// The hint says so.
    Probable,
    /// The hint names others.
    ProbablyNot,
    /// There is no hint that says anything.
    NotKnown,
}

impl Provider {
    /// Whose machines it uses, as a person may be told: `Cloudflare itself`, `probably AWS`.
    pub fn hint(&self) -> Option<String> {
        match (self.operated_by, &self.runs_on) {
            (Some(cloud), _) => Some(format!("{} itself", cloud.name())),
            (None, Some(words)) => Some(format!("probably {}", words.trim_end_matches("(?)").trim_end())),
            (None, None) => None,
        }
    }

    /// Whether it depends on `cloud`.
    pub fn depends_on(&self, cloud: Cloud) -> Dependence {
        match self.operated_by {
            Some(operator) if operator == cloud => Dependence::Certain,
            _ if self.clouds.contains(&cloud) => Dependence::Probable,
            _ if self.clouds.is_empty() => Dependence::NotKnown,
            _ => Dependence::ProbablyNot,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: Vec<Provider>,
}

struct Table {
    providers: Vec<Provider>,
    /// Every pattern of every provider, in the file's order.
    patterns: RegexSet,
    /// The provider of each pattern.
    owners: Vec<usize>,
}

// A test reads the table and fails on a mistake in it, so the default can only be met by a table that no test has seen.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    read().unwrap_or_else(|error| {
        tracing::error!(%error, "the table of providers cannot be read");
        Table {
            providers: Vec::new(),
            patterns: RegexSet::empty(),
            owners: Vec::new(),
        }
    })
});

#[derive(Debug, thiserror::Error)]
enum TableError {
    #[error(transparent)]
    Form(#[from] toml::de::Error),
    #[error(transparent)]
    Pattern(#[from] regex::Error),
}

fn read() -> Result<Table, TableError> {
    let providers = toml::from_str::<File>(include_str!("../../../../assets/providers.toml"))?.provider;
    let with_owner = || {
        providers
            .iter()
            .enumerate()
            .flat_map(|(at, provider)| provider.hosts.iter().map(move |pattern| (at, pattern)))
    };
    let patterns = RegexSet::new(with_owner().map(|(_, pattern)| pattern))?;
    let owners = with_owner().map(|(at, _)| at).collect();
    Ok(Table {
        providers,
        patterns,
        owners,
    })
}

/// Every provider of the table, in its order.
pub fn providers() -> &'static [Provider] {
    &TABLE.providers
}

/// The provider that is known to run `host`; the first entry of the table that fits. A local host has none.
pub fn provider_of(host: &str) -> Option<&'static Provider> {
    if locality(host) == Locality::Local {
        return None;
    }
    let first = TABLE.patterns.matches(&normal(host)).iter().next()?;
    TABLE.providers.get(*TABLE.owners.get(first)?)
}

#[cfg(test)]
mod tests {
    use super::{Cloud, Dependence, provider_of, providers, read};
    use regex::Regex;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_well_formed() {
        read().unwrap();
        assert!(providers().len() > 100, "the table holds {}", providers().len());
        let (mut ids, mut names, mut patterns) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for provider in providers() {
            let id = &provider.id;
            assert!(ids.insert(id), "`{id}` is there twice");
            assert!(names.insert(&provider.name), "`{}` is there twice", provider.name);
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "`{id}` can be typed"
            );
            assert!(
                Cloud::BIG.iter().all(|cloud| cloud.id() != id),
                "`{id}` is a cloud's name"
            );
            assert!(!provider.chains.is_empty() && !provider.source.is_empty(), "{id}");
            for pattern in &provider.hosts {
                assert!(patterns.insert(pattern), "`{pattern}` is there twice");
                assert_eq!(
                    *pattern,
                    pattern.to_ascii_lowercase(),
                    "hosts are compared in lower case"
                );
            }
        }
    }

    #[test]
    fn every_pattern_has_a_sample_and_every_sample_belongs_to_its_provider() {
        for provider in providers() {
            for sample in &provider.samples {
                let found = provider_of(sample).map(|found| found.id.as_str());
                assert_eq!(found, Some(provider.id.as_str()), "{sample}");
            }
            for pattern in &provider.hosts {
                let compiled = Regex::new(pattern).unwrap();
                assert!(
                    provider.samples.iter().any(|sample| compiled.is_match(sample)),
                    "`{pattern}` of {} has a sample",
                    provider.id
                );
            }
        }
    }

    #[test]
    fn no_pattern_takes_what_is_local_or_only_looks_alike() {
        for provider in providers() {
            for pattern in &provider.hosts {
                let compiled = Regex::new(pattern).unwrap();
                for host in [
                    "localhost",
                    "127.0.0.1",
                    "::1",
                    "192.168.1.5",
                    "umbrel.local",
                    "bitcoin.local",
                    "10.0.0.1",
                    "mynode",
                    "",
                ] {
                    assert!(!compiled.is_match(host), "`{pattern}` of {} takes {host}", provider.id);
                }
            }
            // A stranger's domain that ends or begins like a provider's is not the provider's.
            for sample in provider
                .samples
                .iter()
                .filter(|sample| sample.parse::<std::net::IpAddr>().is_err())
            {
                let longer = format!("{sample}.example.invalid");
                let found = provider_of(&longer).map(|found| found.id.as_str());
                assert!(
                    found.is_none() || (found == Some("monero-public") && longer.contains("xmr")),
                    "{longer} was taken for {found:?}"
                );
            }
        }
    }

    #[test]
    fn where_it_runs_is_never_told_as_sure_unless_the_company_runs_it_itself() {
        for provider in providers() {
            let words = provider.runs_on.as_deref();
            assert!(words.is_none_or(|words| words.ends_with(" (?)")), "{}", provider.id);
            assert!(
                provider.clouds.is_empty() || words.is_some(),
                "{} has words",
                provider.id
            );
            if let Some(hint) = provider.hint() {
                assert!(
                    hint.starts_with("probably ") != provider.operated_by.is_some(),
                    "{hint}"
                );
                assert!(!hint.contains('?'), "{hint}");
            }
        }
        let of = |host: &str, cloud| provider_of(host).unwrap().depends_on(cloud);
        assert_eq!(of("cloudflare-eth.com", Cloud::Cloudflare), Dependence::Certain);
        assert_eq!(of("mainnet.infura.io", Cloud::Amazon), Dependence::Probable);
        assert_eq!(of("mainnet.infura.io", Cloud::Google), Dependence::ProbablyNot);
        assert_eq!(of("eth.llamarpc.com", Cloud::Amazon), Dependence::NotKnown);
        assert_eq!(of("x.quiknode.pro", Cloud::Amazon), Dependence::NotKnown);
    }

    #[test]
    fn hosts_are_told_apart() {
        for (host, id) in [
            ("mainnet.infura.io", Some("infura")),
            ("eth-mainnet.g.alchemy.com", Some("alchemy")),
            ("electrum.emzy.de", Some("emzy")),
            ("electrum.blockstream.info.", Some("blockstream")),
            ("Mempool.Space", Some("mempool-space")),
            ("notinfura.io", None),
            ("infura.io.example.org", None),
            ("127.0.0.1", None),
            ("node.example.org", None),
            ("abcdefabcdef.onion", None),
        ] {
            assert_eq!(provider_of(host).map(|found| found.id.as_str()), id, "{host}");
        }
    }
}
