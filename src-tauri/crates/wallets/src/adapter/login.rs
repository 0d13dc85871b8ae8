//! What every adapter checks before it writes a login or a host into a file.

use freehold_model::{Credential, Endpoint, Network};

use super::{Adapter, AdapterError};

/// Refuses an endpoint or network that `adapter` cannot use at all.
pub(super) fn check_fit(adapter: &dyn Adapter, network: &Network, endpoint: &Endpoint) -> Result<(), AdapterError> {
    if !adapter.networks().contains(&network.as_str()) {
        return Err(AdapterError::Network {
            network: network.clone(),
        });
    }
    if !adapter.protocols().contains(&endpoint.protocol) {
        return Err(AdapterError::Protocol {
            offered: endpoint.protocol,
        });
    }
    let is_plain = !endpoint.host.is_empty()
        && endpoint
            .host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:_".contains(&byte));
    if !is_plain || endpoint.port == 0 {
        return Err(AdapterError::Endpoint {
            reason: "the host or port cannot be written into a settings file".into(),
        });
    }
    Ok(())
}

/// Refuses a login that HTTP's basic authentication or a file of lines cannot carry.
pub(super) fn check_login(credential: &Credential) -> Result<(), AdapterError> {
    let refuse = |reason: &str| {
        Err(AdapterError::Endpoint {
            reason: reason.to_owned(),
        })
    };
    let password = credential.password.expose();
    if credential.user.is_empty() || password.is_empty() {
        return refuse("user and password must not be empty");
    }
    if credential.user.contains(':') {
        return refuse("the user name contains `:`, which HTTP logins cannot carry");
    }
    for text in [credential.user.as_str(), password] {
        if text.chars().any(char::is_control) || text.trim() != text {
            return refuse("user or password contains a control character, or starts or ends with a space");
        }
    }
    Ok(())
}
