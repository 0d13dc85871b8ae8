//! What a host passes in: the core itself reads no environment.

use std::collections::BTreeMap;
use std::path::PathBuf;

use freehold_model::{Checkpoint, Fault, FaultCode, Timestamp};
use freehold_supervisor::Clock;

use crate::engine::Elevation;

/// Everything the application needs to know about where it runs.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// Freehold's own folder.
    pub data_dir: PathBuf,
    /// The home in which wallets are looked for.
    pub home: PathBuf,
    /// It is the home of the user who runs Freehold, not one given by `--home`.
    pub is_own_home: bool,
    /// Engine address to use instead of looking.
    pub engine: Option<String>,
    /// The user's catalog overlay.
    pub overlay: Option<PathBuf>,
    /// Where an engine may be.
    pub engine_environment: freehold_engine::Environment,
    /// How commands that get an engine come to the rights of root. Found on this machine; only tests put another one here.
    pub elevation: Elevation,
    /// Environment variables that wallets heed, such as `XDG_CONFIG_HOME` and `ETH_RPC_URL`. Some hold keys: never shown whole.
    pub wallet_environment: BTreeMap<String, String>,
    /// The user Freehold runs as.
    pub uid: u32,
    /// Their group.
    pub gid: u32,
    /// The time.
    pub clock: Clock,
    /// Steps, for fault-injection tests.
    pub checkpoint: Checkpoint,
}

/// What a user's flags say instead of the environment.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Freehold's own folder.
    pub data_dir: Option<PathBuf>,
    /// The home in which wallets are looked for.
    pub home: Option<PathBuf>,
    /// The engine.
    pub engine: Option<String>,
    /// The catalog overlay.
    pub overlay: Option<PathBuf>,
    /// Steps, for fault-injection tests.
    pub checkpoint: Checkpoint,
}

/// Variables that move a wallet's folder or its lock. Those that name an endpoint are known to the audit and to the
/// adapters.
const WALLET_VARIABLES: [&str; 11] = [
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "APPDATA",
    "LOCALAPPDATA",
    "SPARROW_NETWORK",
    "ELECTRUMDIR",
    "SPECTER_DATA_FOLDER",
    "WASABI_DATADIR",
    "TMPDIR",
    "USER",
];

/// Whether a variable has to do with wallets; no other is kept.
fn is_passed(name: &str) -> bool {
    let overrides = || {
        freehold_wallets::adapters()
            .iter()
            .flat_map(|adapter| adapter.overrides())
    };
    WALLET_VARIABLES.contains(&name)
        || freehold_wallets::is_audited_variable(name)
        || overrides().any(|one| one.variable == name)
}

impl AppConfig {
    /// The configuration of a host: flags first, then the environment of this process. Hosts call this once; nothing
    /// else reads the environment.
    pub fn from_environment(overrides: Overrides) -> Result<Self, Fault> {
        let own_home = dirs::home_dir();
        let home = overrides.home.clone().or_else(|| own_home.clone()).ok_or_else(|| {
            Fault::new(FaultCode::NotSupported).with(
                "what",
                "your home folder is not known (HOME is not set); name it with `--home`",
            )
        })?;
        let data_dir = overrides
            .data_dir
            .or_else(|| dirs::data_dir().map(|folder| folder.join("freehold")))
            .ok_or_else(|| {
                Fault::new(FaultCode::NotSupported).with(
                    "what",
                    "there is no place for Freehold's folder; name one with `--data-dir`",
                )
            })?;
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let uid = uid();
        let engine_environment = freehold_engine::Environment {
            docker_host: text("DOCKER_HOST"),
            docker_context: text("DOCKER_CONTEXT"),
            home: own_home.clone(),
            xdg_runtime_dir: text("XDG_RUNTIME_DIR").map(PathBuf::from),
            uid,
            user: user_name(uid)
                .or_else(|| text("USER"))
                .or_else(|| text("LOGNAME"))
                .or_else(|| text("USERNAME"))
                .unwrap_or_else(|| format!("number {uid}")),
            path: std::env::var_os("PATH"),
            private_dir: None,
        };
        let wallet_environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, value)| is_passed(name) && !value.is_empty())
            .collect();
        Ok(Self {
            data_dir,
            is_own_home: overrides.home.is_none() || overrides.home == own_home,
            home,
            engine: overrides.engine,
            overlay: overrides.overlay,
            engine_environment,
            elevation: Elevation::of_this_machine(uid, text("DISPLAY").is_some() || text("WAYLAND_DISPLAY").is_some()),
            wallet_environment,
            uid,
            gid: gid(),
            clock: Clock::new(|| Timestamp::from_system(std::time::SystemTime::now())),
            checkpoint: overrides.checkpoint,
        })
    }
}

/// The user's name as the system knows it; `USER` may be unset or wrong (after `su`).
#[cfg(unix)]
fn user_name(uid: u32) -> Option<String> {
    nix::unistd::User::from_uid(uid.into()).ok()?.map(|user| user.name)
}

#[cfg(not(unix))]
fn user_name(_: u32) -> Option<String> {
    None
}

#[cfg(unix)]
fn uid() -> u32 {
    nix::unistd::getuid().as_raw()
}

#[cfg(unix)]
fn gid() -> u32 {
    nix::unistd::getgid().as_raw()
}

#[cfg(not(unix))]
fn uid() -> u32 {
    1000
}

#[cfg(not(unix))]
fn gid() -> u32 {
    1000
}
