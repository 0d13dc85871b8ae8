//! The outage drill: what would stop if a cloud or a provider were gone, and the proof that the rest answers.
//!
//! What stops follows from the table of providers. What goes on is asked, now: only on this machine's own addresses.

use std::collections::{BTreeMap, BTreeSet};

use freehold_contract::{
    DrillChoice, DrillContact, DrillCounts, DrillEndpoint, DrillNode, DrillOutcome, DrillProof, DrillReport,
    DrillRequest,
};
use freehold_model::{Fault, FaultCode, ImageReference, ObservedState, nearest};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{AuditRow, Cloud, UserKind, Verdict, providers};

use self::judge::{Gone, begin, contact, judge, rank};
use self::proof::{Place, ask_all, node_place, place_of};
use super::audit::{choices, kind_view};
use crate::App;

mod judge;
mod proof;

impl App {
    /// What would stop if a cloud or a provider were gone. What stands on your own ground is asked now.
    pub async fn outage_drill(&self, request: DrillRequest) -> Result<DrillReport, Fault> {
        let gone = gone(&request.who)?;
        let audited = self.audited().await?;
        let rows: Vec<&AuditRow> = audited
            .audit
            .rows
            .iter()
            .filter(|row| row.now.counted && row.kind != UserKind::Node)
            .collect();
        let place = |row: &&AuditRow| self.place_of_row(row, &audited.nodes);
        let row_places: Vec<Option<Place>> = rows.iter().map(place).collect();
        let node_places: Vec<Option<Place>> = audited
            .nodes
            .iter()
            .map(|node| node_place(node, &self.0.layout))
            .collect();
        let places: Vec<Place> = row_places.iter().chain(&node_places).flatten().cloned().collect();
        let proofs = ask_all(places).await;
        let proof_of = |place: &Option<Place>| place.as_ref().and_then(|place| proofs.get(&place.key())).cloned();

        let mut endpoints: Vec<DrillEndpoint> = rows
            .iter()
            .zip(&row_places)
            .map(|(row, place)| endpoint_view(row, gone, place.as_ref(), proof_of(place)))
            .collect();
        endpoints.sort_by_key(|endpoint| rank(endpoint.outcome));
        let nodes = audited
            .nodes
            .iter()
            .zip(&node_places)
            .map(|(node, place)| node_view(node, gone, proof_of(place), &audited.audit.rows))
            .collect();
        let counts = counts(&endpoints);
        let choices = choices(&audited.audit);
        Ok(DrillReport {
            who: choice(gone, &choices),
            sentence: sentence(gone, counts, endpoints.len()),
            choices,
            counts,
            endpoints,
            nodes,
            sources: self.sources(gone),
        })
    }

    fn place_of_row(&self, row: &AuditRow, nodes: &[NodeSnapshot]) -> Option<Place> {
        if row.now.verdict != Verdict::Own {
            return None;
        }
        place_of(&row.now, nodes, &self.0.layout)
    }

    /// Where images come from, by the catalog, and where news of releases stand.
    fn sources(&self, gone: Gone) -> Vec<DrillContact> {
        let (mut images, mut notes) = (BTreeMap::new(), BTreeMap::new());
        let put = |hosts: &mut BTreeMap<String, BTreeSet<String>>, host: &str, name: &str| {
            hosts.entry(host.to_owned()).or_default().insert(name.to_owned());
        };
        for spec in self.0.shelf.specs() {
            for service in &spec.services {
                put(
                    &mut images,
                    ImageReference::registry_of(&service.image.repository),
                    &spec.name,
                );
            }
            let host = spec
                .release_notes
                .as_deref()
                .and_then(|link| link.strip_prefix("https://"));
            if let Some(host) = host.and_then(|rest| rest.split('/').next()) {
                put(&mut notes, host, &spec.name);
            }
        }
        let list = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
        let images = images.into_iter().map(|(host, names)| {
            let purpose = format!("images of {}: for installs and updates; what runs goes on", list(names));
            contact(&host, purpose, gone)
        });
        let notes = notes.into_iter().map(|(host, names)| {
            let purpose = format!("release notes of {}: opened in your browser only", list(names));
            contact(&host, purpose, gone)
        });
        let mut all: Vec<DrillContact> = images.chain(notes).collect();
        all.sort_by_key(|source| rank(source.outcome));
        all
    }
}

