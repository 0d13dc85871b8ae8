//! The container registry on this machine's loopback that node images are pulled from where no other can be reached.
//!
//! One registry serves every clone: its data and its process record are in the shared cache. It is left running, because
//! an installed node may be pulled again at any time; `cargo xtask clean-up` stops it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::files;
use crate::http::{self, Request};
use crate::paths::Places;
use crate::pid_record::PidRecord;
use crate::process::Program;
use crate::steps::Notes;
use crate::wait;

/// The first port that is tried; the overlay names the one that was taken.
const FIRST_PORT: u16 = 5055;
/// How many ports after it are tried.
const PORTS: u16 = 100;
const STARTS_WITHIN: Duration = Duration::from_secs(20);
const STOPS_WITHIN: Duration = Duration::from_secs(10);

/// A registry that answers.
#[derive(Debug, Clone)]
pub(crate) struct Registry {
    /// `127.0.0.1:PORT`
    pub(crate) address: String,
    /// Whether this run started it.
    pub(crate) started_here: bool,
}

/// Returns the registry that runs already, or starts it.
pub(crate) fn ensure(places: &Places, notes: &Notes) -> Result<Registry> {
    if let Some(address) = running(places) {
        notes.say(&format!("The registry answers at {address}."));
        return Ok(Registry {
            address,
            started_here: false,
        });
    }
    let folder = folder(places);
    let address = free_address()?;
    let config = folder.join("config.yml");
    files::create_dir(&folder.join("data"))?;
    files::write(&config, config_text(&folder.join("data"), &address).as_bytes())?;
    let log = folder.join("registry.log");
    // setsid: it must survive the terminal, and Ctrl-C in it.
    let program = Program::new("setsid").arg("docker-registry").arg("serve").arg(&config);
    let mut child = program.spawn(&log)?;
    let answers = wait::until(STARTS_WITHIN, Duration::from_millis(50), || {
        if let Some(status) = child.try_wait()? {
            bail!("the registry ended at once ({status}): {}", files::tail(&log, 5));
        }
        Ok(answers(&address).then_some(()))
    })?;
    if answers.is_none() {
        bail!("the registry did not answer at {address}; its log is {}", log.display());
    }
    PidRecord::of(child.id())?.write(&record(places), "address", &address)?;
    notes.say(&format!(
        "The registry was started at {address} (process {}, log {}).",
        child.id(),
        log.display()
    ));
    Ok(Registry {
        address,
        started_here: true,
    })
}

/// Stops the registry if one of ours runs; `true` if it did.
pub(crate) fn stop(places: &Places) -> Result<bool> {
    let Some((process, _)) = PidRecord::read(&record(places)) else {
        return Ok(false);
    };
    process.stop(STOPS_WITHIN).context("the registry did not stop")?;
    files::remove(&record(places))?;
    Ok(true)
}

/// The address of our registry, if it runs and answers.
fn running(places: &Places) -> Option<String> {
    let (_, value) = PidRecord::read(&record(places))?;
    let address = value.get("address").and_then(Value::as_str)?.to_owned();
    answers(&address).then_some(address)
}

fn answers(address: &str) -> bool {
    let request = Request {
        host: address,
        ..Request::get("/v2/")
    };
    http::over_tcp(&request).is_ok_and(|response| response.status == 200)
}

fn free_address() -> Result<String> {
    let ports = FIRST_PORT..FIRST_PORT + PORTS;
    let free = ports
        .map(|port| format!("127.0.0.1:{port}"))
        .find(|address| TcpListener::bind(address).is_ok());
    free.with_context(|| format!("no free port between {FIRST_PORT} and {}", FIRST_PORT + PORTS - 1))
}

/// The path is quoted as JSON, which is YAML too, so that any folder name is safe in it.
fn config_text(data: &Path, address: &str) -> String {
    let data = Value::from(data.to_string_lossy());
    format!(
        "version: 0.1\nlog: {{level: warn}}\nstorage:\n  filesystem: {{rootdirectory: {data}}}\n  delete: {{enabled: true}}\n\
         http: {{addr: \"{address}\"}}\n"
    )
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("registry")
}

fn record(places: &Places) -> PathBuf {
    folder(places).join("process.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_listens_on_loopback_only() {
        let config = config_text(Path::new("/home/a b/\"c\""), "127.0.0.1:5055");
        assert!(
            config.contains(r#"addr: "127.0.0.1:5055""#) && config.contains(r#""/home/a b/\"c\"""#),
            "{config}"
        );
        assert!(free_address().unwrap().starts_with("127.0.0.1:50"));
    }
}
