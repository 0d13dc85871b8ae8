//! The reader on made-up trees of each kind, and on this machine.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{CgroupUsage, Reader, Roots};

/// `/proc/PID/stat` with a start time.
fn stat(pid: u32, start: u64) -> String {
    format!("{pid} (bitcoind) S 1 {pid} {pid} 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 {start} 1000 10 1 1 1\n")
}

struct Tree {
    folder: tempfile::TempDir,
    roots: Roots,
}

impl Tree {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots {
            proc: folder.path().join("proc"),
            cgroup: folder.path().join("cgroup"),
        };
        Self { folder, roots }
    }

    #[expect(clippy::disallowed_methods, reason = "a test's own temporary files")]
    fn with(self, path: &str, text: &str) -> Self {
        let file = self.folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    fn process(self, cgroup: &str) -> Self {
        self.with("proc/7/stat", &stat(7, 500))
            .with("proc/7/comm", "bitcoind\n")
            .with("proc/7/net/dev", NETWORK)
            .with("proc/self/net/dev", NETWORK)
            .with("proc/7/cgroup", cgroup)
    }

    fn reader(&self) -> std::io::Result<Reader> {
        Reader::for_pid_in(&self.roots, 7)
    }
}

fn v1_files(tree: Tree) -> Tree {
    tree.with("cgroup/cpuacct/docker/1a/cpuacct.usage", "2500000000\n")
        .with("cgroup/memory/docker/1a/memory.usage_in_bytes", "1000000\n")
        .with(
            "cgroup/memory/docker/1a/memory.stat",
            "cache 9\ninactive_file 7\ntotal_inactive_file 400000\n",
        )
        .with(
            "cgroup/blkio/docker/1a/blkio.throttle.io_service_bytes_recursive",
            "254:0 Read 8192\n254:0 Write 4096\n254:0 Total 12288\nTotal 12288\n",
        )
}

fn v2_files(tree: Tree, at: &str) -> Tree {
    tree.with(
        &format!("{at}/cpu.stat"),
        "usage_usec 2500000\nuser_usec 1\nsystem_usec 2\n",
    )
    .with(&format!("{at}/memory.current"), "1000000\n")
    .with(
        &format!("{at}/memory.stat"),
        "anon 5\nfile 6\nactive_file 7\ninactive_file 400000\n",
    )
    .with(
        &format!("{at}/io.stat"),
        "254:0 rbytes=8192 wbytes=4096 rios=2 wios=1 dbytes=0 dios=0\n",
    )
}

const NETWORK: &str = "Inter-|   Receive  |  Transmit\n face |bytes    packets|bytes    packets\n    \
    lo: 5000 9 0 0 0 0 0 0 5000 9 0 0 0 0 0 0\n  eth0: 700 6 0 0 0 0 0 0 300 5 0 0 0 0 0 0\n";

const EXPECTED: CgroupUsage = CgroupUsage {
    cpu_usec: 2_500_000,
    memory_bytes: 600_000,
    disk_read_bytes: Some(8192),
    disk_written_bytes: Some(4096),
    network_in_bytes: Some(700),
    network_out_bytes: Some(300),
};

#[test]
fn version_1_is_read() {
    let tree = v1_files(Tree::new()).process("9:blkio:/docker/1a\n4:memory:/docker/1a\n2:cpu,cpuacct:/docker/1a\n");
    assert_eq!(tree.reader().unwrap().read().unwrap(), EXPECTED);
}

#[test]
fn version_2_is_read() {
    let tree = v2_files(Tree::new(), "cgroup/system.slice/docker-1a.scope")
        .with("cgroup/cgroup.controllers", "cpu memory\n")
        .process("0::/system.slice/docker-1a.scope\n");
    assert_eq!(tree.reader().unwrap().read().unwrap(), EXPECTED);
}

#[test]
fn a_hybrid_tree_is_read_where_each_controller_is() {
    let tree = v1_files(Tree::new())
        .with("cgroup/unified/cgroup.controllers", "")
        .process("9:blkio:/docker/1a\n4:memory:/docker/1a\n2:cpuacct:/docker/1a\n1:cpu:/docker/1a\n0::/\n");
    assert_eq!(
        tree.reader().unwrap().read().unwrap(),
        EXPECTED,
        "version 2 is there but empty"
    );
}

#[test]
fn version_2_beside_version_1_is_found_in_its_own_folder() {
    let tree = v2_files(Tree::new(), "cgroup/unified/pod/1a")
        .with("cgroup/unified/cgroup.controllers", "cpu memory\n")
        .process("9:name=systemd:/x\n0::/pod/1a\n");
    assert_eq!(tree.reader().unwrap().read().unwrap(), EXPECTED);
}

#[test]
fn what_the_kernel_does_not_tell_is_none() {
    let tree = v2_files(Tree::new(), "cgroup/pod")
        .with("cgroup/cgroup.controllers", "cpu memory\n")
        .process("0::/pod\n");
    fs::remove_file(tree.roots.cgroup.join("pod/io.stat")).unwrap();
    fs::remove_file(tree.roots.proc.join("7/net/dev")).unwrap();
    let expected = CgroupUsage {
        disk_read_bytes: None,
        disk_written_bytes: None,
        network_in_bytes: None,
        network_out_bytes: None,
        ..EXPECTED
    };
    assert_eq!(tree.reader().unwrap().read().unwrap(), expected);
}

