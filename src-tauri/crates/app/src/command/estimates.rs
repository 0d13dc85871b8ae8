//! How long first syncs would take on this machine: one measurement of the disk, reckoned for every entry.
//!
//! The last measurement is kept while Freehold runs, so that the catalog does not load the disk each time it is opened.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use freehold_contract::{EntryEstimate, SyncEstimates, SyncEstimatesRequest};
use freehold_host::DiskSpeed;
use freehold_model::{Fault, NodeSpec, Timestamp};

use super::history::{measure_disk, speed_view};
use super::preflight::existing;
use crate::App;

/// The last measurement of the disk for chain data.
#[derive(Debug, Default)]
pub(crate) struct LastSpeed(Mutex<Option<Measured>>);

#[derive(Debug, Clone)]
struct Measured {
    folder: String,
    speed: DiskSpeed,
    at: Timestamp,
}

impl App {
    /// How long the first sync of every entry would take here.
    pub async fn sync_estimates(&self, request: SyncEstimatesRequest) -> Result<SyncEstimates, Fault> {
        let wanted = self.settings().chain_data_dir.clone();
        let folder = existing(&wanted.unwrap_or_else(|| self.0.config.data_dir.clone()));
        let name = folder.display().to_string();
        let kept = &self.0.last_speed.0;
        if request.measure {
            let speed = measure_disk(folder).await?;
            let measured = Measured {
                folder: name.clone(),
                speed,
                at: self.0.config.clock.now(),
            };
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(measured);
        }
        let last = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // The user may have chosen another disk since.
        let last = last.filter(|measured| measured.folder == name);
        let specs = self.0.shelf.specs();
        Ok(SyncEstimates {
            folder: name,
            speed: last.as_ref().map(|measured| speed_view(&measured.speed)),
            measured_at: last.as_ref().map(|measured| measured.at.0),
            entries: last.map_or_else(Vec::new, |measured| {
                let estimates = specs.iter().filter_map(|spec| estimate(spec, &measured.speed));
                estimates.collect()
            }),
        })
    }
}

/// The first sync of an entry on its first network with every default; `None` where nothing can be said.
fn estimate(spec: &NodeSpec, speed: &DiskSpeed) -> Option<EntryEstimate> {
    let network = &spec.networks.first()?.id;
    let options = freehold_plan::resolve(spec, network, &BTreeMap::new()).ok()?;
    let (needs, requirement) = freehold_plan::needs(spec, network, &options).ok()?;
    Some(EntryEstimate {
        client: spec.id.to_string(),
        estimate: crate::estimate::first_sync(&needs, speed, requirement)?,
    })
}

#[cfg(test)]
mod tests {
    use freehold_host::DiskSpeed;

    use super::estimate;

    #[test]
    fn bitcoin_takes_hours_to_days_and_a_private_chain_nothing() {
        let speed = DiskSpeed {
            write_bytes_per_s: 1.5e9,
            read_bytes_per_s: 3e9,
            fsyncs_per_s: 2000.0,
            random_reads_per_s: 10_000.0,
        };
        let bitcoin = estimate(&crate::test_node::spec("bitcoin-core"), &speed).unwrap();
        assert_eq!(bitcoin.client, "bitcoin-core");
        assert!(
            bitcoin.estimate.low_s > 3600 && bitcoin.estimate.high_s < 7 * 86_400,
            "{bitcoin:?}"
        );
        assert_eq!(
            estimate(&crate::test_node::spec("anvil"), &speed),
            None,
            "nothing to download"
        );
    }
}
