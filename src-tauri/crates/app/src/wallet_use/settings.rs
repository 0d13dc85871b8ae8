//! Whether the settings of a switched wallet still point where Freehold pointed them.

use freehold_model::{Endpoint, Timestamp};
use freehold_wallets::{Journal, Places, SeenEndpoint, is_this_machine, settings_now};

use super::switched::{Switched, switched};
use super::words;

/// What the settings say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They cannot be read, or are being changed: nothing is known.
    Unknown,
    /// They point where they should.
    Ours,
    /// They do not.
    Elsewhere {
        /// Where they point, to tell one such change from another.
        about: String,
        /// The sentence for people.
        sentence: String,
    },
}

/// Reads the settings and compares.
pub(super) fn verdict(one: &Switched, places: &Places, journal: &Journal, now: Timestamp) -> Verdict {
    let Ok(current) = settings_now(one.adapter, &one.places(places), &one.network) else {
        return Verdict::Unknown;
    };
    if current
        .endpoint
        .as_ref()
        .is_some_and(|seen| is_same(seen, &one.endpoint))
    {
        return Verdict::Ours;
    }
    // Freehold itself may have changed them meanwhile. Its journal is written before the file is, so that an entry read
    // after the file tells.
    let is_still_so = journal.entries().is_ok_and(|entries| {
        let mut open = switched(&entries).into_iter();
        open.any(|other| other.key() == one.key() && other.entry == one.entry)
    });
    if !is_still_so {
        return Verdict::Unknown;
    }
    let name = one.adapter.name();
    let wanted = one.endpoint.to_string();
    if !current.found {
        let file = places.shown(&one.path);
        return Verdict::Elsewhere {
            about: "gone".to_owned(),
            sentence: words::gone(name, &file, now),
        };
    }
    let text = current.endpoint.map(|seen| seen.text);
    Verdict::Elsewhere {
        about: text.clone().unwrap_or_default(),
        sentence: words::elsewhere(name, text.as_deref(), &wanted, now),
    }
}

/// A wallet may write another name for this machine.
fn is_same(seen: &SeenEndpoint, wanted: &Endpoint) -> bool {
    let is_host =
        seen.host.eq_ignore_ascii_case(&wanted.host) || is_this_machine(&seen.host) && is_this_machine(&wanted.host);
    seen.port == wanted.port && is_host
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use freehold_model::{Checkpoint, Credential, Endpoint, Network, Secret, Timestamp};
    use freehold_wallets::{Journal, Os, Places, SystemProcesses, apply, plan_revert, plan_switch, revert};

    use super::{Verdict, verdict};
    use crate::wallet_use::switched::{Switched, switched};

    const SETTINGS: &str = r#"{ "mode": "ONLINE", "serverType": "PUBLIC_ELECTRUM_SERVER", "theme": "DARK" }"#;
    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn save(path: &Path, text: &str) {
        freehold_store::file::write_atomic(path, text.as_bytes(), freehold_store::file::PRIVATE).unwrap();
    }

    fn only(journal: &Journal) -> Vec<Switched> {
        switched(&journal.entries().unwrap())
    }

    #[test]
    fn settings_that_point_elsewhere_are_noticed_and_freeholds_own_changes_are_not() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join(".sparrow/config");
        std::fs::create_dir(home.path().join(".sparrow")).unwrap();
        save(&file, SETTINGS);
        let journal = Journal::open(home.path().join("journal")).unwrap();
        let places = Places {
            home: home.path().to_owned(),
            env: [].into(),
            os: Os::Linux,
            is_own_home: false,
            uid: None,
            chosen: None,
        };
        let (sparrow, mainnet) = (freehold_wallets::adapter("sparrow").unwrap(), Network::mainnet());
        let switch = |port: u16| {
            let login = Some(Credential {
                user: "sparrow".to_owned(),
                password: Secret::new("a password"),
            });
            let endpoint: Endpoint = format!("bitcoin+http://127.0.0.1:{port}").parse().unwrap();
            let endpoint = Endpoint {
                credential: login,
                ..endpoint
            };
            let plan = plan_switch(sparrow, &places, &mainnet, &endpoint, &SystemProcesses).unwrap();
            apply(&plan, &journal, &SystemProcesses, NOW, &Checkpoint::default()).unwrap();
        };
        let look = |one: &Switched| verdict(one, &places, &journal, NOW);
        switch(18_001);
        let first = only(&journal).remove(0);
        assert_eq!(look(&first), Verdict::Ours);

        let ours = std::fs::read_to_string(&file).unwrap();
        save(&file, &ours.replace("127.0.0.1:18001", "localhost:18001"));
        assert_eq!(look(&first), Verdict::Ours, "another name for this machine");
        save(&file, &ours.replace("127.0.0.1:18001", "192.0.2.7:8332"));
        let Verdict::Elsewhere { about, sentence } = look(&first) else {
            panic!("noticed")
        };
        assert!(
            about.contains("192.0.2.7:8332") && sentence.contains(&about),
            "{sentence}"
        );
        save(&file, "{ \"mode\": ");
        assert_eq!(look(&first), Verdict::Unknown, "half written: nothing is claimed");
        std::fs::remove_file(&file).unwrap();
        assert!(matches!(look(&first), Verdict::Elsewhere { about, .. } if about == "gone"));

        save(&file, &ours);
        switch(18_002);
        assert_eq!(
            look(&first),
            Verdict::Unknown,
            "Freehold itself has pointed it elsewhere"
        );
        let second = only(&journal).remove(0);
        assert_eq!(look(&second), Verdict::Ours);
        let plan = plan_revert(sparrow, &places, &mainnet, &journal).unwrap();
        revert(&plan, &journal, &SystemProcesses, NOW, &Checkpoint::default()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), SETTINGS);
        assert_eq!(look(&second), Verdict::Unknown, "Freehold itself has put it back");
        assert!(only(&journal).is_empty());
    }
}
