//! A node on the wire.

use freehold_contract::{EndpointView, FaultView, LayerView, NodeView, PullView, ServiceView, StatusView};
use freehold_model::state::LayerPhase;
use freehold_model::{
    ByteSize, DesiredState, Endpoint, Fault, MovePhase, NodeStatus, ObservedState, PullProgress, ServiceName,
    ServiceObservation, Stage, UpdatePhase,
};
use freehold_store::{Layout, secret};
use freehold_supervisor::NodeSnapshot;

use crate::usage::ServiceUsage;

/// What other parts of the application know about a node.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// Nodes that need it.
    pub(crate) needed_by: Vec<String>,
    /// The catalog names other images than it runs.
    pub(crate) update_available: bool,
    /// What is to be said about the end of its release.
    pub(crate) warnings: Vec<String>,
}

/// The node as it is now. `usage` answers what a service uses, where that was measured.
pub(crate) fn node_view(
    snapshot: &NodeSnapshot,
    layout: &Layout,
    around: &Around,
    usage: impl Fn(&ServiceName) -> ServiceUsage,
) -> NodeView {
    let record = &snapshot.record;
    let spec = snapshot.spec.as_deref();
    // An old reading must not pass for a present one.
    let is_live = snapshot
        .services
        .iter()
        .any(|service| matches!(service.state, ObservedState::Running { .. }))
        && !matches!(snapshot.status, NodeStatus::Unknown { .. });
    let is_live = is_live || record.external.is_some();
    let report = snapshot.probe.report.as_ref().filter(|_| is_live);
    NodeView {
        id: record.id.to_string(),
        name: record.name.clone(),
        client: record.client.to_string(),
        client_name: spec.map_or_else(|| record.client.to_string(), |spec| spec.name.clone()),
        chain: spec.map(|spec| spec.chain.to_string()).unwrap_or_default(),
        network: record.network.to_string(),
        desired: match record.desired {
            DesiredState::Running => "running",
            DesiredState::Stopped => "stopped",
            DesiredState::Removed { .. } => "removed",
        }
        .to_owned(),
        status: status_view(&snapshot.status),
        height: report.map(|report| report.height),
        target: report.and_then(|report| report.target),
        peers_in: report.map(|report| report.peers_in),
        peers_out: report.map(|report| report.peers_out),
        version: report.map(|report| report.version.clone()),
        tip_age_s: report.and_then(|report| report.tip_age).map(|age| age.as_secs()),
        warnings: around
            .warnings
            .iter()
            .chain(report.iter().flat_map(|report| &report.warnings))
            .cloned()
            .collect(),
        chain_bytes: report.and_then(|report| report.size_on_disk).map(ByteSize::bytes),
        pruned: report.map(|report| report.pruned),
        services: services(snapshot, usage),
        endpoints: endpoints(snapshot, layout),
        options: record
            .options
            .iter()
            .map(|(option, value)| (option.to_string(), value.clone()))
            .collect(),
        data_dir: record.data_dir.display().to_string(),
        created: record.created.0,
        checked_at: snapshot.checked_at.map(|at| at.0),
        external: record.external.is_some(),
        needs: record.needs.values().map(ToString::to_string).collect(),
        needed_by: around.needed_by.clone(),
        update_available: around.update_available,
        previous_version: record.previous.as_ref().map(|previous| {
            let versions: Vec<&str> = previous.images.values().map(|image| image.tag.as_str()).collect();
            versions.join(", ")
        }),
        update_phase: record.update.as_ref().map(|update| {
            match update.phase {
                UpdatePhase::Fetching => "fetching",
                UpdatePhase::Proving { .. } => "proving",
            }
            .to_owned()
        }),
        update_fault: snapshot.update_failure.as_ref().map(FaultView::from),
        move_phase: record.moving.as_ref().map(|moving| {
            match moving.phase {
                MovePhase::Copying => "copying",
                MovePhase::Proving => "proving",
                MovePhase::Erasing => "erasing",
            }
            .to_owned()
        }),
    }
}

