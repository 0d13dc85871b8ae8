//! The types on the wire, by subject.

mod activity;
mod app;
mod catalog;
mod fault;
mod install;
mod node;
mod resources;
mod wallet;

pub use activity::{ActivityEntry, ActivityKind, ActivityList, ActivityRequest};
pub use app::{
    AppEvent, AppSnapshot, Change, Empty, EngineCandidate, EngineGuide, EngineState, EngineView, FolderRequest,
    GuideStep, Notice, OutboundHost, SettingsView, Theme,
};
pub use catalog::{
    CatalogCheckReport, CatalogEntryView, CatalogListing, CatalogProblemView, ClientRequest, ImageView, NetworkView,
    OptionChoiceView, OptionRuleView, OptionView, RequirementView,
};
pub use fault::FaultView;
pub use install::{FindingView, InstallRequest, NeedsView, PreflightReport, ResolvedOptionView};
pub use node::{
    CredentialRequest, EndpointList, EndpointRequest, EndpointView, EraseRequest, LayerView, LogLineView, LogPage,
    LogRequest, NodeList, NodeRequest, NodeView, PullView, RemovalReport, RevealedCredential, ServiceView, StatusView,
};
pub use resources::{DiskView, DoctorCheck, DoctorReport, MachineView, NodeUsage, ResourceReport};
pub use wallet::{
    DiffKind, DiffLineView, RevertRequest, SwitchRequest, WalletChange, WalletDiff, WalletHistory, WalletHistoryEntry,
    WalletList, WalletRequest, WalletView,
};
