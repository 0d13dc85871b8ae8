//! Pulling an image by digest, with progress.
//!
//! The one rule: what was pulled is looked at afterwards. The engine must record the pinned digest and hold the right
//! platform, else the pull has failed, whatever the engine said.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use freehold_model::{EngineKind, ImageReference, PullProgress};
use hyper::Method;
use serde_json::Value;

use crate::error::Asked;
use crate::error::classify::{self, Wanted};
use crate::image::{Held, ImageId};
use crate::wire::{Lines, path_with_query};
use crate::{Engine, EngineError};

mod progress;

pub(crate) use progress::Aggregator;

/// Docker reports many times a second and retries a dead registry within this time.
const QUIET_LIMIT: Duration = Duration::from_mins(3);
/// Podman says nothing while a layer is on its way, and a layer may be large and the line slow.
const PODMAN_QUIET_LIMIT: Duration = Duration::from_hours(1);
/// People cannot read faster, and every report costs a redraw.
const REPORT_EVERY: Duration = Duration::from_millis(100);

const OPERATION: &str = "Pulling the image";

impl Engine {
    /// Pulls the image by `repository@digest`, reporting at most ten times a second and once at the end.
    ///
    /// There is no limit on the whole; without a word from the engine for minutes it fails with
    /// [`EngineError::TimedOut`]. Dropping the future ends the pull on the engine.
    pub async fn pull(
        &self,
        image: &ImageReference,
        report: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<ImageId, EngineError> {
        let mut progress = Aggregator::new(image);
        report(progress.snapshot());
        self.pull_reference(&image.pinned(), &Wanted::pinned(image), &mut progress, report)
            .await?;
        progress.finish();
        report(progress.snapshot());
        self.checked(image).await
    }

    /// Lets the engine fetch what a reference names (`repository@digest` or `repository:tag`).
    ///
    /// Docker lets a registry on this machine speak plain HTTP; Podman must be told, which only its own API can.
    /// The digest is checked all the same, so nothing rests on the transport.
    pub(crate) async fn pull_reference(
        &self,
        reference: &str,
        wanted: &Wanted<'_>,
        progress: &mut Aggregator,
        report: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<(), EngineError> {
        let path = match self.facts().kind {
            EngineKind::Podman if is_loopback(wanted.registry) => {
                let query = [("reference", reference), ("policy", "always"), ("tlsVerify", "false")];
                path_with_query("/v4.0.0/libpod/images/pull", &query)
            }
            EngineKind::Docker | EngineKind::Podman => path_with_query("/images/create", &[("fromImage", reference)]),
        };
        self.follow_pull(&path, wanted, progress, report).await
    }

    async fn follow_pull(
        &self,
        path: &str,
        wanted: &Wanted<'_>,
        progress: &mut Aggregator,
        report: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<(), EngineError> {
        let limit = match self.facts().kind {
            EngineKind::Docker => QUIET_LIMIT,
            EngineKind::Podman => PODMAN_QUIET_LIMIT,
        };
        let asked = self.asked(OPERATION, limit);
        let place = self.place();
        let response = match self.wire().open(Method::POST, path, asked).await {
            Ok(response) => response,
            Err(EngineError::Refused { reason, .. }) => return Err(classify::pull(wanted, place, &reason)),
            Err(EngineError::NoSuchImage { .. }) => {
                return Err(EngineError::ImageMissing {
                    image: wanted.image.clone(),
                    registry: wanted.registry.to_owned(),
                });
            }
            Err(error) => return Err(error),
        };
        let mut lines = Lines::new(response);
        let mut last_report = Instant::now();
        let mut is_reported = true;
        loop {
            let next = next_line(&mut lines, asked, if is_reported { limit } else { REPORT_EVERY }).await?;
            match next {
                Next::Line(line) => {
                    if let Some(error) = error_in(&line) {
                        return Err(classify::pull(wanted, place, error));
                    }
                    is_reported &= !progress.add(&line, Instant::now());
                }
                Next::Quiet if is_reported => return Err(asked.timed_out()),
                Next::Quiet => {}
                Next::End => return Ok(()),
            }
            if !is_reported && last_report.elapsed() >= REPORT_EVERY {
                report(progress.snapshot());
                last_report = Instant::now();
                is_reported = true;
            }
        }
    }

    /// Looks at what the engine now holds.
    async fn checked(&self, image: &ImageReference) -> Result<ImageId, EngineError> {
        let held = self.inspect_image(&image.pinned()).await?;
        let platform = &self.facts().platform;
        match held {
            Some(held) if !held.has(&image.digest) => Err(mismatch(image, &held)),
            Some(held) if held.platform != *platform && held.platform != "/" => Err(EngineError::PlatformMissing {
                image: image.to_string(),
                platform: platform.clone(),
                offered: held.platform,
            }),
            Some(held) => Ok(held.id),
            // Not under its own name: perhaps under another, as Podman files some.
            None => self
                .find_image(image)
                .await?
                .ok_or_else(|| EngineError::DigestMismatch {
                    expected: image.digest.to_string(),
                    found: "no image of that digest".to_owned(),
                }),
        }
    }
}

fn mismatch(image: &ImageReference, held: &Held) -> EngineError {
    let found = if held.digests.is_empty() {
        "no digest at all".to_owned()
    } else {
        held.digests.join(", ")
    };
    EngineError::DigestMismatch {
        expected: image.digest.to_string(),
        found,
    }
}

enum Next {
    Line(Value),
    Quiet,
    End,
}

async fn next_line(lines: &mut Lines, asked: Asked<'_>, limit: Duration) -> Result<Next, EngineError> {
    match tokio::time::timeout(limit, lines.next(asked)).await {
        Ok(line) => Ok(line?.map_or(Next::End, Next::Line)),
        Err(_) => Ok(Next::Quiet),
    }
}

/// The error text of a line. Docker gives `errorDetail` and `error`, Podman 4 only `error`.
fn error_in(line: &Value) -> Option<&str> {
    let detail = line.pointer("/errorDetail/message").and_then(Value::as_str);
    detail
        .or_else(|| line.get("error").and_then(Value::as_str))
        .filter(|text| !text.is_empty())
}

fn is_loopback(registry: &str) -> bool {
    let host = match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => registry,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{error_in, is_loopback};

    #[test]
    fn only_registries_on_this_machine_may_speak_plain_http() {
        for host in ["127.0.0.1:5000", "127.5.6.7", "localhost:5000", "[::1]:5000"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "docker.io",
            "ghcr.io",
            "10.0.0.1:5000",
            "localhost.example.org",
            "127.0.0.1.example.org:80",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn errors_are_seen_in_every_form_that_engines_use() {
        assert_eq!(
            error_in(&json!({"errorDetail": {"message": "a"}, "error": "b"})),
            Some("a")
        );
        assert_eq!(error_in(&json!({"error": "b"})), Some("b"));
        assert_eq!(error_in(&json!({"status": "Waiting", "error": ""})), None);
    }
}
