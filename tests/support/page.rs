//! What a person sees and does on a page. Everything is found by `data-testid`, waits a bounded time, and is found again
//! at each look: the interface may replace an element at any moment.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use base64::Engine as _;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::driver_command::DriverCommand;
use crate::wait::until;

/// For what needs no more than the interface itself.
pub const SOON: Duration = Duration::from_secs(15);
/// Longer than any animation of the interface.
const SETTLES_WITHIN: Duration = Duration::from_millis(400);

/// Sizes of the window that must look right: the usual one and the smallest.
pub const SIZES: [(u32, u32); 2] = [(1280, 800), (900, 600)];
/// A size or a theme moves what is above a part of a node's page; the address still says which part is meant.
const BACK_TO_PART: &str = "const part = /^#\\/node\\/[^/]+\\/([a-z]+)$/.exec(location.hash)?.[1];
    document.getElementById(part ?? '')?.scrollIntoView({ block: 'start' });";
/// Both themes.
pub const THEMES: [&str; 2] = ["light", "dark"];

/// The page that a driven browser shows.
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) client: Client,
    pub(crate) is_chromium: bool,
}

impl Page {
    pub(crate) fn new(client: Client, is_chromium: bool) -> Self {
        Self { client, is_chromium }
    }

    pub(crate) async fn close(&self) -> Result<()> {
        Ok(self.client.clone().close().await?)
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.client.goto(url).await?)
    }

    /// Goes to a screen of the interface, such as `#/catalog`, without loading the page again.
    pub async fn go(&self, hash: &str) -> Result<()> {
        self.run("location.hash = arguments[0]", vec![json!(hash)]).await?;
        Ok(())
    }

    /// Whether an element is there and visible now.
    pub async fn shows(&self, id: &str) -> Result<bool> {
        for element in self.client.find_all(Locator::Css(&css(id))).await? {
            if element.is_displayed().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Waits until an element is visible.
    pub async fn appears(&self, id: &str, limit: Duration) -> Result<()> {
        let what = format!("`{id}` appears");
        until(&what, limit, async || Ok(self.shows(id).await?.then_some(()))).await
    }

    /// Waits until no element of that name is visible.
    pub async fn vanishes(&self, id: &str, limit: Duration) -> Result<()> {
        let what = format!("`{id}` vanishes");
        until(&what, limit, async || Ok((!self.shows(id).await?).then_some(()))).await
    }

    /// Waits until an attribute has a value.
    pub async fn attribute_is(&self, id: &str, name: &str, wanted: &str, limit: Duration) -> Result<()> {
        let what = format!("`{id}` has {name}={wanted}");
        let look = async || {
            let now = self.find(id).await?.attr(name).await?;
            if now.as_deref() == Some(wanted) {
                return Ok(Some(()));
            }
            bail!("it is {}", now.as_deref().unwrap_or("absent"))
        };
        until(&what, limit, look).await
    }

    /// Waits until the visible text of an element is as wanted, and returns it.
    pub async fn text_is(&self, id: &str, limit: Duration, wanted: impl Fn(&str) -> bool) -> Result<String> {
        let what = format!("`{id}` has the wanted text");
        let look = async || {
            let text = self.text(id).await?;
            if wanted(&text) {
                return Ok(Some(text));
            }
            bail!("it is {text:?}")
        };
        until(&what, limit, look).await
    }

    /// The visible text of an element now.
    pub async fn text(&self, id: &str) -> Result<String> {
        Ok(self.find(id).await?.text().await?)
    }

    /// How many elements of that name there are.
    pub async fn count(&self, id: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::Css(&css(id))).await?.len())
    }

    /// Clicks as a person would: what is hidden, disabled or covered cannot be clicked.
    pub async fn click(&self, id: &str) -> Result<()> {
        let what = format!("a click on `{id}`");
        let look = async || {
            let element = self.find(id).await?;
            ensure!(element.is_enabled().await?, "it is disabled");
            element.click().await?;
            Ok(Some(()))
        };
        until(&what, SOON, look).await
    }

    /// Types into a field.
    pub async fn type_into(&self, id: &str, text: &str) -> Result<()> {
        let element = self.find(id).await?;
        element.click().await?;
        Ok(element.send_keys(text).await?)
    }

    /// Empties a field.
    pub async fn clear(&self, id: &str) -> Result<()> {
        Ok(self.find(id).await?.clear().await?)
    }

    /// Chooses an answer of a list, by its value.
    pub async fn choose(&self, id: &str, value: &str) -> Result<()> {
        Ok(self.find(id).await?.select_by_value(value).await?)
    }

    /// Whether what is there can be used now.
    pub async fn is_enabled(&self, id: &str) -> Result<bool> {
        Ok(self.find(id).await?.is_enabled().await?)
    }

    /// Presses Escape where the focus is.
    pub async fn escape(&self) -> Result<()> {
        let element = self.client.active_element().await?;
        Ok(element.send_keys(&char::from(Key::Escape).to_string()).await?)
    }

    /// Everything that the page holds: its source, and what stands in its fields.
    pub async fn everything(&self) -> Result<String> {
        let script = "const fields = [...document.querySelectorAll('input, textarea, select')].map((f) => f.value);\
                      return document.documentElement.outerHTML + '\\n' + fields.join('\\n');";
        let all = self.run(script, vec![]).await?;
        all.as_str().map(str::to_owned).context("a page is text")
    }

    /// The visible text of the whole page.
    pub async fn all_text(&self) -> Result<String> {
        let text = self.run("return document.body.innerText", vec![]).await?;
        text.as_str().map(str::to_owned).context("a page is text")
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, args).await?)
    }

    /// Runs a script that calls its last argument back with the result.
    pub async fn run_async(&self, script: &str, args: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, args).await?)
    }

    /// Makes the page this large, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        if self.is_chromium {
            // Without a window there is a frame all the same; this sets the page itself.
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            let body = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
            self.driver("goog/cdp/execute", body).await?;
        } else {
            self.client.set_window_size(width, height).await?;
        }
        let look = async || {
            let now = self.run("return [innerWidth, innerHeight]", vec![]).await?;
            ensure!(now == json!([width, height]), "it is {now}");
            Ok(Some(()))
        };
        until(&format!("a page of {width}x{height}"), SOON, look).await
    }

    /// Shows a theme and waits until colours have settled. The screen stays, but in the window it is left and entered
    /// again, which closes a dialog.
    pub async fn theme(&self, theme: &str) -> Result<()> {
        if self.is_chromium {
            let feature = json!({ "name": "prefers-color-scheme", "value": theme });
            let params = json!({ "features": [feature] });
            let body = json!({ "cmd": "Emulation.setEmulatedMedia", "params": params });
            self.driver("goog/cdp/execute", body).await?;
        } else {
            let here = self.run("return location.hash", vec![]).await?;
            self.go("#/settings").await?;
            self.click(&format!("settings-theme-{theme}")).await?;
            let shown = "return document.documentElement.dataset.theme";
            let look = async || Ok((self.run(shown, vec![]).await? == theme).then_some(()));
            until(&format!("the theme {theme}"), SOON, look).await?;
            self.go(here.as_str().unwrap_or_default()).await?;
        }
        tokio::time::sleep(SETTLES_WITHIN).await;
        self.is_still().await
    }

    /// Waits until nothing changes its colour or place any more, which on a busy machine takes longer than it is meant
    /// to. What turns as long as it is shown is not waited for.
    async fn is_still(&self) -> Result<()> {
        let moving = "return document.getAnimations().some((one) => one.playState === 'running'
            && Number.isFinite(one.effect?.getComputedTiming().endTime))";
        let look = async || Ok((self.run(moving, vec![]).await? == json!(false)).then_some(()));
        until("the page comes to rest", SOON, look).await
    }

    /// Saves what is shown as `VIEW-SIZE-THEME.png` in every size and theme; ends in the usual size.
    pub async fn screenshots(&self, folder: &Path, view: &str) -> Result<()> {
        for theme in THEMES.into_iter().rev() {
            self.theme(theme).await?;
            self.sizes(folder, view, theme).await?;
        }
        Ok(())
    }

    /// Saves what is shown in every size, without a change of theme: for dialogs.
    pub async fn sizes(&self, folder: &Path, view: &str, theme: &str) -> Result<()> {
        for (width, height) in SIZES.into_iter().rev() {
            self.resize(width, height).await?;
            self.back_to_part().await?;
            // The new size is known before it is painted.
            tokio::time::sleep(SETTLES_WITHIN).await;
            let picture = folder.join(format!("{view}-{width}x{height}-{theme}.png"));
            self.screenshot(&picture).await?;
            let wider = "return document.documentElement.scrollWidth - innerWidth";
            let over = self.run(wider, vec![]).await?;
            ensure!(
                over.as_i64().is_some_and(|pixels| pixels <= 0),
                "{view} must fit {width} pixels without scrolling sideways, it is {over} wider"
            );
        }
        Ok(())
    }

    /// Brings the part of a node's page that the address names back to the top.
    pub async fn back_to_part(&self) -> Result<()> {
        self.run(BACK_TO_PART, vec![]).await?;
        Ok(())
    }

    /// Saves what is shown.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        save(path, &self.picture().await?)
    }

    /// What is shown, as the bytes of a PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let image = if self.is_chromium {
            // Quicker than the driver's own, which packs the picture as small as it can.
            let params = json!({ "format": "png", "optimizeForSpeed": true });
            let answer = self.devtools("Page.captureScreenshot", params).await?;
            let data = answer["data"].as_str().context("a screenshot has data")?;
            base64::engine::general_purpose::STANDARD.decode(data)?
        } else {
            self.client.screenshot().await?
        };
        ensure!(image.starts_with(b"\x89PNG"), "a screenshot is a PNG");
        Ok(image)
    }

    /// Saves what helps to understand a failure: picture, source, console.
    pub async fn evidence(&self, folder: &Path, name: &str) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        self.screenshot(&folder.join(format!("{name}.png"))).await?;
        save(
            &folder.join(format!("{name}.html")),
            self.client.source().await?.as_bytes(),
        )?;
        if self.is_chromium {
            save(
                &folder.join(format!("{name}-console.txt")),
                self.console().await?.join("\n").as_bytes(),
            )?;
        }
        Ok(())
    }

    /// Warnings and errors of the page's console since the last call. Only Chromium tells them. That it has seen the
    /// machine's networks change is left out: every container that comes or goes is such a change.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.driver("se/log", json!({ "type": "browser" })).await?;
        let text = |entry: &Value| format!("{}: {}", entry["level"], entry["message"]);
        let is_of_network = |entry: &Value| {
            let message = entry["message"].as_str().unwrap_or_default();
            message.contains("net::ERR_NETWORK_CHANGED")
        };
        let is_bad =
            |entry: &&Value| (entry["level"] == "SEVERE" || entry["level"] == "WARNING") && !is_of_network(entry);
        Ok(entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(is_bad)
            .map(text)
            .collect())
    }

    async fn find(&self, id: &str) -> Result<Element> {
        let found = self.client.find_all(Locator::Css(&css(id))).await?;
        for element in found {
            if element.is_displayed().await? {
                return Ok(element);
            }
        }
        Err(anyhow!("`{id}` is not on the page"))
    }

    pub(crate) async fn driver(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(self.client.issue_cmd(DriverCommand { path, body }).await?)
    }
}

/// Saves a file of the artifacts.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(file.write_all(bytes)?)
}

fn css(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}