/// Who is meant by an id.
fn gone(who: &str) -> Result<Gone, Fault> {
    let who = who.trim().to_ascii_lowercase();
    let cloud = Cloud::BIG.into_iter().find(|cloud| cloud.id() == who);
    let provider = || providers().iter().find(|provider| provider.id == who);
    if let Some(gone) = cloud.map(Gone::Cloud).or_else(|| provider().map(Gone::Provider)) {
        return Ok(gone);
    }
    let clouds = Cloud::BIG.map(Cloud::id);
    let known = clouds
        .into_iter()
        .chain(providers().iter().map(|provider| provider.id.as_str()));
    let meant = nearest(&who, known).map(|meant| format!("; did you mean `{meant}`?"));
    let reason = format!(
        "`{who}` is neither one of the clouds {} nor a provider that Freehold knows{}",
        clouds.join(", "),
        meant.unwrap_or_default()
    );
    Err(Fault::new(FaultCode::BadRequest).with("reason", reason))
}

fn choice(gone: Gone, choices: &[DrillChoice]) -> DrillChoice {
    let (id, is_cloud) = match gone {
        Gone::Cloud(cloud) => (cloud.id().to_owned(), true),
        Gone::Provider(provider) => (provider.id.clone(), false),
    };
    choices
        .iter()
        .find(|choice| choice.id == id)
        .cloned()
        .unwrap_or_else(|| DrillChoice {
            id,
            name: gone.name().to_owned(),
            is_cloud,
            found_here: false,
        })
}

fn endpoint_view(row: &AuditRow, gone: Gone, place: Option<&Place>, proof: Option<DrillProof>) -> DrillEndpoint {
    let (mut outcome, mut sentence) = judge(&row.now, gone);
    if outcome == DrillOutcome::GoesOn && row.now.verdict == Verdict::Own {
        match &proof {
            Some(proof) if !proof.answered => {
                outcome = DrillOutcome::DoesNotAnswer;
                let why = proof.why.as_deref().unwrap_or("nothing came back");
                sentence = format!("{}, with or without {}: {why}.", begin(outcome), gone.name());
            }
            Some(proof) => sentence = format!("{sentence} {}", answered(proof)),
            None => sentence = format!("{sentence} It was not asked: {}.", not_asked(row, place)),
        }
    }
    DrillEndpoint {
        id: row.id.clone(),
        kind: kind_view(row.kind),
        who: row.who.clone(),
        wallet: row.wallet.clone(),
        network: row.network.clone(),
        endpoint: row.now.endpoint.clone(),
        provider: row
            .now
            .provider
            .map(|provider| provider.name.clone())
            .or_else(|| row.now.leans_on.clone()),
        outcome,
        sentence,
        proof,
    }
}

fn not_asked(row: &AuditRow, place: Option<&Place>) -> &'static str {
    match (place, &row.now.host) {
        (None, Some(host)) if !freehold_wallets::is_this_machine(host) => "it is another machine of your network",
        _ => "Freehold cannot ask what is spoken there",
    }
}

fn answered(proof: &DrillProof) -> String {
    match (proof.height, &proof.why) {
        (Some(height), _) => format!("It answered just now: height {height}, after {} ms.", proof.ms),
        (None, Some(why)) => format!("It answered just now, after {} ms: {why}.", proof.ms),
        (None, None) => format!("It answered just now, after {} ms.", proof.ms),
    }
}

