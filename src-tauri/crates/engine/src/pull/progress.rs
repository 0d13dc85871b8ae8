//! Adds up a pull's progress lines. Pure: lines and instants in, a snapshot out.
//!
//! The one rule: the bytes downloaded never go down within one layer's download, also when a later phase counts anew.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use freehold_model::state::{LayerPhase, LayerProgress};
use freehold_model::{ImageReference, PullProgress};
use serde_json::Value;

/// The rate is taken over this long: short enough to show a stall, long enough not to jump.
const RATE_WINDOW: Duration = Duration::from_secs(5);
/// A rate over less time than this is noise.
const SHORTEST_RATE: Duration = Duration::from_millis(500);

/// One layer as added up so far.
#[derive(Debug, Clone)]
struct Layer {
    shown: LayerProgress,
    /// Download alone; `shown` counts the unpacking too.
    downloaded: u64,
    size: Option<u64>,
}

/// Adds up the lines of one pull.
#[derive(Debug, Clone)]
pub(crate) struct Aggregator {
    image: String,
    layers: Vec<Layer>,
    samples: VecDeque<(Instant, u64)>,
}

impl Aggregator {
    pub(crate) fn new(image: &ImageReference) -> Self {
        Self::of(format!("{}:{}", image.repository, image.tag))
    }

    /// Adds up the pull of what people know by this name.
    pub(crate) fn of(image: String) -> Self {
        Self {
            image,
            layers: Vec::new(),
            samples: VecDeque::new(),
        }
    }

    /// Takes one line in; true where it changed something.
    pub(crate) fn add(&mut self, line: &Value, now: Instant) -> bool {
        let known = self.layers.len();
        let is_different = match line.get("stream").and_then(Value::as_str) {
            Some(text) => self.add_podman(text),
            None => self.add_docker(line),
        };
        let is_changed = is_different || self.layers.len() > known;
        if is_changed {
            self.sample(now);
        }
        is_changed
    }

    /// Everything is there.
    pub(crate) fn finish(&mut self) {
        for layer in &mut self.layers {
            layer.shown.phase = LayerPhase::Done;
            if let Some(size) = layer.size {
                layer.downloaded = size;
                layer.shown.current = size;
                layer.shown.total = Some(size);
            }
        }
        self.samples.clear();
    }

    /// How far it is.
    pub(crate) fn snapshot(&self) -> PullProgress {
        PullProgress {
            image: self.image.clone(),
            layers: self.layers.iter().map(|layer| layer.shown.clone()).collect(),
            downloaded: self.downloaded(),
            total: self
                .layers
                .iter()
                .filter_map(|layer| layer.size)
                .reduce(u64::saturating_add),
            rate: self.rate(),
        }
    }

    fn downloaded(&self) -> u64 {
        self.layers
            .iter()
            .map(|layer| layer.downloaded)
            .fold(0, u64::saturating_add)
    }

    fn rate(&self) -> Option<f64> {
        let ((first, from), (last, to)) = (self.samples.front()?, self.samples.back()?);
        let span = last.saturating_duration_since(*first);
        (span >= SHORTEST_RATE).then(|| to.saturating_sub(*from) as f64 / span.as_secs_f64())
    }

    fn sample(&mut self, now: Instant) {
        // Without byte counts (Podman) there is no rate to show, and zero would be a lie.
        if self.layers.iter().all(|layer| layer.size.is_none()) {
            return;
        }
        self.samples.push_back((now, self.downloaded()));
        while self.samples.len() > 2
            && self
                .samples
                .front()
                .is_some_and(|(at, _)| now.saturating_duration_since(*at) > RATE_WINDOW)
        {
            self.samples.pop_front();
        }
    }

