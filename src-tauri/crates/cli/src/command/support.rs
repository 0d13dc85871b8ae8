//! `freehold support`: shows what a support bundle holds, or saves it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use freehold_app::host::Client;
use freehold_contract::{Empty, FaultView, FileTarget, SupportPreview, SupportSaveRequest};

use crate::output::Output;

/// Shows the whole bundle; with `save` it is kept there, the very one that was shown.
pub(crate) async fn support(client: &Client, save: Option<PathBuf>, output: Output) -> Result<(), FaultView> {
    let bundle = client.support_bundle_preview(Empty {}).await?;
    let Some(path) = save else {
        output.answer(&bundle, whole_text);
        return Ok(());
    };
    let request = SupportSaveRequest {
        id: Some(bundle.id.clone()),
        target: FileTarget {
            path: Some(target(&path, &bundle.file_name).display().to_string()),
            replace: false,
        },
    };
    let saved = client.support_bundle_save(request).await?;
    output.answer(&saved, |saved| {
        format!(
            "Saved to {} ({} files, {} things hidden). Nothing was sent; `freehold support` shows what is in it.",
            saved.path.as_deref().unwrap_or(&saved.name),
            bundle.files.len(),
            bundle.hidden
        )
    });
    Ok(())
}

/// The file that is meant: a folder takes the bundle under its own name.
fn target(path: &Path, file_name: &str) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if whole.is_dir() { whole.join(file_name) } else { whole }
}

fn whole_text(bundle: &SupportPreview) -> String {
    let mut text = String::new();
    for file in &bundle.files {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "==> {} <==\n{}", file.name, file.text.trim_end());
        text.push('\n');
    }
    let _ = write!(
        text,
        "{} things are hidden. Nothing was saved or sent; `freehold support --save FILE.tar.gz` saves this.",
        bundle.hidden
    );
    text
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn a_folder_takes_the_bundle_under_its_own_name() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(target(folder.path(), "b.tar.gz"), folder.path().join("b.tar.gz"));
        let file = folder.path().join("mine.tar.gz");
        assert_eq!(target(&file, "b.tar.gz"), file);
    }
}
