//! Links for wallets on telephones, for nodes that a telephone can reach.
//!
//! A node is on 127.0.0.1 unless its owner opened it. So nothing is assumed: either the node's own option opens an
//! interface without power over it, or the user names a way of his own (a VPN, an onion address) that leads here.

use std::net::IpAddr;

use freehold_contract::{PhoneLink, PhoneReach, PhoneRequest, WalletStep};
use freehold_model::{Credential, Fault, FaultCode, Protocol};
use freehold_store::secret;
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Guide, GuideEndpoint, LinkForm, Locality, Switchable, locality};

use super::link::{LinkParts, link, picture};
use super::{endpoints, find_guide, fits, not_for, steps};
use crate::App;

/// The user that Bitcoin Core has for it.
const FULLY_NODED: &str = "fully-noded";
/// Longest name that a host can have (RFC 1035).
const LONGEST_HOST: usize = 253;

impl App {
    /// A link and its picture by which a telephone's wallet uses a node.
    pub async fn wallet_phone(&self, request: PhoneRequest) -> Result<PhoneLink, Fault> {
        let guide = find_guide(&request.wallet)?;
        let node = self.find_node(&request.node)?;
        let form = match (guide.link, guide.how) {
            (Some(form), how) if how != Switchable::No => form,
            _ => return Err(Fault::new(FaultCode::NotSupported).with("what", &guide.summary)),
        };
        if !fits(guide, &node) {
            return Err(not_for(guide, &node));
        }
        let all = endpoints(&node);
        let mut wanted = guide.protocols.iter();
        let seen = wanted
            .find_map(|protocol| all.iter().find(|seen| seen.endpoint.protocol == *protocol))
            .cloned();
        let Some(mut seen) = seen else {
            return Err(not_for(guide, &node));
        };
        let mut others = Vec::new();
        match request.reach {
            PhoneReach::Lan => {
                if seen.endpoint.protocol == Protocol::BitcoinHttp {
                    return Err(never_opened(guide, &node));
                }
                others = own_network(&node, &seen)?;
                seen.endpoint.host = others.remove(0);
            }
            PhoneReach::Address => {
                let own = request.address.as_deref().unwrap_or_default();
                (seen.endpoint.host, seen.endpoint.port) = own_way(guide, own, &seen)?;
            }
        }
        let credential = self.credential_for(form, &node, &seen)?;
        if form == LinkForm::FullyNoded {
            self.hand_out(&node.record, FULLY_NODED).await;
        }
        let chain = node.spec.as_deref().map_or("", |spec| spec.chain.as_str());
        let authority = seen.endpoint.authority();
        let text = link(
            form,
            &LinkParts {
                authority: &authority,
                chain,
                credential: credential.as_ref(),
                label: &node.record.name,
            },
        );
        let seats = [seen];
        Ok(PhoneLink {
            wallet: guide.id.clone(),
            name: guide.name.clone(),
            qr_svg: picture(&text)?,
            link: text,
            secret: credential.is_some(),
            address: authority,
            other_addresses: others,
            steps: steps(freehold_wallets::fill(guide, &guide.steps, &seats)),
            revert: steps(freehold_wallets::fill(guide, &guide.revert, &seats)),
            notes: guide.notes.iter().chain(&guide.unverified).cloned().collect(),
        })
    }

    /// The login that goes into the link.
    fn credential_for(
        &self,
        form: LinkForm,
        node: &NodeSnapshot,
        seen: &GuideEndpoint,
    ) -> Result<Option<Credential>, Fault> {
        let record = &node.record;
        match form {
            LinkForm::Bluewallet => Ok(None),
            LinkForm::FullyNoded => {
                let mut made = node.spec.iter().flat_map(|spec| &spec.credentials);
                if !made.any(|made| made.consumer == FULLY_NODED) || record.is_revoked(FULLY_NODED) {
                    let reason = format!("{} has no user for Fully Noded", record.name);
                    return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
                }
                let kept = secret::load_or_make(&self.0.layout, &record.id, FULLY_NODED);
                let kept = kept.map_err(|error| error.to_fault())?;
                Ok(Some(Credential {
                    user: kept.consumer,
                    password: kept.password,
                }))
            }
            LinkForm::Cake => {
                let mut offers = node.spec.iter().flat_map(|spec| &spec.endpoints);
                let offer = offers.find(|offer| offer.protocol == seen.endpoint.protocol);
                let (Some(user), Some(name)) = (&seen.user, offer.and_then(|offer| offer.secret.as_deref())) else {
                    return Ok(None);
                };
                let kept = secret::load_named(&self.0.layout, &record.id, name).map_err(|error| error.to_fault())?;
                Ok(kept.map(|password| Credential {
                    user: user.clone(),
                    password,
                }))
            }
        }
    }
}

/// A node's endpoints as a telephone in the same network reaches them; none where the node is not opened to it.
pub(super) fn reachable(node: &NodeSnapshot) -> Vec<GuideEndpoint> {
    let Some(address) = freehold_host::network_addresses().first().copied() else {
        return Vec::new();
    };
    let open = endpoints(node)
        .into_iter()
        .filter(|seen| consent(node, seen).is_some_and(|(_, is_on)| is_on));
    open.map(|mut seen| {
        seen.endpoint.host = address.to_string();
        seen
    })
    .collect()
}

