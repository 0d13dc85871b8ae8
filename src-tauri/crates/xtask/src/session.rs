//! What every command starts with: where things are, what system this is, how questions are answered.

use anyhow::Result;

use crate::cli::Answers;
use crate::consent::Consent;
use crate::paths::Places;
use crate::system::System;

/// One run of `cargo xtask`.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) places: Places,
    pub(crate) system: System,
    pub(crate) consent: Consent,
}

impl Session {
    pub(crate) fn start(answers: &Answers) -> Result<Self> {
        Ok(Self {
            places: Places::find()?,
            system: System::here(),
            consent: Consent::of(answers),
        })
    }
}
