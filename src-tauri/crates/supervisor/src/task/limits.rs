//! Limits of containers that are there already: they hold at once, without a restart.

use std::collections::BTreeMap;

use freehold_engine::Engine;
use freehold_model::ObservedState;

use super::NodeTask;

impl NodeTask {
    /// Gives the limits that the user set to containers that are there already; new ones are made with them.
    ///
    /// Podman takes limits only while a container runs, forgets them when it stops, and keeps telling those that it was
    /// made with. So there each start is given its limits once, also the start at which this task finds it: an earlier
    /// Freehold may have set others.
    pub(super) async fn mind_limits(&mut self, engine: &Engine) {
        let Some(wanted) = self
            .plan
            .as_ref()
            .and_then(|plan| plan.containers.first())
            .map(|made| made.limits)
        else {
            return;
        };
        let before = std::mem::take(&mut self.limits);
        let mut given = BTreeMap::new();
        for seen in &self.services {
            let Some(container) = &seen.container else { continue };
            let now = match &seen.state {
                ObservedState::Running { since } => Some((*since, wanted)),
                _ => None,
            };
            let is_given = now.is_some() && before.get(container) == now.as_ref();
            let is_in_place = if engine.tells_limits() {
                seen.limits == wanted
            } else {
                now.is_none()
            };
            if !is_given
                && !is_in_place
                && let Err(error) = engine.set_limits(container, wanted).await
            {
                // An engine that cannot change a container keeps it as it is; the node runs all the same.
                tracing::warn!(node = %self.record.id, %error, "limits were not changed");
            }
            given.extend(now.map(|now| (container.clone(), now)));
        }
        self.limits = given;
    }
}
