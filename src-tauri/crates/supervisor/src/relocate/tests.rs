use std::cell::Cell;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::{Leg, copy, measure};

fn go_on() -> AtomicBool {
    AtomicBool::new(false)
}

#[expect(clippy::disallowed_methods, reason = "files of a test")]
fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn leg(root: &Path) -> Leg {
    let from = root.join("from");
    write(&from.join("blocks/blk00000.dat"), &vec![7; 3_000_000]);
    write(&from.join("blocks/index/CURRENT"), b"MANIFEST-000004\n");
    write(&from.join("empty"), b"");
    std::os::unix::fs::symlink("blocks", from.join("link")).unwrap();
    Leg {
        from,
        to: root.join("to"),
    }
}

#[test]
fn everything_arrives_and_the_source_stays() {
    let root = tempfile::tempdir().unwrap();
    let leg = leg(root.path());
    let last = Cell::new((0, 0));
    copy(
        std::slice::from_ref(&leg),
        &|done, total| last.set((done, total)),
        &go_on(),
    )
    .unwrap();
    for file in ["blocks/blk00000.dat", "blocks/index/CURRENT", "empty"] {
        assert_eq!(
            fs::read(leg.from.join(file)).unwrap(),
            fs::read(leg.to.join(file)).unwrap(),
            "{file}"
        );
    }
    assert_eq!(fs::read_link(leg.to.join("link")).unwrap(), Path::new("blocks"));
    assert_eq!(last.get(), (3_000_016, 3_000_016));
    assert_eq!(measure(&[leg]).unwrap(), (3_000_016, 3_000_016));
}

#[test]
fn a_copy_that_was_cut_off_goes_on_and_repeats_nothing_that_is_there() {
    let root = tempfile::tempdir().unwrap();
    let leg = leg(root.path());
    let stop = AtomicBool::new(false);
    let cut = copy(
        std::slice::from_ref(&leg),
        &|done, _| stop.store(done > 1_000_000, std::sync::atomic::Ordering::Relaxed),
        &stop,
    );
    assert!(cut.is_err());
    assert!(
        !leg.to.join("blocks/blk00000.dat").exists(),
        "half a file never has its name"
    );
    copy(std::slice::from_ref(&leg), &|_, _| {}, &go_on()).unwrap();
    let made = fs::metadata(leg.to.join("blocks/blk00000.dat")).unwrap();
    copy(std::slice::from_ref(&leg), &|_, _| {}, &go_on()).unwrap();
    let again = fs::metadata(leg.to.join("blocks/blk00000.dat")).unwrap();
    assert_eq!(
        (made.ino(), made.ctime()),
        (again.ino(), again.ctime()),
        "it was not written again"
    );
}

#[test]
fn a_source_that_is_not_there_is_an_error_and_never_an_empty_copy() {
    let root = tempfile::tempdir().unwrap();
    let leg = Leg {
        from: root.path().join("none"),
        to: root.path().join("to"),
    };
    assert!(copy(&[leg], &|_, _| {}, &go_on()).is_err());
    assert!(!root.path().join("to").exists());
}

#[test]
fn what_an_abandoned_move_left_does_not_mix_with_the_data() {
    let root = tempfile::tempdir().unwrap();
    let leg = leg(root.path());
    write(&leg.to.join("blocks/000123.log"), b"newer than the source");
    write(&leg.to.join("old/x"), b"gone from the source");
    copy(std::slice::from_ref(&leg), &|_, _| {}, &go_on()).unwrap();
    assert!(!leg.to.join("blocks/000123.log").exists());
    assert!(!leg.to.join("old").exists());
}

#[test]
fn a_folder_that_was_closed_to_others_stays_so() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let leg = leg(root.path());
    fs::set_permissions(leg.from.join("blocks"), fs::Permissions::from_mode(0o700)).unwrap();
    copy(std::slice::from_ref(&leg), &|_, _| {}, &go_on()).unwrap();
    let mode = fs::metadata(leg.to.join("blocks")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
