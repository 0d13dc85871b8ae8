//! The TypeScript of the wire: types, commands and the words for faults, in one generated file.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use freehold_model::FaultCode;
use ts_rs::{Config, TS, TypeVisitor};

use crate::wire::{
    ActivityExportRequest, ActivityList, ActivityRequest, AdoptableList, AdoptableRequest, AppEvent, AppSnapshot,
    AttachRequest, AuditReport, CatalogCheckReport, CatalogEntryView, CatalogListing, ChangePreview, ChangeRequest,
    ClientRequest, ConfirmedNodeRequest, CrashList, CredentialChangeRequest, CredentialList, CredentialPreview,
    CredentialPreviewRequest, CredentialRequest, DiskChoices, DiskSpeedView, DoctorReport, DrillReport, DrillRequest,
    Empty, EndpointCode, EndpointCodeRequest, EndpointList, EndpointRequest, EngineSetupRequest, EngineView,
    EraseRequest, FaultView, FolderRequest, GuideRequest, HistoryRequest, InstallRequest, LogPage, LogRequest,
    MachineHistory, MachineHistoryRequest, MoveRequest, NodeHistory, NodeList, NodeRequest, NodeView, PeerList,
    PhoneLink, PhoneRequest, PreflightReport, PromptPage, PromptRequest, PromptStatus, PromptStatusRequest,
    RegistryList, RemovalReport, ResourceReport, RevealedCredential, RevertAllReport, RevertRequest, SavedFile,
    SettingsView, SupportPreview, SupportSaveRequest, SwitchRequest, SyncEstimates, SyncEstimatesRequest,
    UpdatePreview, WaitingRequest, WalletChange, WalletDiff, WalletGuide, WalletHistory, WalletList, WalletRequest,
};

/// Collects the declaration of a type and of everything it is made of.
struct Collector {
    config: Config,
    seen: HashSet<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl Collector {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types with a file of their own have a declaration; numbers, strings and lists do not.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.declarations.insert(
                T::ident(&self.config),
                format!("{docs}export {}\n", T::decl(&self.config)),
            );
        }
        T::visit_dependencies(self);
    }
}

impl TypeVisitor for Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

macro_rules! describe {
    ($($(#[doc = $doc:literal])* $name:ident($request:ident) -> $response:ident;)*) => {
        fn collect(collector: &mut Collector) {
            $(collector.add::<$request>(); collector.add::<$response>();)*
            collector.add::<AppEvent>();
            collector.add::<FaultView>();
        }

        /// Every command: name, request type, response type, description.
        const COMMANDS: &[(&str, &str, &str, &str)] =
            &[$((stringify!($name), stringify!($request), stringify!($response), concat!($($doc),*)),)*];
    };
}
crate::for_each_command!(describe);

/// The names of every command, in the list's order.
pub fn command_names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, ..)| *name)
}

/// The whole generated file.
pub fn generate() -> String {
    let mut collector = Collector {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        declarations: BTreeMap::new(),
    };
    collect(&mut collector);

    let mut out = String::from(
        "// Generated from src-tauri/crates/contract. Do not edit: run `cargo test -p freehold-contract` with\n\
         // UPDATE_TYPESCRIPT=1 after changing a wire type.\n\n",
    );
    for declaration in collector.declarations.values() {
        out.push_str(declaration);
        out.push('\n');
    }
    out.push_str("/** Every command: its request and its response. */\nexport interface Commands {\n");
    for (name, request, response, doc) in COMMANDS {
        let _ = writeln!(
            out,
            "  /** {} */\n  {name}: {{ request: {request}; response: {response} }};",
            doc.trim()
        );
    }
    out.push_str("}\n\n/** Every fault code. */\nexport type FaultCode =\n");
    for code in FaultCode::ALL {
        let _ = writeln!(out, "  | \"{}\"", code.as_str());
    }
    out.push_str("  ;\n\n/** The words for every fault; `{name}` is filled with the fault's parameter. */\n");
    out.push_str("export const faultWords: Record<FaultCode, { title: string; why: string; todo: string; action: string }> = {\n");
    for code in FaultCode::ALL {
        let words = code.words();
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let action = serde_json::to_string(&words.action).unwrap_or_default();
        let _ = writeln!(
            out,
            "  \"{}\": {{ title: {}, why: {}, todo: {}, action: {action} }},",
            code.as_str(),
            text(words.title),
            text(words.why),
            text(words.todo)
        );
    }
    out.push_str("};\n");
    out
}
