//! The support bundle: what helps to find out what is wrong, with everything hidden that identifies the user or opens
//! anything. Shown before it is saved; nothing is sent.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use freehold_contract::{Empty, SavedFile, SupportFile, SupportPreview, SupportSaveRequest};
use freehold_model::{Fault, FaultCode};
use freehold_store::secret::random_hex;

use crate::App;

mod archive;
mod gather;
mod identity;
mod redact;

use redact::redact;

/// The ending of a bundle's file.
const ENDING: &str = "tar.gz";

/// The bundle that was shown last: exactly that one is saved.
#[derive(Debug, Default)]
pub(crate) struct LastBundle(Mutex<Option<Arc<SupportPreview>>>);

impl App {
    /// Everything that a support bundle would hold, with secrets and names hidden. Saves and sends nothing.
    pub async fn support_bundle_preview(&self, _: Empty) -> Result<SupportPreview, Fault> {
        let bundle = self.gather_bundle().await?;
        *self.0.support.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bundle.clone());
        Ok((*bundle).clone())
    }

    /// Saves a support bundle where the user said. Sends nothing.
    pub async fn support_bundle_save(&self, request: SupportSaveRequest) -> Result<SavedFile, Fault> {
        let bundle = match &request.id {
            None => self.gather_bundle().await?,
            Some(id) => {
                let last = self.0.support.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
                last.filter(|bundle| bundle.id == *id).ok_or_else(|| {
                    let reason = "this bundle was replaced by a newer one; look at it again before saving it";
                    Fault::new(FaultCode::BadRequest).with("reason", reason)
                })?
            }
        };
        let bytes = archive::pack(&bundle).map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        super::save::hand_over(&request.target, bundle.file_name.clone(), ENDING, bytes)
    }

    async fn gather_bundle(&self) -> Result<Arc<SupportPreview>, Fault> {
        let mut files = self.gather_files().await;
        let known = self.known_secrets().await?;
        // Logs are long and there are many patterns.
        let redacted = tokio::task::spawn_blocking(move || {
            let mut hidden = 0_u32;
            for file in &mut files {
                let name = redact(&file.name, &known);
                let found = redact(&file.text, &known);
                hidden = hidden.saturating_add(name.hidden).saturating_add(found.hidden);
                file.name = name.text;
                file.text = found.text;
            }
            (files, hidden)
        });
        let (mut files, hidden) = redacted
            .await
            .map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        let at = self.0.config.clock.now();
        files.insert(0, read_me(&files));
        Ok(Arc::new(SupportPreview {
            id: random_hex(8).map_err(|error| error.to_fault())?,
            at: at.0,
            file_name: format!("freehold-support-{}.{ENDING}", super::save::day(at)),
            hidden,
            files,
        }))
    }
}

/// What the bundle is, for whoever opens it.
fn read_me(files: &[SupportFile]) -> SupportFile {
    let mut text = "Freehold support bundle\n\n\
        Freehold made this file because somebody asked for it, and sent it nowhere.\n\
        Passwords, keys, names, home folders, mail and public addresses are hidden. Files of wallets are not in it.\n\n"
        .to_owned();
    for file in files {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{}: {}", file.name, file.about);
    }
    SupportFile {
        name: "README.txt".to_owned(),
        about: "What this bundle is and holds.".to_owned(),
        text,
    }
}
