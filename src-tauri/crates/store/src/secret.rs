//! Passwords of nodes: made once, kept in files of mode 0600, one for each consumer; and further secrets by name.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use freehold_model::{NodeId, Secret};

use crate::{Layout, StoreError, file};

mod named;
pub use named::{SecretForm, load_named, load_or_make_named, named_file, set_named};

/// An RPC user of a node with what its `rpcauth` line is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCredential {
    /// Who uses it; also the RPC user's name.
    pub consumer: String,
    /// The password.
    pub password: Secret,
    /// 32 hex digits; kept, so that the node's arguments stay the same from start to start.
    pub salt: String,
}

/// The file that holds a consumer's password, for `--password-file` and scripts.
pub fn password_file(layout: &Layout, node: &NodeId, consumer: &str) -> PathBuf {
    layout.secrets(node).join(format!("{consumer}.password"))
}

fn salt_file(layout: &Layout, node: &NodeId, consumer: &str) -> PathBuf {
    layout.secrets(node).join(format!("{consumer}.salt"))
}

/// Held while a new password is made.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The consumer's credential, made on first use.
pub fn load_or_make(layout: &Layout, node: &NodeId, consumer: &str) -> Result<StoredCredential, StoreError> {
    // Two that ask for the same new password at once must get the same.
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    file::create_private_folder(&layout.secrets(node))?;
    // The salt first: a password without its salt would be replaced, and somebody might already use it.
    let salt = text_or_make(&salt_file(layout, node, consumer), 16)?;
    let password = text_or_make(&password_file(layout, node, consumer), 32)?;
    Ok(StoredCredential {
        consumer: consumer.to_owned(),
        password: Secret::new(password),
        salt,
    })
}

/// Gives the consumer a new password in place of the one before. The salt stays: one file changes, whole or not at all.
pub fn replace(layout: &Layout, node: &NodeId, consumer: &str) -> Result<StoredCredential, StoreError> {
    {
        let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        file::create_private_folder(&layout.secrets(node))?;
        let text = random_hex(32)?;
        file::write_atomic(&password_file(layout, node, consumer), text.as_bytes(), file::PRIVATE)?;
    }
    load_or_make(layout, node, consumer)
}

/// Removes the password of one consumer, who has been refused: the next one that is made is another.
pub fn forget_password(layout: &Layout, node: &NodeId, consumer: &str) -> Result<(), StoreError> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let path = password_file(layout, node, consumer);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(&path)(error)),
        _ => Ok(()),
    }
}

/// Removes every password and secret of a node.
pub fn forget(layout: &Layout, node: &NodeId) -> Result<(), StoreError> {
    let folder = layout.secrets(node);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(&folder)(error)),
        _ => Ok(()),
    }
}

/// The id that the labels of this folder's containers carry, made on first use: 16 hex digits.
pub fn instance_id(layout: &Layout) -> Result<String, StoreError> {
    text_or_make(&layout.instance(), 8)
}

/// Lower-case hex digits of `bytes` random bytes.
pub fn random_hex(bytes: usize) -> Result<String, StoreError> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(StoreError::Random)?;
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    Ok(buffer
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect())
}

fn text_or_make(path: &std::path::Path, bytes: usize) -> Result<String, StoreError> {
    if let Some(found) = file::read_if_there(path)? {
        let text = String::from_utf8_lossy(&found).trim().to_owned();
        // An empty file is what a full disk may have left.
        if !text.is_empty() {
            return Ok(text);
        }
    }
    let text = random_hex(bytes)?;
    file::write_atomic(path, text.as_bytes(), file::PRIVATE)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{forget_password, load_or_make, password_file, replace};
    use crate::Layout;
    use freehold_model::NodeId;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_password_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        let node = NodeId::try_new("n").unwrap();
        let first = load_or_make(&layout, &node, "sparrow").unwrap();
        assert_eq!(
            first,
            load_or_make(&layout, &node, "sparrow").unwrap(),
            "the second reading is the same"
        );
        assert_ne!(
            first.password,
            load_or_make(&layout, &node, "electrum").unwrap().password
        );
        assert_eq!(first.password.expose().len(), 64, "256 bits");
        let mode = std::fs::metadata(password_file(&layout, &node, "sparrow"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(
            !format!("{first:?}").contains(first.password.expose()),
            "never in debug output"
        );
    }

    #[test]
    fn a_new_password_and_a_forgotten_one_leave_the_others_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        let node = NodeId::try_new("n").unwrap();
        let first = load_or_make(&layout, &node, "sparrow").unwrap();
        let other = load_or_make(&layout, &node, "wasabi").unwrap();
        let second = replace(&layout, &node, "sparrow").unwrap();
        assert_ne!(first.password, second.password);
        assert_eq!(second, load_or_make(&layout, &node, "sparrow").unwrap());
        forget_password(&layout, &node, "sparrow").unwrap();
        assert!(!password_file(&layout, &node, "sparrow").exists());
        forget_password(&layout, &node, "sparrow").unwrap();
        assert_ne!(
            second.password,
            load_or_make(&layout, &node, "sparrow").unwrap().password
        );
        assert_eq!(other, load_or_make(&layout, &node, "wasabi").unwrap());
    }
}
