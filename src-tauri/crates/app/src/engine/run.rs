//! From commands to processes: what needs root is put into one, so that the password is asked for once.

use std::path::PathBuf;

use super::order::Order;
use super::setup::Elevation;

/// The shell that runs what root has to do. `-x` prints each command before it runs.
const SHELL: [&str; 2] = ["/bin/sh", "-xc"];

/// One process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The program.
    pub(super) program: PathBuf,
    /// Its arguments.
    pub(super) args: Vec<String>,
    /// It asks for a password.
    pub(super) asks: bool,
    /// It has the rights of root.
    pub(super) as_root: bool,
}

impl Run {
    /// As it would be typed into a shell; what runs is exactly this.
    pub(super) fn shown(&self) -> String {
        let mut shown = self.program.display().to_string();
        for arg in &self.args {
            shown.push(' ');
            // No word of an order holds a quotation mark.
            let quote = if arg.contains(' ') { "'" } else { "" };
            shown.push_str(quote);
            shown.push_str(arg);
            shown.push_str(quote);
        }
        shown
    }
}

/// The processes for these commands, or why Freehold cannot run them, in one sentence.
pub(super) fn plan(orders: &[Order], elevation: &Elevation) -> Result<Vec<Run>, String> {
    if orders.is_empty() {
        return Err("There is no command for this system that Freehold could run.".to_owned());
    }
    let mut runs = Vec::new();
    let mut rest = orders;
    while let Some(first) = rest.first() {
        let count = if first.as_root {
            rest.iter().take_while(|order| order.as_root).count()
        } else {
            1
        };
        let (now, later) = rest.split_at(count);
        runs.push(if first.as_root {
            root_run(now, elevation)?
        } else {
            user_run(first)
        });
        rest = later;
    }
    Ok(runs)
}

fn user_run(order: &Order) -> Run {
    let mut words = order.words.iter().cloned();
    Run {
        program: words.next().unwrap_or_default().into(),
        args: words.collect(),
        asks: false,
        as_root: false,
    }
}

fn root_run(orders: &[Order], elevation: &Elevation) -> Result<Run, String> {
    let script: Vec<String> = orders.iter().map(Order::plain).collect();
    let [shell, flags] = SHELL.map(str::to_owned);
    let script = script.join(" && ");
    match elevation {
        Elevation::AlreadyRoot => Ok(Run {
            program: shell.into(),
            args: vec![flags, script],
            asks: false,
            as_root: true,
        }),
        Elevation::Program(program) => Ok(Run {
            program: program.clone(),
            // Its own way to ask is a terminal, and there is none.
            args: vec!["--disable-internal-agent".to_owned(), shell, flags, script],
            asks: true,
            as_root: true,
        }),
        Elevation::Unavailable => Err(
            "Freehold cannot ask for the administrator's password here, so run these commands in a terminal."
                .to_owned(),
        ),
    }
}

/// What running them means for the user, in one sentence.
pub(super) fn how(runs: &[Run]) -> String {
    if runs.iter().any(|run| run.asks) {
        "Your system asks for the administrator's password; Freehold never sees it.".to_owned()
    } else if runs.iter().any(|run| run.as_root) {
        "Freehold runs as root here, so no password is asked for.".to_owned()
    } else {
        "They run as your user, without special rights.".to_owned()
    }
}