    /// `{"status":"Downloading","progressDetail":{"current":1,"total":9},"id":"a1b2c3"}`
    fn add_docker(&mut self, line: &Value) -> bool {
        let status = line.get("status").and_then(Value::as_str).unwrap_or_default();
        let Some(id) = line.get("id").and_then(Value::as_str) else {
            return false;
        };
        let Some(phase) = phase(status) else { return false };
        let detail = line.get("progressDetail");
        // Docker 29 counts seconds, not bytes, while it unpacks, and says so in `units`.
        let is_bytes = detail.is_none_or(|detail| detail.get("units").is_none());
        let number = |name: &str| {
            detail
                .and_then(|detail| detail.get(name))
                .and_then(Value::as_u64)
                .filter(|_| is_bytes)
        };
        let (current, total) = (number("current"), number("total").filter(|total| *total > 0));
        let layer = self.layer(id);
        if phase == LayerPhase::Downloading {
            // The engine starts a layer again after a cut; the bytes that came are still bytes that came.
            layer.downloaded = layer.downloaded.max(current.unwrap_or_default());
            layer.size = total.or(layer.size);
        }
        if phase == LayerPhase::Extracting {
            // A small layer is there before the engine has reported on its download.
            layer.size = layer.size.or(total);
        }
        let is_downloaded = matches!(phase, LayerPhase::Verifying | LayerPhase::Extracting | LayerPhase::Done);
        if let (true, Some(size)) = (is_downloaded, layer.size) {
            layer.downloaded = size;
        }
        let shown = LayerProgress {
            id: id.to_owned(),
            phase,
            current: match phase {
                LayerPhase::Waiting => 0,
                LayerPhase::Downloading => layer.downloaded,
                LayerPhase::Extracting => current.unwrap_or_default(),
                LayerPhase::Verifying | LayerPhase::Done => layer.size.unwrap_or_default(),
            },
            total: if phase == LayerPhase::Extracting {
                total.or(layer.size)
            } else {
                layer.size
            },
        };
        let is_changed = layer.shown != shown;
        layer.shown = shown;
        is_changed
    }

    /// `Copying blob sha256:…` or, for one that is there, `Copying blob a1b2c3 skipped: already exists`. Podman's own API
    /// gives no sizes.
    fn add_podman(&mut self, text: &str) -> bool {
        let mut words = text.split_whitespace();
        let (Some("Copying"), Some("blob"), Some(id)) = (words.next(), words.next(), words.next()) else {
            return false;
        };
        let id: String = id.trim_start_matches("sha256:").chars().take(12).collect();
        let is_there = text.contains("skipped") || text.contains("done");
        let phase = if is_there {
            LayerPhase::Done
        } else {
            LayerPhase::Downloading
        };
        let layer = self.layer(&id);
        let is_changed = layer.shown.phase != phase;
        layer.shown.phase = phase;
        is_changed
    }

    fn layer(&mut self, id: &str) -> &mut Layer {
        let index = self
            .layers
            .iter()
            .position(|layer| layer.shown.id == id)
            .unwrap_or_else(|| {
                let shown = LayerProgress {
                    id: id.to_owned(),
                    phase: LayerPhase::Waiting,
                    current: 0,
                    total: None,
                };
                self.layers.push(Layer {
                    shown,
                    downloaded: 0,
                    size: None,
                });
                self.layers.len() - 1
            });
        &mut self.layers[index]
    }
}

/// The phase that a status text names; `None` for lines that are not about a layer (`Pulling from …`, `Digest: …`).
fn phase(status: &str) -> Option<LayerPhase> {
    match status {
        "Pulling fs layer" | "Waiting" | "Preparing" => Some(LayerPhase::Waiting),
        "Downloading" => Some(LayerPhase::Downloading),
        "Verifying Checksum" | "Download complete" => Some(LayerPhase::Verifying),
        "Extracting" => Some(LayerPhase::Extracting),
        "Pull complete" | "Already exists" => Some(LayerPhase::Done),
        other if other.starts_with("Retrying in") => Some(LayerPhase::Waiting),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
