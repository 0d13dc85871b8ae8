//! From a command's name and JSON to the method that answers it: made from the contract's list.

use freehold_contract::{
    ActivityExportRequest, ActivityRequest, AdoptableRequest, AttachRequest, ChangeRequest, ClientRequest,
    ConfirmedNodeRequest, CredentialChangeRequest, CredentialPreviewRequest, CredentialRequest, DrillRequest, Empty,
    EndpointCodeRequest, EndpointRequest, EngineSetupRequest, EraseRequest, FolderRequest, GuideRequest,
    HistoryRequest, InstallRequest, LogRequest, MachineHistoryRequest, MoveRequest, NodeRequest, PhoneRequest,
    PromptRequest, PromptStatusRequest, RevertRequest, SettingsView, SupportSaveRequest, SwitchRequest,
    SyncEstimatesRequest, WaitingRequest, WalletRequest,
};
use freehold_model::{Fault, FaultCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::App;

fn read<T: DeserializeOwned>(command: &str, request: Value) -> Result<T, Fault> {
    // A command without fields may be called without a body.
    let request = if request.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        request
    };
    serde_json::from_value(request)
        .map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", format_args!("`{command}`: {error}")))
}

fn write<T: serde::Serialize>(response: &T) -> Result<Value, Fault> {
    serde_json::to_value(response).map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))
}

macro_rules! router {
    ($($(#[doc = $doc:literal])* $name:ident($request:ident) -> $response:ident;)*) => {
        impl App {
            /// Answers a command by its name. An unknown name or a malformed request is a fault, never a panic.
            pub async fn call(&self, command: &str, request: Value) -> Result<Value, Fault> {
                match command {
                    $(stringify!($name) => {
                        let request: $request = read(command, request)?;
                        // Boxed: the largest of all commands would make every call, and every caller's future, as large.
                        let response: freehold_contract::$response = Box::pin(self.$name(request)).await?;
                        write(&response)
                    })*
                    _ => Err(Fault::new(FaultCode::BadRequest)
                        .with("reason", format_args!("there is no command `{command}`"))),
                }
            }
        }
    };
}
freehold_contract::for_each_command!(router);
