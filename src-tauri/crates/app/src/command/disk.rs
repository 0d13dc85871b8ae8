//! The disks that new chain data can go to.

use std::path::{Path, PathBuf};

use freehold_contract::{DiskChoice, DiskChoices, Empty};
use freehold_host::data_dir::{self, DataDirState};
use freehold_model::machine::DiskFacts;
use freehold_model::{ByteSize, Fault, FaultCode};

use super::preflight::existing;
use crate::App;

/// The folder that Freehold makes on another disk.
const SUBFOLDER: &str = "freehold";
/// Less than the smallest chain needs: boot partitions, tools on a stick.
const TOO_SMALL: u64 = 2_000_000_000;
/// Places that belong to the system, whatever is free there.
const SYSTEM_PLACES: [&str; 6] = [
    "/boot",
    "/efi",
    "/snap",
    "/var/lib/docker",
    "/var/lib/containers",
    "/var/lib/snapd",
];

/// What is looked at.
struct Situation {
    /// Where chain data goes without the setting.
    own: PathBuf,
    /// The setting.
    chosen: Option<PathBuf>,
    uid: u32,
    gid: u32,
    user: String,
}

impl App {
    /// The disks that new chain data can go to, and where it goes now.
    pub async fn disk_choices(&self, _: Empty) -> Result<DiskChoices, Fault> {
        let situation = Situation {
            own: self.0.layout.chains(),
            chosen: self.settings().chain_data_dir.clone(),
            uid: self.0.config.uid,
            gid: self.0.config.gid,
            user: self.0.config.engine_environment.user.clone(),
        };
        // A network file system may take a while to say how full it is.
        tokio::task::spawn_blocking(move || choices(&situation, freehold_host::machine_facts().disks))
            .await
            .map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))
    }
}

fn choices(situation: &Situation, mut disks: Vec<DiskFacts>) -> DiskChoices {
    let current = situation.chosen.clone().unwrap_or_else(|| situation.own.clone());
    let home = freehold_host::disk_of(&situation.own, &disks).cloned();
    let in_use = freehold_host::disk_of(&current, &disks).map(|disk| disk.mount_point.clone());
    let is_used = |disk: &DiskFacts| {
        Some(&disk.mount_point) == in_use.as_ref()
            || home.as_ref().is_some_and(|home| home.mount_point == disk.mount_point)
    };
    disks.retain(|disk| is_used(disk) || is_offered(disk));
    // The folder of a disk that is not listed (in memory, in a container) is still where data goes.
    for folder in [&situation.own, &current] {
        if freehold_host::disk_of(folder, &disks).is_none()
            && let Ok(disk) = freehold_host::disk_at(folder)
        {
            disks.push(disk);
        }
    }
    let mut found: Vec<DiskChoice> = disks
        .iter()
        .map(|disk| {
            let holds = |folder: &Path| {
                freehold_host::disk_of(folder, &disks).is_some_and(|other| other.mount_point == disk.mount_point)
            };
            choice(situation, disk, &current, holds)
        })
        .collect();
    // What can be used first, and there the roomiest; the mount point only keeps the order the same.
    found.sort_by_key(|choice| {
        let rank = (choice.problem.is_some(), choice.kind == "network");
        (rank, std::cmp::Reverse(choice.available), choice.mount_point.clone())
    });
    DiskChoices {
        disks: found,
        folder: current.display().to_string(),
    }
}

fn is_offered(disk: &DiskFacts) -> bool {
    let is_system = SYSTEM_PLACES.iter().any(|place| disk.mount_point.starts_with(place));
    !is_system && disk.total.bytes() >= TOO_SMALL
}

fn choice(situation: &Situation, disk: &DiskFacts, current: &Path, holds: impl Fn(&Path) -> bool) -> DiskChoice {
    let is_current = holds(current);
    let folder = if is_current {
        current.to_owned()
    } else if holds(&situation.own) {
        situation.own.clone()
    } else {
        disk.mount_point.join(SUBFOLDER)
    };
    let is_own = folder == situation.own;
    let (problem, mend) = problem(situation, &folder, disk);
    DiskChoice {
        mount_point: disk.mount_point.display().to_string(),
        file_system: disk.file_system.clone(),
        kind: kind(disk).to_owned(),
        total: disk.total.bytes(),
        available: disk.available.bytes(),
        setting: if is_own {
            String::new()
        } else {
            folder.display().to_string()
        },
        measure_in: existing(&folder).display().to_string(),
        folder: folder.display().to_string(),
        is_current,
        problem,
        mend,
    }
}

fn kind(disk: &DiskFacts) -> &str {
    if freehold_host::is_network_file_system(&disk.file_system) {
        "network"
    } else if freehold_host::is_removable(&disk.mount_point) {
        "removable"
    } else {
        &disk.kind
    }
}

