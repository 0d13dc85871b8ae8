//! A person without a mouse: keys only, and a focus that is always somewhere and always to be seen.

use anyhow::{Context as _, Result, bail, ensure};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::page::{Page, SOON};
use crate::wait::until;

/// More steps than any page has places for the focus.
const MOST_STEPS: usize = 200;

/// Where the focus is: whether it is anywhere, whether it can be used and seen, and whether it is the one looked for.
const FOCUS: &str = r#"
const at = document.activeElement;
const wanted = arguments[0];
const isSomewhere = at !== null && at !== document.body && at !== document.documentElement;
if (!isSomewhere) return { isSomewhere };
const box = at.getBoundingClientRect();
const rings = (one) => {
  if (!one) return false;
  const style = getComputedStyle(one);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== 'rgba(0, 0, 0, 0)';
};
// A choice shows the ring on the card that holds it, a field on the frame that it shares with its icon.
const isSmall = box.width < 3 || box.height < 3 || getComputedStyle(at).opacity === '0' || at.matches('[type=radio], [type=checkbox]');
const near = isSmall ? [at, at.parentElement, at.nextElementSibling, at.closest('label, fieldset')] : [at, at.parentElement];
const place = isSmall ? (at.closest('label') ?? at.parentElement).getBoundingClientRect() : box;
return {
  isSomewhere,
  isWanted: wanted !== null && at.closest(`[data-testid="${CSS.escape(wanted)}"]`) !== null,
  // Headings and regions that take the focus from the program are not operated.
  isOperated: at.matches('a, button, input, select, textarea, summary, [tabindex="0"]'),
  isRinged: near.some(rings),
  isInView: place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
  name: at.dataset.testid ?? at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 40),
};"#;

impl Page {
    /// Presses and lets go of one key, wherever the focus is.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.press_with(key, None).await
    }

    /// Presses a key, with another one held.
    pub async fn press_with(&self, key: Key, held: Option<Key>) -> Result<()> {
        let letter = char::from;
        let mut keys = KeyActions::new("keyboard".to_owned());
        if let Some(held) = held {
            keys = keys.then(KeyAction::Down { value: letter(held) });
        }
        keys = keys
            .then(KeyAction::Down { value: letter(key) })
            .then(KeyAction::Up { value: letter(key) });
        if let Some(held) = held {
            keys = keys.then(KeyAction::Up { value: letter(held) });
        }
        Ok(self.client.perform_actions(keys).await?)
    }

    /// Types a text into what has the focus.
    pub async fn type_keys(&self, text: &str) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(keys).await?)
    }

    /// Goes on with Tab until this has the focus. Each place on the way must be seen.
    pub async fn tab_to(&self, id: &str) -> Result<()> {
        self.appears(id, SOON).await?;
        let mut passed = Vec::new();
        let mut rounds = 0;
        while passed.len() < MOST_STEPS {
            let focus = self.focus(Some(id)).await?;
            if focus["isWanted"] == json!(true) && focus["isOperated"] == json!(true) {
                return self.focus_is_seen(&format!("`{id}`")).await;
            }
            self.press(Key::Tab).await?;
            let focus = self.focus(Some(id)).await?;
            if focus["isSomewhere"] == json!(false) {
                // After the last place the browser's own bar would have the focus; it has none, so the round begins anew.
                rounds += 1;
                ensure!(rounds < 3, "`{id}` is not reached with Tab; passed were {passed:?}");
                passed.push("(the end of the page)".to_owned());
                continue;
            }
            check(&focus)?;
            passed.push(focus["name"].as_str().unwrap_or_default().to_owned());
        }
        bail!("`{id}` is not reached with {MOST_STEPS} times Tab; passed were {passed:?}")
    }

    /// Goes to something with Tab and presses Enter there, once it can be used.
    pub async fn enter_on(&self, id: &str) -> Result<()> {
        let usable = async || Ok(self.is_enabled(id).await?.then_some(()));
        until(&format!("`{id}` can be used"), SOON, usable).await?;
        self.tab_to(id).await?;
        self.press(Key::Enter).await
    }

    /// Waits until the focus is somewhere on the page: what had it may just have gone.
    pub async fn focus_is_kept(&self, after: &str) -> Result<()> {
        let look = async || {
            let focus = self.focus(None).await?;
            Ok((focus["isSomewhere"] == json!(true)).then_some(()))
        };
        let kept = until("the focus is somewhere", SOON, look).await;
        kept.with_context(|| format!("after {after} the focus is lost"))
    }

    /// Fails where the focus is nowhere, out of view, or on something that does not show it.
    pub async fn focus_is_seen(&self, what: &str) -> Result<()> {
        let look = async || {
            let focus = self.focus(None).await?;
            ensure!(focus["isSomewhere"] == json!(true), "the focus is nowhere");
            check(&focus)?;
            Ok(Some(()))
        };
        until(&format!("the focus on {what} is seen"), SOON, look).await
    }

    async fn focus(&self, wanted: Option<&str>) -> Result<Value> {
        self.run(FOCUS, vec![json!(wanted)]).await
    }
}

fn check(focus: &Value) -> Result<()> {
    let is_operated = focus["isOperated"] == json!(true);
    ensure!(
        !is_operated || focus["isRinged"] == json!(true),
        "the focus is not shown on {focus}"
    );
    ensure!(
        !is_operated || focus["isInView"] == json!(true),
        "the focus is out of view: {focus}"
    );
    Ok(())
}
