use std::time::Duration;

use freehold_model::NodeStatus;
use freehold_store::Subject;

use super::{Measured, Usage, Walk};
use crate::test_node::node;

fn measured(id: &str) -> Measured {
    Measured::of(&node(id, NodeStatus::Ready))
}

#[test]
fn what_is_not_measured_is_unknown_and_what_is_gone_is_forgotten() {
    let usage = Usage::default();
    let nodes = [measured("a"), measured("b")];
    usage.sample(&nodes);
    let shown = usage.of_nodes(&nodes);
    assert_eq!(shown.len(), 2);
    let first = shown.first().unwrap();
    assert_eq!(
        (first.cpu_percent, first.memory_bytes),
        (None, None),
        "no control group, not asked yet"
    );
    assert_eq!((first.disk_bytes, first.net_in_rate), (None, None));
    let due = usage.walks_due(&nodes, true);
    assert_eq!(due.len(), 2);
    for id in due {
        let walk = Walk::of(&node(id.as_str(), NodeStatus::Ready).record);
        usage.note_walk(id, walk.measure());
    }
    assert!(usage.walks_due(&nodes, true).is_empty(), "just measured");
    assert_eq!(
        usage.of_nodes(&nodes).first().unwrap().disk_bytes,
        Some(0),
        "its folder is not there yet"
    );
    usage.sample(&nodes[..1]);
    assert_eq!(usage.walks_due(&nodes, true).len(), 1, "the other one was forgotten");
}

#[test]
fn the_machine_has_a_history_even_without_nodes() {
    let usage = Usage::default();
    usage.sample(&[]);
    usage.sample(&[]);
    let samples = usage.take(&[], Duration::from_secs(10));
    let machine = samples
        .iter()
        .find(|sample| sample.subject == Subject::Machine)
        .unwrap();
    assert!(machine.figures.memory_bytes.unwrap() > 1_000_000, "{machine:?}");
    assert!(machine.figures.cpu_percent.is_some(), "{machine:?}");
    assert!(
        usage.take(&[], Duration::from_secs(10)).is_empty(),
        "nothing was measured since"
    );
    let view = usage.machine();
    assert!(
        !view.disks.is_empty() && view.disks.iter().all(|disk| disk.level == "fine"),
        "{view:?}"
    );
}
