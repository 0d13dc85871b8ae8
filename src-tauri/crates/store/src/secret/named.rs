//! Secrets of a node by name: what its containers get in files, such as the token by which two of its services know
//! each other.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
pub use freehold_model::spec::SecretForm;
use freehold_model::{NodeId, Secret};

use super::random_hex;
use crate::{Layout, StoreError, file};

/// Two that ask for the same new secret at once must get the same.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The file that holds the secret `name` of `node`. Refuses a name that is more than small letters, digits, `-` and `_`.
pub fn named_file(layout: &Layout, node: &NodeId, name: &str) -> Result<PathBuf, StoreError> {
    let folder = layout.secrets(node);
    let is_usable = !name.is_empty()
        && name.len() <= 64
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
    if is_usable {
        Ok(folder.join(format!("{name}.secret")))
    } else {
        let error = Error::new(ErrorKind::InvalidInput, format!("`{name}` is no name for a secret"));
        Err(StoreError::io(&folder)(error))
    }
}

/// The secret, made in the given form (256 random bits in either) on first use. One that the user has set is given as it is.
pub fn load_or_make_named(layout: &Layout, node: &NodeId, name: &str, form: SecretForm) -> Result<Secret, StoreError> {
    let path = named_file(layout, node, name)?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = read(&path)? {
        return Ok(found);
    }
    let text = match form {
        SecretForm::Hex32 => random_hex(32)?,
        SecretForm::Password => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
            URL_SAFE_NO_PAD.encode(bytes)
        }
    };
    write(layout, node, &path, &text)?;
    Ok(Secret::new(text))
}

/// The secret, if it was made or set.
pub fn load_named(layout: &Layout, node: &NodeId, name: &str) -> Result<Option<Secret>, StoreError> {
    read(&named_file(layout, node, name)?)
}

/// Keeps a secret that the user gave, in place of the one before. Refuses an empty one.
pub fn set_named(layout: &Layout, node: &NodeId, name: &str, secret: &Secret) -> Result<(), StoreError> {
    let path = named_file(layout, node, name)?;
    if secret.expose().is_empty() {
        let error = Error::new(ErrorKind::InvalidInput, "the secret is empty");
        return Err(StoreError::io(&path)(error));
    }
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    write(layout, node, &path, secret.expose())
}

/// `None` also for an empty file, which a full disk may have left.
fn read(path: &Path) -> Result<Option<Secret>, StoreError> {
    let Some(bytes) = file::read_if_there(path)? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| StoreError::io(path)(Error::new(ErrorKind::InvalidData, "the secret is not text")))?;
    Ok((!text.is_empty()).then(|| Secret::new(text)))
}

fn write(layout: &Layout, node: &NodeId, path: &Path, text: &str) -> Result<(), StoreError> {
    file::create_private_folder(&layout.secrets(node))?;
    file::write_atomic(path, text.as_bytes(), file::PRIVATE)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use freehold_model::{NodeId, Secret};

    use super::{SecretForm, load_named, load_or_make_named, named_file, set_named};
    use crate::{Layout, StoreError};

    fn fixture() -> (tempfile::TempDir, Layout, NodeId) {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        (folder, layout, NodeId::try_new("n").unwrap())
    }

    #[test]
    fn each_form_is_made_once() {
        let (_folder, layout, node) = fixture();
        let make = |name, form| load_or_make_named(&layout, &node, name, form).unwrap();
        let token = make("jwt", SecretForm::Hex32);
        assert_eq!(token.expose().len(), 64);
        assert!(
            token.expose().bytes().all(|byte| byte.is_ascii_hexdigit()),
            "hex digits"
        );
        let password = make("database", SecretForm::Password);
        assert_eq!(password.expose().len(), 43, "32 bytes");
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        assert!(password.expose().bytes().all(is_safe), "safe in a URL");
        assert_eq!(make("jwt", SecretForm::Hex32), token, "the second reading is the same");
        assert_ne!(make("other", SecretForm::Hex32), token);
        let file = named_file(&layout, &node, "jwt").unwrap();
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_the_user_set_is_given_as_it_is() {
        let (_folder, layout, node) = fixture();
        assert_eq!(load_named(&layout, &node, "key").unwrap(), None);
        let own = Secret::new(" two words, \u{e9}\n");
        set_named(&layout, &node, "key", &own).unwrap();
        assert_eq!(load_named(&layout, &node, "key").unwrap(), Some(own.clone()));
        assert_eq!(
            load_or_make_named(&layout, &node, "key", SecretForm::Hex32).unwrap(),
            own
        );
        assert!(
            set_named(&layout, &node, "key", &Secret::new("")).is_err(),
            "an empty one would be made anew"
        );
        super::super::forget(&layout, &node).unwrap();
        assert_eq!(
            load_named(&layout, &node, "key").unwrap(),
            None,
            "forgotten with the node's others"
        );
    }

    #[test]
    fn a_name_never_leads_out_of_the_nodes_folder() {
        let (_folder, layout, node) = fixture();
        for name in ["", "../x", "a/b", ".", "a.b", "A", "x\0"] {
            let error = load_or_make_named(&layout, &node, name, SecretForm::Password).unwrap_err();
            assert!(matches!(error, StoreError::Io { .. }), "{name:?}: {error}");
        }
        assert!(!layout.secrets(&node).exists(), "nothing was made");
    }

    #[test]
    fn all_who_ask_at_once_get_the_same() {
        let (_folder, layout, node) = fixture();
        let made: Vec<Secret> = std::thread::scope(|scope| {
            let ask = || load_or_make_named(&layout, &node, "jwt", SecretForm::Hex32).unwrap();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(made.iter().all(|secret| *secret == made[0]), "one secret for all");
    }
}