fn services(snapshot: &NodeSnapshot, usage: impl Fn(&ServiceName) -> ServiceUsage) -> Vec<ServiceView> {
    let is_unknown = matches!(snapshot.status, NodeStatus::Unknown { .. });
    let images = &snapshot.record.images;
    images
        .iter()
        .map(|(name, image)| {
            let seen = snapshot.services.iter().find(|seen| seen.service == *name);
            let used = usage(name);
            ServiceView {
                name: name.to_string(),
                image: format!("{}:{}", image.repository, image.tag),
                digest: image.digest.to_string(),
                state: if is_unknown {
                    "unknown"
                } else {
                    seen.map_or("absent", state_name)
                }
                .to_owned(),
                cpu_percent: used.cpu_percent,
                memory_bytes: used.memory_bytes,
                disk_bytes: used.disk_bytes,
                net_in_rate: used.rates.net_in,
                net_out_rate: used.rates.net_out,
                disk_read_rate: used.rates.disk_read,
                disk_write_rate: used.rates.disk_written,
                started_at: seen.and_then(|seen| match &seen.state {
                    ObservedState::Running { since } => Some(since.0),
                    _ => None,
                }),
                container: seen
                    .and_then(|seen| seen.container.as_deref())
                    .map(|id| id.chars().take(12).collect()),
            }
        })
        .collect()
}

fn state_name(seen: &ServiceObservation) -> &'static str {
    match &seen.state {
        ObservedState::Absent => "absent",
        ObservedState::Created => "created",
        ObservedState::Running { .. } => "running",
        ObservedState::Exited { .. } => "exited",
        ObservedState::Paused => "paused",
        ObservedState::Changing => "changing",
    }
}

/// What wallets can be pointed at: one row for each endpoint and consumer, never with a password.
pub(crate) fn endpoints(snapshot: &NodeSnapshot, layout: &Layout) -> Vec<EndpointView> {
    let Some(spec) = snapshot.spec.as_deref() else {
        return Vec::new();
    };
    let record = &snapshot.record;
    let mut rows = Vec::new();
    let options = freehold_plan::resolve(spec, &record.network, &record.options).unwrap_or_default();
    let is_external = record.external.is_some();
    let offers = spec.endpoints.iter().filter(|offered| {
        is_external || freehold_plan::active_endpoints(spec, &options).any(|active| active == *offered)
    });
    for offered in offers {
        let Some(port) = record.ports.get(&offered.port) else {
            continue;
        };
        let endpoint = Endpoint {
            protocol: offered.protocol,
            host: record
                .external
                .as_ref()
                .map_or_else(|| "127.0.0.1".to_owned(), |external| external.host.clone()),
            port: *port,
            credential: None,
        };
        let row = |consumer: &str, user: Option<String>, file: Option<String>, class: Option<String>| EndpointView {
            node: record.id.to_string(),
            name: offered.name.clone(),
            consumer: consumer.to_owned(),
            endpoint: endpoint.to_string(),
            url: format!("{}{}", endpoint.url(), offered.path),
            user,
            password_file: file,
            class,
        };
        if let Some(external) = &record.external {
            rows.push(row("you", external.user.clone(), None, None));
            continue;
        }
        if let Some(name) = &offered.secret {
            let file = secret::named_file(layout, &record.id, name).ok();
            let file = file.map(|file| file.display().to_string());
            rows.push(row("you", offered.user.clone(), file, None));
            continue;
        }
        // Only the port that asks for a user is offered with one.
        if !freehold_plan::asks_for_user(spec, &offered.port) {
            rows.push(row("anyone on this machine", None, None, None));
            continue;
        }
        // The probe's own user is nobody's business.
        let consumers = spec
            .credentials
            .iter()
            .filter(|wanted| Some(&wanted.consumer) != spec.probe.consumer.as_ref())
            .filter(|wanted| !record.is_revoked(&wanted.consumer));
        for wanted in consumers {
            let file = secret::password_file(layout, &record.id, &wanted.consumer);
            rows.push(row(
                &wanted.consumer,
                Some(wanted.consumer.clone()),
                Some(file.display().to_string()),
                Some(wanted.class.clone()),
            ));
        }
    }
    rows
}

