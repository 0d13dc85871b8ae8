//! How a request shows that it may be made.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use freehold_model::Credential;
use http_auth::{PasswordClient, PasswordParams};
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, WWW_AUTHENTICATE};

use crate::rpc::CallError;

/// Largest token file: a macaroon has some hundred bytes.
const LARGEST_TOKEN: u64 = 64 * 1024;

/// LND's header.
static MACAROON: HeaderName = HeaderName::from_static("grpc-metadata-macaroon");

/// What a request shows.
pub(crate) enum Access {
    /// Nothing.
    None,
    /// User and password as such.
    Basic(Credential),
    /// User and password as an answer to the server's challenge.
    Digest(Credential, Mutex<Option<PasswordClient>>),
    /// A file with `user:password`, made anew at each start of the node.
    Cookie(PathBuf),
    /// A file whose bytes go into a header in hex.
    Macaroon(PathBuf),
}

/// A header, and the texts that must not show up in an error.
pub(crate) struct Shown {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    pub(crate) secrets: Vec<String>,
}

impl Access {
    pub(crate) fn basic(credential: Option<&Credential>) -> Self {
        credential.cloned().map_or(Self::None, Self::Basic)
    }

    pub(crate) fn digest(credential: Option<&Credential>) -> Self {
        credential
            .cloned()
            .map_or(Self::None, |credential| Self::Digest(credential, Mutex::default()))
    }

    pub(crate) fn cookie(file: Option<&PathBuf>, credential: Option<&Credential>) -> Self {
        file.cloned().map_or_else(|| Self::basic(credential), Self::Cookie)
    }

    pub(crate) fn macaroon(file: Option<&PathBuf>) -> Self {
        file.cloned().map_or(Self::None, Self::Macaroon)
    }

    pub(crate) fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// The header for one request.
    pub(super) async fn header(&self, method: &str, path: &str) -> Result<Option<Shown>, CallError> {
        match self {
            Self::None => Ok(None),
            Self::Basic(credential) => {
                let pair = format!("{}:{}", credential.user, credential.password.expose());
                Ok(basic(&pair, credential.password.expose()))
            }
            Self::Digest(credential, client) => {
                let mut client = client.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(client) = client.as_mut() else { return Ok(None) };
                let password = credential.password.expose();
                let answer = client.respond(&PasswordParams {
                    username: &credential.user,
                    password,
                    uri: path,
                    method,
                    body: Some(&[]),
                });
                Ok(answer
                    .ok()
                    .and_then(|answer| shown(AUTHORIZATION, &answer, &[password])))
            }
            Self::Cookie(file) => {
                let cookie = token(file).await?;
                let cookie = String::from_utf8_lossy(&cookie);
                let pair = cookie.trim();
                Ok(basic(pair, pair.split_once(':').map_or(pair, |(_, password)| password)))
            }
            Self::Macaroon(file) => {
                let hex = hex(&token(file).await?);
                Ok(shown(MACAROON.clone(), &hex, &[]))
            }
        }
    }

    /// Takes a challenge in; true where the request is worth a repetition.
    pub(super) fn learns_from(&self, challenges: &HeaderMap) -> bool {
        let Self::Digest(_, client) = self else { return false };
        let texts = challenges
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut builder = PasswordClient::builder();
        for text in texts {
            builder = builder.challenges(text);
        }
        let made = builder.build().ok();
        let has_learned = made.is_some();
        *client.lock().unwrap_or_else(PoisonError::into_inner) = made;
        has_learned
    }
}

fn basic(pair: &str, password: &str) -> Option<Shown> {
    shown(AUTHORIZATION, &format!("Basic {}", STANDARD.encode(pair)), &[password])
}

fn shown(name: HeaderName, text: &str, secrets: &[&str]) -> Option<Shown> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    let token = text.split_once(' ').map_or(text, |(_, token)| token);
    let secrets = secrets
        .iter()
        .copied()
        .chain([token, text])
        .map(str::to_owned)
        .collect();
    Some(Shown { name, value, secrets })
}

/// The bytes of a token file.
pub(crate) async fn token(file: &Path) -> Result<Vec<u8>, CallError> {
    let failed = |error: std::io::Error| CallError::Token {
        name: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        kind: error.kind(),
    };
    let size = tokio::fs::metadata(file).await.map_err(failed)?.len();
    if size > LARGEST_TOKEN {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    tokio::fs::read(file).await.map_err(failed)
}

/// Bytes in hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
