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
