//! `freehold logs`.

use freehold_contract::{FaultView, LogRequest};

use crate::output::Output;
use crate::session::Session;

/// One request waits this long for a new line.
const WAIT_MS: u32 = 20_000;

pub(crate) async fn logs(
    session: &mut Session,
    node: String,
    service: Option<String>,
    follow: bool,
    tail: u32,
    output: Output,
) -> Result<(), FaultView> {
    let mut request = LogRequest {
        node,
        service,
        tail: Some(tail),
        ..LogRequest::default()
    };
    let page = session
        .ask(async |client| client.node_logs(request.clone()).await)
        .await?;
    if !follow {
        output.answer(&page, |page| {
            page.lines
                .iter()
                .map(|line| line.text.as_str())
                .collect::<Vec<_>>()
                .join("\n")
        });
        return Ok(());
    }
    let mut page = page;
    loop {
        for line in &page.lines {
            output.event(line, |line| line.text.clone());
        }
        request.after = page.cursor.clone().or(request.after);
        request.wait_ms = Some(WAIT_MS);
        page = session
            .ask(async |client| client.node_logs(request.clone()).await)
            .await?;
        if page.lines.is_empty() && !page.live {
            // Nothing comes from a stopped node; the next look should not be at once.
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    }
}
