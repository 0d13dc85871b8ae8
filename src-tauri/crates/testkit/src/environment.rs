//! What `cargo xtask test` provides: engine, images, programs.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;

use crate::image::Image;

/// The provided surroundings.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Engine URL, for example `unix:///var/run/docker.sock`.
    pub engine: String,
    /// Catalog overlay that names the local registry's images.
    pub overlay: PathBuf,
    /// Folder of the built programs.
    pub programs: PathBuf,
    /// Folder for screenshots and logs that are kept.
    pub artifacts: PathBuf,
    /// Every image of the tests' registry.
    pub images: Vec<Image>,
    /// The image of Bitcoin Core, as `repository@digest`.
    pub image: String,
    /// The real `bitcoin-cli` of this machine.
    pub bitcoin_cli: PathBuf,
    /// The real `bitcoind` of this machine.
    pub bitcoind: PathBuf,
}

impl Environment {
    /// The surroundings; `None`, with a line that says so, outside `cargo xtask test`.
    pub fn find() -> Option<Self> {
        let Ok(engine) = std::env::var("FREEHOLD_TEST_ENGINE") else {
            // Not `println`, which the test harness hides for tests that pass.
            let line = "skipped: no engine was provided; run `cargo xtask test`";
            writeln!(std::io::stdout(), "{line}").expect("the output can be written");
            return None;
        };
        let path = |name: &str| {
            PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} belongs to FREEHOLD_TEST_ENGINE")))
        };
        let images = std::fs::read_to_string(path("FREEHOLD_TEST_IMAGES")).expect("images.json can be read");
        let images: Value = serde_json::from_str(&images).expect("images.json is JSON");
        let images = Image::read_all(&images);
        let core = find(&images, "bitcoin-core", "catalog");
        Some(Self {
            engine,
            overlay: path("FREEHOLD_TEST_OVERLAY"),
            programs: path("FREEHOLD_TEST_BIN"),
            artifacts: path("FREEHOLD_TEST_ARTIFACTS"),
            image: core.reference.clone(),
            bitcoin_cli: core.program("bitcoin-cli"),
            bitcoind: core.program("bitcoind"),
            images,
        })
    }

    /// The image of a client: `catalog` for the one that its entry uses here, or `update`, `broken`, `test`.
    pub fn image_of(&self, client: &str, purpose: &str) -> &Image {
        find(&self.images, client, purpose)
    }
}

fn find<'a>(images: &'a [Image], client: &str, purpose: &str) -> &'a Image {
    let found = images
        .iter()
        .find(|image| image.client == client && image.purpose == purpose);
    found.unwrap_or_else(|| panic!("images.json has no image of {client} for `{purpose}`; run `cargo xtask images`"))
}
