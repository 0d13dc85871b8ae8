//! `freehold catalog`.

mod entry;

use std::path::Path;

use freehold_app::host::Client;
use freehold_contract::{CatalogEntryView, CatalogProblemView, ClientRequest, Empty, FaultView};
use freehold_model::{Fault, FaultCode};

use crate::args::CatalogCommand;
use crate::output::{Output, table};

/// Characters of a version that a list has room for.
const LONGEST_VERSION: usize = 20;

pub(crate) async fn run(client: &Client, command: CatalogCommand, output: Output) -> Result<(), FaultView> {
    match command {
        CatalogCommand::List => {
            let listing = client.catalog_list(Empty {}).await?;
            for problem in &listing.problems {
                output.progress(problem_line(problem));
            }
            output.answer(&listing, |listing| {
                let today = today();
                let rows: Vec<_> = listing.entries.iter().map(|entry| row(entry, &today)).collect();
                table(&rows)
            });
            Ok(())
        }
        CatalogCommand::Show { id } => {
            let entry = client.catalog_show(ClientRequest { client: id }).await?;
            output.answer(&entry, |entry| entry::text(entry, &today()));
            Ok(())
        }
        CatalogCommand::Check { dir } => check(&dir, output),
    }
}

/// Checks a folder. Needs no running application; problems end with exit code 1.
pub(crate) fn check(dir: &Path, output: Output) -> Result<(), FaultView> {
    let dir = crate::connect::absolute(dir.to_owned());
    let report = freehold_app::check_folder(&dir);
    let Some(first) = report.problems.first() else {
        output.answer(&report, |report| format!("{} files, all valid", report.files));
        return Ok(());
    };
    if !output.is_json() {
        for problem in &report.problems {
            output.progress(problem_line(problem));
        }
    }
    let fault = Fault::new(FaultCode::CatalogInvalid)
        .with("file", &first.file)
        .with("line", first.line)
        .with("reason", &first.reason)
        .with("problems", report.problems.len());
    let mut view = FaultView::from(&fault);
    view.hints = report.problems.iter().map(problem_line).collect();
    Err(view)
}

fn problem_line(problem: &CatalogProblemView) -> String {
    let hint = problem
        .hint
        .as_ref()
        .map(|hint| format!(" ({hint})"))
        .unwrap_or_default();
    format!("{}:{}: {}{hint}", problem.file, problem.line, problem.reason)
}

/// An entry in one line, with what speaks against it on the given day (`YYYY-MM-DD`).
fn row(entry: &CatalogEntryView, today: &str) -> Vec<String> {
    let mark = match (&entry.unavailable, &entry.expires) {
        (Some(unavailable), _) => format!("({unavailable}) "),
        (None, Some(last)) if is_past(last, today) => format!("(expired on {last}) "),
        _ => String::new(),
    };
    vec![
        entry.id.clone(),
        short_version(&entry.version),
        format!("{mark}{}", entry.summary),
    ]
}

/// A version that is the whole name of a commit is cut: its column would be wider than the rest.
fn short_version(version: &str) -> String {
    if version.chars().count() <= LONGEST_VERSION {
        return version.to_owned();
    }
    format!("{}…", version.chars().take(12).collect::<String>())
}

/// Whether the last good day is over. Dates in this form sort as they follow each other.
fn is_past(last: &str, today: &str) -> bool {
    last < today
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::row;
    use crate::command::catalog::entry::sample_entry;

    #[test]
    fn the_list_marks_what_cannot_be_installed_and_what_has_expired() {
        let line = |fields| row(&sample_entry(&fields), "2026-11-22").join(" | ");
        assert_eq!(line(json!({})), "node-x | 1.2 | A node.");
        assert_eq!(
            line(json!({ "version": "f3032933c6039305bc5ecec0d486526c6d60d6ea" })),
            "node-x | f3032933c603… | A node."
        );
        assert_eq!(
            line(json!({ "unavailable": "needs a bigger machine" })),
            "node-x | 1.2 | (needs a bigger machine) A node."
        );
        assert_eq!(
            line(json!({ "expires": "2026-11-22" })),
            "node-x | 1.2 | A node.",
            "the last good day"
        );
        assert_eq!(
            line(json!({ "expires": "2026-11-21" })),
            "node-x | 1.2 | (expired on 2026-11-21) A node."
        );
    }
}
