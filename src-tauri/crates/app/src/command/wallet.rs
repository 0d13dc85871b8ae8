//! Wallets: shown, switched, put back.

use std::path::Path;

use freehold_contract::{
    Change, DiffKind as WireDiffKind, DiffLineView, Empty, FaultView, RevertRequest, SwitchRequest, WalletChange,
    WalletDiff, WalletHistory, WalletHistoryEntry, WalletList, WalletRequest, WalletView,
};
use freehold_model::spec::IdentityCheck;
use freehold_model::{Credential, Endpoint, Fault, FaultCode, Network, ObservedState, ProbeFailure, Secret, WalletId};
use freehold_probe::Identity;
use freehold_store::{ActivityKind, secret};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{
    Adapter, DiffKind, EntryState, FileChange, Journal, Os, Places, Running, Switchable, SystemProcesses, WalletError,
    WalletRow,
};

use crate::App;

/// A password file is one line; anything longer is another file.
const LONGEST_PASSWORD: u64 = 4096;
/// Asked right after the start, the nodes are looked at first.
const FIRST_LOOK: std::time::Duration = std::time::Duration::from_secs(5);

/// Finishes what an earlier process left unfinished in the journal. Returns what only the user can decide.
pub(crate) fn recover_wallets(journal: &Journal, places: &Places) -> Result<Vec<Fault>, Fault> {
    let recovery = journal
        .recover(places)
        .map_err(|error| WalletError::from(error).to_fault())?;
    let undecided = recovery.undecided.iter().map(|(entry, path)| {
        Fault::new(FaultCode::WalletFileChanged)
            .because(format_args!(
                "{} changed while an earlier switch was interrupted",
                path.display()
            ))
            .with("path", path.display())
            .hint(format!(
                "The file as it was before is kept in the journal as `{entry}`."
            ))
    });
    let damaged = recovery.damaged.iter().map(|error| {
        Fault::new(FaultCode::WalletJournal)
            .with("path", error.path().display())
            .with("reason", error.reason())
    });
    Ok(undecided.chain(damaged).collect())
}

/// Where a wallet should be pointed, with what proves the chain.
struct Destination {
    endpoint: Endpoint,
    network: Network,
    identity: Vec<IdentityCheck>,
    label: String,
}

impl App {
    /// Every wallet on this machine.
    pub async fn wallet_list(&self, _: Empty) -> Result<WalletList, Fault> {
        self.settle(FIRST_LOOK).await;
        let app = self.clone();
        // Reading files and the process table is quick, but not for a runtime thread.
        let rows = tokio::task::spawn_blocking(move || app.wallet_rows()).await;
        let wallets = rows.map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        Ok(WalletList { wallets })
    }

    fn wallet_rows(&self) -> Vec<WalletView> {
        let nodes = self.0.fleet.snapshots();
        let own = |host: &str, port: u16| own_node(&nodes, host, port).is_some();
        let offered = |wallet: &str, network: &Network| nodes.iter().any(|node| offers(node, wallet, network));
        freehold_wallets::find(&self.places(), &SystemProcesses, Some(&self.0.journal), &own, &offered)
            .into_iter()
            .map(|row| wallet_view(row, &nodes))
            .collect()
    }

