//! The only way to the files that set environment variables.
//!
//! A shell's start files stand in the home beside keys and seeds. The rules: only a path that is listed here is opened, for reading,
//! up to a limit; a link is followed only inside the home, and only to a file of the same name, as people keep their
//! dot files in a folder of their own.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::SourceKind;
use super::assignment::Form;
use crate::place::Places;

/// Largest file that is read.
const LARGEST: u64 = 1024 * 1024;
/// How many files of `environment.d` are read.
const MOST_FILES: usize = 64;
/// Files in the home that shells and the login read.
const IN_HOME: [(&str, SourceKind, Form); 8] = [
    (".profile", SourceKind::ShellFile, Form::Shell),
    (".bash_profile", SourceKind::ShellFile, Form::Shell),
    (".bashrc", SourceKind::ShellFile, Form::Shell),
    (".zshenv", SourceKind::ShellFile, Form::Shell),
    (".zprofile", SourceKind::ShellFile, Form::Shell),
    (".zshrc", SourceKind::ShellFile, Form::Shell),
    (".pam_environment", SourceKind::EnvironmentFile, Form::Pam),
    // A folder; its files are listed one by one.
    (".config/environment.d", SourceKind::EnvironmentFile, Form::Plain),
];
/// Folders in which keys and wallets are kept; nothing below one is ever opened.
const NEVER: [&str; 5] = ["keystore", "keystores", "wallet", "wallets", ".ssh"];

/// A file that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    path: PathBuf,
    /// What kind of place it is.
    pub kind: SourceKind,
}

/// Why a listed file was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error(
        "it is a link to another place, and Freehold follows links only inside your home to a file of the same name"
    )]
    Link,
    #[error("it is not an ordinary file, or larger than {} MiB", LARGEST / 1024 / 1024)]
    NotPlain,
    #[error("it is not below your home, or in a folder for keys")]
    Elsewhere,
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// The files of shells and of the login, with the way in which each is written.
pub(crate) fn listed(places: &Places) -> Vec<(ListedFile, Form)> {
    let mut files = Vec::new();
    for (name, kind, form) in IN_HOME {
        if form == Form::Plain {
            let folder = places.dir("XDG_CONFIG_HOME", ".config").join("environment.d");
            files.extend(
                configurations(&folder)
                    .into_iter()
                    .map(|path| (ListedFile { path, kind }, form)),
            );
        } else {
            let path = places.below(name);
            files.push((ListedFile { path, kind }, form));
        }
    }
    files
}

/// The file that `MESC_PATH` names, or `mesc.json` in the home. Only a JSON file in the home, outside of folders for keys.
pub(crate) fn mesc(places: &Places, named: Option<&str>) -> Result<ListedFile, Refusal> {
    let path = match named {
        Some(named) => match named.strip_prefix("~/").or_else(|| named.strip_prefix("$HOME/")) {
            Some(below) => places.below(below),
            None => PathBuf::from(named),
        },
        None => places.below("mesc.json"),
    };
    let is_plain = path.is_absolute()
        && path.starts_with(&places.home)
        && !path.components().any(|part| part.as_os_str() == "..")
        && path.extension().is_some_and(|extension| extension == "json")
        && !is_forbidden(&path);
    if is_plain {
        Ok(ListedFile {
            path,
            kind: SourceKind::SettingsFile,
        })
    } else {
        Err(Refusal::Elsewhere)
    }
}

fn is_forbidden(path: &Path) -> bool {
    path.components().any(|part| {
        let part = part.as_os_str().to_string_lossy().to_ascii_lowercase();
        NEVER.contains(&part.as_str())
    })
}

fn configurations(folder: &Path) -> Vec<PathBuf> {
    // A folder that cannot be listed sets nothing that could be shown.
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "conf"))
        .collect();
    found.sort();
    found.truncate(MOST_FILES);
    found
}

