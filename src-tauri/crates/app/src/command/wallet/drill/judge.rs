//! What would stop: a rule over the table of providers, without a look at the world.

use freehold_contract::{DrillContact, DrillOutcome};
use freehold_wallets::{Cloud, Dependence, Ground, Provider, Verdict, provider_of};

/// Who is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// A cloud, with everything that runs on it.
    Cloud(Cloud),
    /// One provider.
    Provider(&'static Provider),
}

impl Gone {
    /// The name for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cloud(cloud) => cloud.name(),
            Self::Provider(provider) => &provider.name,
        }
    }

    /// What happens to whoever depends on `provider`, with the reason as the rest of a sentence that names the provider.
    fn without(self, provider: &Provider) -> (DrillOutcome, String) {
        let gone = self.name();
        match self {
            Self::Provider(own) if own.id == provider.id => (DrillOutcome::Stops, "is gone".to_owned()),
            Self::Provider(_) => (DrillOutcome::GoesOn, format!("is not {gone}")),
            Self::Cloud(cloud) => match provider.depends_on(cloud) {
                Dependence::Certain => (DrillOutcome::Stops, format!("is run by {gone} itself")),
                Dependence::Probable => (DrillOutcome::ProbablyStops, hint(provider)),
                Dependence::ProbablyNot => (DrillOutcome::ProbablyGoesOn, hint(provider)),
                Dependence::NotKnown if provider.runs_on.is_some() => (
                    DrillOutcome::NotKnown,
                    format!("{}; whether {gone} is one of them is not known", hint(provider)),
                ),
                Dependence::NotKnown => (
                    DrillOutcome::NotKnown,
                    "may run anywhere: nothing is known about its machines".to_owned(),
                ),
            },
        }
    }
}

fn hint(provider: &Provider) -> String {
    match (provider.operated_by, provider.hint()) {
        (Some(cloud), _) => format!("is run by {} itself", cloud.name()),
        (None, Some(words)) => format!("runs {}", words.replacen("probably ", "probably on ", 1)),
        (None, None) => "runs on machines that nobody named".to_owned(),
    }
}

/// What happens to an endpoint that is used, and why in a sentence. One on own ground goes on; whether it answers is asked apart.
pub(super) fn judge(used: &Ground, gone: Gone) -> (DrillOutcome, String) {
    match (used.verdict, used.provider) {
        (Verdict::Own, _) => (
            DrillOutcome::GoesOn,
            format!("It goes on: it stands on your own ground, without {}.", gone.name()),
        ),
        (Verdict::Others, Some(provider)) => {
            let (outcome, why) = gone.without(provider);
            (outcome, format!("{}: {} {why}.", begin(outcome), provider.name))
        }
        // What a program asks as it comes: the user may have changed that.
        (Verdict::Unknown, Some(provider)) => {
            let (outcome, why) = gone.without(provider);
            let outcome = match outcome {
                DrillOutcome::Stops | DrillOutcome::ProbablyStops => DrillOutcome::ProbablyStops,
                _ => DrillOutcome::NotKnown,
            };
            let sentence = format!(
                "{}: as it comes it asks {}, which {why}.",
                begin(outcome),
                provider.name
            );
            (outcome, sentence)
        }
        (Verdict::Others, None) => {
            let whom = used.leans_on.as_deref().unwrap_or("servers of others");
            (
                DrillOutcome::NotKnown,
                format!("Not known: it asks {whom}, and where those run nobody can say."),
            )
        }
        (Verdict::Unknown, None) => (
            DrillOutcome::NotKnown,
            "Not known: nobody can say who runs this server, or where.".to_owned(),
        ),
    }
}

/// The beginning of a sentence about what happens.
pub(super) fn begin(outcome: DrillOutcome) -> &'static str {
    match outcome {
        DrillOutcome::Stops => "It would stop",
        DrillOutcome::ProbablyStops => "It would probably stop",
        DrillOutcome::DoesNotAnswer => "It does not answer now",
        DrillOutcome::NotKnown => "Not known",
        DrillOutcome::ProbablyGoesOn => "It would probably go on",
        DrillOutcome::GoesOn => "It would go on",
    }
}

/// How bad an outcome is; the worst is the smallest.
pub(super) fn rank(outcome: DrillOutcome) -> u8 {
    match outcome {
        DrillOutcome::Stops => 0,
        DrillOutcome::ProbablyStops => 1,
        DrillOutcome::DoesNotAnswer => 2,
        DrillOutcome::NotKnown => 3,
        DrillOutcome::ProbablyGoesOn => 4,
        DrillOutcome::GoesOn => 5,
    }
}

/// A host, or several in one text, that something contacts. The worst of those that the table knows counts.
pub(super) fn contact(host: &str, purpose: String, gone: Gone) -> DrillContact {
    let is_part = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let providers = host
        .split(|c| !is_part(c))
        .filter(|part| part.contains('.') && !part.starts_with('.'))
        .filter_map(provider_of);
    let worst = providers
        .map(|provider| {
            let (outcome, why) = gone.without(provider);
            (outcome, format!("{}: {} {why}.", begin(outcome), provider.name))
        })
        .min_by_key(|(outcome, _)| rank(*outcome));
    let (outcome, sentence) = worst.unwrap_or_else(|| {
        (
            DrillOutcome::NotKnown,
            "Not known: nobody can say who runs this, or where.".to_owned(),
        )
    });
    DrillContact {
        host: host.to_owned(),
        purpose,
        outcome,
        sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::{Gone, contact};
    use freehold_contract::DrillOutcome;
    use freehold_wallets::{Cloud, providers};

    fn outcome(host: &str, gone: Gone) -> DrillOutcome {
        let found = contact(host, String::new(), gone);
        assert!(
            found.sentence.ends_with('.') && !found.sentence.contains('?'),
            "{}",
            found.sentence
        );
        found.outcome
    }

    #[test]
    fn a_hint_is_never_more_than_probably() {
        for cloud in Cloud::BIG {
            for provider in providers() {
                let (found, sentence) = Gone::Cloud(cloud).without(provider);
                assert_eq!(
                    found == DrillOutcome::Stops,
                    provider.operated_by == Some(cloud),
                    "{}",
                    provider.id
                );
                assert!(
                    found != DrillOutcome::GoesOn,
                    "nothing about a cloud is sure: {sentence}"
                );
            }
        }
    }

    #[test]
    fn a_provider_that_is_gone_stops_only_its_own() {
        let infura = providers().iter().find(|provider| provider.id == "infura").unwrap();
        let gone = Gone::Provider(infura);
        assert_eq!(outcome("mainnet.infura.io", gone), DrillOutcome::Stops);
        assert_eq!(outcome("eth.llamarpc.com", gone), DrillOutcome::GoesOn);
        assert_eq!(outcome("node.example.org", gone), DrillOutcome::NotKnown);
    }

    #[test]
    fn a_text_with_several_hosts_is_as_bad_as_the_worst() {
        let amazon = Gone::Cloud(Cloud::Amazon);
        assert_eq!(
            outcome("rpc.example.org, then mainnet.infura.io", amazon),
            DrillOutcome::ProbablyStops
        );
        assert_eq!(
            outcome("github.com and its raw files", Gone::Cloud(Cloud::Microsoft)),
            DrillOutcome::ProbablyStops
        );
        assert_eq!(
            outcome("github.com and its raw files", amazon),
            DrillOutcome::ProbablyGoesOn
        );
        assert_eq!(outcome("peers of the network", amazon), DrillOutcome::NotKnown);
    }
}
