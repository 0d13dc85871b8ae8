//! The files of a support bundle, before anything is hidden. No file of a wallet is read here.

use std::path::{Path, PathBuf};
use std::time::Duration;

use freehold_contract::{ActivityRequest, CrashView, Empty, EndpointRequest, LogRequest, NodeRequest, SupportFile};
use freehold_model::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::App;
use crate::command::save::time;

/// Lines of each service's log.
const LOG_LINES: u32 = 500;
/// Activities.
const ENTRIES: usize = 1_000;
/// Freehold's own log: the end of it, in bytes.
const OWN_LOG: usize = 400_000;
/// An engine that hangs must not hold the bundle up: it may be the very thing that is wrong.
const PATIENCE: Duration = Duration::from_secs(5);

impl App {
    /// Everything that helps to find out what is wrong. What cannot be read says so in its place.
    pub(super) async fn gather_files(&self) -> Vec<SupportFile> {
        // First what takes time, so that the rest tells of the same moment.
        self.settle(PATIENCE).await;
        let mut files = vec![
            as_json(
                "versions.json",
                "Versions of Freehold, this system and the engine.",
                &self.versions(),
            ),
            as_json("machine.json", "Processors, memory and disks.", &self.0.usage.machine()),
            as_json(
                "engine.json",
                "The container engine, and where it was looked for.",
                &self.engine_now(),
            ),
            as_json("settings.json", "The settings.", &self.settings_view()),
        ];
        let doctor = tokio::time::timeout(PATIENCE * 2, self.doctor(Empty {})).await;
        files.push(answer(
            "doctor.json",
            "What a look over everything found.",
            doctor.map_err(|_| late()),
        ));
        let registries = self.registry_list(Empty {}).await;
        files.push(answer("registries.json", "Where images come from.", Ok(registries)));
        let endpoints = self.endpoint_list(EndpointRequest { node: None }).await;
        files.push(answer(
            "endpoints.json",
            "Where wallets reach your nodes, without passwords.",
            Ok(endpoints),
        ));
        let activity = self.entries(ActivityRequest::default(), ENTRIES);
        files.push(answer(
            "activity.json",
            "What Freehold did, newest first.",
            Ok(activity),
        ));
        for node in self.0.fleet.snapshots() {
            files.extend(self.files_of(&node).await);
        }
        let logs = self.0.layout.logs();
        let own = tokio::task::spawn_blocking(move || own_log(&logs)).await;
        files.push(SupportFile {
            name: "freehold.log".to_owned(),
            about: "The end of Freehold's own log.".to_owned(),
            text: own.unwrap_or_else(|error| error.to_string()),
        });
        files
    }

    fn versions(&self) -> serde_json::Value {
        let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
        let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").ok();
        json!({
            "freehold": env!("CARGO_PKG_VERSION"),
            "system": name.map_or(std::env::consts::OS, |name| name.trim_matches('"')),
            "kernel": kernel.as_deref().map(str::trim),
            "architecture": std::env::consts::ARCH,
            "engine": self.engine_now().version,
            "made": time(self.0.config.clock.now()),
        })
    }

    async fn files_of(&self, node: &freehold_supervisor::NodeSnapshot) -> Vec<SupportFile> {
        let id = node.record.id.to_string();
        let name = &node.record.name;
        let mut files = vec![
            as_json(
                &format!("nodes/{id}/status.json"),
                &format!("How {name} is now."),
                &self.view_of(node),
            ),
            as_json(
                &format!("nodes/{id}/record.json"),
                &format!("How {name} was set up."),
                &node.record,
            ),
        ];
        if let Ok(crashes) = self.node_crashes(NodeRequest { node: id.clone() }).await
            && !crashes.crashes.is_empty()
        {
            files.push(SupportFile {
                name: format!("nodes/{id}/crashes.txt"),
                about: format!("The last crashes of {name}."),
                text: crashes.crashes.iter().map(crash_text).collect(),
            });
        }
        for seen in &node.services {
            let request = LogRequest {
                node: id.clone(),
                service: Some(seen.service.to_string()),
                after: None,
                tail: Some(LOG_LINES),
                wait_ms: None,
            };
            let text = match tokio::time::timeout(PATIENCE, self.node_logs(request)).await {
                Ok(Ok(page)) => lines_of(page.lines.iter().map(|line| format!("{} {}", line.at, line.text))),
                Ok(Err(fault)) => fault.message(),
                Err(_) => late(),
            };
            files.push(SupportFile {
                name: format!("nodes/{id}/{}.log", seen.service),
                about: format!("The last lines of the log of {name}."),
                text,
            });
        }
        files
    }
}

fn late() -> String {
    "It did not answer in time.".to_owned()
}

fn as_json(name: &str, about: &str, value: &impl Serialize) -> SupportFile {
    SupportFile {
        name: name.to_owned(),
        about: about.to_owned(),
        text: serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string()),
    }
}

fn answer<T: Serialize>(
    name: &str,
    about: &str,
    answer: Result<Result<T, freehold_model::Fault>, String>,
) -> SupportFile {
    let said = |text: String| as_json(name, about, &json!({ "unknown": text }));
    match answer {
        Ok(Ok(value)) => as_json(name, about, &value),
        Ok(Err(fault)) => said(fault.message()),
        Err(why) => said(why),
    }
}

fn crash_text(crash: &CrashView) -> String {
    let head = format!("{} {}: {}", time(Timestamp(crash.at)), crash.service, crash.why);
    let lines = crash.lines.iter().map(|line| format!("    {line}"));
    lines_of(std::iter::once(head).chain(lines))
}

/// Each on a line of its own.
fn lines_of(lines: impl Iterator<Item = String>) -> String {
    lines.fold(String::new(), |mut text, line| {
        text.push_str(&line);
        text.push('\n');
        text
    })
}

/// The end of the newest log files, the newest last.
fn own_log(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "log"))
        .collect();
    // Their names hold the day.
    files.sort();
    let mut text = String::new();
    for path in files.iter().rev() {
        let Ok(bytes) = std::fs::read(path) else { continue };
        text.insert_str(0, &String::from_utf8_lossy(&bytes));
        if text.len() >= OWN_LOG {
            break;
        }
    }
    let from = text.len().saturating_sub(OWN_LOG);
    let from = text.get(from..).map_or(0, |_| from);
    let whole_lines = text.get(from..).unwrap_or(&text);
    match whole_lines.split_once('\n') {
        Some((_, rest)) if from > 0 => rest.to_owned(),
        _ => whole_lines.to_owned(),
    }
}
