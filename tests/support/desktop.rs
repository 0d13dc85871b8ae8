//! What the desktop does to a window: its cross is pressed. Without a window manager the test says it in its place.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window};
use x11rb::rust_connection::RustConnection;

/// Asks the windows of these processes to close, as a window manager does when their cross is pressed.
pub fn press_cross(display: &str, processes: &BTreeSet<u32>) -> Result<()> {
    let (connection, screen) = x11rb::connect(Some(display)).context("the display does not answer")?;
    let root = connection.setup().roots[screen].root;
    let atom = |name: &str| -> Result<u32> { Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom) };
    let (pid, protocols, delete) = (atom("_NET_WM_PID")?, atom("WM_PROTOCOLS")?, atom("WM_DELETE_WINDOW")?);
    let mut closed = 0;
    for window in connection.query_tree(root)?.reply()?.children {
        let is_ours = value(&connection, window, pid, AtomEnum::CARDINAL)?
            .iter()
            .any(|id| processes.contains(id));
        let listens = value(&connection, window, protocols, AtomEnum::ATOM)?.contains(&delete);
        let is_shown =
            connection.get_window_attributes(window)?.reply()?.map_state != x11rb::protocol::xproto::MapState::UNMAPPED;
        if is_ours && listens && is_shown {
            let event = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
            // Waits for the display's answer: what is only sent may be lost when the connection is dropped.
            connection
                .send_event(false, window, EventMask::NO_EVENT, event)?
                .check()?;
            closed += 1;
        }
    }
    connection.flush()?;
    ensure!(closed > 0, "no window of these processes is open: {processes:?}");
    Ok(())
}

fn value(connection: &RustConnection, window: Window, property: u32, kind: AtomEnum) -> Result<Vec<u32>> {
    let reply = connection.get_property(false, window, property, kind, 0, 32)?.reply()?;
    Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
}
