//! The least HTTP that the container engine's and the registry's interfaces need: one request, one answer, then closed.
//!
//! HTTP/1.0 is spoken on purpose: servers then neither chunk the answer nor keep the connection open, so that reading
//! to the end is the whole protocol.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};

/// A local server that says nothing for this long is broken.
const SILENCE: Duration = Duration::from_mins(1);

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) host: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
}

impl<'a> Request<'a> {
    pub(crate) fn get(path: &'a str) -> Self {
        Self {
            method: "GET",
            path,
            host: "localhost",
            headers: &[],
            body: &[],
        }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Asks over TCP, at `host:port`.
pub(crate) fn over_tcp(request: &Request<'_>) -> Result<Response> {
    let address = request
        .host
        .to_socket_addrs()
        .with_context(|| format!("no address for {}", request.host))?
        .next();
    let address = address.ok_or_else(|| anyhow!("no address for {}", request.host))?;
    let stream = TcpStream::connect_timeout(&address, Duration::from_secs(3));
    let stream = stream.with_context(|| format!("nothing answers at {}", request.host))?;
    stream
        .set_read_timeout(Some(SILENCE))
        .and_then(|()| stream.set_write_timeout(Some(SILENCE)))?;
    over(stream, request)
}

/// Asks over a stream that is connected already.
pub(crate) fn over(mut stream: impl Read + Write, request: &Request<'_>) -> Result<Response> {
    let Request {
        method,
        path,
        host,
        headers,
        body,
    } = request;
    let mut head = format!(
        "{method} {path} HTTP/1.0\r\nHost: {host}\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in *headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).context("the connection broke")?;
    stream.write_all(body).context("the connection broke")?;
    stream.flush().context("the connection broke")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).context("no answer")?;
    parse(&answer)
}

fn parse(answer: &[u8]) -> Result<Response> {
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .context("the answer is not HTTP")?;
    let head = std::str::from_utf8(&answer[..end]).context("the answer is not HTTP")?;
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap_or_default();
    if !status.starts_with("HTTP/1.") {
        bail!("the answer is not HTTP: {status}");
    }
    let status = status
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .context("no status in the answer")?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    Ok(Response {
        status,
        headers,
        body: answer[end + 4..].to_vec(),
    })
}

/// Escapes one query value.
pub(crate) fn percent(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value
        .bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_its_headers() {
        let response = parse(b"HTTP/1.0 202 Accepted\r\nLocation: /v2/x\r\nA: b:c\r\n\r\nbody").unwrap();
        assert_eq!((response.status, response.header("location")), (202, Some("/v2/x")));
        assert_eq!(
            (response.header("a"), response.body.as_slice()),
            (Some("b:c"), b"body".as_slice())
        );
    }

    #[test]
    fn something_else_on_the_port_is_not_taken_for_http() {
        assert!(parse(b"SSH-2.0-OpenSSH_9.2\r\n\r\n").is_err());
        assert!(parse(b"").is_err());
    }

    #[test]
    fn query_values_are_escaped() {
        assert_eq!(percent(r#"{"a":["b.c"]}"#), "%7B%22a%22%3A%5B%22b.c%22%5D%7D");
    }
}
