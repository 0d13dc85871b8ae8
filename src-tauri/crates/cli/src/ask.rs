//! Asks the user, where there is one to ask.

use std::io::{BufRead, IsTerminal, Write};

use freehold_contract::FaultView;
use freehold_model::{Fault, FaultCode};

use crate::output::Output;

/// True when the user agrees. Without a terminal nobody can be asked: then `--yes` is needed, and `what` says for what.
pub(crate) async fn agree(question: &str, what: &str) -> Result<bool, FaultView> {
    if !std::io::stdin().is_terminal() {
        return Err(FaultView::from(
            &Fault::new(FaultCode::ConfirmationNeeded).with("what", what.trim_end_matches('.')),
        ));
    }
    eprint!("{question} [y/N] ");
    // A terminal that cannot be written to cannot be read from either.
    let _ = std::io::stderr().flush();
    // Beside the runtime, so that Ctrl-C is heard while the answer is awaited.
    let line = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map(|_| line)
    });
    let answer = line.await.ok().and_then(Result::ok).unwrap_or_default();
    Ok(is_yes(&answer))
}

/// Consent to a change: `--yes`, or the answer after what it comes to has been shown. Says so where it is refused.
pub(crate) async fn consent(
    yes: bool,
    preview: &str,
    question: &str,
    what: &str,
    output: Output,
) -> Result<bool, FaultView> {
    if yes {
        return Ok(true);
    }
    output.show(preview);
    let agreed = agree(question, what).await?;
    if !agreed {
        output.progress("Nothing was changed.");
    }
    Ok(agreed)
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::is_yes;

    #[test]
    fn only_a_clear_yes_is_one() {
        assert!(["y", "Y\n", " yes "].iter().all(|answer| is_yes(answer)));
        assert!(["", "\n", "n", "yess", "ja"].iter().all(|answer| !is_yes(answer)));
    }
}
