//! What tests over the host without a core stand on: that host, and a browser of their own.

use std::path::PathBuf;

use anyhow::Result;
use freehold_tests::browser::Browser;
use freehold_tests::environment::Environment;
use freehold_tests::fake_host::FakeHost;

/// The interface over its fake host.
pub(crate) struct FakeStage {
    pub(crate) host: FakeHost,
    pub(crate) browser: Browser,
    pub(crate) artifacts: PathBuf,
}

impl FakeStage {
    /// Opens one; `name` is that of its logs. `None` where this machine offers nothing to test with.
    pub(crate) async fn open(name: &str) -> Result<Option<Self>> {
        let Some(environment) = Environment::find() else {
            return Ok(None);
        };
        let artifacts = environment.artifacts.join("e2e");
        let logs = artifacts.join("logs").join(name);
        std::fs::create_dir_all(&logs)?;
        Ok(Some(Self {
            host: FakeHost::start(&artifacts, &logs).await?,
            browser: Browser::chromium(&logs).await?,
            artifacts,
        }))
    }
}