/// The stage's name on the wire.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::PreHeaders => "pre-headers",
        Stage::Headers => "headers",
        Stage::State => "state",
        Stage::Blocks => "blocks",
        Stage::Indexing => "indexing",
        Stage::NeedsOwner => "needs-owner",
        Stage::Ready => "ready",
    }
}

/// What the node is doing, for people.
fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::PreHeaders => "looking for peers and the first headers",
        Stage::Headers => "downloading headers",
        Stage::State => "downloading the state of the chain",
        Stage::Blocks => "downloading and checking blocks",
        Stage::Indexing => "building its index",
        Stage::NeedsOwner => "waiting for its owner",
        Stage::Ready => "at the tip",
    }
}

fn status_view(status: &NodeStatus) -> StatusView {
    let mut view = StatusView {
        state: status.name().to_owned(),
        progress: None,
        stage: None,
        eta_low_s: None,
        eta_high_s: None,
        eta_bound_by: None,
        why: None,
        fault: None,
        pull: None,
        since: None,
        kill_at: None,
        moved_bytes: None,
        move_bytes: None,
        retry_at: None,
        attempt: None,
    };
    let failed = |view: &mut StatusView, fault: &Fault| {
        view.why = Some(fault.message());
        view.fault = Some(FaultView::from(fault));
    };
    match status {
        NodeStatus::Pulling { progress } => {
            let total = progress.total.filter(|total| *total > 0);
            view.progress = total.map(|total| (progress.downloaded as f64 / total as f64 * 100.0).min(100.0));
            view.why = Some(format!("pulling {}", progress.image));
            view.pull = Some(pull_view(progress));
        }
        NodeStatus::Starting { detail } => view.why.clone_from(detail),
        NodeStatus::Syncing {
            progress,
            stage,
            detail,
            eta,
        } => {
            view.progress = *progress;
            view.stage = Some(stage_name(*stage).to_owned());
            if let Some(eta) = eta {
                view.eta_low_s = Some(eta.low.as_secs());
                view.eta_high_s = Some(eta.high.as_secs());
                view.eta_bound_by.clone_from(&eta.bound_by);
            }
            let words = stage_words(*stage);
            view.why = Some(match detail {
                Some(detail) => format!("{words}: {detail}"),
                None => words.to_owned(),
            });
        }
        NodeStatus::Moving { done, total } => {
            view.progress = (*total > 0).then(|| (*done as f64 / *total as f64 * 100.0).min(100.0));
            view.moved_bytes = Some(*done);
            view.move_bytes = Some(*total);
            view.why = Some("its data is copied to the new folder and checked".to_owned());
        }
        NodeStatus::Ready => {
            view.progress = Some(100.0);
            view.stage = Some("ready".to_owned());
        }
        NodeStatus::Stopping { since, kill_at } => {
            view.since = since.map(|since| since.0);
            view.kill_at = kill_at.map(|kill_at| kill_at.0);
            view.why = Some(
                match since {
                    Some(_) => "writing its state to disk",
                    None => "nodes that need it stop first",
                }
                .to_owned(),
            );
        }
        NodeStatus::Stopped => {}
        NodeStatus::RetryingAt { at, attempt, fault } => {
            view.retry_at = Some(at.0);
            view.attempt = Some(*attempt);
            failed(&mut view, fault);
        }
        NodeStatus::Failed { fault } => failed(&mut view, fault),
        NodeStatus::Degraded { why }
        | NodeStatus::Paused { why }
        | NodeStatus::WrongChain { why }
        | NodeStatus::Expired { why }
        | NodeStatus::Unknown { why } => view.why = Some(why.clone()),
    }
    view
}

fn pull_view(progress: &PullProgress) -> PullView {
    PullView {
        image: progress.image.clone(),
        downloaded: progress.downloaded,
        total: progress.total,
        rate: progress.rate,
        layers: progress
            .layers
            .iter()
            .map(|layer| LayerView {
                id: layer.id.clone(),
                phase: match layer.phase {
                    LayerPhase::Waiting => "waiting",
                    LayerPhase::Downloading => "downloading",
                    LayerPhase::Verifying => "verifying",
                    LayerPhase::Extracting => "extracting",
                    LayerPhase::Done => "done",
                }
                .to_owned(),
                current: layer.current,
                total: layer.total,
            })
            .collect(),
    }
}
