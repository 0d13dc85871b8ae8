//! Getting a container engine: what would run, and how it went.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FaultView;

/// How to get an engine on this system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EngineGuide {
    /// The system's name, for example `Debian GNU/Linux 12`.
    pub system: String,
    /// What is the matter, which decides the steps.
    pub situation: EngineSituation,
    /// Steps in words, each with its command where there is one.
    pub steps: Vec<GuideStep>,
    /// Exactly what Freehold would run if it were asked to, one command each; empty where it cannot.
    pub runs: Vec<String>,
    /// How it would run that, or why it cannot, in one sentence.
    pub runs_how: String,
}

/// What is the matter with the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EngineSituation {
    /// None is installed.
    Missing,
    /// One is installed and does not run.
    Stopped,
    /// One runs and does not let this user in.
    Denied,
}

/// One step of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideStep {
    /// What it does.
    pub text: String,
    /// The exact command, to copy.
    pub command: Option<String>,
}

/// Consent to run exactly these commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EngineSetupRequest {
    /// The commands as the guide showed them ([`EngineGuide::runs`]). Anything else is refused.
    pub runs: Vec<String>,
}

/// The commands that get an engine, as they run or as they ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EngineSetup {
    /// Where it is.
    pub state: EngineSetupState,
    /// The commands.
    pub runs: Vec<String>,
    /// How many of them have ended well.
    pub ended: u32,
    /// The last lines that they printed, oldest first.
    pub output: Vec<String>,
    /// Why it failed, or what is left to do.
    pub fault: Option<FaultView>,
}

/// Where the set-up of an engine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EngineSetupState {
    /// The commands run.
    Running,
    /// They ended well; the engine is waited for.
    Waiting,
    /// The engine answers.
    Done,
    /// A command failed, or the engine does not answer after all of them.
    Failed,
}