fn node_view(node: &NodeSnapshot, gone: Gone, proof: Option<DrillProof>, rows: &[AuditRow]) -> DrillNode {
    let record = &node.record;
    let running = record.external.is_some()
        || node
            .services
            .iter()
            .any(|seen| matches!(seen.state, ObservedState::Running { .. }));
    let mut contacts = Vec::new();
    let network = node.spec.as_ref().and_then(|spec| spec.network(&record.network));
    if network.is_some_and(|network| network.needs_peers) {
        contacts.push(DrillContact {
            host: "peers of the network".to_owned(),
            purpose: "gives blocks".to_owned(),
            outcome: DrillOutcome::NotKnown,
            sentence: "It goes on with the peers that it knows. A new node finds its first ones through addresses in its program, \
                       which nobody listed by cloud."
                .to_owned(),
        });
    }
    let asks = rows
        .iter()
        .filter(|row| row.node.as_deref() == Some(record.id.as_str()) && row.now.host.is_some());
    let mut missing = Vec::new();
    for row in asks {
        let (outcome, sentence) = judge(&row.now, gone);
        let host = row.now.host.clone().unwrap_or_default();
        if row.now.counted && matches!(outcome, DrillOutcome::Stops | DrillOutcome::ProbablyStops) {
            missing.push(host.clone());
        }
        contacts.push(DrillContact {
            host,
            purpose: row.notes.join(" "),
            outcome,
            sentence,
        });
    }
    let listed = node.spec.iter().flat_map(|spec| &spec.contacts);
    contacts.extend(listed.map(|listed| contact(&listed.host, listed.purpose.clone(), gone)));

    let (outcome, mut sentence) = match &proof {
        _ if !running => (DrillOutcome::DoesNotAnswer, "It does not run now.".to_owned()),
        Some(proof) if !proof.answered => {
            let why = proof.why.as_deref().unwrap_or("nothing came back");
            (DrillOutcome::DoesNotAnswer, format!("It does not answer now: {why}."))
        }
        Some(proof) => (
            DrillOutcome::GoesOn,
            format!("It runs on your own ground. {}", answered(proof)),
        ),
        None => (
            DrillOutcome::GoesOn,
            "It runs on your own ground. It was not asked: Freehold cannot ask what is spoken there.".to_owned(),
        ),
    };
    if !missing.is_empty() {
        sentence = format!("{sentence} It would lack what {} gives it.", missing.join(", "));
    }
    DrillNode {
        node: record.id.to_string(),
        name: record.name.clone(),
        running,
        outcome,
        sentence,
        proof,
        contacts,
    }
}

fn counts(endpoints: &[DrillEndpoint]) -> DrillCounts {
    let mut counts = DrillCounts::default();
    for endpoint in endpoints {
        let count = match endpoint.outcome {
            DrillOutcome::Stops => &mut counts.stops,
            DrillOutcome::ProbablyStops => &mut counts.probably_stops,
            DrillOutcome::DoesNotAnswer => &mut counts.does_not_answer,
            DrillOutcome::NotKnown => &mut counts.not_known,
            DrillOutcome::ProbablyGoesOn => &mut counts.probably_goes_on,
            DrillOutcome::GoesOn => &mut counts.goes_on,
        };
        *count += 1;
    }
    counts
}

fn sentence(gone: Gone, counts: DrillCounts, total: usize) -> String {
    if total == 0 {
        return format!("Without {}: no endpoint is in use on this machine.", gone.name());
    }
    let parts = [
        (counts.stops, "would stop"),
        (counts.probably_stops, "would probably stop"),
        (counts.not_known, "cannot be told"),
        (counts.does_not_answer, "of your own does not answer now"),
        (counts.probably_goes_on, "would probably go on"),
        (counts.goes_on, "would go on"),
    ];
    let told = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| match (count, what) {
            (2.., "of your own does not answer now") => format!("{count} of your own do not answer now"),
            _ => format!("{count} {what}"),
        });
    let noun = if total == 1 { "endpoint" } else { "endpoints" };
    format!(
        "Without {}, of {total} {noun}: {}.",
        gone.name(),
        told.collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::{Gone, gone, sentence};
    use freehold_contract::DrillCounts;
    use freehold_wallets::Cloud;

    #[test]
    fn clouds_and_providers_are_known_by_id_and_a_slip_is_answered() {
        assert_eq!(gone("amazon").unwrap(), Gone::Cloud(Cloud::Amazon));
        assert_eq!(gone(" Infura ").unwrap().name(), "Infura / MetaMask (Consensys)");
        let fault = gone("amzon").unwrap_err();
        assert!(
            fault.message().contains("did you mean `amazon`?"),
            "{}",
            fault.message()
        );
        assert!(gone("other").is_err(), "`other` is nobody");
    }

    #[test]
    fn the_result_is_one_sentence() {
        let counts = DrillCounts {
            probably_stops: 2,
            does_not_answer: 1,
            goes_on: 3,
            ..DrillCounts::default()
        };
        assert_eq!(
            sentence(Gone::Cloud(Cloud::Amazon), counts, 6),
            "Without Amazon, of 6 endpoints: 2 would probably stop, 1 of your own does not answer now, 3 would go on."
        );
    }
}
