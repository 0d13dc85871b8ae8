//! Facts about this machine: processors, memory, disks, ports, folders, processes, control groups, power, network.
//!
//! Everything here looks and changes nothing, but for [`Inhibitor`], which holds off a shutdown, and [`disk_speed`],
//! which writes for a moment. What cannot be seen is `None` or an error, never a made-up value. Calls are synchronous and
//! short where they do not say otherwise; a file system that may hang (network, FUSE) is asked on a thread of its own.

mod address;
pub mod cgroup;
mod counters;
pub mod data_dir;
mod disk;
mod disk_speed;
mod folder;
mod forecast;
mod inhibit;
mod machine;
mod network;
mod opened;
pub mod port;
mod power;
pub mod process;
mod program;

pub use address::network_addresses;
pub use counters::MachineCounters;
pub use disk::{disk_at, disk_of, is_network_file_system, is_removable};
pub use disk_speed::{DiskSpeed, disk_speed};
pub use folder::folder_size;
pub use forecast::{FullIn, full_in};
pub use inhibit::Inhibitor;
pub use machine::{MachineSampler, MachineUsage, cpus, machine_facts};
pub use network::{is_metered, is_metered_by};
pub use opened::opened_by;
pub use power::{PowerSource, power_source, power_source_in};
