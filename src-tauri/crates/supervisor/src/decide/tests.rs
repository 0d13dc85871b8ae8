use freehold_model::{DesiredState, ObservedState, ServiceName, Timestamp};
use proptest::prelude::*;

use super::{Action, ServiceSituation, Situation, decide};

const NOW: Timestamp = Timestamp(1_000_000);

fn name(text: &str) -> ServiceName {
    ServiceName::try_new(text).unwrap()
}

fn running() -> ObservedState {
    ObservedState::Running { since: Timestamp(1) }
}

fn exited() -> ObservedState {
    ObservedState::Exited {
        code: 1,
        oom_killed: false,
        at: Timestamp(5),
        error: String::new(),
    }
}

fn service(text: &str, state: ObservedState) -> ServiceSituation {
    ServiceSituation {
        name: name(text),
        state,
        plan_is_current: true,
        image_is_there: true,
    }
}

fn situation(desired: DesiredState, services: Vec<ServiceSituation>) -> Situation {
    Situation {
        desired,
        restart_pending: false,
        services,
        gave_up: false,
        retry_at: None,
        now: NOW,
    }
}

#[test]
fn a_node_comes_up_step_by_step() {
    let mut bitcoind = service("bitcoind", ObservedState::Absent);
    bitcoind.image_is_there = false;
    let next = |service: &ServiceSituation| decide(&situation(DesiredState::Running, vec![service.clone()]));
    assert_eq!(next(&bitcoind), Action::Pull(name("bitcoind")));
    bitcoind.image_is_there = true;
    assert_eq!(next(&bitcoind), Action::Create(name("bitcoind")));
    bitcoind.state = ObservedState::Created;
    assert_eq!(next(&bitcoind), Action::Start(name("bitcoind")));
    bitcoind.state = running();
    assert_eq!(next(&bitcoind), Action::Rest);
}

#[test]
fn services_start_in_order_and_stop_in_reverse() {
    let both = |first: ObservedState, second: ObservedState| vec![service("a", first), service("b", second)];
    let start = situation(
        DesiredState::Running,
        both(ObservedState::Created, ObservedState::Created),
    );
    assert_eq!(decide(&start), Action::Start(name("a")));
    let stop = situation(DesiredState::Stopped, both(running(), running()));
    assert_eq!(decide(&stop), Action::Stop(name("b")));
}

#[test]
fn a_running_container_of_an_older_plan_is_left_alone_but_a_stopped_one_is_made_anew() {
    let mut old = service("a", running());
    old.plan_is_current = false;
    assert_eq!(
        decide(&situation(DesiredState::Running, vec![old.clone()])),
        Action::Rest
    );
    old.state = exited();
    assert_eq!(
        decide(&situation(DesiredState::Running, vec![old])),
        Action::Remove(name("a"))
    );
}

#[test]
fn a_restart_stops_first_and_then_forgets_that_it_was_asked_for() {
    let mut restart = situation(DesiredState::Running, vec![service("a", running())]);
    restart.restart_pending = true;
    assert_eq!(decide(&restart), Action::Stop(name("a")));
    restart.services[0].state = exited();
    assert_eq!(decide(&restart), Action::RestartStopped);
}

#[test]
fn after_a_failure_nothing_happens_before_the_retry() {
    let mut failed = situation(DesiredState::Running, vec![service("a", exited())]);
    failed.retry_at = Some(NOW.plus(std::time::Duration::from_secs(4)));
    assert_eq!(decide(&failed), Action::WaitUntil(Timestamp(1_004_000)));
    failed.retry_at = Some(NOW);
    assert_eq!(decide(&failed), Action::Start(name("a")));
    failed.gave_up = true;
    assert_eq!(decide(&failed), Action::Rest);
}

#[test]
fn removal_stops_removes_and_only_then_forgets() {
    let removed = DesiredState::Removed { erase_data: true };
    let next = |state| decide(&situation(removed, vec![service("a", state)]));
    assert_eq!(next(running()), Action::Stop(name("a")));
    assert_eq!(next(exited()), Action::Remove(name("a")));
    assert_eq!(next(ObservedState::Absent), Action::Forget { erase_data: true });
}

