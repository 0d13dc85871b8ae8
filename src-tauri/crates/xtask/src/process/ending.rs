//! Ending a process that was left running on purpose: a display, a server, a window under measurement.

use std::process::Child;
use std::time::Duration;

use super::{A_MOMENT, Program};
use crate::wait;

/// Ends a process that we started: asked first, so that it can tidy up, and killed if it does not listen.
pub(crate) fn end(child: &mut Child) {
    const LISTENS_WITHIN: Duration = Duration::from_secs(10);
    if child.try_wait().is_ok_and(|ended| ended.is_some()) {
        // Its number may be another program's by now.
        return;
    }
    let asked = cfg!(unix)
        && Program::new("kill")
            .arg("-TERM")
            .arg(child.id().to_string())
            .succeeds(A_MOMENT);
    let ended = asked
        && wait::until(LISTENS_WITHIN, Duration::from_millis(20), || Ok(child.try_wait()?))
            .is_ok_and(|status| status.is_some());
    if !ended {
        // An error means that it has ended by itself, which is as good.
        let _ended = child.kill();
    }
    let _reaped = child.wait();
}