    /// What a switch would change. Changes nothing.
    pub async fn wallet_diff(&self, request: SwitchRequest) -> Result<WalletDiff, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        self.settle(FIRST_LOOK).await;
        let destination = self.destination(adapter, &request)?;
        let places = self.places();
        let plan = freehold_wallets::plan_switch(
            adapter,
            &places,
            &destination.network,
            &destination.endpoint,
            &SystemProcesses,
        )
        .map_err(|error| error.to_fault())?;
        let blocked = running_fault(adapter, &places, &destination.network);
        Ok(diff_view(
            adapter,
            &destination.network,
            &plan.change,
            blocked,
            Some(destination.endpoint.to_string()),
        ))
    }

    /// Points a wallet at a node: the endpoint is asked for its chain first, and again after the file was written.
    pub async fn wallet_switch(&self, request: SwitchRequest) -> Result<WalletChange, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        self.settle(FIRST_LOOK).await;
        let destination = self.destination(adapter, &request)?;
        let places = self.places();
        let plan = freehold_wallets::plan_switch(
            adapter,
            &places,
            &destination.network,
            &destination.endpoint,
            &SystemProcesses,
        )
        .map_err(|error| error.to_fault())?;
        if let Some(fault) = running_fault(adapter, &places, &destination.network) {
            return Err(fault);
        }
        let identity = prove(&destination).await?;
        let entry = freehold_wallets::apply(
            &plan,
            &self.0.journal,
            &SystemProcesses,
            self.0.config.clock.now(),
            &self.0.config.checkpoint,
        )
        .map_err(|error| error.to_fault())?;
        let mut notes = plan.change.notes.clone();
        notes.extend(lacks_wallet(adapter, &identity));
        let height = match prove(&destination).await {
            Ok(identity) => Some(identity.height),
            Err(fault) => {
                notes.push(format!(
                    "The file was written, but the endpoint stopped answering: {}",
                    fault.message()
                ));
                None
            }
        };
        if entry.is_some() {
            let text = format!(
                "{} on {} was pointed at {}",
                adapter.name(),
                destination.network,
                destination.label
            );
            self.note(ActivityKind::Wallet, Some(adapter.id()), &text);
            self.0.hub.send(Change::Wallets {});
        }
        Ok(WalletChange {
            wallet: adapter.id().to_owned(),
            network: destination.network.to_string(),
            file: plan.change.file.path().display().to_string(),
            changed: entry.is_some(),
            exact: false,
            height,
            notes,
        })
    }

    /// What a revert would change. Changes nothing.
    pub async fn wallet_revert_diff(&self, request: RevertRequest) -> Result<WalletDiff, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        let network = self.switched_network(adapter, request.network.as_deref())?;
        let places = self.places();
        let plan = freehold_wallets::plan_revert(adapter, &places, &network, &self.0.journal)
            .map_err(|error| error.to_fault())?;
        let blocked = running_fault(adapter, &places, &network);
        Ok(diff_view(adapter, &network, &plan.change, blocked, None))
    }

    /// Puts a wallet's settings back.
    pub async fn wallet_revert(&self, request: RevertRequest) -> Result<WalletChange, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        let network = self.switched_network(adapter, request.network.as_deref())?;
        let places = self.places();
        let plan = freehold_wallets::plan_revert(adapter, &places, &network, &self.0.journal)
            .map_err(|error| error.to_fault())?;
        if let Some(fault) = running_fault(adapter, &places, &network) {
            return Err(fault);
        }
        let entry = freehold_wallets::revert(
            &plan,
            &self.0.journal,
            &SystemProcesses,
            self.0.config.clock.now(),
            &self.0.config.checkpoint,
        )
        .map_err(|error| error.to_fault())?;
        let exact = plan.kind == freehold_wallets::RevertKind::Exact;
        let how = if exact {
            "as it was, byte for byte"
        } else {
            "with the endpoint's settings as they were"
        };
        self.note(
            ActivityKind::Wallet,
            Some(adapter.id()),
            &format!("{} on {network} is back {how}", adapter.name()),
        );
        self.0.hub.send(Change::Wallets {});
        Ok(WalletChange {
            wallet: adapter.id().to_owned(),
            network: network.to_string(),
            file: plan.change.file.path().display().to_string(),
            changed: entry.is_some(),
            exact,
            height: None,
            notes: plan.change.notes.clone(),
        })
    }

    /// What was done to a wallet, newest first.
    pub async fn wallet_history(&self, request: WalletRequest) -> Result<WalletHistory, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        let mut entries = self
            .0
            .journal
            .history(&wallet_id(adapter)?)
            .map_err(|error| WalletError::from(error).to_fault())?;
        entries.reverse();
        let entries = entries
            .into_iter()
            .map(|entry| WalletHistoryEntry {
                id: entry.id.to_string(),
                at: entry.created.0,
                network: entry.network.to_string(),
                file: entry.path.display().to_string(),
                state: match entry.state {
                    EntryState::Prepared => "prepared",
                    EntryState::Applied => "applied",
                    EntryState::Reverted => "reverted",
                    EntryState::Abandoned => "abandoned",
                }
                .to_owned(),
                endpoint: entry.endpoint,
            })
            .collect();
        Ok(WalletHistory { entries })
    }

    /// Where wallets are looked for.
    fn places(&self) -> Places {
        places(&self.0.config)
    }

    /// The network of a revert: the one asked for, or the only one that was switched.
    fn switched_network(&self, adapter: &dyn Adapter, wanted: Option<&str>) -> Result<Network, Fault> {
        if let Some(text) = wanted {
            return Network::try_new(text).map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error));
        }
        let id = wallet_id(adapter)?;
        let networks = adapter
            .networks()
            .iter()
            .filter_map(|name| Network::try_new(*name).ok());
        let mut switched = Vec::new();
        for network in networks {
            let open = self.0.journal.open_switches(&id, &network);
            if !open.map_err(|error| WalletError::from(error).to_fault())?.is_empty() {
                switched.push(network);
            }
        }
        match switched.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(Fault::new(FaultCode::NothingToRevert)
                .with("wallet", adapter.id())
                .with("network", "any network")),
            several => {
                let names = several.iter().map(Network::as_str).collect::<Vec<_>>().join(", ");
                let reason = format!("{} was switched on {names}; say which with `--network`", adapter.name());
                Err(Fault::new(FaultCode::BadRequest).with("reason", reason))
            }
        }
    }

    fn destination(&self, adapter: &dyn Adapter, request: &SwitchRequest) -> Result<Destination, Fault> {
        let wanted = request.network.as_deref().map(Network::try_new).transpose();
        let wanted = wanted.map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error))?;
        match (&request.node, &request.to) {
            (Some(node), None) => self.own_destination(adapter, node, wanted),
            (None, Some(to)) => self.foreign_destination(adapter, to, request, wanted.unwrap_or_else(Network::mainnet)),
            (Some(_), Some(_)) | (None, None) => {
                Err(Fault::new(FaultCode::BadRequest).with("reason", "name either a node or an endpoint"))
            }
        }
    }

    /// One of the user's nodes, with the credential that was made for this wallet.
    fn own_destination(
        &self,
        adapter: &dyn Adapter,
        node: &str,
        wanted: Option<Network>,
    ) -> Result<Destination, Fault> {
        let node = self.find_node(node)?;
        let network = node.record.network.clone();
        if let Some(wanted) = wanted.filter(|wanted| *wanted != network) {
            return Err(Fault::new(FaultCode::EndpointWrongChain)
                .with("endpoint", &node.record.name)
                .with("expected", wanted)
                .with("found", network));
        }
        let offered = node.spec.iter().flat_map(|spec| &spec.endpoints);
        let usable = offered
            .clone()
            .find(|offer| adapter.protocols().contains(&offer.protocol));
        let Some(offer) = usable else {
            let offers = offered
                .map(|offer| offer.protocol.scheme())
                .collect::<Vec<_>>()
                .join(", ");
            return Err(protocol_fault(adapter, &offers));
        };
        let port = node.record.ports.get(&offer.port).copied().unwrap_or_default();
        let has_credential = node
            .spec
            .iter()
            .flat_map(|spec| &spec.credentials)
            .any(|made| made.consumer == adapter.id());
        let credential = if has_credential {
            let kept = secret::load_or_make(&self.0.layout, &node.record.id, adapter.id())
                .map_err(|error| error.to_fault())?;
            Some(Credential {
                user: kept.consumer,
                password: kept.password,
            })
        } else {
            None
        };
        let endpoint = Endpoint {
            protocol: offer.protocol,
            host: "127.0.0.1".to_owned(),
            port,
            credential,
        };
        if !node
            .services
            .iter()
            .any(|seen| matches!(seen.state, ObservedState::Running { .. }))
        {
            return Err(Fault::new(FaultCode::EndpointSilent)
                .with("endpoint", &endpoint)
                .with("reason", format_args!("the node {} does not run", node.record.name)));
        }
        let identity = identity_of(&node);
        Ok(Destination {
            endpoint,
            network,
            identity,
            label: node.record.name.clone(),
        })
    }

    /// Any endpoint that the user names. Its chain is checked against the catalog's knowledge of that network.
    fn foreign_destination(
        &self,
        adapter: &dyn Adapter,
        to: &str,
        request: &SwitchRequest,
        network: Network,
    ) -> Result<Destination, Fault> {
        let mut endpoint: Endpoint = to.parse().map_err(|error| {
            // The text may hold a password: only its beginning up to the scheme is repeated.
            let shown = to.split_once("://").map_or("(no scheme)", |(scheme, _)| scheme);
            Fault::new(FaultCode::EndpointInvalid)
                .with("endpoint", format_args!("{shown}://…"))
                .with("reason", error)
        })?;
        if !adapter.protocols().contains(&endpoint.protocol) {
            return Err(protocol_fault(adapter, endpoint.protocol.scheme()));
        }
        endpoint.credential = match (&request.user, &request.password_file) {
            (None, None) => None,
            (Some(user), Some(file)) => Some(Credential {
                user: user.clone(),
                password: read_password(Path::new(file))?,
            }),
            (Some(_), None) | (None, Some(_)) => {
                return Err(
                    Fault::new(FaultCode::BadRequest).with("reason", "`--user` and `--password-file` belong together")
                );
            }
        };
        let identity = self.known_identity(&endpoint, &network);
        let label = endpoint.to_string();
        Ok(Destination {
            endpoint,
            network,
            identity,
            label,
        })
    }

    /// What the catalog knows of a network that is reached by this protocol.
    fn known_identity(&self, endpoint: &Endpoint, network: &Network) -> Vec<IdentityCheck> {
        self.0
            .shelf
            .catalog()
            .entries()
            .filter(|entry| {
                entry
                    .spec
                    .endpoints
                    .iter()
                    .any(|offer| offer.protocol == endpoint.protocol)
            })
            .find_map(|entry| entry.spec.network(network))
            .map(|network| network.identity.clone())
            .unwrap_or_default()
    }
}

