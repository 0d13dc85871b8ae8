//! The copy of a node's data to its new folder.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use freehold_model::{ByteSize, Fault, FaultCode};
use tokio::sync::watch;

use super::{Hands, StepError};
use crate::marker;
use crate::relocate::{self, CopyError, Leg};

/// Space that must be left over on the new disk.
const MARGIN: u64 = 1_000_000_000;

/// Ends the copy's thread when the step is dropped.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Hands<'_> {
    /// Copies the data of every mount to the new folder and checks it. The old folder is not changed.
    pub(crate) async fn copy_data(&self, progress: watch::Sender<(u64, u64)>) -> Result<(), StepError> {
        let Some(moving) = &self.record.moving else {
            return Ok(());
        };
        let legs: Vec<Leg> = moving
            .mounts
            .iter()
            .map(|mount| Leg {
                from: moving
                    .from_adopted
                    .get(mount)
                    .cloned()
                    .unwrap_or_else(|| moving.from.join(mount)),
                to: moving.to.join(mount),
            })
            .collect();
        let to = moving.to.clone();
        let node = self.record.id.clone();
        let stop = Arc::new(AtomicBool::new(false));
        let guard = StopOnDrop(stop.clone());
        self.context.checkpoint.reached("move.copying");
        let checkpoint = self.context.checkpoint.clone();
        let copied = tokio::task::spawn_blocking(move || {
            if !marker::is_set(&to, &node) {
                let gone = std::io::Error::other("the new folder is not there any more; is its disk connected?");
                return Err((to, gone));
            }
            let (total, done) = relocate::measure(&legs)?;
            if let Some(fault) = too_small(&to, total.saturating_sub(done)) {
                return Ok(Err(fault));
            }
            relocate::copy(
                &legs,
                &|done, total| {
                    progress.send_replace((done, total));
                    checkpoint.reached("move.copied-a-block");
                },
                &stop,
            )?;
            Ok::<_, CopyError>(Ok(()))
        })
        .await;
        drop(guard);
        match copied {
            Ok(Ok(Ok(()))) => {
                self.context.checkpoint.reached("move.copied");
                Ok(())
            }
            Ok(Ok(Err(fault))) => Err(fault.into()),
            Ok(Err((path, error))) if error.kind() == std::io::ErrorKind::StorageFull => {
                Err(Fault::new(FaultCode::DiskFull)
                    .with("path", path.display())
                    .with("available", "nothing")
                    .into())
            }
            Ok(Err((path, error))) => Err(Fault::new(FaultCode::MoveFailed)
                .with("path", path.display())
                .with("reason", error)
                .into()),
            Err(error) => Err(Fault::new(FaultCode::Internal).with("reason", error).into()),
        }
    }
}

/// The new disk lacks the space for what is still to be copied.
fn too_small(folder: &std::path::Path, bytes: u64) -> Option<Fault> {
    let disk = freehold_host::disk_at(folder).ok()?;
    let margin = MARGIN.min(disk.total.bytes() / 20);
    let needed = ByteSize(bytes.saturating_add(margin));
    (disk.available < needed).then(|| {
        Fault::new(FaultCode::DiskTooSmall)
            .with("path", disk.mount_point.display())
            .with("available", disk.available)
            .with("needed", needed)
    })
}
