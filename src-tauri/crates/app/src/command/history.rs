//! How nodes and machine went, how nodes crashed, and how fast a disk is.

use std::path::PathBuf;
use std::time::Duration;

use freehold_contract::{
    CrashList, CrashView, DiskSpeedView, FolderRequest, HistoryRequest, MachineHistory, MachineHistoryRequest,
    NodeHistory, NodeRequest, ServiceHistory, SyncPoint, UsagePoint,
};
use freehold_host::DiskSpeed;
use freehold_model::{ByteSize, Fault, FaultCode, Timestamp};
use freehold_store::{StoreError, Subject};

use crate::App;

/// Hours shown when none are asked for.
const USUAL_HOURS: u32 = 24;
/// The store keeps 31 days.
const MOST_HOURS: u32 = 31 * 24;
/// Points of a curve when none are asked for.
const USUAL_POINTS: u32 = 300;
/// More than any screen is wide.
const MOST_POINTS: u32 = 5000;

/// The time and the number of points that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: Timestamp,
    to: Timestamp,
    points: usize,
}

impl Span {
    /// Up to and with this instant.
    fn new(hours: Option<u32>, points: Option<u32>, now: Timestamp) -> Self {
        let hours = hours.unwrap_or(USUAL_HOURS).clamp(1, MOST_HOURS);
        let points = points.unwrap_or(USUAL_POINTS).clamp(1, MOST_POINTS);
        Self {
            from: Timestamp(now.0.saturating_sub(i64::from(hours) * 3_600_000)),
            to: now.plus(Duration::from_secs(1)),
            points: usize::try_from(points).unwrap_or(usize::MAX),
        }
    }
}

impl App {
    /// How a node's sync and its use of the machine went.
    pub async fn node_history(&self, request: HistoryRequest) -> Result<NodeHistory, Fault> {
        let node = self.find_node(&request.node)?;
        let span = Span::new(request.hours, request.points, self.0.config.clock.now());
        let store = self.0.store.clone();
        let read = move || {
            let id = &node.record.id;
            let sync = store.sync_progress(id, span.from, span.to, span.points)?;
            let mut services = Vec::new();
            // The folder is the node's; it is shown at the first service, as everywhere.
            let folder = store.usage(&Subject::Node(id.clone()), span.from, span.to, span.points)?;
            for (index, service) in node.record.images.keys().enumerate() {
                let subject = Subject::Service(id.clone(), service.clone());
                let mut points: Vec<UsagePoint> = store
                    .usage(&subject, span.from, span.to, span.points)?
                    .iter()
                    .map(usage_point)
                    .collect();
                if index == 0 {
                    for point in &mut points {
                        // The folder is measured less often than the service.
                        let until = folder.partition_point(|whole| whole.at.0 <= point.at);
                        let latest = folder.get(..until).and_then(<[_]>::last);
                        point.disk_bytes = latest.and_then(|whole| whole.figures.disk_bytes);
                    }
                }
                services.push(ServiceHistory {
                    service: service.to_string(),
                    points,
                });
            }
            Ok(NodeHistory {
                sync: sync.iter().filter_map(sync_point).collect(),
                services,
            })
        };
        off_thread(read).await
    }

    /// How the use of the machine went.
    pub async fn machine_history(&self, request: MachineHistoryRequest) -> Result<MachineHistory, Fault> {
        let span = Span::new(request.hours, request.points, self.0.config.clock.now());
        let store = self.0.store.clone();
        let read = move || {
            let points = store.usage(&Subject::Machine, span.from, span.to, span.points)?;
            Ok(MachineHistory {
                points: points.iter().map(usage_point).collect(),
            })
        };
        off_thread(read).await
    }

    /// The last crashes of a node, with the last lines of its log.
    pub async fn node_crashes(&self, request: NodeRequest) -> Result<CrashList, Fault> {
        let node = self.find_node(&request.node)?;
        let store = self.0.store.clone();
        let read = move || {
            let crashes = store.crashes(&node.record.id)?.into_iter().map(|crash| CrashView {
                service: crash.service,
                at: crash.at.0,
                why: crash.exit,
                lines: crash.lines,
            });
            Ok(CrashList {
                crashes: crashes.collect(),
            })
        };
        off_thread(read).await
    }

    /// Measures the speed of a folder's disk for a few seconds.
    pub async fn disk_measure(&self, request: FolderRequest) -> Result<DiskSpeedView, Fault> {
        let speed = measure_disk(PathBuf::from(request.folder.trim())).await?;
        Ok(speed_view(&speed))
    }
}

