//! What Freehold's headless host costs while it watches many running nodes, against `docker stats` over the same
//! containers, and how fast it finds them again after it was killed.

use std::time::Duration;

use anyhow::Result;

use super::fleet::Fleet;
use super::freehold::Freehold;
use super::report::{Figure, Report};
use super::watching::{self, Reading};
use super::{Bench, Setting, adoption, cpu};
use crate::steps::Notes;

/// The design's budgets are for this many nodes; figures for more are shown without a mark.
const BUDGETS_UP_TO: u16 = 50;

/// How long new nodes are left alone before the first reading.
const NODES_SETTLE_WITHIN: Duration = Duration::from_mins(1);

pub(super) fn measure(setting: &Setting<'_>, notes: &Notes) -> Result<Report> {
    let time = Duration::from_secs(u64::from(setting.args.seconds));
    let freehold = Freehold::new(setting, "supervise")?;
    let mut fleet = Fleet::new(&freehold, &setting.engine.url);
    let mut sizes = setting.args.nodes.clone();
    sizes.sort_unstable();
    let mut figures = Vec::new();
    for nodes in sizes {
        let new = with(&freehold, &mut fleet, nodes, time, notes)?;
        // The next size takes minutes, and may fail.
        for figure in &new {
            notes.say(&figure.to_string());
        }
        figures.extend(new);
    }
    drop(fleet);
    let method = format!(
        "bitcoind on regtest in containers; Freehold with a listener that is told every node's use once a second, nobody, \
         docker stats, nobody and Freehold again in turn, each for {} s, means where there are two; user and system time of the watcher and of the engine ({}) from /proc; \
         memory as PSS and RSS; the cost of a watcher is its own time and what the engine uses more than with nobody; found \
         again means from the start of the process until every node is ready; the machine's load (over one minute, all \
         programs) stands beside",
        time.as_secs(),
        cpu::ENGINE.join(", "),
    );
    Ok(Report::new(Bench::Supervise, figures, method))
}

/// Every figure for one number of nodes.
fn with(freehold: &Freehold, fleet: &mut Fleet<'_>, nodes: u16, time: Duration, notes: &Notes) -> Result<Vec<Figure>> {
    let count = usize::from(nodes);
    let mut host = freehold.serve()?;
    fleet.grow(nodes, notes)?;
    adoption::wait_until_ready(freehold, &mut host, count)?;
    notes.say(&format!(
        "{nodes} nodes are ready. Freehold watches for {} s.",
        time.as_secs()
    ));
    // What young nodes write to their logs is work for the engine, which a reading some minutes later would not have.
    crate::wait::sleep(NODES_SETTLE_WITHIN);
    let first = watching::freehold(freehold, &host, time)?;
    let memory = cpu::memory(&cpu::Snapshot::take()?.tree(host.pid()));
    notes.say("Freehold is killed and started again.");
    let (found, host) = adoption::measure(freehold, host, count)?;
    drop(host);
    // The engine has its own ups and downs, and rests the more the older its containers are. What is compared is read
    // twice, in an order that gives a steady drift no say.
    notes.say(&format!("Nobody watches for {} s.", time.as_secs()));
    let nobody = watching::nobody(time)?;
    notes.say(&format!("`docker stats` watches for {} s.", time.as_secs()));
    let theirs = watching::docker_stats(fleet, fleet.engine(), time)?;
    notes.say(&format!("Nobody watches for {} s.", time.as_secs()));
    let nobody = nobody.mean(watching::nobody(time)?);
    let mut host = freehold.serve()?;
    adoption::wait_until_ready(freehold, &mut host, count)?;
    notes.say(&format!("Freehold watches for {} s.", time.as_secs()));
    let ours = first.mean(watching::freehold(freehold, &host, time)?);
    let load = cpu::load()?;
    drop(host);

    let of = |what: &str, value: f64, unit| Figure::new(format!("{nodes} nodes, {what}"), value, unit);
    let percent = |what: &str, share: f64| of(what, share * 100.0, "% of one core");
    let budgeted = nodes <= BUDGETS_UP_TO;
    Ok(vec![
        percent("Freehold's own processor time", ours.watcher).at_most_where(budgeted, 0.5),
        of("Freehold's memory (PSS)", memory.pss as f64 / 1e6, "MB").at_most_where(budgeted, 40.0),
        of("Freehold's memory (RSS)", memory.rss as f64 / 1e6, "MB"),
        ratio(nodes, ours, theirs, nobody).at_most_where(budgeted, 0.05),
        of("found again after kill -9", found.as_secs_f64(), "s").at_most_where(budgeted, 2.0),
        percent("the engine while Freehold watches", ours.engine),
        percent("the engine while nobody watches", nobody.engine),
        percent("the engine while docker stats watches", theirs.engine),
        percent("docker stats' own processor time", theirs.watcher),
        of("load of the machine at the end", load, "programs"),
    ])
}

fn ratio(nodes: u16, ours: Reading, theirs: Reading, nobody: Reading) -> Figure {
    let (our_cost, their_cost) = (ours.cost(nobody), theirs.cost(nobody));
    let note = format!(
        "{:.2} % against {:.2} % of one core",
        our_cost * 100.0,
        their_cost * 100.0
    );
    // A watcher that costs nothing has shown nothing.
    let ratio = if their_cost > 0.0 {
        our_cost / their_cost
    } else {
        f64::NAN
    };
    Figure::new(
        format!("{nodes} nodes, Freehold against docker stats, the engine's part on both sides"),
        ratio,
        "x",
    )
    .with_note(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_with_nothing_keeps_no_budget() {
        let reading = |watcher, engine| Reading { watcher, engine };
        let (nobody, ours) = (reading(0.0, 0.01), reading(0.004, 0.011));
        let text = ratio(50, ours, reading(0.02, 0.12), nobody).at_most(0.05).to_string();
        assert!(
            text.contains("within") && text.contains("0.50 % against 13.00 %"),
            "{text}"
        );
        let text = ratio(50, ours, nobody, nobody).at_most(0.05).to_string();
        assert!(text.contains("OVER"), "{text}");
    }
}
