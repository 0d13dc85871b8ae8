//! HTTP/1.1 by hand, for requests that no browser would send.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// A local host answers at once.
const LIMIT: Duration = Duration::from_secs(10);

/// The status and everything after the status line.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers and body.
    pub text: String,
}

/// Sends one request with exactly these headers; `Connection: close` and the length are added.
pub fn request(address: &str, line: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(address).with_context(|| format!("nobody listens at {address}"))?;
    stream.set_read_timeout(Some(LIMIT))?;
    let mut text = format!("{line} HTTP/1.1\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Connection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let answer = String::from_utf8_lossy(&bytes).into_owned();
    let (status, rest) = answer.split_once("\r\n").context("an answer has a status line")?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    Ok(Answer {
        status: status.context("a status line has a code")?,
        text: rest.to_owned(),
    })
}
