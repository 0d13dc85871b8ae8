//! The disk and the data folder.

use freehold_model::machine::DiskFacts;
use freehold_model::plan::Needs;
use freehold_model::{ByteSize, FaultCode, Finding};

use super::{DataDirState, PreflightInput, blocker, note, warning, with_hint};

/// File systems over a network or a host's file share: databases on them are slow and can be damaged.
const REMOTE: [&str; 14] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "9p",
    "virtiofs",
    "ceph",
    "fuse.glusterfs",
    "afs",
    "webdav",
];
/// Months of growth that should fit; below that people run into a full disk before they think of it again.
const MONTHS_AHEAD: u64 = 12;

/// Data goes into a folder of this machine, rather than into a volume inside the engine's virtual machine.
fn is_on_this_machine(input: &PreflightInput<'_>) -> bool {
    input.engine.is_none_or(|engine| engine.shares_machine)
}

pub(super) fn check(input: &PreflightInput<'_>, needs: &Needs, findings: &mut Vec<Finding>) {
    if !is_on_this_machine(input) {
        let message = format!(
            "The chain data goes into the engine's virtual machine, whose free space cannot be seen from here; {} are needed.",
            needs.disk
        );
        findings.push(with_hint(
            warning("disk", message),
            "Look at the disk limit in the engine's own settings.",
        ));
        return;
    }
    let used = match input.data_dir_state {
        DataDirState::HasData { bytes } => *bytes,
        DataDirState::Missing { .. }
        | DataDirState::Empty
        | DataDirState::NotWritable { .. }
        | DataDirState::OwnedBy { .. }
        | DataDirState::InUseBy { .. } => 0,
    };
    let missing = needs.disk.bytes().saturating_sub(used);
    let wanted = ByteSize(missing.saturating_add(missing / 10));
    let Some(disk) = input.disk else {
        let message = format!(
            "The free space at {} is not known; {wanted} are needed.",
            input.data_dir.display()
        );
        findings.push(warning("disk", message));
        return;
    };
    file_system(input, disk, findings);
    if disk.available < wanted {
        findings.push(too_small(input, needs, disk, used, wanted));
        return;
    }
    let left = disk.available.bytes() - missing;
    let months = left.checked_div(needs.disk_per_month.bytes()).unwrap_or(u64::MAX);
    if months < MONTHS_AHEAD {
        let message = format!(
            "The disk at {} will be full in about {months} months: {} are left after the first sync, and the chain grows by {} a month.",
            disk.mount_point.display(),
            ByteSize(left),
            needs.disk_per_month
        );
        findings.push(warning("disk", message));
    } else {
        let message = format!(
            "The disk at {} has {} free; {wanted} are needed.",
            disk.mount_point.display(),
            disk.available
        );
        findings.push(note("disk", message));
    }
}

fn too_small(input: &PreflightInput<'_>, needs: &Needs, disk: &DiskFacts, used: u64, wanted: ByteSize) -> Finding {
    let already = if used > 0 {
        format!(" beyond the {} that are there", ByteSize(used))
    } else {
        String::new()
    };
    let message = format!(
        "{} has {} free; {wanted} are needed{already} ({} in the end, with 10 % to spare).",
        input.data_dir.display(),
        disk.available,
        needs.disk
    );
    // Data would start afresh on another disk.
    let afresh = ByteSize(needs.disk.bytes().saturating_add(needs.disk.bytes() / 10));
    let others: Vec<String> = input
        .machine
        .disks
        .iter()
        .filter(|other| other.mount_point != disk.mount_point && other.available >= afresh)
        .map(|other| format!("{} ({} free)", other.mount_point.display(), other.available))
        .collect();
    let finding = blocker("disk", FaultCode::DiskTooSmall, message);
    if others.is_empty() {
        with_hint(finding, "No other disk of this machine has enough space.")
    } else {
        with_hint(finding, format!("Enough space is at {}.", others.join(", ")))
    }
}

fn file_system(input: &PreflightInput<'_>, disk: &DiskFacts, findings: &mut Vec<Finding>) {
    let kind = disk.file_system.to_ascii_lowercase();
    if REMOTE.contains(&kind.as_str()) {
        let message = format!(
            "{} is on a network file system ({}): the node will be slow there and its database can be damaged.",
            input.data_dir.display(),
            disk.file_system
        );
        findings.push(with_hint(
            warning("file-system", message),
            "Choose a disk of this machine with `--data`.",
        ));
    }
    // A chain that is made on this machine has no first sync.
    let syncs = input
        .spec
        .network(input.network)
        .is_none_or(|network| network.needs_peers);
    if disk.kind == "hdd" && syncs {
        let message = format!(
            "{} is a hard disk: the first sync takes days rather than hours there.",
            disk.mount_point.display()
        );
        findings.push(warning("file-system", message));
    }
}

pub(super) fn data_dir(input: &PreflightInput<'_>, findings: &mut Vec<Finding>) {
    let path = input.data_dir.display();
    match input.data_dir_state {
        DataDirState::InUseBy { node } => {
            let message = format!("{path} belongs to the node {node}; two nodes on one folder would destroy it.");
            findings.push(choose_another(blocker("data", FaultCode::DataDirInUse, message)));
        }
        // Nothing is written to the folder where the data goes into a volume.
        _ if !is_on_this_machine(input) => {}
        DataDirState::Missing { writable_parent: true } | DataDirState::Empty => {}
        DataDirState::Missing { writable_parent: false } => {
            let message = format!("{path} does not exist and cannot be made there.");
            findings.push(choose_another(blocker("data", FaultCode::DataDirUnusable, message)));
        }
        DataDirState::HasData { bytes } => {
            let message = format!("{path} already holds {}; the node goes on with it.", ByteSize(*bytes));
            findings.push(note("data", message));
        }
        DataDirState::NotWritable { reason } => {
            let message = format!("{path} cannot be used: {reason}.");
            findings.push(choose_another(blocker("data", FaultCode::DataDirUnusable, message)));
        }
        DataDirState::OwnedBy { owner } => {
            let message = format!("{path} belongs to {owner}, and the node could not write there.");
            findings.push(choose_another(blocker("data", FaultCode::DataDirOwner, message)));
        }
    }
}

fn choose_another(finding: Finding) -> Finding {
    with_hint(finding, "Choose another folder with `--data`.")
}
