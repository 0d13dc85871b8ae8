//! One way to call the application, whether it runs in this process or in another.

use std::path::{Path, PathBuf};
use std::time::Duration;

use freehold_contract::{
    ActivityExportRequest, ActivityRequest, AdoptableRequest, AttachRequest, ChangeRequest, ClientRequest,
    ConfirmedNodeRequest, CredentialChangeRequest, CredentialPreviewRequest, CredentialRequest, DrillRequest, Empty,
    EndpointCodeRequest, EndpointRequest, EngineSetupRequest, EraseRequest, FaultView, FolderRequest, GuideRequest,
    HistoryRequest, InstallRequest, LogRequest, MachineHistoryRequest, MoveRequest, NodeRequest, PhoneRequest,
    PromptRequest, PromptStatusRequest, RevertRequest, SettingsView, SupportSaveRequest, SwitchRequest,
    SyncEstimatesRequest, WaitingRequest, WalletRequest,
};
use freehold_model::{Fault, FaultCode};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::net::UnixStream;

use crate::App;

/// A command may wait for a log line or a wallet's endpoint; nothing waits longer than this.
const LIMIT: Duration = Duration::from_mins(2);

/// Talks to the owner of a folder over its control socket.
#[derive(Debug, Clone)]
pub struct ControlClient {
    path: PathBuf,
}

impl ControlClient {
    /// The client, if an owner answers at `path`.
    pub async fn connect(path: &Path) -> Option<Self> {
        let connected = tokio::time::timeout(Duration::from_secs(2), UnixStream::connect(path)).await;
        matches!(connected, Ok(Ok(_))).then(|| Self { path: path.to_owned() })
    }

    async fn call(&self, command: &str, request: Value) -> Result<Value, FaultView> {
        let lost = |reason: String| {
            FaultView::from(
                &Fault::new(FaultCode::Internal)
                    .with("reason", format_args!("the running Freehold did not answer: {reason}")),
            )
        };
        let exchange = async {
            let stream = UnixStream::connect(&self.path)
                .await
                .map_err(|error| lost(error.to_string()))?;
            let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
                .await
                .map_err(|error| lost(error.to_string()))?;
            let request = Request::post(format!("/api/{command}"))
                .header("host", "freehold")
                .body(Full::new(Bytes::from(request.to_string())))
                .map_err(|error| lost(error.to_string()))?;
            let answer = async {
                let response = sender
                    .send_request(request)
                    .await
                    .map_err(|error| lost(error.to_string()))?;
                let is_good = response.status().is_success();
                let bytes = response
                    .into_body()
                    .collect()
                    .await
                    .map_err(|error| lost(error.to_string()))?
                    .to_bytes();
                let value: Value = serde_json::from_slice(&bytes).map_err(|error| lost(error.to_string()))?;
                if is_good {
                    Ok(value)
                } else {
                    Err(read_fault(&value).unwrap_or_else(|| lost("an unknown error".to_owned())))
                }
            };
            tokio::pin!(answer);
            tokio::select! {
                answer = &mut answer => answer,
                // The connection's own end comes with or before the answer's failure; the answer tells more.
                _ = connection => answer.await,
            }
        };
        match tokio::time::timeout(LIMIT, exchange).await {
            Ok(answer) => answer,
            Err(_) => Err(lost(format!("no answer within {} s", LIMIT.as_secs()))),
        }
    }
}

fn read_fault(value: &Value) -> Option<FaultView> {
    serde_json::from_value(value.get("fault")?.clone()).ok()
}

/// The application, here or elsewhere.
#[derive(Clone)]
pub enum Client {
    /// In this process, which owns the folder.
    Local(App),
    /// In the process that owns the folder.
    Remote(ControlClient),
}

impl Client {
    async fn call(&self, command: &str, request: Value) -> Result<Value, FaultView> {
        match self {
            Self::Local(app) => app
                .call(command, request)
                .await
                .map_err(|fault| FaultView::from(&fault)),
            Self::Remote(client) => client.call(command, request).await,
        }
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, FaultView> {
    serde_json::from_value(value).map_err(|error| {
        FaultView::from(&Fault::new(FaultCode::Internal).with(
            "reason",
            format_args!("the running Freehold is of another version: {error}"),
        ))
    })
}

macro_rules! client {
    ($($(#[doc = $doc:literal])* $name:ident($request:ident) -> $response:ident;)*) => {
        impl Client {
            $(
                $(#[doc = $doc])*
                pub async fn $name(&self, request: $request) -> Result<freehold_contract::$response, FaultView> {
                    let request = serde_json::to_value(&request)
                        .map_err(|error| FaultView::from(&Fault::new(FaultCode::Internal).with("reason", error)))?;
                    read(self.call(stringify!($name), request).await?)
                }
            )*
        }
    };
}
freehold_contract::for_each_command!(client);