/// Where wallets are looked for, from what the host passed in.
pub(crate) fn places(config: &crate::AppConfig) -> Places {
    Places {
        home: config.home.clone(),
        env: config.wallet_environment.clone(),
        os: Os::current(),
        is_own_home: config.is_own_home,
        uid: Some(config.uid),
    }
}

/// What the wallet would miss at this node.
fn lacks_wallet(adapter: &dyn Adapter, identity: &Identity) -> Option<String> {
    let lacks = adapter.needs_wallet_in_node() && identity.is_wallet_enabled == Some(false);
    lacks.then(|| {
        format!(
            "This node has no wallet functions, and {} needs them to follow your addresses. Install it with `--set wallet=on`, \
             from an image whose program was built with them.",
            adapter.name()
        )
    })
}

/// Asks the endpoint for its chain: dead, wrong password, warming up, wrong chain and something else are five faults.
async fn prove(destination: &Destination) -> Result<Identity, Fault> {
    let endpoint = &destination.endpoint;
    let fault = |code| Fault::new(code).with("endpoint", endpoint);
    freehold_probe::identify(endpoint, &destination.identity)
        .await
        .map_err(|failure| match failure {
            ProbeFailure::WarmingUp { message } => fault(FaultCode::EndpointWarmingUp).with("message", message),
            ProbeFailure::AuthenticationFailed => {
                let user = endpoint
                    .credential
                    .as_ref()
                    .map_or("(none)", |credential| credential.user.as_str());
                fault(FaultCode::EndpointAuth).with("user", user)
            }
            ProbeFailure::WrongChain { expected, found } => fault(FaultCode::EndpointWrongChain)
                .with("expected", expected)
                .with("found", found),
            ProbeFailure::Silent { reason } => fault(FaultCode::EndpointSilent).with("reason", reason),
            ProbeFailure::Unreadable { reason } => fault(FaultCode::EndpointUnreadable).with("reason", reason),
        })
}

