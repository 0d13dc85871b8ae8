//! A service's log.

use std::time::Duration;

use freehold_contract::{LogLineView, LogPage, LogRequest};
use freehold_engine::{LogQuery, LogStream};
use freehold_model::{Fault, FaultCode, ObservedState};

use crate::App;

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
        let page = self
            .engine()?
            .logs(container, &query)
            .await
            .map_err(|error| error.to_fault())?;
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
