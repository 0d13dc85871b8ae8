//! How long a first sync takes on this machine: a range, with what bounds it and what it rests on.
//!
//! Four things run beside each other (download, writing, looking things up, checking), so the slowest of them decides. The
//! disk was measured; the line and the processor were not, and the text says so.

use std::fmt::Write as _;

use freehold_contract::SyncEstimate;
use freehold_host::DiskSpeed;
use freehold_model::plan::Needs;
use freehold_model::spec::RequirementSpec;

/// What a home line brings, in bits a second, the slowest and the fastest that is reckoned with. An assumption: Freehold
/// asks nobody on the internet to measure it.
const LINE: (f64, f64) = (25e6, 200e6);
/// Bytes written to the disk for each byte of chain data: it is written once as it came, and a database rewrites what it
/// keeps about it (unspent coins, indexes) while it grows. An assumption.
const WRITTEN: (f64, f64) = (1.2, 3.0);
/// Bytes of chain data for each lookup in the database that no cache answers. An assumption that fits the known cases:
/// Bitcoin's 835 GB take 12 to 48 hours on an SSD and days on a hard disk (100 lookups a second).
const BYTES_FOR_EACH_LOOKUP: (f64, f64) = (16e3, 128e3);
/// Bytes of chain data between two commits that are forced to the disk. An assumption: blocks come in megabytes, and
/// databases commit several at once.
const BYTES_FOR_EACH_COMMIT: (f64, f64) = (2e6, 64e6);
/// Bytes of chain data that a processor of the last ten years checks in a second. From the same known case: 835 GB in 12
/// hours is 19 MB a second; the slower end leaves room for clients with heavier proofs.
const CHECKED: (f64, f64) = (6e6, 25e6);
/// Fewer random reads in a second than this is what turning disks do, whatever the system says that the disk is.
const HARD_DISK_READS: f64 = 500.0;

/// One of the things that have to be done, with its time at best and at worst in seconds.
struct Work {
    name: &'static str,
    low: f64,
    high: f64,
}

/// The first sync of a node that needs this, on a disk that was measured. `None` where there is nothing to download, or
/// the disk's figures are none.
pub(crate) fn first_sync(needs: &Needs, speed: &DiskSpeed, requirement: &RequirementSpec) -> Option<SyncEstimate> {
    let download = needs.download.bytes() as f64;
    let measured = [speed.write_bytes_per_s, speed.fsyncs_per_s, speed.random_reads_per_s];
    if download <= 0.0 || measured.iter().any(|figure| !figure.is_finite() || *figure <= 0.0) {
        return None;
    }
    let work = [
        Work {
            name: "the download",
            low: download * 8.0 / LINE.1,
            high: download * 8.0 / LINE.0,
        },
        Work {
            name: "writing to the disk",
            low: download * WRITTEN.0 / speed.write_bytes_per_s,
            high: download * WRITTEN.1 / speed.write_bytes_per_s,
        },
        Work {
            name: "reading here and there on the disk",
            low: download / BYTES_FOR_EACH_LOOKUP.1 / speed.random_reads_per_s,
            high: download / BYTES_FOR_EACH_LOOKUP.0 / speed.random_reads_per_s,
        },
        Work {
            name: "small writes that the disk has to confirm",
            low: download / BYTES_FOR_EACH_COMMIT.1 / speed.fsyncs_per_s,
            high: download / BYTES_FOR_EACH_COMMIT.0 / speed.fsyncs_per_s,
        },
        Work {
            name: "checking by the processor",
            low: download / CHECKED.1,
            high: download / CHECKED.0,
        },
    ];
    let low = work.iter().map(|work| work.low).fold(0.0, f64::max);
    let slowest = work.iter().max_by(|one, two| one.high.total_cmp(&two.high))?;
    Some(SyncEstimate {
        low_s: seconds(low),
        high_s: seconds(slowest.high),
        because: because(needs, speed, requirement, slowest.name),
    })
}

fn seconds(time: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped; a century is long enough"
    )]
    let seconds = time.ceil().clamp(1.0, 3e9) as u64;
    seconds
}

