//! The only way to a wallet's file.
//!
//! Seeds, keystores and wallet databases live beside the files that hold endpoints. The one rule: a path that the adapter
//! does not list cannot be opened, read or replaced, because [`WalletFile`] cannot be made for it.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use freehold_model::Network;
use sha2::{Digest, Sha256};

use crate::adapter::Adapter;
use crate::error::WalletError;
use crate::place::Places;

/// Largest settings file that is read. Real ones have a few kilobytes; something bigger is not what the adapter means.
const LARGEST: u64 = 8 * 1024 * 1024;

/// A file's whole content. `Debug` hides it: it may hold passwords.
#[derive(Clone, PartialEq, Eq)]
pub struct FileBytes(Vec<u8>);

impl FileBytes {
    /// Wraps the bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes themselves.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// SHA-256 in lower-case hex.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.0))
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

impl fmt::Debug for FileBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileBytes({} bytes)", self.0.len())
    }
}

/// A settings file of a wallet: a path that the wallet's adapter lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletFile {
    path: PathBuf,
}

impl WalletFile {
    /// Makes the file for `path`; refuses a path that `adapter` does not list for `network`.
    pub fn try_new(
        path: &Path,
        adapter: &dyn Adapter,
        places: &Places,
        network: &Network,
    ) -> Result<Self, WalletError> {
        if adapter.slots(places, network).iter().any(|slot| slot.lists(path)) {
            Ok(Self { path: path.to_owned() })
        } else {
            Err(WalletError::NotListed {
                path: path.to_owned(),
                wallet: adapter.id().to_owned(),
            })
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Users other than its owner may read it.
    pub(crate) fn is_open_to_others(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|found| crate::platform::ownership(&found).mode & 0o044 != 0)
    }

    /// Its content; `None` when it does not exist. A link, a folder or a device is refused.
    pub fn read(&self) -> Result<Option<FileBytes>, WalletError> {
        let failed = |source| WalletError::Read {
            path: self.path.clone(),
            source,
        };
        let metadata = match fs::symlink_metadata(&self.path) {
            Ok(metadata) => metadata,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(failed(error)),
        };
        if metadata.is_symlink() {
            let target = fs::read_link(&self.path).map_err(failed)?;
            return Err(WalletError::Symlink {
                path: self.path.clone(),
                target,
            });
        }
        if !metadata.is_file() || metadata.len() > LARGEST {
            return Err(WalletError::NotPlain {
                path: self.path.clone(),
            });
        }
        let mut bytes = Vec::new();
        let file = crate::platform::open_no_follow(&self.path).map_err(failed)?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > LARGEST {
            return Err(WalletError::NotPlain {
                path: self.path.clone(),
            });
        }
        Ok(Some(FileBytes::new(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::{FileBytes, WalletFile};
    use crate::adapter::adapters;
    use crate::error::WalletError;
    use crate::place::{Os, Places};
    use freehold_model::Network;
    use std::path::PathBuf;

    #[test]
    fn a_path_that_the_adapter_does_not_list_cannot_be_opened() {
        let home = PathBuf::from("/h");
        let places = Places {
            home: home.clone(),
            env: [].into(),
            os: Os::Linux,
            is_own_home: true,
            uid: None,
            chosen: None,
        };
        let mainnet = Network::mainnet();
        for adapter in adapters() {
            for secret in [
                ".sparrow/wallets/mine.mv.db",
                ".sparrow/config.bak",
                ".sparrow/wallets/../../.ssh/id_ed25519",
                ".bitcoin/wallet.dat",
                ".bitcoin/wallets/wallet.dat",
                ".bitcoin/.cookie",
                ".bitcoin/./bitcoin.conf/x",
            ] {
                let refused = WalletFile::try_new(&home.join(secret), *adapter, &places, &mainnet);
                assert!(
                    matches!(refused, Err(WalletError::NotListed { .. })),
                    "{} must not open {secret}",
                    adapter.id()
                );
            }
            for path in adapter
                .slots(&places, &mainnet)
                .into_iter()
                .flat_map(|slot| slot.places)
            {
                assert!(
                    WalletFile::try_new(&path, *adapter, &places, &mainnet).is_ok(),
                    "{} is listed",
                    path.display()
                );
            }
        }
    }

    #[test]
    fn content_is_never_printed() {
        let bytes = FileBytes::new(b"rpcpassword=hunter2".to_vec());
        assert_eq!(format!("{bytes:?}"), "FileBytes(19 bytes)");
        assert_eq!(
            FileBytes::new(b"abc".to_vec()).sha256(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