/// Why the folder cannot be used, and the command that mends that.
fn problem(situation: &Situation, folder: &Path, disk: &DiskFacts) -> (Option<String>, Option<String>) {
    let Situation { uid, gid, user, .. } = situation;
    let make = || {
        // Only where nothing in the command needs quoting.
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
        let text = folder.display().to_string();
        (plain(&text) && plain(user) && cfg!(unix)).then(|| format!("sudo install -d -o {user} {text}"))
    };
    match data_dir::inspect(folder, *uid, *gid).state {
        DataDirState::Missing { is_creatable: true } | DataDirState::Empty | DataDirState::HasData => {
            // What has a folder of its own there may still be too full for anything.
            let is_full = disk.available < ByteSize(TOO_SMALL / 4);
            (
                is_full.then(|| format!("Only {} are free there.", disk.available)),
                None,
            )
        }
        DataDirState::Missing { is_creatable: false } => (
            Some(format!("You may not make the folder `{}`.", folder.display())),
            make(),
        ),
        DataDirState::NotAFolder => (Some(format!("`{}` is a file.", folder.display())), None),
        DataDirState::NotWritable => (Some(format!("`{}` may not be written.", folder.display())), None),
        DataDirState::OwnedByOther { owner } => (Some(format!("`{}` belongs to {owner}.", folder.display())), make()),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::path::Path;

    use freehold_model::ByteSize;
    use freehold_model::machine::DiskFacts;

    use super::{Situation, choices};

    fn disk(mount_point: &Path, free_gb: u64) -> DiskFacts {
        DiskFacts {
            mount_point: mount_point.to_owned(),
            name: mount_point.display().to_string(),
            file_system: "ext4".to_owned(),
            kind: "ssd".to_owned(),
            total: ByteSize::gb(free_gb * 2),
            available: ByteSize::gb(free_gb),
        }
    }

    fn situation(root: &Path, chosen: Option<&str>) -> Situation {
        Situation {
            own: root.join("home/freehold/chains"),
            chosen: chosen.map(|path| root.join(path)),
            uid: 0,
            gid: 0,
            user: "ada".to_owned(),
        }
    }

    #[test]
    fn each_disk_has_a_folder_and_the_one_in_use_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for name in ["home", "big", "stick"] {
            freehold_store::file::create_private_folder(&root.join(name)).unwrap();
        }
        let disks = || {
            vec![
                disk(&root.join("home"), 100),
                disk(&root.join("big"), 900),
                disk(&root.join("stick"), 1),
            ]
        };
        let found = choices(&situation(&root, None), disks());
        let names: Vec<_> = found.disks.iter().map(|disk| disk.mount_point.clone()).collect();
        assert_eq!(
            names,
            ["big", "home", "stick"].map(|name| root.join(name).display().to_string())
        );
        let [big, home, _] = &found.disks[..] else {
            panic!("three disks")
        };
        assert_eq!(big.setting, root.join("big/freehold").display().to_string());
        assert_eq!(
            big.measure_in,
            root.join("big").display().to_string(),
            "the folder is not made yet"
        );
        assert!(!big.is_current && big.problem.is_none());
        assert!(
            home.is_current && home.setting.is_empty(),
            "Freehold's own folder needs no setting"
        );
        assert_eq!(found.folder, root.join("home/freehold/chains").display().to_string());

        let chosen = choices(&situation(&root, Some("big/mine")), disks());
        assert!(chosen.disks[0].is_current);
        assert_eq!(
            chosen.disks[0].folder,
            root.join("big/mine").display().to_string(),
            "the user's own folder stays"
        );
        assert!(!chosen.disks[1].is_current);
    }

    #[test]
    fn a_folder_that_cannot_be_used_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        freehold_store::file::create_private_folder(&root.join("home")).unwrap();
        freehold_store::file::create_private_folder(&root.join("big")).unwrap();
        freehold_store::file::write_atomic(&root.join("big/freehold"), b"a file", 0o600).unwrap();
        let found = choices(
            &situation(&root, None),
            vec![disk(&root.join("home"), 100), disk(&root.join("big"), 900)],
        );
        let [home, big] = &found.disks[..] else {
            panic!("two disks: {found:?}")
        };
        assert!(home.problem.is_none(), "what can be used comes first");
        assert!(big.problem.as_ref().unwrap().contains("is a file"), "{found:?}");
    }

    #[test]
    fn places_of_the_system_and_tiny_disks_are_not_offered() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        freehold_store::file::create_private_folder(&root.join("home")).unwrap();
        let boot = disk(Path::new("/boot/efi"), 900);
        let tiny = DiskFacts {
            total: ByteSize(500_000_000),
            ..disk(Path::new("/media/tools"), 0)
        };
        let found = choices(&situation(&root, None), vec![disk(&root.join("home"), 10), boot, tiny]);
        assert_eq!(found.disks.len(), 1, "{found:?}");
    }
}
