use freehold_model::{
    DesiredState, Fault, FaultCode, NodeStatus, ObservedState, ProbeFailure, ProbeReport, ServiceName,
    ServiceObservation, Stage, Timestamp,
};

use super::{Evidence, InFlight, derive};
use crate::ProbeView;
use crate::history::History;

const NOW: Timestamp = Timestamp(1_000_000);

fn observed(state: ObservedState) -> Vec<ServiceObservation> {
    let service = ServiceName::try_new("bitcoind").unwrap();
    vec![ServiceObservation {
        service,
        state,
        container: None,
        spec: None,
        image: None,
        pid: None,
        limits: freehold_model::Limits::default(),
    }]
}

fn running_since(ago_ms: i64) -> Vec<ServiceObservation> {
    observed(ObservedState::Running {
        since: Timestamp(NOW.0 - ago_ms),
    })
}

fn report(stage: Stage, percent: f64, peers: u32) -> ProbeReport {
    ProbeReport {
        stage,
        height: 5,
        target: Some(10),
        percent: Some(percent),
        detail: None,
        peers_in: 0,
        peers_out: peers,
        version: "31.1.0".into(),
        chain: "main".into(),
        tip_age: None,
        tip: String::new(),
        size_on_disk: None,
        pruned: false,
        warnings: Vec::new(),
    }
}

fn status(desired: DesiredState, services: &[ServiceObservation], probe: &ProbeView) -> NodeStatus {
    derive(&Evidence {
        desired,
        services,
        in_flight: None,
        history: &History::default(),
        probe,
        hold: None,
        waits_for: None,
        silent_while: None,
        halted: None,
        engine_away: None,
        needs_peers: true,
        now: NOW,
    })
}

fn saying(failure: ProbeFailure) -> ProbeView {
    ProbeView {
        failure: Some(failure),
        ..ProbeView::default()
    }
}

fn reading(report: ProbeReport) -> ProbeView {
    ProbeView {
        report: Some(report),
        ..ProbeView::default()
    }
}

#[test]
fn a_running_container_is_not_yet_a_ready_node() {
    let services = running_since(1_000);
    assert_eq!(
        status(DesiredState::Running, &services, &ProbeView::default()).name(),
        "starting"
    );
    assert_eq!(
        status(
            DesiredState::Running,
            &services,
            &reading(report(Stage::Blocks, 42.0, 8))
        )
        .name(),
        "syncing"
    );
    assert_eq!(
        status(
            DesiredState::Running,
            &services,
            &reading(report(Stage::Ready, 100.0, 8))
        ),
        NodeStatus::Ready
    );
}

#[test]
fn each_kind_of_silence_is_its_own_state() {
    let warm = saying(ProbeFailure::WarmingUp {
        message: "Loading block index…".into(),
    });
    assert_eq!(
        status(DesiredState::Running, &running_since(900_000), &warm).name(),
        "starting"
    );
    let silent = saying(ProbeFailure::Silent {
        reason: "connection refused".into(),
    });
    assert_eq!(
        status(DesiredState::Running, &running_since(5_000), &silent).name(),
        "starting"
    );
    assert_eq!(
        status(DesiredState::Running, &running_since(61_000), &silent).name(),
        "degraded"
    );
    let refused = saying(ProbeFailure::AuthenticationFailed);
    assert_eq!(
        status(DesiredState::Running, &running_since(5_000), &refused).name(),
        "degraded"
    );
    let fork = saying(ProbeFailure::WrongChain {
        expected: "a".into(),
        found: "b".into(),
    });
    assert_eq!(
        status(DesiredState::Running, &running_since(5_000), &fork).name(),
        "wrong-chain"
    );
}

#[test]
fn at_the_tip_without_peers_is_not_ready() {
    let lonely = reading(report(Stage::Ready, 100.0, 0));
    assert_eq!(
        status(DesiredState::Running, &running_since(5_000), &lonely).name(),
        "degraded"
    );
}

#[test]
fn an_engine_that_does_not_answer_makes_everything_unknown() {
    let evidence = Evidence {
        desired: DesiredState::Running,
        services: &running_since(5_000),
        in_flight: Some(&InFlight::Other),
        history: &History::default(),
        probe: &reading(report(Stage::Ready, 100.0, 8)),
        hold: None,
        waits_for: None,
        silent_while: None,
        halted: None,
        engine_away: Some("the engine does not answer"),
        needs_peers: true,
        now: NOW,
    };
    assert_eq!(
        derive(&evidence).name(),
        "unknown",
        "an old reading is never shown as the present state"
    );
}

#[test]
fn a_failure_is_shown_with_its_cause_until_the_user_acts() {
    let mut history = History::default();
    history.note_failure(NOW, Fault::new(FaultCode::NodeCrashed), 0.0);
    let exited = observed(ObservedState::Exited {
        code: 1,
        oom_killed: false,
        at: NOW,
        error: String::new(),
    });
    let evidence = |history: &History, waits_for| {
        derive(&Evidence {
            desired: DesiredState::Running,
            services: &exited,
            in_flight: None,
            history,
            probe: &ProbeView::default(),
            hold: None,
            waits_for,
            silent_while: None,
            halted: None,
            engine_away: None,
            needs_peers: true,
            now: NOW,
        })
    };
    assert_eq!(evidence(&history, None).name(), "retrying");
    let waiting = evidence(&history, Some("Bitcoin Core, which is stopped"));
    assert_eq!(
        waiting,
        NodeStatus::Starting {
            detail: Some("waits for Bitcoin Core, which is stopped".to_owned())
        },
        "no try comes before that"
    );
    history.note_failure(NOW, Fault::new(FaultCode::NodeBadDatabase), 0.0);
    assert_eq!(evidence(&history, None).name(), "failed");
    let waiting = evidence(&history, Some("Bitcoin Core"));
    assert_eq!(waiting.name(), "failed", "it is not tried again at all");
}

#[test]
fn stopped_means_that_the_engine_says_so() {
    let probe = ProbeView::default();
    assert_eq!(
        status(DesiredState::Stopped, &running_since(1), &probe).name(),
        "stopping"
    );
    assert_eq!(
        status(DesiredState::Stopped, &observed(ObservedState::Absent), &probe).name(),
        "stopped"
    );
}
