//! Facts about this machine: processors, memory, disks, ports, folders, processes, control groups.
//!
//! Everything here looks and changes nothing. What cannot be seen is `None` or an error, never a made-up value. Calls
//! are synchronous and short; a file system that may hang (network, FUSE) is asked on a thread of its own.

pub mod cgroup;
pub mod data_dir;
mod disk;
mod folder;
mod machine;
pub mod port;
pub mod process;

pub use disk::{disk_at, disk_of};
pub use folder::folder_size;
pub use machine::{MachineSampler, MachineUsage, machine_facts};
