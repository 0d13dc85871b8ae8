//! Every command of the contract, by subject.
#![expect(
    clippy::unused_async,
    reason = "every command has the same form, whether it waits today or not"
)]

mod activity;
mod adoptable;
mod app;
mod attach;
mod catalog;
mod change;
mod credential;
mod disk;
mod doctor;
mod endpoint;
mod estimates;
mod guide;
mod history;
mod install;
mod log;
mod node;
mod peers;
mod preflight;
mod prepare;
mod registry;
mod relocate;
mod save;
mod settings;
mod support;
mod update;
mod wallet;

pub(crate) use activity::activity_view;
pub use catalog::check_folder;
pub(crate) use credential::follow::Followed;
pub(crate) use estimates::LastSpeed;
pub(crate) use support::LastBundle;
pub(crate) use update::data_name;
pub use wallet::WalletsAlone;
pub(crate) use wallet::{WaitingList, places, recover_wallets};
