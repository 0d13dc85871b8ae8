//! Every command of the contract, by subject.
#![expect(
    clippy::unused_async,
    reason = "every command has the same form, whether it waits today or not"
)]

mod activity;
mod app;
mod catalog;
mod doctor;
mod endpoint;
mod install;
mod log;
mod node;
mod preflight;
mod settings;
mod wallet;

pub(crate) use activity::activity_view;
pub use catalog::check_folder;
pub(crate) use wallet::{places, recover_wallets};
