//! Who uses a folder: programs that hold a file in it open.

use std::path::Path;

/// A program that has a file below `folder` open, for example `bitcoind (pid 7)`. `None` when nobody has, when this user
/// may not look, and on systems other than Linux.
#[cfg(target_os = "linux")]
pub fn opened_by(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let pid = pids.find(|pid| {
        let open = std::fs::read_dir(format!("/proc/{pid}/fd"))
            .into_iter()
            .flatten()
            .flatten();
        open.filter_map(|entry| std::fs::read_link(entry.path()).ok())
            .any(|file| file.starts_with(&folder))
    })?;
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    Some(format!("{} (pid {pid})", name.trim()))
}

/// Never tells, on this system.
#[cfg(not(target_os = "linux"))]
pub fn opened_by(_: &Path) -> Option<String> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::opened_by;

    #[test]
    fn an_open_file_shows_who_uses_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(folder.path().join("LOCK")).unwrap();
        let found = opened_by(folder.path()).unwrap();
        assert!(found.contains(&format!("pid {}", std::process::id())), "{found}");
        drop(file);
        assert_eq!(opened_by(folder.path()), None);
    }
}
