//! Why a service ended, from its exit and its last words.

use std::path::Path;

use freehold_model::{ByteSize, Fault, FaultCode, ServiceName};

/// Words that a node ends with, and what they mean. Bitcoin Core's texts from `src/init.cpp`, `src/node/chainstate.cpp`
/// and `src/util/fs_helpers.cpp` of releases 24 to 31; LMDB's from `mdb_strerror`; RocksDB's and LevelDB's from their
/// `Status::ToString`; the others are the system's own.
const LAST_WORDS: [(&str, FaultCode); 23] = [
    ("No space left on device", FaultCode::DiskFull),
    ("Disk space is too low", FaultCode::DiskFull),
    ("disk space is low", FaultCode::DiskFull),
    ("Address already in use", FaultCode::PortInUse),
    ("address already in use", FaultCode::PortInUse),
    ("Illegal instruction", FaultCode::CpuUnsupported),
    ("MDB_VERSION_MISMATCH", FaultCode::DatabaseVersion),
    ("MDB_INVALID", FaultCode::NodeBadDatabase),
    ("MDB_CORRUPTED", FaultCode::NodeBadDatabase),
    ("Corruption: ", FaultCode::NodeBadDatabase),
    ("incompatible database version", FaultCode::DatabaseVersion),
    ("database version mismatch", FaultCode::DatabaseVersion),
    ("created by a newer version", FaultCode::DatabaseVersion),
    ("Unsupported chainstate database format", FaultCode::DatabaseVersion),
    ("Error opening block database", FaultCode::NodeBadDatabase),
    ("Error loading block database", FaultCode::NodeBadDatabase),
    ("Corrupted block database detected", FaultCode::NodeBadDatabase),
    ("Error initializing block database", FaultCode::NodeBadDatabase),
    (
        "You need to rebuild the database using -reindex",
        FaultCode::NodeNeedsReindex,
    ),
    ("Prune mode is incompatible", FaultCode::NodeNeedsReindex),
    (
        "Prune: last wallet synchronisation goes beyond",
        FaultCode::NodeNeedsReindex,
    ),
    ("Cannot write to data directory", FaultCode::DataDirOwner),
    ("Permission denied", FaultCode::DataDirOwner),
];

/// Exit code of a program that the processor refused an instruction: 128 and the number of SIGILL.
const ILLEGAL_INSTRUCTION: i64 = 132;

/// The fault for an exit. `lines` are the last lines of the log, oldest first.
pub(crate) fn of_exit(
    service: &ServiceName,
    code: i64,
    oom_killed: bool,
    engine_error: &str,
    lines: &[String],
) -> Fault {
    let fault = |code| Fault::new(code).with("service", service);
    if oom_killed {
        return fault(FaultCode::NodeOutOfMemory);
    }
    if code == ILLEGAL_INSTRUCTION {
        return fault(FaultCode::CpuUnsupported);
    }
    let said = |line: &&String| !line.trim().is_empty();
    for (words, meaning) in LAST_WORDS {
        if let Some(line) = lines.iter().rev().find(|line| line.contains(words)) {
            return fault(meaning)
                .with("last_words", quoted(line))
                .with("reason", quoted(line));
        }
    }
    let telling = lines
        .iter()
        .rev()
        .filter(said)
        .find(|line| line.contains("rror"))
        .or_else(|| lines.iter().rev().find(said));
    let last_words = match telling {
        Some(line) => quoted(line),
        None if engine_error.is_empty() => "none".to_owned(),
        None => quoted(engine_error),
    };
    fault(FaultCode::NodeCrashed)
        .with("code", code)
        .with("last_words", last_words)
}

/// With less than this free, a program that ends for no reason that it names has most likely failed to write: databases
/// and settings files are written anew before the old ones go.
const NO_ROOM: ByteSize = ByteSize(1024 * 1024);

/// `fault`, completed by what is free on the disk of `folder`. A full disk is also the cause where the last words did not
/// name one: programs say in many ways that they could not write.
pub(crate) async fn with_disk(fault: Fault, folder: &Path) -> Fault {
    if !matches!(fault.code, FaultCode::DiskFull | FaultCode::NodeCrashed) {
        return fault;
    }
    let folder = folder.to_owned();
    // A network file system may take two seconds to say that it does not answer.
    let asked = tokio::task::spawn_blocking(move || freehold_host::disk_at(&folder)).await;
    let Ok(Ok(disk)) = asked else {
        return fault;
    };
    if fault.code == FaultCode::NodeCrashed && disk.available >= NO_ROOM {
        return fault;
    }
    let code = FaultCode::DiskFull;
    Fault { code, ..fault }
        .with("path", disk.mount_point.display())
        .with("available", disk.available)
}

/// A line short enough for a sentence.
fn quoted(line: &str) -> String {
    let line = line.trim().trim_end_matches('.');
    let short: String = line.chars().take(200).collect();
    if short.len() < line.len() {
        format!("`{short}…`")
    } else {
        format!("`{short}`")
    }
}

#[cfg(test)]
mod tests {
    use super::of_exit;
    use freehold_model::{FaultCode, ServiceName};

    fn cause(code: i64, oom: bool, lines: &[&str]) -> freehold_model::Fault {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        of_exit(&ServiceName::try_new("bitcoind").unwrap(), code, oom, "", &lines)
    }

    #[test]
    fn causes_that_another_start_cannot_mend_are_told_apart() {
        let full = "2026-11-22T08:00:00Z Error: Disk space is too low!";
        let rebuild = "Error: You need to rebuild the database using -reindex to go back to unpruned mode.";
        for (lines, code) in [
            (vec![full, "Shutdown: done"], FaultCode::DiskFull),
            (vec![rebuild], FaultCode::NodeNeedsReindex),
            (vec!["Corrupted block database detected"], FaultCode::NodeBadDatabase),
            (
                vec!["Error: Cannot write to data directory '/home'; check permissions."],
                FaultCode::DataDirOwner,
            ),
        ] {
            assert_eq!(cause(1, false, &lines).code, code, "{lines:?}");
        }
        assert_eq!(cause(132, false, &[]).code, FaultCode::CpuUnsupported);
        assert_eq!(
            cause(137, true, &[full]).code,
            FaultCode::NodeOutOfMemory,
            "the kernel's word comes first"
        );
    }

    #[test]
    fn a_crash_quotes_the_line_that_tells_most() {
        let fault = cause(1, false, &["Error: bad thing.", "Shutdown: done", ""]);
        assert_eq!(fault.code, FaultCode::NodeCrashed);
        assert!(fault.message().contains("`Error: bad thing`"), "{}", fault.message());
    }
}