/// Measures the disk of a folder that is there; some seconds.
pub(crate) async fn measure_disk(folder: PathBuf) -> Result<DiskSpeed, Fault> {
    let unusable = |reason: String| {
        Fault::new(FaultCode::DataDirUnusable)
            .with("path", folder.display())
            .with("reason", reason)
    };
    if !folder.is_absolute() {
        return Err(unusable("it is not a whole path; begin with /".to_owned()));
    }
    if !folder.is_dir() {
        return Err(unusable(
            "there is no such folder, so its disk cannot be measured".to_owned(),
        ));
    }
    let measured = folder.clone();
    match tokio::task::spawn_blocking(move || freehold_host::disk_speed(&measured)).await {
        Ok(Ok(speed)) => Ok(speed),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::StorageFull => {
            let available = freehold_host::disk_at(&folder).map_or(ByteSize(0), |disk| disk.available);
            Err(Fault::new(FaultCode::DiskFull)
                .with("path", folder.display())
                .with("available", available))
        }
        Ok(Err(error)) => Err(unusable(error.to_string())),
        Err(error) => Err(Fault::new(FaultCode::Internal).with("reason", error)),
    }
}

/// A disk's speed on the wire.
pub(crate) fn speed_view(speed: &DiskSpeed) -> DiskSpeedView {
    DiskSpeedView {
        write_rate: speed.write_bytes_per_s,
        read_rate: speed.read_bytes_per_s,
        fsyncs: speed.fsyncs_per_s,
        random_reads: speed.random_reads_per_s,
    }
}

/// Reads the database off the runtime's threads.
async fn off_thread<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Fault> {
    match tokio::task::spawn_blocking(read).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(error.to_fault()),
        Err(error) => Err(Fault::new(FaultCode::Internal).with("reason", error)),
    }
}

/// A node that did not tell its height has no point on the curve.
fn sync_point(point: &freehold_store::SyncPoint) -> Option<SyncPoint> {
    Some(SyncPoint {
        at: point.at.0,
        height: point.reading.height?,
        percent: point.reading.percent,
        peers: point.reading.peers.unwrap_or(0),
    })
}

/// Bytes as a rate.
fn usage_point(point: &freehold_store::UsagePoint) -> UsagePoint {
    let seconds = point.covers.as_secs_f64();
    let rate = |bytes: Option<u64>| bytes.filter(|_| seconds > 0.0).map(|bytes| bytes as f64 / seconds);
    let figures = &point.figures;
    UsagePoint {
        at: point.at.0,
        cpu_percent: figures.cpu_percent,
        memory_bytes: figures.memory_bytes,
        disk_bytes: figures.disk_bytes,
        net_in_rate: rate(figures.network_in_bytes),
        net_out_rate: rate(figures.network_out_bytes),
        disk_read_rate: rate(figures.disk_read_bytes),
        disk_write_rate: rate(figures.disk_written_bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use freehold_model::{FaultCode, Timestamp};
    use freehold_store::{Layout, Store, Subject, UsageFigures, UsageSample};

    use super::{Span, measure_disk, usage_point};

    #[test]
    fn bytes_that_were_kept_come_back_as_rates() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Layout::new(folder.path())).unwrap();
        let now = Timestamp(1_795_347_600_000);
        for tick in 0..30 {
            let sample = UsageSample {
                subject: Subject::Machine,
                figures: UsageFigures {
                    network_in_bytes: Some(10_000),
                    ..UsageFigures::default()
                },
            };
            store
                .add_usage(now.plus(Duration::from_secs(tick * 10)), &[sample])
                .unwrap();
        }
        let span = Span::new(Some(1), None, now.plus(Duration::from_mins(5)));
        let points = store.usage(&Subject::Machine, span.from, span.to, span.points).unwrap();
        assert!(!points.is_empty());
        for point in points.iter().map(usage_point) {
            assert_eq!((point.net_in_rate, point.net_out_rate), (Some(1000.0), None));
        }
    }

    #[test]
    fn what_is_asked_for_is_bounded() {
        let now = Timestamp(10_000_000_000);
        let usual = Span::new(None, None, now);
        assert_eq!((usual.points, now.since(usual.from)), (300, Duration::from_hours(24)));
        assert!(usual.to > now, "the latest reading is in it");
        let most = Span::new(Some(u32::MAX), Some(u32::MAX), now);
        assert_eq!(
            (most.points, now.since(most.from)),
            (5000, Duration::from_hours(31 * 24))
        );
        assert_eq!(Span::new(Some(0), Some(0), now).points, 1);
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_a_clear_fault() {
        for (folder, words) in [("/nonexistent/freehold", "no such folder"), ("relative", "whole path")] {
            let fault = measure_disk(PathBuf::from(folder)).await.unwrap_err();
            assert_eq!(fault.code, FaultCode::DataDirUnusable);
            assert!(fault.message().contains(words), "{}", fault.message());
        }
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_real_disk_has_a_speed() {
        // The build folder lies on a disk, where the temporary folder may lie in memory.
        let program = std::env::current_exe().unwrap();
        let speed = measure_disk(program.parent().unwrap().to_owned()).await.unwrap();
        assert!(
            speed.write_bytes_per_s > 100_000.0 && speed.random_reads_per_s > 1.0,
            "{speed:?}"
        );
    }
}
