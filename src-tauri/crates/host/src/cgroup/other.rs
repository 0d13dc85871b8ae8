//! Systems without control groups: engines run in a virtual machine there, and the engine's own figures are used.

use std::io;

use super::CgroupUsage;

/// Reads one control group; never made on this system.
#[derive(Debug)]
pub struct Reader(std::convert::Infallible);

impl Reader {
    /// Fails with `Unsupported`.
    pub fn for_pid(_pid: u32) -> io::Result<Self> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "this system has no control groups",
        ))
    }

    /// Never called.
    pub fn read(&mut self) -> io::Result<CgroupUsage> {
        match self.0 {}
    }
}
