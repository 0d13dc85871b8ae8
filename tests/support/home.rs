//! A home as a person has one: wallets that ask somebody else's server, with comments and odd spacing to keep.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Comments, a blank line, a section of another network, and no newline at the end: what an edit must not lose.
pub const BITCOIN_CONF: &str = "# my own notes, keep them\nserver=1\n\n[main]\nrpcport=8332   # the box in the cellar\n\n# testing\n[regtest]\nfallbackfee=0.0002";

/// Written by Sparrow 2.3 (two spaces, unescaped), with a server of a company.
pub const SPARROW_CONFIG: &str = r#"{
  "mode": "ONLINE",
  "bitcoinUnit": "BTC",
  "feeRatesSource": "ELECTRUM_SERVER",
  "serverType": "PUBLIC_ELECTRUM_SERVER",
  "publicElectrumServer": "ssl://electrum.blockstream.info:50002",
  "useProxy": false,
  "autoSwitchProxy": true,
  "appWidth": 1011.0
}"#;

/// The wallet files in a home.
#[derive(Debug, Clone)]
pub struct Wallets {
    home: PathBuf,
    /// `bitcoin.conf`, which bitcoin-cli reads.
    pub bitcoin_conf: PathBuf,
    /// Sparrow's settings of regtest.
    pub sparrow: PathBuf,
}

impl Wallets {
    /// Writes both files into `home`.
    pub fn write(home: &Path) -> Result<Self> {
        let wallets = Self {
            home: home.to_path_buf(),
            bitcoin_conf: home.join(".bitcoin").join("bitcoin.conf"),
            sparrow: home.join(".sparrow").join("regtest").join("config"),
        };
        put(&wallets.bitcoin_conf, BITCOIN_CONF)?;
        put(&wallets.sparrow, SPARROW_CONFIG)?;
        Ok(wallets)
    }

    /// Every file of the home with its bytes: compared before and after, it shows all that changed.
    pub fn all_files(&self) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.home.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path)?;
                    all.insert(path, bytes);
                }
            }
        }
        Ok(all)
    }
}

fn put(path: &Path, text: &str) -> Result<()> {
    std::fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
    let mut file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(file.write_all(text.as_bytes())?)
}
