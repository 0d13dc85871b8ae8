//! One row of the audit, and what makes a verdict.

use std::path::PathBuf;

use freehold_model::Protocol;

use super::address::{Address, HostAddress};
use crate::locality::{Locality, locality};
use crate::provider::{Provider, provider_of};

/// Whose ground an endpoint stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// This machine, its private network, or a node of the user.
    Own,
    /// A provider that is known by name.
    Others,
    /// Nobody knows.
    Unknown,
}

/// What uses an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UserKind {
    /// A wallet.
    Wallet,
    /// A tool on the command line, or a library.
    Tool,
    /// Whatever heeds an environment variable.
    Environment,
    /// A node of the user.
    Node,
}

/// What kind of place an endpoint was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A wallet's or tool's settings file.
    SettingsFile,
    /// A file that a shell reads at its start.
    ShellFile,
    /// A file of variables for the whole login.
    EnvironmentFile,
    /// A variable of the process.
    Process,
    /// Options of a node.
    NodeOption,
}

/// Where an endpoint was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What kind of place it is.
    pub kind: SourceKind,
    /// The file, where it is one.
    pub path: Option<PathBuf>,
    /// The line in it, from 1.
    pub line: Option<u32>,
}

/// An endpoint and whose it is. No text in it holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// The endpoint, secrets masked.
    pub endpoint: Option<String>,
    /// Its host; one that holds a key is masked.
    pub host: Option<String>,
    /// Its port, where that is written.
    pub port: Option<u16>,
    /// What is spoken there, where that is known.
    pub protocol: Option<Protocol>,
    /// Who runs the host.
    pub provider: Option<&'static Provider>,
    /// Who runs it, in words, where the table has no entry: `volunteers' public Electrum servers`.
    pub leans_on: Option<String>,
    /// Whose ground it is.
    pub verdict: Verdict,
    /// It counts in the score.
    pub counted: bool,
}

impl Ground {
    /// Nothing is set: nobody is asked, as far as can be told.
    pub(crate) fn none() -> Self {
        Self {
            endpoint: None,
            host: None,
            port: None,
            protocol: None,
            provider: None,
            leans_on: None,
            verdict: Verdict::Unknown,
            counted: false,
        }
    }

    /// The address that `text` names.
    pub(crate) fn of_text(text: &str, protocol: Option<Protocol>, own: &dyn Fn(&str, u16) -> bool) -> Self {
        match Address::read(text) {
            Address::Host(found) => Self::of_host(&found, protocol, own),
            Address::Socket => Self {
                endpoint: Some("a socket on this machine".to_owned()),
                verdict: Verdict::Own,
                counted: true,
                ..Self::none()
            },
            Address::Variable | Address::Unreadable => Self {
                endpoint: Some(crate::mask::MASK.to_owned()),
                counted: true,
                ..Self::none()
            },
        }
    }

    fn of_host(found: &HostAddress, protocol: Option<Protocol>, own: &dyn Fn(&str, u16) -> bool) -> Self {
        let provider = provider_of(found.host());
        let is_own = found.port.is_some_and(|port| own(found.host(), port));
        let verdict = match (is_own, locality(found.host()), provider) {
            (true, ..) | (false, Locality::Local, _) => Verdict::Own,
            (false, Locality::Remote | Locality::Unknown, Some(_)) => Verdict::Others,
            (false, Locality::Remote | Locality::Unknown, None) => Verdict::Unknown,
        };
        Self {
            endpoint: Some(found.shown()),
            host: Some(found.shown_host()),
            port: found.port,
            protocol: protocol.map(|protocol| spoken(found, protocol)),
            provider: provider.filter(|_| verdict == Verdict::Others),
            leans_on: None,
            verdict,
            counted: true,
        }
    }

    /// A key at a provider: whoever reads it asks there.
    pub(crate) fn of_key(provider: Option<&'static Provider>) -> Self {
        Self {
            provider,
            verdict: if provider.is_some() {
                Verdict::Others
            } else {
                Verdict::Unknown
            },
            counted: true,
            ..Self::none()
        }
    }

    /// Servers that a wallet chooses itself, in words.
    pub(crate) fn of_words(words: String) -> Self {
        Self {
            leans_on: Some(words),
            verdict: Verdict::Others,
            counted: true,
            ..Self::none()
        }
    }

    /// A node of the user, by name.
    pub(crate) fn of_own_node(name: &str) -> Self {
        Self {
            endpoint: Some(format!("your node {name}")),
            verdict: Verdict::Own,
            counted: true,
            ..Self::none()
        }
    }
}

/// The protocol with the transport that the address itself names.
fn spoken(found: &HostAddress, protocol: Protocol) -> Protocol {
    match (found.scheme.as_deref(), protocol) {
        (Some("ws" | "wss"), Protocol::EvmHttp) => Protocol::EvmWs,
        _ => protocol,
    }
}

/// One endpoint in use. No text in it holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Names the row within one audit.
    pub id: String,
    /// What uses it.
    pub kind: UserKind,
    /// Who uses it, for people.
    pub who: String,
    /// The wallet's id, where it is one.
    pub wallet: Option<String>,
    /// The node that asks, where it is one.
    pub node: Option<String>,
    /// The network, where that is known.
    pub network: Option<String>,
    /// What is used now.
    pub now: Ground,
    /// What would be used with every switch by Freehold taken back; `None` where nothing was switched.
    pub before: Option<Ground>,
    /// Where it was read, the place that wins first.
    pub read_from: Vec<Source>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

impl AuditRow {
    /// What was used before Freehold.
    pub fn before_or_now(&self) -> &Ground {
        self.before.as_ref().unwrap_or(&self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ground, Verdict};
    use freehold_model::Protocol;

    #[test]
    fn the_verdict_follows_host_and_port() {
        let own = |host: &str, port: u16| host == "node.example.net" && port == 8545;
        for (text, verdict, provider) in [
            ("http://127.0.0.1:8545", Verdict::Own, None),
            ("http://192.168.1.7:8545", Verdict::Own, None),
            ("http://umbrel.local:8545", Verdict::Own, None),
            ("/home/u/geth.ipc", Verdict::Own, None),
            ("http://node.example.net:8545", Verdict::Own, None),
            ("http://node.example.net:8546", Verdict::Unknown, None),
            ("https://mainnet.infura.io/v3/x", Verdict::Others, Some("infura")),
            ("abcdefgh.onion:50001:t", Verdict::Unknown, None),
            ("https://${HOST}/x", Verdict::Unknown, None),
        ] {
            let ground = Ground::of_text(text, None, &own);
            let found = (ground.verdict, ground.provider.map(|found| found.id.as_str()));
            assert_eq!(found, (verdict, provider), "{text}");
            assert!(ground.counted, "{text}");
        }
    }

    #[test]
    fn the_transport_is_that_of_the_address() {
        let protocol = |text| Ground::of_text(text, Some(Protocol::EvmHttp), &|_, _| false).protocol;
        assert_eq!(protocol("ws://127.0.0.1:8546"), Some(Protocol::EvmWs));
        assert_eq!(protocol("http://127.0.0.1:8545"), Some(Protocol::EvmHttp));
    }
}
