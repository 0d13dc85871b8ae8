//! Asks the user, where there is one to ask.

use std::io::{BufRead, IsTerminal, Write};

use freehold_contract::FaultView;
use freehold_model::{Fault, FaultCode};

/// True when the user agrees. Without a terminal nobody can be asked: then `--yes` is needed.
pub(crate) fn agree(question: &str, what: &str) -> Result<bool, FaultView> {
    if !std::io::stdin().is_terminal() {
        return Err(FaultView::from(
            &Fault::new(FaultCode::ConfirmationNeeded).with("what", what),
        ));
    }
    eprint!("{question} [y/N] ");
    // A terminal that cannot be written to cannot be read from either.
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    Ok(read.is_ok() && matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
