//! A service's log.

use std::time::Duration;

use freehold_contract::{LogLineView, LogPage, LogRequest};
use freehold_engine::{Engine, LogQuery, LogStream};
use freehold_model::{Fault, FaultCode, ObservedState};

use crate::App;
use crate::wallet_use::UsageLine;

/// Lines given when no number is asked for.
const USUAL: u32 = 200;
/// Most lines in one page.
const MOST: u32 = 100_000;
/// Longest wait for a new line; shorter than any host's own limit.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl App {
    /// Lines of a service's log; waits for new ones if asked to.
    pub async fn node_logs(&self, request: LogRequest) -> Result<LogPage, Fault> {
        self.settle(Duration::from_secs(5)).await;
        let node = self.find_node(&request.node)?;
        let service = match &request.service {
            Some(name) => node
                .services
                .iter()
                .find(|seen| seen.service.as_str() == name)
                .ok_or_else(|| {
                    let reason = format!("{} has no service `{name}`", node.record.name);
                    Fault::new(FaultCode::BadRequest).with("reason", reason)
                })?,
            None => match node.services.first() {
                Some(service) => service,
                None => {
                    return Ok(LogPage {
                        lines: Vec::new(),
                        cursor: None,
                        live: false,
                    });
                }
            },
        };
        let Some(container) = &service.container else {
            return Ok(LogPage {
                lines: Vec::new(),
                cursor: None,
                live: false,
            });
        };
        let query = LogQuery {
            after: request.after.clone(),
            tail: request.tail.unwrap_or(USUAL).min(MOST),
            wait: Duration::from_millis(request.wait_ms.unwrap_or(0).into()).min(LONGEST_WAIT),
        };
        let spec = node.spec.as_deref().filter(|_| node.record.external.is_none());
        let reader = spec.and_then(|spec| UsageLine::of(spec, &service.service));
        let page = lines_of_others(&self.engine()?, container, query, reader.as_ref()).await?;
        Ok(LogPage {
            lines: page
                .lines
                .into_iter()
                .map(|line| LogLineView {
                    at: line.at,
                    stream: match line.stream {
                        LogStream::Out => "out",
                        LogStream::Err => "err",
                    }
                    .to_owned(),
                    text: line.text,
                })
                .collect(),
            cursor: page.cursor.or(request.after),
            live: matches!(service.state, ObservedState::Running { .. }),
        })
    }
}

/// A page without the lines about Freehold's own calls, which come every few seconds and would push out all others.
async fn lines_of_others(
    engine: &Engine,
    container: &str,
    query: LogQuery,
    reader: Option<&UsageLine>,
) -> Result<freehold_engine::LogPage, Fault> {
    let read = async |query: &LogQuery| {
        let page = engine.logs(container, query).await;
        page.map_err(|error| error.to_fault())
    };
    let Some(reader) = reader else {
        return read(&query).await;
    };
    let deadline = tokio::time::Instant::now() + query.wait;
    let is_first = query.after.is_none();
    let mut next = LogQuery {
        tail: MOST,
        ..query.clone()
    };
    loop {
        let mut page = read(&next).await?;
        let was_empty = page.lines.is_empty();
        page.lines.retain(|line| !reader.is_own_call(&line.text));
        if is_first && next.after.is_none() {
            let wanted = usize::try_from(query.tail.max(1)).unwrap_or(usize::MAX);
            page.lines.drain(..page.lines.len().saturating_sub(wanted));
        }
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        if !page.lines.is_empty() || was_empty || left.is_zero() {
            return Ok(page);
        }
        next.after = page.cursor.or(next.after);
        next.wait = left;
    }
}