impl ListedFile {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its text; `None` when it does not exist.
    pub(crate) fn read(&self, places: &Places) -> Result<Option<String>, Refusal> {
        let metadata = match fs::symlink_metadata(&self.path) {
            Ok(metadata) => metadata,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let target = match fs::canonicalize(&self.path) {
            Ok(target) => target,
            // A link to nothing.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let home = fs::canonicalize(&places.home)?;
        if !target.starts_with(&home) || (metadata.is_symlink() && !self.is_namesake(&target, &home)) {
            return Err(Refusal::Link);
        }
        let file = crate::platform::open_no_follow(&target)?;
        let opened = file.metadata()?;
        if !opened.is_file() || opened.len() > LARGEST {
            return Err(Refusal::NotPlain);
        }
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Whether a link's target is the same file kept elsewhere: `.bashrc` may be `dotfiles/bashrc`, and never `.ssh/id_rsa`.
    fn is_namesake(&self, target: &Path, home: &Path) -> bool {
        let name = |path: &Path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_ascii_lowercase()
        };
        let own = name(&self.path);
        name(target).contains(own.trim_start_matches('.'))
            && target.strip_prefix(home).is_ok_and(|below| !is_forbidden(below))
    }
}

#[cfg(test)]
mod tests {
    use super::{ListedFile, Refusal, listed, mesc};
    use crate::audit::tests::{places, put};
    use std::fs;
    use std::path::Path;

    fn bashrc(home: &Path) -> ListedFile {
        let files = listed(&places(home));
        let found = files.into_iter().find(|(file, _)| file.path().ends_with(".bashrc"));
        found.map(|(file, _)| file).unwrap()
    }

    #[test]
    fn only_files_of_shells_and_of_the_login_are_listed() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".config/environment.d");
        fs::create_dir_all(&folder).unwrap();
        for name in ["20-b.conf", "10-a.conf", "note.txt"] {
            fs::File::create(folder.join(name)).unwrap();
        }
        let names: Vec<String> = listed(&places(home.path()))
            .iter()
            .map(|(file, _)| file.path().strip_prefix(home.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(
            names,
            [
                ".profile",
                ".bash_profile",
                ".bashrc",
                ".zshenv",
                ".zprofile",
                ".zshrc",
                ".pam_environment",
                ".config/environment.d/10-a.conf",
                ".config/environment.d/20-b.conf"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_only_to_its_namesake_inside_the_home() {
        use std::os::unix::fs::symlink;
        let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = bashrc(home.path());
        let read = || file.read(&places(home.path()));
        assert!(matches!(read(), Ok(None)), "there is none");

        fs::create_dir_all(home.path().join("dotfiles")).unwrap();
        fs::create_dir_all(home.path().join(".ssh")).unwrap();
        for (target, is_read) in [
            (home.path().join("dotfiles/bashrc"), true),
            (home.path().join("seed.txt"), false),
            (home.path().join(".ssh/bashrc"), false),
            (outside.path().join(".bashrc"), false),
        ] {
            put(&target, "export ETH_RPC_URL=http://a.example");
            symlink(&target, file.path()).unwrap();
            assert_eq!(matches!(read(), Ok(Some(_))), is_read, "{}", target.display());
            assert_eq!(matches!(read(), Err(Refusal::Link)), !is_read, "{}", target.display());
            fs::remove_file(file.path()).unwrap();
        }
    }

    #[test]
    fn a_folder_or_a_huge_file_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let file = bashrc(home.path());
        fs::create_dir_all(file.path()).unwrap();
        assert!(matches!(file.read(&places(home.path())), Err(Refusal::NotPlain)));
        fs::remove_dir(file.path()).unwrap();
        fs::File::create(file.path())
            .unwrap()
            .set_len(2 * super::LARGEST)
            .unwrap();
        assert!(matches!(file.read(&places(home.path())), Err(Refusal::NotPlain)));
    }

    #[test]
    fn mesc_path_never_leads_to_keys_or_out_of_the_home() {
        let places = places(Path::new("/h"));
        for named in ["/h/mesc.json", "~/x/mesc.json", "$HOME/endpoints.json"] {
            assert!(mesc(&places, Some(named)).is_ok(), "{named}");
        }
        assert!(mesc(&places, None).is_ok());
        for named in [
            "/etc/mesc.json",
            "/h/../etc/mesc.json",
            "/h/.ethereum/keystore/a.json",
            "/h/.sparrow/wallets/a.json",
            "/h/.ssh/a.json",
            "/h/seed.txt",
            "mesc.json",
        ] {
            assert!(matches!(mesc(&places, Some(named)), Err(Refusal::Elsewhere)), "{named}");
        }
    }
}
