//! Every command of the contract as a Tauri command, and the shell's own.

use freehold_contract::{
    ActivityExportRequest, ActivityList, ActivityRequest, AdoptableList, AdoptableRequest, AppSnapshot, AttachRequest,
    AuditReport, CatalogCheckReport, CatalogEntryView, CatalogListing, ChangePreview, ChangeRequest, ClientRequest,
    ConfirmedNodeRequest, CrashList, CredentialChangeRequest, CredentialList, CredentialPreview,
    CredentialPreviewRequest, CredentialRequest, DiskChoices, DiskSpeedView, DoctorReport, DrillReport, DrillRequest,
    Empty, EndpointCode, EndpointCodeRequest, EndpointList, EndpointRequest, EngineSetupRequest, EngineView,
    EraseRequest, FaultView, FolderRequest, GuideRequest, HistoryRequest, InstallRequest, LogPage, LogRequest,
    MachineHistory, MachineHistoryRequest, MoveRequest, NodeHistory, NodeList, NodeRequest, NodeView, PeerList,
    PhoneLink, PhoneRequest, PreflightReport, PromptPage, PromptRequest, PromptStatus, PromptStatusRequest,
    RegistryList, RemovalReport, ResourceReport, RevealedCredential, RevertAllReport, RevertRequest, SavedFile,
    SettingsView, SupportPreview, SupportSaveRequest, SwitchRequest, SyncEstimates, SyncEstimatesRequest,
    UpdatePreview, WaitingRequest, WalletChange, WalletDiff, WalletGuide, WalletHistory, WalletList, WalletRequest,
};
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, Wry};

use crate::desktop::{self, LoginStart, Pending};
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
            tauri::generate_handler![
                $($name,)* window_quit, window_pending, window_seen, window_save_path, window_login_start,
                window_login_start_change
            ]
        }
    };
}
freehold_contract::for_each_command!(commands);

/// The answer to the quit question.
#[tauri::command]
async fn window_quit(tauri: AppHandle, choice: Choice) -> Result<(), FaultView> {
    quit::answer(&tauri, choice).await
}

/// What waited for the page while it was not there: a link that was opened, a question that was asked.
#[tauri::command]
fn window_pending(shell: State<'_, Shell>) -> Pending {
    shell.pending.take()
}

/// The page tells whether anybody sees it. What nobody sees is not told of every change.
#[tauri::command]
fn window_seen(shell: State<'_, Shell>, seen: bool) {
    shell.seen.send_replace(seen);
}

/// Asks the user where a file of this name should go; nothing when the user changed their mind.
#[tauri::command]
async fn window_save_path(tauri: AppHandle, name: String) -> Result<Option<String>, FaultView> {
    desktop::save_path(&tauri, &name).await
}

/// Whether Freehold starts when the user logs in, as the system says now.
#[tauri::command]
fn window_login_start(tauri: AppHandle) -> Result<LoginStart, FaultView> {
    desktop::login_start(&tauri)
}

/// Lets Freehold start when the user logs in, or no longer.
#[tauri::command]
fn window_login_start_change(tauri: AppHandle, enabled: bool) -> Result<LoginStart, FaultView> {
    desktop::change_login_start(&tauri, enabled)
}
