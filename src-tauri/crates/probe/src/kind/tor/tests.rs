//! Claims about the lines that tor writes.

use freehold_model::spec::ProbeKind;
use freehold_model::{Stage, Timestamp};
use proptest::prelude::{any, prop, prop_assert, proptest};

use super::{read, split};
use crate::Target;
use crate::kind::Look;

fn report(phase: &str) -> freehold_model::ProbeReport {
    let target = Target::new(ProbeKind::Tor, "127.0.0.1", 1);
    let look = Look {
        target: &target,
        was_ready: false,
        now: Timestamp(0),
    };
    let line = |text: &str| vec![text.to_owned(), "OK".to_owned()];
    read(
        &line("version=0.4.9.11"),
        &line(phase),
        &line("status/circuit-established=1"),
        look,
    )
}

#[test]
fn the_phase_becomes_stage_percent_and_words() {
    let starting =
        report(r#"status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY="Connecting to a relay""#);
    assert_eq!((starting.stage, starting.percent), (Stage::PreHeaders, Some(5.0)));
    assert_eq!(starting.detail.as_deref(), Some("Connecting to a relay"));
    assert_eq!(starting.version, "0.4.9.11");
    let done = report(r#"status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done""#);
    assert_eq!(
        (done.stage, done.percent, done.warnings.len()),
        (Stage::Ready, Some(100.0), 0)
    );
    let stuck = report(
        r#"status/bootstrap-phase=WARN BOOTSTRAP PROGRESS=10 TAG=conn_done SUMMARY="Connected" WARNING="No route to host" REASON=NOROUTE"#,
    );
    assert_eq!(stuck.warnings, ["No route to host"]);
}

#[test]
fn a_line_without_a_code_is_none() {
    assert_eq!(split(b"250-version=1"), Some(("250", "-version=1")));
    assert_eq!(split(b"250 OK"), Some(("250", " OK")));
    for line in [&b"HTTP/1.1 400"[..], b"25", b"2500", b"", b"\xff\xff\xff\xff"] {
        assert_eq!(split(line), None);
    }
}

proptest! {
    #[test]
    fn any_phase_is_read(phase in ".{0,200}", line in prop::collection::vec(any::<u8>(), 0..20)) {
        let percent = report(&phase).percent.unwrap_or(0.0);
        prop_assert!((0.0..=100.0).contains(&percent));
        split(&line);
    }
}
