//! Every command of the contract as a Tauri command, and the shell's own one.

use freehold_contract::{
    ActivityList, ActivityRequest, AdoptableList, AdoptableRequest, AppSnapshot, AttachRequest, AuditReport,
    CatalogCheckReport, CatalogEntryView, CatalogListing, ChangePreview, ChangeRequest, ClientRequest,
    ConfirmedNodeRequest, CrashList, CredentialChangeRequest, CredentialList, CredentialPreview,
    CredentialPreviewRequest, CredentialRequest, DiskSpeedView, DoctorReport, DrillReport, DrillRequest, Empty,
    EndpointList, EndpointRequest, EngineView, EraseRequest, FaultView, FolderRequest, GuideRequest, HistoryRequest,
    InstallRequest, LogPage, LogRequest, MachineHistory, MachineHistoryRequest, MoveRequest, NodeHistory, NodeList,
    NodeRequest, NodeView, PhoneLink, PhoneRequest, PreflightReport, PromptPage, PromptRequest, PromptStatus,
    PromptStatusRequest, RemovalReport, ResourceReport, RevealedCredential, RevertAllReport, RevertRequest,
    SettingsView, SwitchRequest, UpdatePreview, WaitingRequest, WalletChange, WalletDiff, WalletGuide, WalletHistory,
    WalletList, WalletRequest,
};
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, Wry};

use crate::quit::{self, Choice};
use crate::shell::Shell;

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $name:ident($request:ident) -> $response:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[tauri::command]
            async fn $name(shell: State<'_, Shell>, request: $request) -> Result<$response, FaultView> {
                shell.app()?.$name(request).await.map_err(|fault| FaultView::from(&fault))
            }
        )*

        /// Answers whatever the window asks.
        pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name,)* window_quit]
        }
    };
}
freehold_contract::for_each_command!(commands);

/// The answer to the quit question.
#[tauri::command]
async fn window_quit(tauri: AppHandle, choice: Choice) -> Result<(), FaultView> {
    quit::answer(&tauri, choice).await
}
