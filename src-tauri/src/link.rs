//! Links that open a page of Freehold: `freehold://node/ID`, `freehold://install/ID`, `freehold://wallets`.
//!
//! Anybody can make one: a page in a browser, a letter. So a link names a page and nothing else. It never acts, carries no
//! options, and what is not one of these three forms only brings the window to the front.

use freehold_model::{ClientId, NodeId};
use tauri::{AppHandle, Emitter, Manager};

use crate::shell::Shell;
use crate::window;

/// The scheme that the system hands to Freehold.
pub(crate) const SCHEME: &str = "freehold://";
/// Longer ones are nobody's: the longest id has 63 letters.
const LONGEST: usize = 120;
/// The event by which the page hears of it.
const EVENT: &str = "link-opened";

/// The address of the page inside the window, for a link of a known form.
fn page(link: &str) -> Option<String> {
    let rest = link
        .get(..SCHEME.len())
        .filter(|scheme| scheme.eq_ignore_ascii_case(SCHEME))?;
    let rest = link.get(rest.len()..).filter(|_| link.len() <= LONGEST)?;
    let mut parts = rest.strip_suffix('/').unwrap_or(rest).split('/');
    let page = match (parts.next()?, parts.next()) {
        ("wallets", None) => "#/wallets".to_owned(),
        ("node", Some(id)) => format!("#/node/{}", NodeId::try_new(id).ok()?),
        ("install", Some(id)) => format!("#/install/{}", ClientId::try_new(id).ok()?),
        _ => return None,
    };
    parts.next().is_none().then_some(page)
}

/// The first link among a program's arguments.
pub(crate) fn among(arguments: &[String]) -> Option<&str> {
    let is_link = |text: &&String| {
        text.get(..SCHEME.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(SCHEME))
    };
    arguments.iter().find(is_link).map(String::as_str)
}

/// Brings the window to the front, on the link's page where it names one.
pub(crate) fn open(tauri: &AppHandle, link: &str) {
    if let Some(page) = page(link) {
        go(tauri, page);
    }
    window::show(tauri);
}

/// Opens a page of the window, now or as soon as there is one.
pub(crate) fn go(tauri: &AppHandle, page: String) {
    if let Some(shell) = tauri.try_state::<Shell>() {
        shell.pending.open(page);
        // A page that is there takes it now; one that is still loading asks for it.
        let _ = tauri.emit(EVENT, ());
    }
}

#[cfg(test)]
mod tests {
    use super::{among, page};

    #[test]
    fn a_link_names_one_of_three_pages() {
        for (link, wanted) in [
            ("freehold://wallets", "#/wallets"),
            ("freehold://wallets/", "#/wallets"),
            ("FREEHOLD://node/bitcoin-mainnet", "#/node/bitcoin-mainnet"),
            ("freehold://install/bitcoin-core/", "#/install/bitcoin-core"),
        ] {
            assert_eq!(page(link).as_deref(), Some(wanted), "{link}");
        }
    }

    #[test]
    fn a_hostile_link_names_none() {
        let long = format!("freehold://node/{}", "a".repeat(200));
        for link in [
            "",
            "freehold:",
            "freehold://",
            "freehold:///wallets",
            "freehold://wallets?x=1",
            "freehold://wallets#/settings",
            "freehold://wallets/revert-all",
            "freehold://node",
            "freehold://node/",
            "freehold://node/../settings",
            "freehold://node/%2e%2e",
            "freehold://node/a/erase",
            "freehold://node/a?erase=yes",
            "freehold://node/<script>",
            "freehold://node/A B",
            "freehold://node/-rf",
            "freehold://install/bitcoin-core/mainnet",
            "freehold://install/bitcoin-core?storage=pruned",
            "freehold://settings",
            "freehold://user@node/a",
            "javascript://node/a",
            "https://example.org/node/a",
            "freehold\u{ff1a}//wallets",
            long.as_str(),
        ] {
            assert_eq!(page(link), None, "{link}");
        }
    }

    #[test]
    fn a_link_is_found_among_flags() {
        let arguments = ["freehold-desktop", "--data-dir", "/x", "freehold://wallets"].map(str::to_owned);
        assert_eq!(among(&arguments), Some("freehold://wallets"));
        assert_eq!(among(&arguments[..3]), None);
    }
}
