//! The types on the wire, by subject.

mod activity;
mod app;
mod catalog;
mod change;
mod fault;
mod history;
mod install;
mod node;
mod resources;
mod wallet;

pub use activity::{ActivityEntry, ActivityKind, ActivityList, ActivityRequest};
pub use app::{
    AppEvent, AppSnapshot, Change, Empty, EngineCandidate, EngineGuide, EngineState, EngineView, FolderRequest,
    GuideStep, Notice, Notification, OutboundHost, SettingsView, Theme,
};
pub use catalog::{
    CatalogCheckReport, CatalogDependencyView, CatalogEntryView, CatalogListing, CatalogProblemView, ClientRequest,
    ImageView, NetworkView, OptionChoiceView, OptionRuleView, OptionView, RequirementView,
};
pub use change::{
    AdoptableFolder, AdoptableList, AdoptableNode, AdoptableRequest, AttachRequest, ChangePreview, ChangeRequest,
    ConfirmedNodeRequest, CrashList, CrashView, MoveRequest, OptionChangeView, ServiceChangeView, UpdatePreview,
};
pub use fault::FaultView;
pub use history::{
    DiskSpeedView, HistoryRequest, MachineHistory, MachineHistoryRequest, NodeHistory, ServiceHistory, SyncPoint,
    UsagePoint,
};
pub use install::{
    DependencyView, FindingView, InstallRequest, NeedsView, PreflightReport, ResolvedOptionView, SyncEstimate,
};
pub use node::{
    CredentialRequest, EndpointList, EndpointRequest, EndpointView, EraseRequest, LayerView, LogLineView, LogPage,
    LogRequest, NodeList, NodeRequest, NodeView, PullView, RemovalReport, RevealedCredential, ServiceView, StatusView,
};
pub use resources::{DiskView, DoctorCheck, DoctorReport, MachineView, NodeUsage, ResourceReport};
pub use wallet::{
    DiffKind, DiffLineView, RevertRequest, SwitchRequest, WalletChange, WalletDiff, WalletHistory, WalletHistoryEntry,
    WalletList, WalletRequest, WalletView,
};