#[test]
fn the_machines_own_network_is_not_the_containers() {
    let tree = v2_files(Tree::new(), "cgroup/pod")
        .with("cgroup/cgroup.controllers", "cpu memory\n")
        .process("0::/pod\n");
    fs::remove_file(tree.roots.proc.join("self/net/dev")).unwrap();
    fs::hard_link(tree.roots.proc.join("7/net/dev"), tree.roots.proc.join("self/net/dev")).unwrap();
    assert_eq!(tree.reader().unwrap().read().unwrap().network_in_bytes, None);
}

#[test]
fn version_1_without_counters_of_groups_below_is_read() {
    let tree = v1_files(Tree::new())
        .with(
            "cgroup/blkio/docker/1a/blkio.throttle.io_service_bytes",
            "254:0 Read 5\n254:0 Write 6\n",
        )
        .process("9:blkio:/docker/1a\n4:memory:/docker/1a\n2:cpuacct:/docker/1a\n");
    let below = "blkio/docker/1a/blkio.throttle.io_service_bytes_recursive";
    fs::remove_file(tree.roots.cgroup.join(below)).unwrap();
    assert_eq!(tree.reader().unwrap().read().unwrap().disk_written_bytes, Some(6));
}

#[test]
fn figures_are_read_anew_each_time() {
    let tree = v2_files(Tree::new(), "cgroup/pod")
        .with("cgroup/cgroup.controllers", "")
        .process("0::/pod\n");
    let mut reader = tree.reader().unwrap();
    assert_eq!(reader.read().unwrap().memory_bytes, 600_000);
    let tree = tree.with("cgroup/pod/memory.current", "500000\n");
    assert_eq!(
        reader.read().unwrap().memory_bytes,
        100_000,
        "shorter than before, and nothing left over from it"
    );
    drop(tree);
}

#[test]
fn the_cache_is_looked_at_again_when_the_usage_has_changed() {
    let stat = |inactive: u64| format!("inactive_file {inactive}\n");
    let tree = v2_files(Tree::new(), "cgroup/pod")
        .with("cgroup/cgroup.controllers", "")
        .process("0::/pod\n");
    let mut reader = tree.reader().unwrap();
    assert_eq!(reader.read().unwrap().memory_bytes, 600_000);
    let tree = tree
        .with("cgroup/pod/memory.stat", &stat(100_000))
        .with("cgroup/pod/memory.current", "1000001\n");
    assert_eq!(reader.read().unwrap().memory_bytes, 900_001);
    drop(tree);
}

#[test]
fn the_whole_machines_group_is_refused() {
    for group in ["0::/\n", "4:memory:/\n2:cpuacct:/\n", "0::/../other\n", ""] {
        let tree = v2_files(Tree::new(), "cgroup")
            .with("cgroup/cgroup.controllers", "")
            .process(group);
        assert_eq!(tree.reader().unwrap_err().kind(), ErrorKind::Unsupported, "{group:?}");
    }
}

#[test]
fn a_process_without_a_name_has_ended() {
    let tree = v2_files(Tree::new(), "cgroup/pod")
        .with("cgroup/cgroup.controllers", "")
        .process("0::/pod\n");
    let mut reader = tree.reader().unwrap();
    let tree = tree.with("proc/7/comm", "");
    assert_eq!(reader.read().unwrap_err().kind(), ErrorKind::NotFound);
    drop(tree);
}

#[test]
fn a_file_of_an_unknown_form_is_an_error_not_zero() {
    let tree = v2_files(Tree::new(), "cgroup/pod")
        .with("cgroup/cgroup.controllers", "")
        .with("cgroup/pod/memory.current", "max\n")
        .process("0::/pod\n");
    assert_eq!(
        tree.reader().unwrap().read().unwrap_err().kind(),
        ErrorKind::InvalidData
    );
}

#[test]
fn a_process_that_is_not_there_is_not_found() {
    assert_eq!(Reader::for_pid(u32::MAX).unwrap_err().kind(), ErrorKind::NotFound);
}

/// A real process of this machine. Where the tests themselves run in no group of their own (a bare system without
/// containers), the refusal is what is checked.
#[test]
fn a_real_process_is_read_and_its_end_noticed() {
    let mut child = std::process::Command::new("sleep").arg("30").spawn().unwrap();
    match Reader::for_pid(child.id()) {
        Ok(mut reader) => {
            let usage = reader.read().unwrap();
            assert!(usage.memory_bytes > 0, "a program takes memory: {usage:?}");
            assert!(usage.cpu_usec > 0, "starting costs processor time: {usage:?}");
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(
                reader.read().unwrap_err().kind(),
                ErrorKind::NotFound,
                "an ended process is noticed"
            );
        }
        Err(error) => {
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
            assert!(
                Path::new("/proc/self/cgroup").exists(),
                "control groups are part of the kernel"
            );
        }
    }
}

/// The budget (0.5 % of a processor for 50 containers, once a second) leaves 100 microseconds a container.
#[test]
#[ignore = "measures; run it in a control group of its own with `--release -- --ignored --nocapture`"]
fn a_reading_costs_far_less_than_its_budget() {
    let Ok(mut reader) = Reader::for_pid(std::process::id()) else {
        println!("this process runs in no control group of its own: nothing to measure");
        return;
    };
    let start = std::time::Instant::now();
    for _ in 0..5000 {
        reader.read().unwrap();
    }
    let each = start.elapsed() / 5000;
    println!("one reading {each:?}, fifty {:?}", each * 50);
    assert!(each < std::time::Duration::from_micros(100), "{each:?} a reading");
}
