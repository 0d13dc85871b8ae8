//! Finds wallets on this machine, plans an edit, applies it, and puts it back.
//!
//! The cut: an [`Adapter`] is pure and one file; it knows where a wallet keeps its endpoint and how that text reads.
//! Everything that touches the disk stands here once and is shared: finding ([`find`]), planning ([`plan_switch`]),
//! applying ([`apply`]), the [`Journal`], reverting ([`plan_revert`], [`revert`]), the running check and the table of
//! hosted providers. The one rule: a wallet's file is touched only after its exact bytes are safe in the journal.
//!
//! Seeds, keystores and wallet databases are never opened: the only way to a wallet's file is [`WalletFile`], which
//! refuses every path that the adapter does not list.

mod adapter;
mod apply;
mod diff;
mod error;
mod file;
mod find;
mod format;
mod journal;
mod mask;
mod place;
mod platform;
mod process;
mod provider;
mod replace;
mod revert;
mod running;
mod switch;

pub use adapter::{
    Adapter, AdapterError, CurrentEndpoint, KeyChange, Login, NewContent, Restored, SeenEndpoint, Switchable, adapter,
    adapters,
};
pub use apply::apply;
pub use diff::{DiffKind, DiffLine};
pub use error::WalletError;
pub use file::{FileBytes, WalletFile};
pub use find::{WalletRow, find};
pub use journal::{Entry, EntryId, EntryKind, EntryState, Journal, JournalError, Recovery};
pub use place::{Os, Places};
pub use process::{ProcessEntry, ProcessView, SystemProcesses};
pub use provider::{Locality, Provider, locality, provider_of};
pub use revert::{RevertKind, RevertPlan, plan_revert, revert};
pub use running::{Running, running};
pub use switch::{FileChange, SwitchPlan, plan_switch};
