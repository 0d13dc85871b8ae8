//! Freehold's own calls with a wallet's login: it proves an endpoint as the wallet will use it. They are no use by the
//! wallet.

use std::time::Duration;

use freehold_model::{Endpoint, NodeId, Timestamp};
use freehold_wallets::is_this_machine;

use crate::App;

/// A proof that has not ended after this long has failed.
const AT_MOST: Duration = Duration::from_mins(1);

/// While this lives, calls with the login are Freehold's own.
pub(crate) struct OwnCalls {
    app: App,
    node: NodeId,
    consumer: String,
    from: Timestamp,
}

impl App {
    /// Says that Freehold itself is about to ask one of the nodes with this login. `None` where that needs no saying.
    pub(crate) fn own_calls(&self, endpoint: &Endpoint) -> Option<OwnCalls> {
        let consumer = endpoint.credential.as_ref()?.user.clone();
        let is_there = is_this_machine(&endpoint.host);
        let found = self.0.fleet.map_nodes(|node| {
            let is_it = is_there && node.record.ports.values().any(|port| *port == endpoint.port);
            is_it.then(|| node.record.id.clone())
        });
        let node = found.into_iter().flatten().next()?;
        let from = self.0.config.clock.now();
        self.load_use();
        let mut state = self.0.wallet_use.state();
        state.kept.begin_own(&node, &consumer, from, from.plus(AT_MOST));
        drop(state);
        Some(OwnCalls {
            app: self.clone(),
            node,
            consumer,
            from,
        })
    }
}

impl Drop for OwnCalls {
    fn drop(&mut self) {
        let now = self.app.0.config.clock.now();
        let mut state = self.app.0.wallet_use.state();
        state.kept.end_own(&self.node, &self.consumer, self.from, now);
        drop(state);
        // Another process may read the log next.
        self.app.save_use(true);
    }
}
