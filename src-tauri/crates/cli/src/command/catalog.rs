//! `freehold catalog`.

use std::path::Path;

use freehold_app::host::Client;
use freehold_contract::{CatalogEntryView, CatalogProblemView, ClientRequest, Empty, FaultView};
use freehold_model::{ByteSize, Fault, FaultCode};

use crate::args::CatalogCommand;
use crate::output::{Output, table};

pub(crate) async fn run(client: &Client, command: CatalogCommand, output: Output) -> Result<(), FaultView> {
    match command {
        CatalogCommand::List => {
            let listing = client.catalog_list(Empty {}).await?;
            for problem in &listing.problems {
                output.progress(problem_line(problem));
            }
            output.answer(&listing, |listing| {
                let rows: Vec<_> = listing
                    .entries
                    .iter()
                    .map(|entry| vec![entry.id.clone(), entry.version.clone(), entry.summary.clone()])
                    .collect();
                table(&rows)
            });
            Ok(())
        }
        CatalogCommand::Show { id } => {
            let entry = client.catalog_show(ClientRequest { client: id }).await?;
            output.answer(&entry, entry_text);
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

fn entry_text(entry: &CatalogEntryView) -> String {
    let mut lines = vec![
        format!(
            "{} {}  ({}, {})",
            entry.name, entry.version, entry.chain_name, entry.license
        ),
        entry.summary.clone(),
        String::new(),
        "Networks".to_owned(),
    ];
    lines.extend(
        entry
            .networks
            .iter()
            .map(|network| format!("  {:<10} {}", network.id, network.summary)),
    );
    lines.push(String::new());
    lines.push("Options".to_owned());
    for option in &entry.options {
        let range = match (option.min, option.max, option.unit.as_deref()) {
            (Some(min), Some(max), Some(_)) => format!("{} to {}", ByteSize(min), ByteSize(max)),
            (Some(min), Some(max), None) => format!("{min} to {max}"),
            _ if !option.choices.is_empty() => option
                .choices
                .iter()
                .map(|choice| choice.value.as_str())
                .collect::<Vec<_>>()
                .join(" | "),
            _ if option.kind == "switch" => "on | off".to_owned(),
            _ => option.example.clone().unwrap_or_default(),
        };
        let default = match (&option.unit, option.default.parse()) {
            (Some(_), Ok(bytes)) => ByteSize(bytes).to_string(),
            _ => option.default.clone(),
        };
        lines.push(format!(
            "  --set {:<14} {range}, default {}",
            option.id,
            if default.is_empty() { "none" } else { &default }
        ));
        lines.push(format!("      {}", option.help));
    }
    lines.push(String::new());
    lines.push("Needs".to_owned());
    for need in &entry.requirements {
        let on = if need.networks.is_empty() {
            "every network".to_owned()
        } else {
            need.networks.join(", ")
        };
        let when = match (&need.when_option, &need.when_equals) {
            (Some(option), Some(value)) => format!(", {option}={value}"),
            _ => String::new(),
        };
        lines.push(format!(
            "  {on}{when}: {} disk, {} memory; first sync {} (as of {})",
            ByteSize(need.disk),
            ByteSize(need.ram),
            need.first_sync,
            need.as_of
        ));
    }
    lines.push(String::new());
    lines.extend(
        entry
            .images
            .iter()
            .map(|image| format!("Image {}:{}@{}", image.repository, image.tag, image.digest)),
    );
    lines.extend(entry.notes.iter().map(|note| format!("Note: {note}")));
    lines.join("\n")
}
