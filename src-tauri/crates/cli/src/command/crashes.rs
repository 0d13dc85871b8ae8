//! `freehold crashes`.

use freehold_app::host::Client;
use freehold_contract::{CrashList, FaultView, NodeRequest};

use super::format::time;
use crate::output::Output;

pub(crate) async fn crashes(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let list = client.node_crashes(NodeRequest { node }).await?;
    output.answer(&list, crashes_text);
    Ok(())
}

fn crashes_text(list: &CrashList) -> String {
    if list.crashes.is_empty() {
        return "It has not crashed.".to_owned();
    }
    let crash = |crash: &freehold_contract::CrashView| {
        let mut lines = vec![format!("{}  {}: {}", time(crash.at), crash.service, crash.why)];
        lines.extend(crash.lines.iter().map(|line| format!("  {line}").trim_end().to_owned()));
        lines.join("\n")
    };
    list.crashes.iter().map(crash).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::crashes_text;
    use crate::command::sample;

    #[test]
    fn every_crash_comes_with_its_last_lines() {
        let list = sample::read(&json!({ "crashes": [
            { "service": "node", "at": 1_000, "why": "It ended with code 1.", "lines": ["a", "b"] },
            { "service": "node", "at": 0, "why": "It was killed.", "lines": [] }
        ] }));
        let expected = "\
1970-01-01 00:00:01Z  node: It ended with code 1.
  a
  b

1970-01-01 00:00:00Z  node: It was killed.";
        assert_eq!(crashes_text(&list), expected);
        assert_eq!(
            crashes_text(&sample::read(&json!({ "crashes": [] }))),
            "It has not crashed."
        );
    }
}
