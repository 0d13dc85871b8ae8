//! Reads tor over its control port. A control connection can do everything, so it is closed after each reading.

use std::path::PathBuf;

use freehold_model::spec::IdentityCheck;
use freehold_model::{Credential, ProbeFailure, ProbeReport, Stage};
use serde_json::Value;
use tokio::net::TcpStream;

use super::{Kind, Look, Pending};
use crate::Target;
use crate::excerpt::{excerpt, shorten};
use crate::http::access::{hex, token};
use crate::report::{ALMOST, blank};
use crate::socket::{Lines, connect, in_time};

/// Lines that an answer may have: the longest that is asked for has three.
const MOST_LINES: usize = 64;

/// `Authentication failed`, and `Authentication required`.
const REFUSED: [&str; 2] = ["515", "514"];

/// tor.
#[derive(Debug)]
pub(crate) struct Tor {
    host: String,
    port: u16,
    cookie: Option<PathBuf>,
    credential: Option<Credential>,
}

impl Tor {
    pub(crate) fn new(target: &Target) -> Self {
        Self {
            host: target.host.clone(),
            port: target.port,
            cookie: target.token.clone(),
            credential: target.credential.clone(),
        }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let proof = self.proof().await?;
        let mut lines = Lines::new(connect(&self.host, self.port).await?);
        in_time(async {
            ask(&mut lines, "PROTOCOLINFO 1").await?;
            ask(&mut lines, &format!("AUTHENTICATE {proof}")).await?;
            let version = ask(&mut lines, "GETINFO version").await?;
            let phase = ask(&mut lines, "GETINFO status/bootstrap-phase").await?;
            let circuits = ask(&mut lines, "GETINFO status/circuit-established").await?;
            // It closes by itself when it is not told.
            let _closed = lines.send("QUIT\r\n").await;
            Ok(read(&version, &phase, &circuits, look))
        })
        .await
    }

    /// What goes behind `AUTHENTICATE`.
    async fn proof(&self) -> Result<String, ProbeFailure> {
        if let Some(file) = &self.cookie {
            return Ok(hex(&token(file).await?));
        }
        let password = self
            .credential
            .as_ref()
            .map_or("", |credential| credential.password.expose());
        Ok(format!("\"{}\"", password.replace('\\', "\\\\").replace('"', "\\\"")))
    }
}

/// One question; the texts of its answer, without their codes.
async fn ask(lines: &mut Lines<TcpStream>, question: &str) -> Result<Vec<String>, ProbeFailure> {
    lines.send(&format!("{question}\r\n")).await?;
    let mut texts = Vec::new();
    loop {
        let line = lines.next().await?;
        let (code, rest) = split(&line).ok_or_else(|| unreadable(&line))?;
        if REFUSED.contains(&code) {
            return Err(ProbeFailure::AuthenticationFailed);
        }
        if !code.starts_with('2') || texts.len() >= MOST_LINES {
            return Err(unreadable(&line));
        }
        let is_last = rest.starts_with(' ');
        texts.push(rest.get(1..).unwrap_or_default().to_owned());
        if is_last {
            return Ok(texts);
        }
    }
}

fn unreadable(line: &[u8]) -> ProbeFailure {
    ProbeFailure::Unreadable {
        reason: format!("`{}`", excerpt(line, &[])),
    }
}

/// A line's code, and the rest with its sign: ` ` for the last line, `-` or `+` for others.
fn split(line: &[u8]) -> Option<(&str, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let (code, rest) = line.split_at_checked(3)?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_digit()) && rest.starts_with([' ', '-', '+']);
    is_code.then_some((code, rest))
}

fn read(version: &[String], phase: &[String], circuits: &[String], look: Look<'_>) -> ProbeReport {
    let phase = phase.first().map(String::as_str).unwrap_or_default();
    let progress: f64 = word(phase, "PROGRESS")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0);
    let version = version
        .first()
        .and_then(|line| line.split_once('='))
        .map(|(_, text)| shorten(text))
        .unwrap_or_default();
    // A tor that was told to stay off the network never gets on.
    let is_ready = progress >= 100.0 || !look.target.needs_peers;
    let stage = if is_ready { Stage::Ready } else { Stage::PreHeaders };
    let has_circuit = circuits.first().is_some_and(|line| line.ends_with("=1"));
    let mut warnings = Vec::new();
    if phase.contains("WARN ") {
        let why = word(phase, "WARNING")
            .or_else(|| word(phase, "SUMMARY"))
            .unwrap_or_default();
        warnings.push(shorten(&why));
    } else if progress >= 100.0 && !has_circuit {
        warnings.push("It has no way through the Tor network at present.".to_owned());
    }
    ProbeReport {
        percent: Some(if is_ready { 100.0 } else { progress.clamp(0.0, ALMOST) }),
        detail: if is_ready {
            None
        } else {
            word(phase, "SUMMARY").map(|text| shorten(&text))
        },
        version,
        chain: "tor".to_owned(),
        warnings,
        ..blank(stage)
    }
}

/// The value of `NAME=value` or `NAME="some value"` in a line.
fn word(line: &str, name: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!(" {name}="))?;
    let value = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    Some(value.to_owned())
}

impl Kind for Tor {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, _question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(async move {
            Err(ProbeFailure::Unreadable {
                reason: "tor answers no question about a chain".to_owned(),
            })
        })
    }
}

#[cfg(test)]
mod tests;