/// What comes before every other step while a telephone cannot reach the node.
pub(super) fn first_step(node: Option<&NodeSnapshot>) -> WalletStep {
    let switch = node.and_then(|node| {
        let option = endpoints(node).iter().find_map(|seen| consent(node, seen))?.0;
        Some(format!("freehold set {} {option}=on", node.record.id))
    });
    WalletStep {
        text: "First let the telephone reach your node: it is on this machine alone. Turn on its option for telephones after \
               reading what that means, or make a VPN or an onion address that leads to it."
            .to_owned(),
        copy: switch,
    }
}

/// The option that opens an endpoint's port to the network, and whether it is on.
fn consent(node: &NodeSnapshot, seen: &GuideEndpoint) -> Option<(String, bool)> {
    let spec = node.spec.as_deref()?;
    let offer = spec.endpoints.iter().find(|offer| {
        offer.protocol == seen.endpoint.protocol && node.record.ports.get(&offer.port) == Some(&seen.endpoint.port)
    })?;
    let mut ports = spec.services.iter().flat_map(|service| &service.ports);
    let option = ports.find(|port| port.name == offer.port)?.consent.clone()?;
    let options = freehold_plan::resolve(spec, &node.record.network, &node.record.options).ok()?;
    let is_on = options.is_on(&option);
    Some((option.to_string(), is_on))
}

/// This machine's addresses in its network, where the node is opened to it; otherwise why not and what to do.
fn own_network(node: &NodeSnapshot, seen: &GuideEndpoint) -> Result<Vec<String>, Fault> {
    let name = &node.record.name;
    let refused = |what: String, todo: String| Err(Fault::new(FaultCode::NotSupported).with("what", what).hint(todo));
    match consent(node, seen) {
        Some((_, true)) => {}
        Some((option, false)) => {
            return refused(
                format!(
                    "reaching {name} from a telephone: it answers on this machine alone, which is the safe default"
                ),
                format!(
                    "Read what its option `{option}` means, turn it on with `freehold set {} {option}=on`, and ask again.",
                    node.record.id
                ),
            );
        }
        None => {
            return refused(
                format!("opening {name} to a network: its port has power over the node, or knows no password"),
                "Make a VPN or an onion address that leads to it, and give that address.".to_owned(),
            );
        }
    }
    let addresses: Vec<String> = freehold_host::network_addresses()
        .iter()
        .map(ToString::to_string)
        .collect();
    if addresses.is_empty() {
        return refused(
            "a link for a telephone: this machine has no address in a network".to_owned(),
            "Connect it to the network that the telephone is in.".to_owned(),
        );
    }
    Ok(addresses)
}

fn never_opened(guide: &Guide, node: &NodeSnapshot) -> Fault {
    let what = format!(
        "opening the RPC of {} to a network: it would send {}'s password without encryption",
        node.record.name, guide.name
    );
    Fault::new(FaultCode::NotSupported).with("what", what).hint(
        "Make an onion address or a VPN that leads to its port on 127.0.0.1, and give that address with `--address`.",
    )
}

/// Host and port of a way that the user has made. A password never goes to a public address without encryption.
fn own_way(guide: &Guide, text: &str, seen: &GuideEndpoint) -> Result<(String, u16), Fault> {
    let bad = |reason: String| Fault::new(FaultCode::BadRequest).with("reason", reason);
    let text = text.trim();
    let (host, port) = split(text).ok_or_else(|| {
        bad("give the address at which the telephone reaches this machine, for example `abc…xyz.onion` or `100.64.0.7:50001`".to_owned())
    })?;
    let ip = host.parse::<IpAddr>().ok();
    let is_this_machine =
        host.eq_ignore_ascii_case("localhost") || ip.is_some_and(|ip| ip.is_loopback() || ip.is_unspecified());
    if is_this_machine {
        return Err(bad(format!(
            "{host} is this machine; on the telephone it is the telephone itself"
        )));
    }
    let carries_password = seen.endpoint.protocol == Protocol::BitcoinHttp;
    if carries_password && locality(&host) == Locality::Remote {
        return Err(Fault::new(FaultCode::NotSupported)
            .with(
                "what",
                format!(
                    "{host} for {}: the password would cross the internet without encryption",
                    guide.name
                ),
            )
            .hint("Use an onion address, or an address inside a VPN."));
    }
    Ok((host, port.unwrap_or(seen.endpoint.port)))
}

fn split(text: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = if let Some(inner) = text.strip_prefix('[') {
        let (host, rest) = inner.split_once(']')?;
        (
            host,
            if rest.is_empty() {
                None
            } else {
                Some(rest.strip_prefix(':')?)
            },
        )
    } else if text.parse::<std::net::Ipv6Addr>().is_ok() {
        (text, None)
    } else if let Some((host, port)) = text.rsplit_once(':') {
        (host, Some(port))
    } else {
        (text, None)
    };
    let is_address = host.parse::<IpAddr>().is_ok();
    let is_name = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let port = match port {
        Some(port) => Some(port.parse::<u16>().ok().filter(|port| *port != 0)?),
        None => None,
    };
    let is_host = !host.is_empty() && host.len() <= LONGEST_HOST && (is_address || is_name);
    is_host.then(|| (host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn addresses_are_taken_apart() {
        for (text, host, port) in [
            ("abc.onion", "abc.onion", None),
            ("100.64.0.7:50001", "100.64.0.7", Some(50_001)),
            ("[fd00::1]:50001", "fd00::1", Some(50_001)),
            ("[fd00::1]", "fd00::1", None),
            ("fd00::1", "fd00::1", None),
        ] {
            assert_eq!(split(text), Some((host.to_owned(), port)), "{text}");
        }
        for text in [
            "",
            ":1",
            "a b",
            "host:0",
            "host:70000",
            "u:p@host",
            "http://host",
            "[fd00::1",
            "host/path",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
