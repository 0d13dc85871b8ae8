//! Keeps histories, watches the machine and its disks, and tells news: everything that goes on by itself beside the nodes.
//!
//! The one rule: whatever reads files, walks folders or writes the database does so off the runtime's threads, and next
//! to nothing is done while there is no node.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use freehold_contract::{Change, Notification};
use freehold_host::{FullIn, full_in};
use freehold_model::machine::DiskFacts;
use freehold_model::{NodeId, NodeRecord, Timestamp};
use freehold_store::{ActivityFilter, ActivityKind, DiskSpaceSample, Store, StoreError, SyncReading};
use freehold_supervisor::{Conditions, Crash, FleetEventKind, NodeSnapshot};
use jiff::tz::TimeZone;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;

use crate::App;
use crate::conditions::{Lookout, SleepWatch, conditions, update};
use crate::forecast::{DiskState, Tenant, state};
use crate::notify::{Memory, News, ending_news, is_told, update_news};
use crate::usage::Measured;

/// What was used is kept this often; the store's finest resolution.
const USAGE_EVERY: Duration = Duration::from_secs(10);
/// So many of those make a minute: how far nodes are is kept this often, and old readings are joined.
const MINUTE: u32 = 6;
/// So many make a quarter of an hour: how full disks are is kept, and the forecast made anew.
const QUARTER: u32 = 90;
/// The machine is looked at this often.
const CONDITIONS_EVERY: Duration = Duration::from_secs(15);
/// Releases are looked at this often; they change by the day.
const RELEASES_EVERY: Duration = Duration::from_mins(10);
/// The first time they are, every node has told its height.
const RELEASES_FIRST: Duration = Duration::from_mins(1);
/// A forecast rests on this long.
const FORECAST_OVER: Duration = Duration::from_hours(7 * 24);
/// A node's entries among which an earlier notice is looked for.
const ENTRIES: usize = 2000;

/// What is remembered from look to look.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    news: Mutex<Memory>,
    full_in: Mutex<BTreeMap<PathBuf, FullIn>>,
}

