//! Whether the connection is metered: a first sync moves hundreds of gigabytes.

use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program;

/// How long the network manager may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Whether the connection in use is metered, as NetworkManager knows it or guesses it. `None` where it does not run or
/// does not know, and on systems other than Linux. Blocks, at most about two seconds.
pub fn is_metered() -> Option<bool> {
    if cfg!(target_os = "linux") {
        is_metered_by(OsStr::new("busctl"))
    } else {
        None
    }
}

/// Like [`is_metered`], asking through `program` in place of `busctl`.
pub fn is_metered_by(program: &OsStr) -> Option<bool> {
    let mut child = Command::new(program)
        .args(["--system", "get-property"])
        .args(["org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager"])
        .args(["org.freedesktop.NetworkManager", "Metered"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let answer = child
        .stdout
        .take()
        .and_then(|stdout| program::first_line(stdout, ANSWER_WITHIN).ok());
    program::end(
        &mut child,
        // Whoever has answered is about to end.
        if answer.is_some() {
            Duration::from_millis(200)
        } else {
            Duration::ZERO
        },
    );
    metered(&answer?)
}

/// Reads `u 4`, a number of NetworkManager's `NMMetered`: 0 unknown, 1 yes, 2 no, 3 and 4 the same as guesses.
fn metered(answer: &str) -> Option<bool> {
    match answer.trim().strip_prefix("u ")?.trim() {
        "1" | "3" => Some(true),
        "2" | "4" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::metered;

    #[test]
    fn every_answer_of_the_network_manager_is_understood() {
        for (answer, expected) in [
            ("u 0", None),
            ("u 1", Some(true)),
            ("u 2", Some(false)),
            ("u 3", Some(true)),
            ("u 4\n", Some(false)),
            ("u 5", None),
            ("u 11", None),
            ("s \"1\"", None),
            ("", None),
        ] {
            assert_eq!(metered(answer), expected, "{answer:?}");
        }
    }

    #[cfg(target_os = "linux")]
    mod with_a_program {
        use std::time::{Duration, Instant};

        use crate::network::is_metered_by;
        use crate::program::test_script;

        #[test]
        fn the_program_is_asked_for_the_property() {
            let folder = tempfile::tempdir().unwrap();
            let script = test_script(
                folder.path(),
                "test \"$*\" = '--system get-property org.freedesktop.NetworkManager \
                 /org/freedesktop/NetworkManager org.freedesktop.NetworkManager Metered' && echo u 3",
            );
            assert_eq!(is_metered_by(script.as_os_str()), Some(true));
        }

        #[test]
        fn a_refusal_and_a_missing_program_say_nothing() {
            let folder = tempfile::tempdir().unwrap();
            let script = test_script(folder.path(), "echo 'Failed to get property' >&2; exit 1");
            assert_eq!(is_metered_by(script.as_os_str()), None);
            assert_eq!(is_metered_by(folder.path().join("absent").as_os_str()), None);
        }

        #[test]
        fn silence_is_bounded_and_the_program_ended() {
            let folder = tempfile::tempdir().unwrap();
            let pid = folder.path().join("pid");
            let script = test_script(folder.path(), &format!("echo $$ > '{}'; exec sleep 60", pid.display()));
            let start = Instant::now();
            assert_eq!(is_metered_by(script.as_os_str()), None);
            assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
            let pid = std::fs::read_to_string(pid).unwrap();
            let process = std::path::Path::new("/proc").join(pid.trim());
            assert!(!process.exists(), "neither running nor a zombie");
        }
    }
}