fn because(needs: &Needs, speed: &DiskSpeed, requirement: &RequirementSpec, slowest: &str) -> String {
    let mut text = format!(
        "At worst bound by {slowest}: {} to download over a line of 25 to 200 Mbit/s (assumed, not measured); this disk \
         writes {:.0} MB/s and does {:.0} random reads and {:.0} confirmed writes a second (measured).",
        needs.download,
        speed.write_bytes_per_s / 1e6,
        speed.random_reads_per_s,
        speed.fsyncs_per_s,
    );
    if speed.random_reads_per_s < HARD_DISK_READS {
        text.push_str(" It reads as slowly as a hard disk; on an SSD this goes several times faster.");
    }
    if !requirement.first_sync.is_empty() {
        // Writing to a text does not fail.
        let _ = write!(
            text,
            " The catalog says: {}.",
            requirement.first_sync.trim_end_matches('.')
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use freehold_host::DiskSpeed;
    use freehold_model::ByteSize;
    use freehold_model::plan::Needs;
    use freehold_model::spec::RequirementSpec;

    use super::first_sync;

    const HOUR: u64 = 3600;
    const DAY: u64 = 24 * HOUR;

    const NVME: DiskSpeed = DiskSpeed {
        write_bytes_per_s: 1.5e9,
        read_bytes_per_s: 3e9,
        fsyncs_per_s: 2000.0,
        random_reads_per_s: 10_000.0,
    };
    const HARD_DISK: DiskSpeed = DiskSpeed {
        write_bytes_per_s: 120e6,
        read_bytes_per_s: 150e6,
        fsyncs_per_s: 60.0,
        random_reads_per_s: 100.0,
    };

    fn bitcoin() -> (Needs, RequirementSpec) {
        let spec = crate::test_node::spec("bitcoin-core");
        let requirement = spec
            .requirements
            .iter()
            .find(|found| found.download > ByteSize::gb(800))
            .unwrap();
        let needs = Needs {
            disk: requirement.disk,
            disk_per_month: requirement.disk_per_month,
            ram: requirement.ram,
            download: requirement.download,
        };
        (needs, requirement.clone())
    }

    #[test]
    fn the_known_case_of_bitcoin_lies_in_the_range() {
        let (needs, requirement) = bitcoin();
        let fast = first_sync(&needs, &NVME, &requirement).unwrap();
        // "12 to 48 hours on an SSD, bound by the download": 19 hours at 100 Mbit/s.
        assert!(fast.low_s <= 12 * HOUR && fast.high_s >= 48 * HOUR, "{fast:?}");
        assert!(
            fast.low_s >= 8 * HOUR && fast.high_s <= 4 * DAY,
            "no wider than it must be: {fast:?}"
        );
        assert!(fast.because.contains("bound by the download"), "{fast:?}");
        assert!(fast.because.contains("25 to 200 Mbit/s (assumed"), "{fast:?}");
        assert!(fast.because.contains("The catalog says: 12 to 48 hours"), "{fast:?}");
    }

    #[test]
    fn a_hard_disk_takes_days_and_is_named_as_the_reason() {
        let (needs, requirement) = bitcoin();
        let slow = first_sync(&needs, &HARD_DISK, &requirement).unwrap();
        let fast = first_sync(&needs, &NVME, &requirement).unwrap();
        assert!(slow.high_s > 5 * DAY && slow.low_s > fast.low_s, "{slow:?}");
        assert!(slow.because.contains("bound by reading here and there"), "{slow:?}");
        assert!(slow.because.contains("hard disk"), "{slow:?}");
        let unsynced = DiskSpeed {
            fsyncs_per_s: 0.5,
            ..NVME
        };
        let stuck = first_sync(&needs, &unsynced, &requirement).unwrap();
        assert!(stuck.because.contains("has to confirm"), "{stuck:?}");
    }

    #[test]
    fn nothing_is_said_where_nothing_is_known() {
        let (needs, requirement) = bitcoin();
        let dev = Needs {
            download: ByteSize(0),
            ..needs
        };
        assert_eq!(first_sync(&dev, &NVME, &requirement), None, "nothing to download");
        for broken in [0.0, f64::NAN, f64::INFINITY] {
            let speed = DiskSpeed {
                random_reads_per_s: broken,
                ..NVME
            };
            assert_eq!(first_sync(&needs, &speed, &requirement), None, "{broken}");
        }
    }
}