fn any_state() -> impl Strategy<Value = ObservedState> {
    prop_oneof![
        Just(ObservedState::Absent),
        Just(ObservedState::Created),
        Just(running()),
        Just(exited()),
        Just(ObservedState::Paused),
        Just(ObservedState::Changing),
    ]
}

fn any_desired() -> impl Strategy<Value = DesiredState> {
    prop_oneof![
        Just(DesiredState::Running),
        Just(DesiredState::Stopped),
        any::<bool>().prop_map(|erase_data| DesiredState::Removed { erase_data }),
    ]
}

fn any_situation() -> impl Strategy<Value = Situation> {
    let services = prop::collection::vec((any_state(), any::<bool>(), any::<bool>()), 1..4);
    (
        any_desired(),
        any::<bool>(),
        services,
        any::<bool>(),
        prop::option::of(0_i64..2_000_000),
    )
        .prop_map(|(desired, restart_pending, services, gave_up, retry_at)| Situation {
            desired,
            restart_pending,
            services: services
                .into_iter()
                .enumerate()
                .map(|(index, (state, plan_is_current, image_is_there))| ServiceSituation {
                    name: name(&format!("s{index}")),
                    state,
                    plan_is_current,
                    image_is_there,
                })
                .collect(),
            gave_up,
            retry_at: retry_at.map(Timestamp),
            now: NOW,
        })
}

fn service_of<'a>(situation: &'a mut Situation, name: &ServiceName) -> &'a mut ServiceSituation {
    situation
        .services
        .iter_mut()
        .find(|service| service.name == *name)
        .unwrap()
}

/// What the engine does with a step, so that sequences of decisions can be played through.
fn carry_out(situation: &mut Situation, action: &Action) {
    match action {
        Action::Pull(name) => service_of(situation, name).image_is_there = true,
        Action::Create(name) => {
            let service = service_of(situation, name);
            service.state = ObservedState::Created;
            service.plan_is_current = true;
        }
        Action::Start(name) => service_of(situation, name).state = running(),
        Action::Stop(name) => service_of(situation, name).state = exited(),
        Action::Remove(name) => service_of(situation, name).state = ObservedState::Absent,
        Action::RestartStopped => situation.restart_pending = false,
        Action::WaitUntil(at) => situation.now = *at,
        Action::Rest | Action::Forget { .. } => {}
    }
}

proptest! {
    /// Two containers on one data folder would destroy it: a container is made only where there is none.
    #[test]
    fn a_container_is_only_made_where_there_is_none(situation in any_situation()) {
        if let Action::Create(name) = decide(&situation) {
            let service = situation.services.iter().find(|service| service.name == name).unwrap();
            prop_assert_eq!(&service.state, &ObservedState::Absent);
        }
    }

    #[test]
    fn asked_to_stop_and_seen_running_leads_to_a_stop(situation in any_situation()) {
        let runs = situation.services.iter().any(|service| matches!(service.state, ObservedState::Running { .. }));
        if situation.desired != DesiredState::Running && runs {
            let is_stop = matches!(decide(&situation), Action::Stop(_));
            prop_assert!(is_stop);
        }
    }

    #[test]
    fn a_running_container_is_never_removed(situation in any_situation()) {
        if let Action::Remove(name) = decide(&situation) {
            let service = situation.services.iter().find(|service| service.name == name).unwrap();
            let is_alive = matches!(service.state, ObservedState::Running { .. } | ObservedState::Paused);
            prop_assert!(!is_alive);
        }
    }

    #[test]
    fn chain_data_is_only_erased_when_asked_for_and_nothing_is_left_on_the_engine(situation in any_situation()) {
        if let Action::Forget { erase_data } = decide(&situation) {
            prop_assert_eq!(situation.desired, DesiredState::Removed { erase_data });
            prop_assert!(situation.services.iter().all(|service| service.state == ObservedState::Absent));
        }
    }

    /// Every decision brings the node nearer: played through, it comes to rest.
    #[test]
    fn every_situation_comes_to_rest(mut situation in any_situation()) {
        for _ in 0..40 {
            let action = decide(&situation);
            if matches!(action, Action::Rest | Action::Forget { .. }) {
                return Ok(());
            }
            carry_out(&mut situation, &action);
        }
        prop_assert!(false, "still not at rest: {situation:?}");
    }
}