fn read_password(file: &Path) -> Result<Secret, Fault> {
    let failed = |reason: String| {
        Fault::new(FaultCode::BadRequest).with("reason", format_args!("the password file {} {reason}", file.display()))
    };
    let size = std::fs::metadata(file)
        .map_err(|error| failed(format!("cannot be read: {error}")))?
        .len();
    if size > LONGEST_PASSWORD {
        return Err(failed("is too large to be one".to_owned()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| failed(format!("cannot be read: {error}")))?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() || password.contains(['\r', '\n']) {
        return Err(failed("must hold one line".to_owned()));
    }
    Ok(Secret::new(password))
}

fn find_adapter(wallet: &str) -> Result<&'static dyn Adapter, Fault> {
    freehold_wallets::adapter(wallet).ok_or_else(|| {
        WalletError::Unknown {
            wallet: wallet.to_owned(),
        }
        .to_fault()
    })
}

fn wallet_id(adapter: &dyn Adapter) -> Result<WalletId, Fault> {
    WalletId::try_new(adapter.id()).map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))
}

fn protocol_fault(adapter: &dyn Adapter, offered: &str) -> Fault {
    let spoken = adapter
        .protocols()
        .iter()
        .map(|protocol| protocol.scheme())
        .collect::<Vec<_>>()
        .join(", ");
    Fault::new(FaultCode::WalletProtocol)
        .because(format_args!(
            "{} speaks {spoken}; the endpoint is {offered}",
            adapter.name()
        ))
        .with("wallet", adapter.name())
}

