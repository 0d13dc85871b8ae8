//! `freehold audit`.

use freehold_app::host::Client;
use freehold_contract::{
    AuditKind, AuditLeftover, AuditReport, AuditRow, AuditSource, AuditSourceKind, AuditVerdict, Empty, FaultView,
};

use crate::output::{Output, headed, table};

pub(crate) async fn audit(client: &Client, output: Output) -> Result<(), FaultView> {
    let report = client.wallet_audit(Empty {}).await?;
    output.answer(&report, text);
    Ok(())
}

fn text(report: &AuditReport) -> String {
    let rows = report.rows.iter().map(|row| {
        vec![
            kind(row.kind).to_owned(),
            who(row),
            row.endpoint.clone().unwrap_or_else(|| "-".to_owned()),
            verdict(row.verdict).to_owned(),
            whose(row),
            read_from(row),
        ]
    });
    let head = ["WHAT", "WHO", "ASKS", "GROUND", "WHOSE", "READ FROM"];
    let mut parts = vec![headed(&head, rows, "Nothing on this machine names an endpoint.")];
    let notes: Vec<String> = report
        .rows
        .iter()
        .flat_map(|row| row.notes.iter().map(move |note| format!("{}: {note}", who(row))))
        .collect();
    section(&mut parts, "Notes", &notes);
    let leftovers: Vec<String> = report.leftovers.iter().map(leftover).collect();
    section(
        &mut parts,
        "These go on asking others beside their endpoint",
        &leftovers,
    );
    let unread: Vec<String> = report
        .unread
        .iter()
        .map(|file| format!("{}: {}", file.path, file.why))
        .collect();
    section(&mut parts, "Not read", &unread);
    parts.push(score(report));
    parts.join("\n\n")
}

/// A headline with its lines; nothing where there are none.
fn section(parts: &mut Vec<String>, headline: &str, lines: &[String]) {
    if !lines.is_empty() {
        parts.push(format!("{headline}:\n  {}", lines.join("\n  ")));
    }
}

fn who(row: &AuditRow) -> String {
    match &row.network {
        Some(network) if network != "mainnet" => format!("{} ({network})", row.who),
        _ => row.who.clone(),
    }
}

const fn kind(kind: AuditKind) -> &'static str {
    match kind {
        AuditKind::Wallet => "wallet",
        AuditKind::Tool => "tool",
        AuditKind::Environment => "variable",
        AuditKind::Node => "node",
    }
}

const fn verdict(verdict: AuditVerdict) -> &'static str {
    match verdict {
        AuditVerdict::Own => "own",
        AuditVerdict::Others => "others",
        AuditVerdict::Unknown => "unknown",
    }
}

fn whose(row: &AuditRow) -> String {
    match (&row.provider, &row.cloud, &row.node, row.verdict) {
        (Some(provider), Some(cloud), ..) => format!("{provider} ({})", cloud.text),
        (Some(provider), None, ..) => provider.clone(),
        (None, _, Some(node), AuditVerdict::Own) if row.kind != AuditKind::Node => format!("your node {node}"),
        (None, _, _, AuditVerdict::Own) => "your own".to_owned(),
        (None, ..) => "-".to_owned(),
    }
}

fn read_from(row: &AuditRow) -> String {
    let first = row.read_from.first().map_or_else(|| "-".to_owned(), source);
    match row.read_from.len() {
        0 | 1 => first,
        more => format!("{first} and {} more", more - 1),
    }
}

fn source(source: &AuditSource) -> String {
    match (source.kind, &source.path, source.line) {
        (_, Some(path), Some(line)) => format!("{path}:{line}"),
        (_, Some(path), None) => path.clone(),
        (AuditSourceKind::Process, ..) => "environment".to_owned(),
        (AuditSourceKind::NodeOption, ..) => "its options".to_owned(),
        (AuditSourceKind::SettingsFile | AuditSourceKind::ShellFile | AuditSourceKind::EnvironmentFile, None, _) => {
            "-".to_owned()
        }
    }
}

