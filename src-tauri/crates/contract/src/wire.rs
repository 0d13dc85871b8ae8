//! The types on the wire, by subject.

mod activity;
mod app;
mod audit;
mod catalog;
mod change;
mod credential;
mod disk;
mod drill;
mod estimate;
mod fault;
mod guide;
mod history;
mod install;
mod node;
mod peer;
mod resources;
mod setup;
mod support;
mod wallet;

pub use activity::{
    ActivityChange, ActivityEntry, ActivityExportRequest, ActivityFormat, ActivityKind, ActivityList, ActivityRequest,
    FileTarget, SavedFile,
};
pub use app::{
    AppEvent, AppSnapshot, Change, Empty, EngineCandidate, EngineState, EngineView, FolderRequest, Language, Notice,
    Notification, OutboundHost, SettingsView, Theme,
};
pub use audit::{
    AuditKind, AuditLeftover, AuditReport, AuditRow, AuditScore, AuditSource, AuditSourceKind, AuditUnread,
    AuditVerdict, CloudHint, DrillChoice,
};
pub use catalog::{
    CatalogCheckReport, CatalogDependencyView, CatalogEntryView, CatalogListing, CatalogProblemView, ClientRequest,
    ImageView, NetworkView, OptionChoiceView, OptionRuleView, OptionView, RequirementView,
};
pub use change::{
    AdoptableFolder, AdoptableList, AdoptableNode, AdoptableRequest, AttachRequest, ChangePreview, ChangeRequest,
    ConfirmedNodeRequest, CrashList, CrashView, MoveRequest, OptionChangeView, ServiceChangeView, UpdatePreview,
};
pub use credential::{
    CredentialAction, CredentialChangeRequest, CredentialList, CredentialPreview, CredentialPreviewRequest,
    CredentialView,
};
pub use disk::{DiskChoice, DiskChoices};
pub use drill::{
    DrillContact, DrillCounts, DrillEndpoint, DrillNode, DrillOutcome, DrillProof, DrillReport, DrillRequest,
};
pub use estimate::{EntryEstimate, SyncEstimates, SyncEstimatesRequest};
pub use fault::FaultView;
pub use guide::{
    GuideNode, GuideRequest, PhoneLink, PhoneReach, PhoneRequest, PromptPage, PromptRequest, PromptState, PromptStatus,
    PromptStatusRequest, WalletGuide, WalletStep,
};
pub use history::{
    DiskSpeedView, HistoryRequest, MachineHistory, MachineHistoryRequest, NodeHistory, ServiceHistory, SyncPoint,
    UsagePoint,
};
pub use install::{
    DependencyView, FindingView, FixView, InstallRequest, NeedsView, PreflightReport, ResolvedOptionView, SyncEstimate,
};
pub use node::{
    CredentialRequest, EndpointCode, EndpointCodeRequest, EndpointList, EndpointRequest, EndpointView, EraseRequest,
    LayerView, LogLineView, LogPage, LogRequest, NodeList, NodeRequest, NodeView, PullView, RemovalReport,
    RevealedCredential, ServiceView, StatusView,
};
pub use peer::{PeerList, PeerView};
pub use resources::{DiskView, DoctorCheck, DoctorReport, MachineView, NodeUsage, ResourceReport};
pub use setup::{EngineGuide, EngineSetup, EngineSetupRequest, EngineSetupState, EngineSituation, GuideStep};
pub use support::{RegistryList, RegistryView, SupportFile, SupportPreview, SupportSaveRequest};
pub use wallet::{
    DiffKind, DiffLineView, LackView, LeftoverView, NodeFix, RevertAllReport, RevertFailure, RevertRequest,
    SwitchRequest, WaitingRequest, WalletChange, WalletDiff, WalletFileDiff, WalletHistory, WalletHistoryEntry,
    WalletList, WalletRequest, WalletView,
};
