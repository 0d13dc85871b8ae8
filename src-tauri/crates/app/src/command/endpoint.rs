//! Endpoints and their passwords.

use freehold_contract::{
    CredentialRequest, EndpointCode, EndpointCodeRequest, EndpointList, EndpointRequest, RevealedCredential,
};
use freehold_model::{Fault, FaultCode};
use freehold_store::secret;
use freehold_supervisor::{EXTERNAL_PASSWORD, NodeSnapshot};

use super::guide::link::{encoded, picture};
use crate::{App, view};

impl App {
    /// URLs that wallets can use, of one node or all.
    pub async fn endpoint_list(&self, request: EndpointRequest) -> Result<EndpointList, Fault> {
        let nodes = match &request.node {
            Some(text) => vec![self.find_node(text)?],
            None => self.0.fleet.snapshots(),
        };
        let endpoints = nodes
            .iter()
            .flat_map(|node| view::endpoints(node, &self.0.layout))
            .collect();
        Ok(EndpointList { endpoints })
    }

    /// The password of one consumer of a node. Only for showing it to the user who asked.
    pub async fn credential_reveal(&self, request: CredentialRequest) -> Result<RevealedCredential, Fault> {
        let node = self.find_node(&request.node)?;
        let offered = view::endpoints(&node, &self.0.layout)
            .into_iter()
            .find(|row| row.consumer == request.consumer && (row.user.is_some() || row.password_file.is_some()));
        if node.record.is_revoked(&request.consumer) {
            return Err(Fault::new(FaultCode::CredentialRevoked)
                .with("node", &node.record.name)
                .with("consumer", &request.consumer));
        }
        let Some(row) = offered else {
            let reason = format!("{} has no credential for `{}`", node.record.name, request.consumer);
            return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
        };
        if row.class.is_none() {
            // Not an RPC user of its own: a secret of the node, or what was given for a node that somebody else runs.
            return self.reveal_secret(&node, row.user.unwrap_or_default());
        }
        let kept = secret::load_or_make(&self.0.layout, &node.record.id, &request.consumer)
            .map_err(|error| error.to_fault())?;
        self.hand_out(&node.record, &request.consumer).await;
        Ok(RevealedCredential {
            user: kept.consumer,
            password: kept.password.expose().to_owned(),
        })
    }

    /// An endpoint's address as a picture that a camera reads; with its login only when that is asked for.
    pub async fn endpoint_code(&self, request: EndpointCodeRequest) -> Result<EndpointCode, Fault> {
        let node = self.find_node(&request.node)?;
        let offered = view::endpoints(&node, &self.0.layout)
            .into_iter()
            .any(|row| row.consumer == request.consumer && row.url == request.url);
        if !offered {
            let reason = format!("{} offers `{}` no such address", node.record.name, request.consumer);
            return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
        }
        let text = if request.with_login {
            let asked = CredentialRequest {
                node: request.node,
                consumer: request.consumer,
            };
            with_login(&request.url, &self.credential_reveal(asked).await?)
        } else {
            request.url
        };
        Ok(EndpointCode {
            qr_svg: picture(&text)?,
            secret: request.with_login,
            text,
        })
    }

    fn reveal_secret(&self, node: &NodeSnapshot, user: String) -> Result<RevealedCredential, Fault> {
        let name = if node.record.external.is_some() {
            Some(EXTERNAL_PASSWORD)
        } else {
            let mut endpoints = node.spec.iter().flat_map(|spec| &spec.endpoints);
            endpoints.find_map(|offered| offered.secret.as_deref())
        };
        let kept = match name {
            Some(name) => {
                secret::load_named(&self.0.layout, &node.record.id, name).map_err(|error| error.to_fault())?
            }
            None => None,
        };
        let password = kept.map(|kept| kept.expose().to_owned()).unwrap_or_default();
        Ok(RevealedCredential { user, password })
    }
}

/// `http://user:password@host` out of `http://host`. What has no scheme stays as it is.
fn with_login(url: &str, login: &RevealedCredential) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => format!(
            "{scheme}://{}:{}@{rest}",
            encoded(&login.user),
            encoded(&login.password)
        ),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use freehold_contract::RevealedCredential;

    use super::with_login;

    #[test]
    fn a_login_goes_before_the_host_and_breaks_no_address() {
        let login = RevealedCredential {
            user: "sparrow".to_owned(),
            password: "a@b:c/d".to_owned(),
        };
        assert_eq!(
            with_login("http://127.0.0.1:28332/wallet", &login),
            "http://sparrow:a%40b%3Ac%2Fd@127.0.0.1:28332/wallet"
        );
        assert_eq!(with_login("127.0.0.1:1", &login), "127.0.0.1:1");
    }
}
