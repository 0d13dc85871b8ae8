//! Activities as a table for a spreadsheet: comma-separated values as RFC 4180 has them.

use freehold_contract::ActivityEntry;
use freehold_model::Timestamp;

use crate::command::save::time;

/// The whole table with its heading.
pub(super) fn csv(entries: &[ActivityEntry]) -> String {
    let mut table = String::from("id,time,kind,subject,text,changes\r\n");
    for entry in entries {
        let changes: Vec<String> = entry
            .changes
            .iter()
            .map(|change| {
                let known = |value: &Option<String>| value.clone().unwrap_or_else(|| "(none)".to_owned());
                format!("{}: {} -> {}", change.what, known(&change.old), known(&change.new))
            })
            .collect();
        let kind = serde_json::to_value(entry.kind).ok();
        let row = [
            entry.id.to_string(),
            time(Timestamp(entry.at)),
            kind.as_ref()
                .and_then(|kind| kind.as_str())
                .unwrap_or_default()
                .to_owned(),
            entry.subject.clone().unwrap_or_default(),
            entry.text.clone(),
            changes.join("; "),
        ];
        table.push_str(&row.map(|cell| quoted(&cell)).join(","));
        table.push_str("\r\n");
    }
    table
}

/// A cell that no spreadsheet takes for a formula or for two.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use freehold_contract::{ActivityChange, ActivityEntry, ActivityKind};

    use super::csv;

    #[test]
    fn cells_are_quoted_and_no_cell_is_a_formula() {
        let entry = ActivityEntry {
            id: 7,
            at: 0,
            kind: ActivityKind::Node,
            subject: Some("=cmd()".to_owned()),
            text: "one, \"two\"\nthree".to_owned(),
            changes: vec![ActivityChange {
                what: "dbcache".to_owned(),
                old: None,
                new: Some("1 GiB".to_owned()),
            }],
        };
        let table = csv(&[entry]);
        let mut lines = table.split("\r\n");
        assert_eq!(lines.next(), Some("id,time,kind,subject,text,changes"));
        assert_eq!(
            lines.next(),
            Some("7,1970-01-01T00:00:00Z,node,'=cmd(),\"one, \"\"two\"\"\nthree\",dbcache: (none) -> 1 GiB")
        );
    }
}
