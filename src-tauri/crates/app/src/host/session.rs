//! Who may use the browser's host: whoever holds the one-time token of the printed link.

use std::sync::{Mutex, PoisonError};

use freehold_model::{Fault, FaultCode};
use subtle::ConstantTimeEq;

/// Tokens of links not yet used and sessions made from them. 256 bits each.
#[derive(Debug, Default)]
pub struct Sessions(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    tokens: Vec<String>,
    sessions: Vec<String>,
}

/// Sessions kept at once; the oldest goes. A person has a few tabs, not hundreds.
const MOST_SESSIONS: usize = 32;

impl Sessions {
    /// Makes a token for one link.
    pub fn issue(&self) -> Result<String, Fault> {
        let token = freehold_store::secret::random_hex(32).map_err(|error| error.to_fault())?;
        self.state().tokens.push(token.clone());
        Ok(token)
    }

    /// Turns a token into a session, once.
    pub fn redeem(&self, token: &str) -> Result<String, Fault> {
        let session = freehold_store::secret::random_hex(32).map_err(|error| error.to_fault())?;
        let mut state = self.state();
        let found = state.tokens.iter().position(|known| is_same(known, token));
        let index = found.ok_or_else(|| {
            Fault::new(FaultCode::BadRequest).with(
                "reason",
                "this link was used before or has expired; run `freehold serve` for a new one",
            )
        })?;
        state.tokens.remove(index);
        if state.sessions.len() >= MOST_SESSIONS {
            state.sessions.remove(0);
        }
        state.sessions.push(session.clone());
        Ok(session)
    }

    /// Whether a session is known.
    pub fn knows(&self, session: &str) -> bool {
        self.state().sessions.iter().any(|known| is_same(known, session))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares without telling by its duration how much was right.
fn is_same(known: &str, given: &str) -> bool {
    known.as_bytes().ct_eq(given.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::Sessions;

    #[test]
    fn a_link_works_once() {
        let sessions = Sessions::default();
        let token = sessions.issue().unwrap();
        let session = sessions.redeem(&token).unwrap();
        assert!(sessions.knows(&session));
        assert!(sessions.redeem(&token).is_err(), "the second use is refused");
        assert!(!sessions.knows(&token), "the token itself opens nothing");
        assert!(!sessions.knows(""));
    }
}
