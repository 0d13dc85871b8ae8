//! What is known to be secret or personal on this machine.

use std::collections::BTreeSet;
use std::path::Path;

use freehold_model::{Fault, FaultCode};

use super::redact::Known;
use crate::App;

/// Larger files hold no password.
const LONGEST_SECRET: u64 = 64 * 1024;
/// Shorter lines of a secret's file are no secret by themselves: a bracket, a blank.
const SHORTEST_LINE: usize = 4;

impl App {
    /// Every secret that Freehold keeps, the home folders, and the names of user and machine.
    pub(super) async fn known_secrets(&self) -> Result<Known, Fault> {
        let folder = self.0.layout.all_secrets();
        let read = tokio::task::spawn_blocking(move || secrets_below(&folder)).await;
        let mut secrets = read.map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        let config = &self.0.config;
        // Variables that wallets heed: some are keys, and some hold one inside an address, which is found by its form.
        let keys = config.wallet_environment.iter().filter(|(name, _)| {
            let name = name.to_ascii_lowercase();
            ["key", "secret", "token", "pass"]
                .iter()
                .any(|word| name.contains(word))
        });
        secrets.extend(keys.map(|(_, value)| value.clone()));
        let homes = [Some(&config.home), config.engine_environment.home.as_ref()];
        let homes = homes.into_iter().flatten().flat_map(|home| {
            let real = home.canonicalize().ok();
            [Some(home.clone()), real].into_iter().flatten()
        });
        let user_of_variables = config.wallet_environment.get("USER").cloned();
        let users = [Some(config.engine_environment.user.clone()), user_of_variables];
        Ok(Known {
            secrets,
            homes: homes.map(|home| home.display().to_string()).collect(),
            users: users.into_iter().flatten().filter(|name| !name.contains(' ')).collect(),
            hosts: host_names(),
        })
    }
}

/// The content of every file below Freehold's folder of secrets: whole, and line by line.
fn secrets_below(folder: &Path) -> BTreeSet<String> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = BTreeSet::new();
    for node in entries(folder) {
        for file in entries(&node.path()) {
            let is_small = file
                .metadata()
                .is_ok_and(|data| data.is_file() && data.len() <= LONGEST_SECRET);
            let Some(bytes) = is_small.then(|| std::fs::read(file.path()).ok()).flatten() else {
                continue;
            };
            let text = String::from_utf8_lossy(&bytes).trim().to_owned();
            let long = text.lines().map(str::trim).filter(|line| line.len() >= SHORTEST_LINE);
            found.extend(long.map(str::to_owned));
            found.insert(text);
        }
    }
    found
}

/// The machine's name, whole and up to its first dot.
fn host_names() -> BTreeSet<String> {
    #[cfg(unix)]
    let name = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
    #[cfg(not(unix))]
    let name: Option<String> = None;
    let whole = name.filter(|name| !name.is_empty());
    let short = whole
        .as_deref()
        .and_then(|name| name.split('.').next())
        .map(str::to_owned);
    whole.into_iter().chain(short).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::secrets_below;

    #[test]
    fn every_secret_of_every_node_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let layout = freehold_store::Layout::new(folder.path());
        let node = freehold_model::NodeId::try_new("n").unwrap();
        let made = freehold_store::secret::load_or_make(&layout, &node, "sparrow").unwrap();
        let given = freehold_model::Secret::new("first line\nsecond line".to_owned());
        freehold_store::secret::set_named(&layout, &node, "given", &given).unwrap();
        let found = secrets_below(&layout.all_secrets());
        for secret in [
            made.password.expose(),
            made.salt.as_str(),
            "first line\nsecond line",
            "second line",
        ] {
            assert!(found.contains(secret), "{secret}");
        }
    }
}