fn running_fault(adapter: &dyn Adapter, places: &Places, network: &Network) -> Option<Fault> {
    match freehold_wallets::running(adapter, places, network, &SystemProcesses) {
        Running::Yes { evidence } => Some(
            WalletError::Running {
                wallet: adapter.name().to_owned(),
                evidence,
            }
            .to_fault(),
        ),
        Running::No => None,
    }
}

fn identity_of(node: &NodeSnapshot) -> Vec<IdentityCheck> {
    let network = node.spec.as_ref().and_then(|spec| spec.network(&node.record.network));
    network.map(|network| network.identity.clone()).unwrap_or_default()
}

/// The node that answers at a host and port of this machine.
fn own_node<'a>(nodes: &'a [NodeSnapshot], host: &str, port: u16) -> Option<&'a NodeSnapshot> {
    let is_here = matches!(host, "127.0.0.1" | "localhost" | "::1");
    nodes
        .iter()
        .find(|node| is_here && node.record.ports.values().any(|own| *own == port))
}

/// Whether a node has a credential for this wallet on this network.
fn offers(node: &NodeSnapshot, wallet: &str, network: &Network) -> bool {
    let mut credentials = node.spec.iter().flat_map(|spec| &spec.credentials);
    node.record.network == *network && credentials.any(|wanted| wanted.consumer == wallet)
}

fn wallet_view(row: WalletRow, nodes: &[NodeSnapshot]) -> WalletView {
    let port = row
        .endpoint
        .as_deref()
        .and_then(|text| text.rsplit_once(':')?.1.parse().ok());
    let node = port
        .filter(|_| row.own)
        .and_then(|port| own_node(nodes, "127.0.0.1", port));
    let protocols = freehold_wallets::adapter(&row.id)
        .map(Adapter::protocols)
        .unwrap_or_default();
    WalletView {
        id: row.id,
        name: row.name,
        network: row.network.to_string(),
        found: row.found,
        files: row.files.iter().map(|file| file.display().to_string()).collect(),
        endpoint: row.endpoint,
        provider: node.map(|node| node.record.name.clone()).or(row.provider),
        hosted: row.hosted,
        node: node.map(|node| node.record.id.to_string()),
        running: row.running,
        switchable: match row.switchable {
            Switchable::File => "file",
            Switchable::Prompt => "prompt",
            Switchable::Guide => "guide",
            Switchable::No => "no",
        }
        .to_owned(),
        why: row.why,
        can_revert: row.switched_by_us,
        protocols: protocols.iter().map(|protocol| protocol.scheme().to_owned()).collect(),
        leftovers: row.notes,
    }
}

fn diff_view(
    adapter: &dyn Adapter,
    network: &Network,
    change: &FileChange,
    blocked: Option<Fault>,
    endpoint: Option<String>,
) -> WalletDiff {
    WalletDiff {
        wallet: adapter.id().to_owned(),
        network: network.to_string(),
        file: change.file.path().display().to_string(),
        lines: change
            .diff
            .iter()
            .map(|line| DiffLineView {
                kind: match line.kind {
                    DiffKind::Context => WireDiffKind::Context,
                    DiffKind::Removed => WireDiffKind::Removed,
                    DiffKind::Added => WireDiffKind::Added,
                },
                text: line.text.clone(),
            })
            .collect(),
        unchanged: change.changes_nothing(),
        creates_or_removes_file: change.before.is_none() != change.after.is_none(),
        notes: change.notes.clone(),
        blocked: blocked.as_ref().map(FaultView::from),
        endpoint,
    }
}
