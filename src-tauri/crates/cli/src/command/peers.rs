//! `freehold peers`.

use freehold_app::host::Client;
use freehold_contract::{FaultView, NodeRequest, PeerList, PeerView};

use crate::output::Output;

pub(crate) async fn peers(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let list = client.node_peers(NodeRequest { node }).await?;
    output.answer(&list, peers_text);
    Ok(())
}

fn peers_text(list: &PeerList) -> String {
    let mut lines: Vec<String> = list.peers.iter().map(line).collect();
    if list.known && list.peers.is_empty() {
        lines.push("It has no peers.".to_owned());
    }
    if list.more > 0 {
        lines.push(format!("... and {} more", list.more));
    }
    lines.extend(list.why.iter().cloned());
    lines.join("\n")
}

/// Address, direction and program, then what else is known, each with its name.
fn line(peer: &PeerView) -> String {
    let mut parts = vec![
        format!("{:<44}", peer.address),
        format!("{:<3}", peer.direction.as_deref().unwrap_or("-")),
    ];
    parts.extend(peer.service.clone());
    parts.extend(peer.client.clone());
    parts.extend(peer.height.map(|height| format!("height {height}")));
    parts.extend(peer.ping_ms.map(|ping| format!("ping {ping:.0} ms")));
    let bytes = |count: u64| freehold_model::ByteSize(count).to_string();
    parts.extend(peer.received.map(|count| format!("received {}", bytes(count))));
    parts.extend(peer.sent.map(|count| format!("sent {}", bytes(count))));
    parts.join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::peers_text;
    use crate::command::sample;

    #[test]
    fn every_peer_is_a_line_and_what_is_untold_is_said() {
        let list = sample::read(&json!({
            "node": "a", "known": true, "why": ["Execution: it lists nobody."], "more": 2, "at": 0, "peers": [{
                "service": null, "address": "1.2.3.4:8333", "direction": "out", "client": "Satoshi:31.0.0", "height": 900,
                "ping_ms": 41.6, "received": 1_500_000, "sent": null, "since": null,
            }],
        }));
        let text = peers_text(&list);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("1.2.3.4:8333 "), "{text}");
        assert!(
            lines[0].ends_with("out  Satoshi:31.0.0  height 900  ping 42 ms  received 1.5 MB"),
            "{text}"
        );
        assert_eq!(lines[1..], ["... and 2 more", "Execution: it lists nobody."]);
    }

    #[test]
    fn none_and_unknown_are_two_answers() {
        let list = |known: bool, why: &[&str]| {
            sample::read(&json!({"node": "a", "known": known, "why": why, "peers": [], "more": 0, "at": 0}))
        };
        assert_eq!(peers_text(&list(true, &[])), "It has no peers.");
        assert_eq!(peers_text(&list(false, &["It lists nobody."])), "It lists nobody.");
    }
}
