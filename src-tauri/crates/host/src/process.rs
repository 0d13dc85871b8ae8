//! Which programs run: a wallet must be closed before its file is changed.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub use linux::find;

#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
pub use other::find;

/// A running program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProcess {
    /// Process id.
    pub pid: u32,
    /// The program's file name without its folder, for example `Sparrow`.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn this_very_program_is_found_by_its_name() {
        let own = std::env::current_exe().unwrap();
        let own = own.file_name().unwrap().to_str().unwrap();
        let found = find(|name, argv| name == own && !argv.is_empty());
        assert!(
            found.iter().any(|process| process.pid == std::process::id()),
            "{found:?}"
        );
    }

    #[test]
    fn what_does_not_run_is_not_found() {
        assert!(find(|name, _| name == "no-program-has-this-name").is_empty());
    }
}