impl Keeper {
    fn news(&self) -> MutexGuard<'_, Memory> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn full_in(&self) -> MutexGuard<'_, BTreeMap<PathBuf, FullIn>> {
        self.full_in.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nodes' options that only hold under some conditions.
const ON_METERED: &str = "on_metered";
const SCHEDULE: &str = "schedule";

fn has_option(record: &NodeRecord, option: &str) -> bool {
    let chosen = record.options.iter().find(|(id, _)| id.as_str() == option);
    chosen.is_some_and(|(_, value)| !value.is_empty())
}

/// The conditions before any node is started: one that must not run now is not started for a moment. Blocks for some
/// milliseconds, up to two seconds where a node heeds a metered network.
pub(crate) fn first_conditions(records: &[NodeRecord], now: Timestamp) -> Conditions {
    if records.is_empty() {
        return Conditions::default();
    }
    let mut lookout = if records.iter().any(|record| has_option(record, ON_METERED)) {
        Lookout::default()
    } else {
        Lookout::without_network(Instant::now())
    };
    let disks = freehold_host::machine_facts().disks;
    conditions(lookout.look(), now, &TimeZone::system(), disks)
}

impl App {
    pub(crate) fn spawn_keepers(&self) {
        self.spawn_while_alive(Self::keep_history);
        self.spawn_while_alive(Self::watch_machine);
        self.spawn_while_alive(Self::carry_news);
        self.spawn_while_alive(Self::watch_releases);
    }

    /// What measuring needs to know of every node.
    pub(crate) fn measured(&self) -> Vec<Measured> {
        self.0.fleet.map_nodes(Measured::of)
    }

    async fn keep_history(self) {
        let mut ticks = tokio::time::interval(USAGE_EVERY);
        // After a sleep or a long pause one tick is enough.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut count: u32 = 0;
        loop {
            ticks.tick().await;
            let nodes = self.measured();
            if nodes.is_empty() {
                continue;
            }
            // Somebody who watches has had everything measured this very second.
            if !self.0.usage.is_fresh(&nodes) {
                self.measure_once(&nodes, self.0.hub.is_watched()).await;
            }
            let samples = self.0.usage.take(&nodes, USAGE_EVERY);
            let minute = count.is_multiple_of(MINUTE).then(|| self.sync_readings());
            let quarter = count.is_multiple_of(QUARTER);
            count = count.wrapping_add(1);
            let app = self.clone();
            let kept = tokio::task::spawn_blocking(move || {
                let (store, now) = (&app.0.store, app.0.config.clock.now());
                store.add_usage(now, &samples)?;
                if let Some(readings) = minute {
                    store.add_sync_progress(now, &readings)?;
                    store.thin(now)?;
                }
                if quarter {
                    app.keep_disk_space(now)?;
                }
                Ok::<(), StoreError>(())
            });
            match kept.await {
                Ok(Ok(())) => {}
                // The next tick tries again; a gap in a curve is no fault that a user must hear of.
                Ok(Err(error)) => tracing::warn!(%error, "the history could not be kept"),
                Err(error) => tracing::error!(%error, "keeping the history failed"),
            }
        }
    }

    /// How far every node that answers is.
    fn sync_readings(&self) -> Vec<(NodeId, SyncReading)> {
        let reading = |node: &NodeSnapshot| {
            let report = node.probe.report.as_ref().filter(|_| node.probe.failure.is_none())?;
            let reading = SyncReading {
                height: Some(report.height),
                percent: report.percent,
                peers: Some(report.peers_in.saturating_add(report.peers_out)),
            };
            Some((node.record.id.clone(), reading))
        };
        self.0.fleet.map_nodes(reading).into_iter().flatten().collect()
    }

    /// Keeps how full the disks are and makes the forecasts anew. Blocks.
    fn keep_disk_space(&self, now: Timestamp) -> Result<(), StoreError> {
        let disks = self.0.usage.disks();
        let samples: Vec<DiskSpaceSample> = disks
            .iter()
            .map(|disk| DiskSpaceSample {
                mount_point: disk.mount_point.clone(),
                free: disk.available,
                total: disk.total,
            })
            .collect();
        self.0.store.add_disk_space(now, &samples)?;
        let forecasts = forecasts(&self.0.store, &disks, now)?;
        *self.0.keeper.full_in() = forecasts;
        Ok(())
    }

    /// Looks at power, network, clock and disks, and tells whoever has to know.
    async fn watch_machine(self) {
        let mut ticks = tokio::time::interval(CONDITIONS_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut sleep = SleepWatch::new(self.0.config.clock.now(), Instant::now());
        let mut lookout = Lookout::default();
        loop {
            ticks.tick().await;
            if let Some(gap) = sleep.slept(self.0.config.clock.now(), Instant::now()) {
                self.wake_up(gap);
            }
            let has_nodes = self.0.fleet.any_node(|_| true);
            if !has_nodes && !self.0.hub.is_watched() {
                continue;
            }
            let app = self.clone();
            let looked = tokio::task::spawn_blocking(move || {
                app.look_at_machine(&mut lookout);
                lookout
            });
            // After a panic it begins anew.
            lookout = looked.await.unwrap_or_default();
        }
    }

    /// One look. Blocks.
    fn look_at_machine(&self, lookout: &mut Lookout) {
        let now = self.0.config.clock.now();
        let surroundings = lookout.look();
        let disks = self.0.usage.disks();
        self.0
            .usage
            .note_surroundings(surroundings.on_battery, surroundings.metered);
        self.judge_disks(&disks, now);
        let has_schedule = self.0.fleet.any_node(|node| has_option(&node.record, SCHEDULE));
        let next = conditions(surroundings, now, &TimeZone::system(), disks);
        self.0
            .conditions
            .send_if_modified(|known| update(known, next, has_schedule));
    }

    /// How each disk stands, with what was news about it. Blocks.
    fn judge_disks(&self, disks: &[DiskFacts], now: Timestamp) {
        let tenants = self.0.fleet.map_nodes(|node| {
            let folder = node.record.chain_folder();
            (
                folder.to_owned(),
                Tenant::of(node, self.0.usage.folder_bytes(&node.record.id)),
            )
        });
        let mut by_disk: BTreeMap<PathBuf, Vec<Tenant>> = BTreeMap::new();
        for (folder, tenant) in tenants {
            if let Some(disk) = freehold_host::disk_of(&folder, disks) {
                by_disk.entry(disk.mount_point.clone()).or_default().push(tenant);
            }
        }
        let before = self.0.usage.disk_states();
        let forecasts = self.0.keeper.full_in().clone();
        let states: BTreeMap<PathBuf, DiskState> = disks
            .iter()
            .map(|disk| {
                let at = &disk.mount_point;
                let tenants = by_disk.get(at).map(Vec::as_slice).unwrap_or_default();
                let level = before.get(at).map(|state| state.level).unwrap_or_default();
                (at.clone(), state(disk, tenants, forecasts.get(at).copied(), level))
            })
            .collect();
        let news = self.0.keeper.news().see_disks(&states, now);
        self.0.usage.note_disk_states(states);
        self.tell_all(&news);
    }

    /// The machine has slept: what was known of engine and nodes is old.
    fn wake_up(&self, gap: Duration) {
        let minutes = gap.as_secs().div_ceil(60);
        let long = match (minutes / 60, minutes % 60) {
            (0, minutes) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        };
        tracing::info!(seconds = gap.as_secs(), "the clock went on while Freehold stood still");
        self.note(
            ActivityKind::Notice,
            None,
            &format!("The machine slept, or its clock was set, for {long}. Every node is looked at again."),
        );
        self.0.link.check_now();
        self.0.fleet.wake_all();
    }

    async fn carry_news(self) {
        let mut events = self.0.fleet.events();
        loop {
            let now = self.0.config.clock.now();
            match events.recv().await {
                Ok(event) => match event.kind {
                    FleetEventKind::Changed => {
                        let see = |node: &NodeSnapshot| self.0.keeper.news().see(node, now);
                        let news = self.0.fleet.with_node(&event.node, see).unwrap_or_default();
                        self.tell_all(&news);
                    }
                    FleetEventKind::Gone => self.0.keeper.news().forget(&event.node),
                    FleetEventKind::Crashed(crash) => self.note_crash(&event.node, &crash, now),
                    FleetEventKind::Did(_) | FleetEventKind::Failed(_) => {}
                },
                Err(RecvError::Lagged(_)) => {
                    let see = |node: &NodeSnapshot| self.0.keeper.news().see(node, now);
                    let news = self.0.fleet.map_nodes(see);
                    self.tell_all(&news.concat());
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// Keeps a crash with its last lines, and tells it.
    fn note_crash(&self, node: &NodeId, crash: &Crash, now: Timestamp) {
        let kept = self
            .0
            .store
            .put_crash(node, &crash.service, crash.at, &crash.why, &crash.lines);
        if let Err(error) = kept {
            tracing::error!(%error, "a crash could not be kept");
        }
        let name = self.0.fleet.with_node(node, |node| node.record.name.clone());
        let name = name.unwrap_or_else(|| node.to_string());
        let news = self.0.keeper.news().crashed(node, &name, &crash.why, now);
        self.tell_all(news.as_slice());
    }

    /// Tells of newer versions and of releases that end soon, each once in its time, across restarts too.
    async fn watch_releases(self) {
        let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + RELEASES_FIRST, RELEASES_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let now = self.0.config.clock.now();
            // Copies: whether there is an update is looked up in the database, which must not keep the nodes waiting.
            let nodes = self.0.fleet.snapshots();
            let news = |node| {
                let update = update_news(node).filter(|_| self.has_update(node));
                [update, ending_news(node, now)]
            };
            for news in nodes.iter().flat_map(news).flatten() {
                let node = news.node.as_ref().map(NodeId::as_str);
                let told = ActivityFilter {
                    subject: node.map(str::to_owned),
                    ..ActivityFilter::default()
                };
                match self.0.store.activities(&told, ENTRIES) {
                    Ok(entries) if is_told(&news, &entries, now) => {}
                    Ok(_) => self.tell(&news),
                    // Rather not at all than every ten minutes.
                    Err(error) => tracing::warn!(%error, "earlier notices could not be read"),
                }
            }
        }
    }

    fn tell_all(&self, news: &[News]) {
        for news in news {
            self.tell(news);
        }
    }

    fn tell(&self, news: &News) {
        let node = news.node.as_ref().map(NodeId::as_str);
        if let Some(kind) = news.entry {
            self.note(kind, node, &news.body);
        }
        let on_desktop = news.topic.is_shown(self.settings().notifications);
        self.0.hub.send(Change::Notification {
            notification: Notification {
                topic: news.topic.name().to_owned(),
                node: node.map(str::to_owned),
                title: news.title.clone(),
                body: news.body.clone(),
                on_desktop,
            },
        });
    }
}

/// When each disk is full, as far as that can be told.
fn forecasts(store: &Store, disks: &[DiskFacts], now: Timestamp) -> Result<BTreeMap<PathBuf, FullIn>, StoreError> {
    let from = Timestamp(
        now.0
            .saturating_sub(i64::try_from(FORECAST_OVER.as_millis()).unwrap_or(i64::MAX)),
    );
    let mut found = BTreeMap::new();
    for disk in disks {
        let points = store.disk_space(&disk.mount_point, from, now.plus(USAGE_EVERY))?;
        // A disk that was swapped for another one at the same place, or made larger, begins anew.
        let same = points.iter().rev().take_while(|point| point.total == disk.total);
        let free: Vec<_> = same.map(|point| (point.at, point.free)).collect();
        if let Some(full_in) = full_in(&free) {
            found.insert(disk.mount_point.clone(), full_in);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