fn leftover(left: &AuditLeftover) -> String {
    let host = left.host.as_ref().map(|host| match &left.provider {
        Some(provider) => format!(" from {host} ({provider})"),
        None => format!(" from {host}"),
    });
    let off = left.how_off.as_ref().map(|how| format!(" To turn it off: {how}"));
    format!(
        "{}: {}{}{}",
        left.name,
        left.what,
        host.unwrap_or_default(),
        off.unwrap_or_default()
    )
}

fn score(report: &AuditReport) -> String {
    let points = |points: Option<u8>| points.map_or_else(|| "-".to_owned(), |points| format!("{points} of 100"));
    let mut rows = vec![vec![
        "Now".to_owned(),
        points(report.now.score),
        report.now.sentence.clone(),
    ]];
    if report.before != report.now {
        let before = &report.before;
        rows.push(vec![
            "Before Freehold".to_owned(),
            points(before.score),
            before.sentence.clone(),
        ]);
    }
    table(&rows)
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::command::sample::read;
    use serde_json::json;

    #[test]
    fn a_report_is_a_table_with_its_score_before_and_now() {
        let report = read(&json!({
            "rows": [
                {
                    "id": "wallet:sparrow:mainnet", "kind": "wallet", "who": "Sparrow", "wallet": "sparrow", "node": "mine",
                    "network": "mainnet", "endpoint": "bitcoin+http://127.0.0.1:28332", "host": "127.0.0.1", "verdict": "own",
                    "counted": true, "read_from": [{ "kind": "settings_file", "path": "/h/.sparrow/config" }], "notes": [],
                    "switched": true, "endpoint_before": "electrum+ssl://electrum.emzy.de:50002"
                },
                {
                    "id": "environment:ETH_RPC_URL:1", "kind": "environment", "who": "ETH_RPC_URL",
                    "endpoint": "https://mainnet.infura.io/••••", "host": "mainnet.infura.io", "provider": "Infura",
                    "provider_id": "infura", "cloud": { "clouds": ["amazon"], "text": "probably AWS", "certain": false },
                    "verdict": "others", "counted": true, "notes": ["Read by cast."], "switched": false,
                    "read_from": [{ "kind": "shell_file", "path": "/h/.bashrc", "line": 7 }, { "kind": "process" }]
                }
            ],
            "leftovers": [{
                "wallet": "sparrow", "name": "Sparrow", "what": "fee rates", "host": "mempool.space",
                "provider": "mempool.space", "how_off": "choose Server in its settings."
            }],
            "now": { "own": 1, "others": 1, "unknown": 0, "total": 2, "score": 50, "sentence": "1 of 2 endpoints stands on your own ground." },
            "before": { "own": 0, "others": 2, "unknown": 0, "total": 2, "score": 0, "sentence": "None of 2 endpoints stands on your own ground." },
            "unread": [{ "path": "/h/.zshrc", "why": "it is a link" }],
            "drill_choices": []
        }));
        let expected = "\
WHAT      WHO          ASKS                            GROUND  WHOSE                  READ FROM
wallet    Sparrow      bitcoin+http://127.0.0.1:28332  own     your node mine         /h/.sparrow/config
variable  ETH_RPC_URL  https://mainnet.infura.io/••••  others  Infura (probably AWS)  /h/.bashrc:7 and 1 more

Notes:
  ETH_RPC_URL: Read by cast.

These go on asking others beside their endpoint:
  Sparrow: fee rates from mempool.space (mempool.space) To turn it off: choose Server in its settings.

Not read:
  /h/.zshrc: it is a link

Now              50 of 100  1 of 2 endpoints stands on your own ground.
Before Freehold  0 of 100   None of 2 endpoints stands on your own ground.";
        assert_eq!(text(&report), expected);
    }

    #[test]
    fn an_empty_machine_is_a_sentence() {
        let none = json!({ "own": 0, "others": 0, "unknown": 0, "total": 0, "sentence": "No endpoint is in use on this machine." });
        let report = read(&json!({
            "rows": [], "leftovers": [], "unread": [], "drill_choices": [], "now": none, "before": none
        }));
        let expected = "Nothing on this machine names an endpoint.\n\nNow  -  No endpoint is in use on this machine.";
        assert_eq!(text(&report), expected);
    }
}
