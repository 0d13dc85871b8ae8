//! Bisq 1, which speaks Bitcoin's peer-to-peer protocol and takes a node on this machine by itself.
//!
//! Facts are from Bisq's `LocalBitcoinNode.java`, `BtcNodes.java` and `Config.java`: at its start it asks port 8333 of this
//! machine, and uses what answers if it keeps every block and offers bloom filters. The one rule: its file is read and
//! never written, because there is no endpoint of the peer-to-peer protocol that could be proven before.

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};

use super::address::{address, seen};
use super::keys::{Document, put_back};
use super::line_keys::{LineDocument, LinesOf, Spoken, masked};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Login, NewContent, Restored, SeenEndpoint};
use crate::files::Files;
use crate::format::lines::Dialect;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// Bisq and its `bisq.properties`.
#[derive(Debug)]
pub(super) struct Bisq;

/// A file of Java properties.
struct Properties;

impl Spoken for Properties {
    const DIALECT: &'static Dialect = &Dialect {
        comments: b"#!",
        is_comment_anywhere: false,
        has_sections: false,
        ignores_sections: false,
        delimiters: b"=:",
        ignores_case: false,
        has_bare_names: true,
        has_continuations: false,
        last_counts: true,
    };
}

/// Where it looks for a node of the user's own.
const PEER_PORT: u16 = 8333;

const STEPS: &str = "Nothing has to be changed in Bisq: when it starts it takes a Bitcoin node that answers at port 8333 of \
                     this machine. Switch on the peer-to-peer port and bloom filters of your node, keep every block, and \
                     restart Bisq. For a node at another port write `btcNodes=127.0.0.1:PORT` into bisq.properties \
                     yourself.";

type Config<'a> = LineDocument<'a, Properties>;

/// A peer; the text says that it is one, since no scheme of an endpoint does.
fn peer(written: &str) -> Option<SeenEndpoint> {
    let found = address(written)?;
    let port = found.port.unwrap_or(PEER_PORT);
    let mut endpoint = seen(Protocol::BitcoinHttp, &found.host, port, Login::None);
    endpoint.text = endpoint.text.replace("bitcoin+http", "bitcoin+p2p");
    Some(endpoint)
}

impl Adapter for Bisq {
    fn id(&self) -> &'static str {
        "bisq"
    }

    fn name(&self) -> &'static str {
        "Bisq"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folder = match places.os {
            Os::Linux => places.dir("XDG_DATA_HOME", ".local/share").join("Bisq"),
            Os::MacOs => places.below("Library/Application Support/Bisq"),
            Os::Windows => places.dir("APPDATA", "AppData/Roaming").join("Bisq"),
        };
        vec![Slot::settings(vec![folder.join("bisq.properties")])]
    }

    fn needs(&self, _protocol: Protocol) -> &'static [NodeNeed] {
        &[NodeNeed::PeerPort, NodeNeed::BloomFilters, NodeNeed::FullBlocks]
    }

    fn by_hand(&self) -> Option<&'static str> {
        Some(STEPS)
    }

    fn inspect(&self, files: &Files, _network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let config = Config::parse(bytes)?;
        let mut current = CurrentEndpoint {
            is_explicit: true,
            ..CurrentEndpoint::default()
        };
        let peers = config.filled("btcNodes").unwrap_or_default().split(',');
        let mut peers = peers.filter_map(peer);
        current.endpoint = peers.next();
        current.others = peers.collect();
        if current.endpoint.is_none() {
            current.leans_on =
                Some("Bitcoin nodes of Bisq's contributors, where no node answers on this machine".to_owned());
        }
        if config.filled("ignoreLocalBtcNode") == Some("true") {
            current.notes.push(
                "`ignoreLocalBtcNode=true` stands in bisq.properties: Bisq does not look for a node on this machine until \
                 you take that line out."
                    .to_owned(),
            );
        }
        Ok(current)
    }

    fn plan(&self, _files: &Files, _network: &Network, _endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        Err(AdapterError::Conflict {
            reason: STEPS.trim_end_matches('.').to_owned(),
        })
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        // No switch ever changes a setting of it.
        put_back::<LinesOf<Properties>>(file, &[])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes, &['=', ':'])
    }
}

#[cfg(test)]
mod tests;
