use freehold_model::{DesiredState, MovePhase, ObservedState, ServiceName, Timestamp};
use proptest::prelude::*;

use super::{Action, Leave, ServiceSituation, Situation, UpdateStep, decide};

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
        is_planned: true,
        image_is_there: true,
    }
}

fn situation(desired: DesiredState, services: Vec<ServiceSituation>) -> Situation {
    Situation {
        desired,
        restart_pending: false,
        leave: Leave::Run,
        is_needed_now: false,
        update: None,
        moving: None,
        services,
        gave_up: false,
        retry_at: None,
        change_retry_at: None,
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

#[test]
fn a_node_that_waits_is_prepared_but_not_started_and_one_that_must_stop_is_stopped() {
    let next = |leave, service: ServiceSituation| {
        let mut waiting = situation(DesiredState::Running, vec![service]);
        waiting.leave = leave;
        decide(&waiting)
    };
    let mut fresh = service("a", ObservedState::Absent);
    fresh.image_is_there = false;
    assert_eq!(next(Leave::Wait, fresh), Action::Pull(name("a")));
    assert_eq!(next(Leave::Wait, service("a", ObservedState::Created)), Action::Rest);
    assert_eq!(next(Leave::Wait, service("a", running())), Action::Rest);
    assert_eq!(next(Leave::Stop, service("a", running())), Action::Stop(name("a")));
    assert_eq!(next(Leave::Stop, service("a", exited())), Action::Rest);
}

#[test]
fn a_node_that_others_need_stops_after_them() {
    let mut needed = situation(DesiredState::Stopped, vec![service("a", running())]);
    needed.is_needed_now = true;
    assert_eq!(decide(&needed), Action::Rest);
    needed.is_needed_now = false;
    assert_eq!(decide(&needed), Action::Stop(name("a")));
}

#[test]
fn an_update_fetches_while_the_old_version_runs_and_then_switches() {
    let mut update = situation(DesiredState::Running, vec![service("a", running())]);
    update.update = Some(UpdateStep::Fetch(name("a")));
    assert_eq!(decide(&update), Action::Fetch(name("a")));
    update.update = Some(UpdateStep::Switch);
    assert_eq!(decide(&update), Action::SwitchVersion);
    update.change_retry_at = Some(NOW.plus(std::time::Duration::from_secs(9)));
    assert_eq!(
        decide(&update),
        Action::WaitUntil(Timestamp(1_009_000)),
        "a step that failed waits"
    );
}

#[test]
fn an_update_reaches_a_node_that_does_not_run() {
    let mut failed = situation(DesiredState::Running, vec![service("a", exited())]);
    failed.gave_up = true;
    failed.update = Some(UpdateStep::Fetch(name("a")));
    assert_eq!(decide(&failed), Action::Fetch(name("a")));
    failed.update = Some(UpdateStep::Switch);
    assert_eq!(decide(&failed), Action::SwitchVersion);
}

#[test]
fn data_is_copied_only_while_nothing_runs() {
    let mut moved = situation(DesiredState::Running, vec![service("a", running())]);
    moved.moving = Some(MovePhase::Copying);
    assert_eq!(decide(&moved), Action::Stop(name("a")));
    moved.services[0].state = exited();
    assert_eq!(decide(&moved), Action::CopyData);
    moved.moving = Some(MovePhase::Proving);
    assert_eq!(decide(&moved), Action::Start(name("a")));
    moved.services[0].state = running();
    assert_eq!(
        decide(&moved),
        Action::Rest,
        "the old folder stays until the node has answered"
    );
    moved.moving = Some(MovePhase::Erasing);
    assert_eq!(decide(&moved), Action::EraseOldData);
}

#[test]
fn what_an_earlier_choice_left_behind_goes() {
    let mut left = service("geth", running());
    left.is_planned = false;
    let next = |left: &ServiceSituation| {
        decide(&situation(
            DesiredState::Running,
            vec![service("reth", running()), left.clone()],
        ))
    };
    assert_eq!(next(&left), Action::Stop(name("geth")));
    left.state = exited();
    assert_eq!(next(&left), Action::Remove(name("geth")));
    left.state = ObservedState::Absent;
    assert_eq!(next(&left), Action::Rest);
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

fn any_leave() -> impl Strategy<Value = Leave> {
    prop_oneof![Just(Leave::Run), Just(Leave::Wait), Just(Leave::Stop)]
}

fn any_update() -> impl Strategy<Value = Option<UpdateStep>> {
    prop_oneof![
        Just(None),
        Just(Some(UpdateStep::Fetch(name("s0")))),
        Just(Some(UpdateStep::Switch)),
    ]
}

fn any_move() -> impl Strategy<Value = Option<MovePhase>> {
    prop_oneof![
        Just(None),
        Just(Some(MovePhase::Copying)),
        Just(Some(MovePhase::Proving)),
        Just(Some(MovePhase::Erasing)),
    ]
}

prop_compose! {
    fn any_service()(
        state in any_state(),
        plan_is_current in any::<bool>(),
        is_planned in prop::bool::weighted(0.8),
        image_is_there in any::<bool>(),
    ) -> ServiceSituation {
        ServiceSituation { name: name("s"), state, plan_is_current, is_planned, image_is_there }
    }
}

prop_compose! {
    fn any_situation()(
        desired in any_desired(),
        restart_pending in any::<bool>(),
        leave in any_leave(),
        is_needed_now in any::<bool>(),
        update in any_update(),
        moving in any_move(),
        mut services in prop::collection::vec(any_service(), 1..4),
        gave_up in any::<bool>(),
        retry_at in prop::option::of(0_i64..2_000_000),
        change_retry_at in prop::option::of(0_i64..2_000_000),
    ) -> Situation {
        for (index, service) in services.iter_mut().enumerate() {
            service.name = name(&format!("s{index}"));
        }
        Situation {
            desired,
            restart_pending,
            leave,
            is_needed_now,
            update,
            moving,
            services,
            gave_up,
            retry_at: retry_at.map(Timestamp),
            change_retry_at: change_retry_at.map(Timestamp),
            now: NOW,
        }
    }
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
        Action::Fetch(_) => situation.update = Some(UpdateStep::Switch),
        Action::SwitchVersion => {
            situation.update = None;
            situation.restart_pending = situation.desired == DesiredState::Running;
            situation
                .services
                .iter_mut()
                .for_each(|service| service.plan_is_current = false);
        }
        Action::CopyData => situation.moving = Some(MovePhase::Proving),
        Action::EraseOldData => situation.moving = None,
        Action::WaitUntil(at) => situation.now = *at,
        Action::Rest | Action::Forget { .. } => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

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
            let action = decide(&situation);
            let is_stop = matches!(action, Action::Stop(_));
            prop_assert!(is_stop || (situation.is_needed_now && action == Action::Rest));
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

    /// A node that others still need is not pulled away from under them.
    #[test]
    fn a_needed_node_is_never_stopped(mut situation in any_situation()) {
        situation.is_needed_now = true;
        situation.services.iter_mut().for_each(|service| service.is_planned = true);
        let is_stop = matches!(decide(&situation), Action::Stop(_));
        prop_assert!(!is_stop);
    }

    /// Data is never copied or erased while something might write to it.
    #[test]
    fn data_is_copied_only_while_everything_stands_still(situation in any_situation()) {
        if decide(&situation) == Action::CopyData {
            let is_still = |service: &ServiceSituation| matches!(
                service.state,
                ObservedState::Absent | ObservedState::Created | ObservedState::Exited { .. }
            );
            prop_assert!(situation.services.iter().all(is_still));
            prop_assert_eq!(situation.moving, Some(MovePhase::Copying));
        }
    }

    /// The old folder goes only after the new one was proven.
    #[test]
    fn the_old_folder_is_erased_only_in_the_last_phase(situation in any_situation()) {
        if decide(&situation) == Action::EraseOldData {
            prop_assert_eq!(situation.moving, Some(MovePhase::Erasing));
        }
    }

    /// Nothing is started for a node that must wait or stop.
    #[test]
    fn nothing_starts_without_leave(situation in any_situation()) {
        if matches!(decide(&situation), Action::Start(_)) {
            prop_assert_eq!(situation.leave, Leave::Run);
        }
    }

    /// Every decision brings the node nearer: played through, it comes to rest.
    #[test]
    fn every_situation_comes_to_rest(mut situation in any_situation()) {
        for _ in 0..60 {
            let action = decide(&situation);
            if matches!(action, Action::Rest | Action::Forget { .. }) {
                return Ok(());
            }
            carry_out(&mut situation, &action);
        }
        prop_assert!(false, "still not at rest: {situation:?}");
    }
}
