//! A look over everything that can be wrong.

use freehold_contract::{DoctorCheck, DoctorReport, Empty};
use freehold_model::{ByteSize, Fault, NodeStatus};

use crate::App;

/// Nodes refuse blocks from a clock that is wrong by more than this: ten minutes leaves room below Bitcoin's two hours.
const SKEW_LIMIT_S: i64 = 600;
/// Less free than this and Freehold's own database may fail.
const LITTLE: u64 = 1_000_000_000;

impl App {
    /// Looks over engine, folder, clock, disks and catalog.
    pub async fn doctor(&self, _: Empty) -> Result<DoctorReport, Fault> {
        self.settle(std::time::Duration::from_secs(5)).await;
        let mut checks = vec![
            self.check_engine(),
            self.check_clock().await,
            self.check_disk(),
            self.check_catalog(),
        ];
        checks.extend(self.notices().into_iter().map(|notice| DoctorCheck {
            name: notice.id,
            outcome: "warning".to_owned(),
            message: notice.fault.message,
            hints: notice.fault.hints,
        }));
        checks.extend(self.check_nodes());
        Ok(DoctorReport {
            healthy: checks.iter().all(|check| check.outcome != "failed"),
            checks,
        })
    }

    fn check_engine(&self) -> DoctorCheck {
        match self.engine() {
            Ok(engine) => {
                let facts = engine.facts();
                ok(
                    "engine",
                    format!("version {} answers at {}", facts.version, facts.address),
                )
            }
            Err(fault) => failed("engine", &fault),
        }
    }

    async fn check_clock(&self) -> DoctorCheck {
        let theirs = match self.engine() {
            Ok(engine) => engine.system_time().await.ok(),
            Err(_) => None,
        };
        let Some(theirs) = theirs else {
            return DoctorCheck {
                name: "clock".to_owned(),
                outcome: "warning".to_owned(),
                message: "there is nothing to compare this machine's clock with".to_owned(),
                hints: Vec::new(),
            };
        };
        let skew = (self.0.config.clock.now().0 - theirs.0) / 1000;
        if skew.abs() > SKEW_LIMIT_S {
            let fault = Fault::new(freehold_model::FaultCode::ClockSkew)
                .with("skew", format_args!("{} min", skew.abs() / 60))
                .with("source", "the container engine");
            return failed("clock", &fault);
        }
        ok(
            "clock",
            format!("within {} s of the container engine", skew.abs().max(1)),
        )
    }

    fn check_disk(&self) -> DoctorCheck {
        let root = self.0.layout.root();
        match freehold_host::disk_at(root) {
            Ok(disk) if disk.available.bytes() < LITTLE => failed(
                "disk",
                &Fault::new(freehold_model::FaultCode::DiskFull)
                    .with("path", root.display())
                    .with("available", disk.available),
            ),
            Ok(disk) => ok("disk", format!("{} free at {}", disk.available, root.display())),
            Err(error) => DoctorCheck {
                name: "disk".to_owned(),
                outcome: "warning".to_owned(),
                message: format!("the disk of {} could not be looked at: {error}", root.display()),
                hints: Vec::new(),
            },
        }
    }

    fn check_catalog(&self) -> DoctorCheck {
        let listing = self.0.shelf.listing();
        match listing.problems.first() {
            None => ok("catalog", format!("{} entries", listing.entries.len())),
            Some(problem) => DoctorCheck {
                name: "catalog".to_owned(),
                outcome: "warning".to_owned(),
                message: format!("{}, line {}: {}", problem.file, problem.line, problem.reason),
                hints: problem.hint.clone().into_iter().collect(),
            },
        }
    }

    fn check_nodes(&self) -> Vec<DoctorCheck> {
        self.0
            .fleet
            .snapshots()
            .iter()
            .map(|node| {
                let view = self.view_of(node);
                let bytes = view
                    .chain_bytes
                    .map(|bytes| format!(", {} of chain data", ByteSize(bytes)));
                let message = match &view.status.why {
                    Some(why) => format!("{}: {why}", view.status.state),
                    None => format!("{}{}", view.status.state, bytes.unwrap_or_default()),
                };
                let outcome = match &node.status {
                    NodeStatus::Failed { .. } | NodeStatus::WrongChain { .. } | NodeStatus::Expired { .. } => "failed",
                    NodeStatus::Degraded { .. } | NodeStatus::RetryingAt { .. } | NodeStatus::Unknown { .. } => {
                        "warning"
                    }
                    NodeStatus::Pulling { .. }
                    | NodeStatus::Starting { .. }
                    | NodeStatus::Syncing { .. }
                    | NodeStatus::Ready
                    | NodeStatus::Stopping { .. }
                    | NodeStatus::Moving { .. }
                    | NodeStatus::Paused { .. }
                    | NodeStatus::Stopped => "ok",
                };
                DoctorCheck {
                    name: format!("node {}", view.id),
                    outcome: outcome.to_owned(),
                    message,
                    hints: Vec::new(),
                }
            })
            .collect()
    }
}

fn ok(name: &str, message: String) -> DoctorCheck {
    DoctorCheck {
        name: name.to_owned(),
        outcome: "ok".to_owned(),
        message,
        hints: Vec::new(),
    }
}

fn failed(name: &str, fault: &Fault) -> DoctorCheck {
    DoctorCheck {
        name: name.to_owned(),
        outcome: "failed".to_owned(),
        message: fault.message(),
        hints: fault.steps(),
    }
}
