//! Files that the user asked for: written where the user said, or handed back for a browser to keep.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use freehold_contract::{FileTarget, SavedFile};
use freehold_model::{Fault, FaultCode, Timestamp};
use freehold_store::file;

/// The day of a moment, for a file's name: `2026-11-22`, in universal time.
pub(crate) fn day(at: Timestamp) -> String {
    time(at).split('T').next().unwrap_or_default().to_owned()
}

/// A moment as ISO 8601 has it, in universal time.
pub(crate) fn time(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |at| at.to_string())
}

/// Writes `bytes` where `target` says, for this user alone; without a path they come back in the answer.
///
/// Only a plain file with this ending is written, so that no caller can aim this at a program's settings; one that is
/// there is replaced only if the user agreed.
pub(crate) fn hand_over(target: &FileTarget, name: String, ending: &str, bytes: Vec<u8>) -> Result<SavedFile, Fault> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let Some(path) = &target.path else {
        let content = Some(STANDARD.encode(&bytes));
        return Ok(SavedFile {
            name,
            path: None,
            size,
            content,
        });
    };
    let path = fit(Path::new(path.trim()), ending, target.replace)?;
    file::write_atomic(&path, &bytes, file::PRIVATE).map_err(|error| error.to_fault())?;
    Ok(SavedFile {
        name: path
            .file_name()
            .map_or(name, |name| name.to_string_lossy().into_owned()),
        path: Some(path.display().to_string()),
        size,
        content: None,
    })
}

fn fit(path: &Path, ending: &str, may_replace: bool) -> Result<PathBuf, Fault> {
    let refuse = |reason: String| Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
    let shown = path.display();
    if !path.is_absolute() {
        return refuse(format!("`{shown}` is not a whole path; begin with /"));
    }
    if !path.to_string_lossy().ends_with(&format!(".{ending}")) {
        return refuse(format!("the file's name must end in .{ending}"));
    }
    if !path.parent().is_some_and(Path::is_dir) {
        return refuse(format!("the folder of `{shown}` does not exist"));
    }
    match path.symlink_metadata() {
        Ok(found) if !found.is_file() => refuse(format!("`{shown}` is not a plain file")),
        Ok(_) if !may_replace => refuse(format!("`{shown}` exists already; choose another name")),
        _ => Ok(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use base64::Engine as _;
    use freehold_contract::FileTarget;

    use super::hand_over;

    fn to(path: &std::path::Path, replace: bool) -> FileTarget {
        FileTarget {
            path: Some(path.display().to_string()),
            replace,
        }
    }

    #[test]
    fn a_file_is_written_for_its_owner_alone_and_replaced_only_with_consent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let save = |replace, bytes: &[u8]| hand_over(&to(&path, replace), "x".into(), "csv", bytes.to_vec());
        assert_eq!(save(false, b"one").unwrap().name, "a.csv");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(save(false, b"two").unwrap_err().message().contains("exists already"));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        save(true, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
    }

    #[test]
    fn nothing_but_a_plain_file_of_that_kind_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.csv");
        std::fs::File::create(&real).unwrap();
        let link = folder.path().join("link.csv");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        for path in [
            link,
            folder.path().join("bashrc"),
            folder.path().join("missing/a.csv"),
            "a.csv".into(),
        ] {
            assert!(
                hand_over(&to(&path, true), "x".into(), "csv", b"evil".to_vec()).is_err(),
                "{}",
                path.display()
            );
        }
        assert!(std::fs::read(&real).unwrap().is_empty());
    }

    #[test]
    fn without_a_path_the_bytes_come_back() {
        let saved = hand_over(&FileTarget::default(), "x.csv".into(), "csv", b"abc".to_vec()).unwrap();
        let content = base64::engine::general_purpose::STANDARD
            .decode(saved.content.unwrap())
            .unwrap();
        assert_eq!((saved.name.as_str(), content.as_slice()), ("x.csv", &b"abc"[..]));
    }
}
