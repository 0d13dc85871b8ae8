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
mod audit;
mod diff;
mod error;
mod file;
mod files;
mod find;
mod format;
mod guide;
mod journal;
mod locality;
mod lock;
mod mask;
mod place;
mod platform;
mod process;
mod provider;
mod replace;
mod revert;
mod running;
mod slot;
mod switch;

pub use adapter::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, KeyChange, Leftover, Lock, Login, NewContent, NewFile,
    Override, Restored, SeenEndpoint, Switchable, adapter, adapters,
};
pub use apply::apply;
pub use audit::{
    Audit, AuditInput, AuditRow, Ground, Leftover as AuditLeftover, NodeAsks, NodeUse, Score, Source, SourceKind,
    Unread, UserKind, Verdict, audit, is_audited_variable,
};
pub use diff::{DiffKind, DiffLine};
pub use error::WalletError;
pub use file::{FileBytes, WalletFile};
pub use files::{Files, HeldFile};
pub use find::{SettingsNow, WalletRow, find, settings_now};
pub use guide::{
    EvmChain, FilledStep, Guide, GuideEndpoint, LinkForm, PromptWords, RunsOn, Step as GuideStep, evm_chain, fill,
    find_guided, guide, guides,
};
pub use journal::{Entry, EntryFile, EntryId, EntryKind, EntryState, Journal, JournalError, Recovery};
pub use locality::{Locality, is_this_machine, locality};
pub use mask::mask_urls;
pub use place::{Os, Places};
pub use process::{ProcessEntry, ProcessView, SystemProcesses};
pub use provider::{Cloud, Dependence, Evidence, Provider, provider_of, providers};
pub use revert::{FileRevert, RevertKind, RevertPlan, plan_revert, revert};
pub use running::{Running, processes_of, running, running_among};
pub use slot::{SETTINGS, Slot};
pub use switch::{FileChange, SwitchPlan, plan_switch};
