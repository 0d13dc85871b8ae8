//! Runs the guide's commands, with the user's consent to exactly these, and tells how it goes.
//!
//! The one rule: what runs is what the guide says at this moment. The request only repeats what the user saw; where the two
//! differ, nothing runs.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use freehold_contract::{EngineSetup, EngineSetupRequest, EngineSetupState, EngineView, FaultView};
use freehold_engine::EngineState;
use freehold_model::{Fault, FaultCode};
use freehold_store::ActivityKind;

use super::guide::Guide;
use super::run::Run;
use crate::App;

mod process;
use process::Ended;

/// Where `pkexec` lies on systems that have it. Not looked for in `PATH`: nothing that a user can write may be run as root.
const PKEXEC: [&str; 2] = ["/usr/bin/pkexec", "/run/wrappers/bin/pkexec"];
/// All commands together; a slow line and a large download fit.
const LIMIT: Duration = Duration::from_mins(30);
/// How long the engine may take to answer once everything ran.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// Windows are told of new lines this often.
const TELL_EVERY: Duration = Duration::from_millis(250);
/// Lines of output that are kept.
const KEPT_LINES: usize = 200;
/// `pkexec`: the question for the password was closed.
const DISMISSED: i32 = 126;
/// `pkexec`: not allowed, or nobody there who could ask.
const NOT_ALLOWED: i32 = 127;

/// How commands get the rights of root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Elevation {
    /// Freehold has them already.
    AlreadyRoot,
    /// This program asks for the administrator's password and runs what follows it.
    Program(PathBuf),
    /// There is no way to ask.
    Unavailable,
}

impl Elevation {
    /// The way on this machine. Without a desktop there is nobody who could show the question.
    pub(crate) fn of_this_machine(uid: u32, has_desktop: bool) -> Self {
        if uid == 0 {
            return Self::AlreadyRoot;
        }
        let found = PKEXEC.iter().map(Path::new).find(|path| path.is_file());
        match found.filter(|_| has_desktop) {
            Some(program) => Self::Program(program.to_owned()),
            None => Self::Unavailable,
        }
    }
}

/// The set-up that runs, or the last one.
#[derive(Debug, Default)]
pub(crate) struct Setup(Mutex<Option<EngineSetup>>);

impl Setup {
    fn lock(&self) -> MutexGuard<'_, Option<EngineSetup>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As windows see it.
    pub(crate) fn view(&self) -> Option<EngineSetup> {
        self.lock().clone()
    }

    /// Begins, unless one runs already.
    fn begin(&self, runs: Vec<String>) -> bool {
        let mut setup = self.lock();
        let is_busy = setup
            .as_ref()
            .is_some_and(|one| matches!(one.state, EngineSetupState::Running | EngineSetupState::Waiting));
        if !is_busy {
            *setup = Some(EngineSetup {
                state: EngineSetupState::Running,
                runs,
                ended: 0,
                output: Vec::new(),
                fault: None,
            });
        }
        !is_busy
    }

    fn change(&self, change: impl FnOnce(&mut EngineSetup)) {
        if let Some(setup) = self.lock().as_mut() {
            change(setup);
        }
    }

    fn add_lines(&self, lines: impl IntoIterator<Item = String>) {
        self.change(|setup| {
            setup.output.extend(lines);
            let too_many = setup.output.len().saturating_sub(KEPT_LINES);
            setup.output.drain(..too_many);
        });
    }

    fn last_words(&self) -> Option<String> {
        let setup = self.lock();
        let lines = &setup.as_ref()?.output;
        lines.iter().rev().find(|line| !line.starts_with("+ ")).cloned()
    }
}

fn failed(reason: impl std::fmt::Display) -> Fault {
    Fault::new(FaultCode::EngineSetupFailed).with("reason", reason)
}

impl App {
    /// Begins to run the guide's commands. Refused where they are not exactly those that the user saw.
    pub(crate) fn begin_setup(&self, request: &EngineSetupRequest) -> Result<EngineView, Fault> {
        let error = match &*self.0.link.state().borrow() {
            EngineState::Connected(_) => {
                return Err(failed("a container engine answers already, so nothing has to be done"));
            }
            EngineState::Looking => return Err(failed("a container engine is still being looked for")),
            EngineState::Down { error, .. } => error.to_fault().code,
        };
        let config = &self.0.config;
        let guide = Guide::for_this_machine(&config.engine_environment, error);
        let runs = guide
            .runs(&config.elevation)
            .map_err(|why| failed(why.trim_end_matches('.')))?;
        let shown: Vec<String> = runs.iter().map(Run::shown).collect();
        if request.runs != shown {
            return Err(failed(
                "what would run now is not what you were shown, so nothing was run; look at the commands again",
            ));
        }
        if !self.0.setup.begin(shown) {
            return Err(failed("the commands are running already"));
        }
        self.note(
            ActivityKind::Engine,
            None,
            "Commands to get a container engine were started with your consent",
        );
        self.tell_engine();
        self.spawn_while_alive(|app| async move { app.set_up(runs).await });
        Ok(self.engine_now())
    }

    async fn set_up(self, runs: Vec<Run>) {
        let outcome = match tokio::time::timeout(LIMIT, self.run_all(&runs)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(failed(format_args!(
                "the commands did not end within {} minutes",
                LIMIT.as_secs() / 60
            ))),
        };
        let outcome = match outcome {
            Ok(()) => self.wait_for_answer().await,
            Err(fault) => Err(fault),
        };
        let text = match &outcome {
            Ok(()) => "A container engine was set up".to_owned(),
            Err(fault) => fault.message(),
        };
        self.0.setup.change(|setup| match &outcome {
            Ok(()) => setup.state = EngineSetupState::Done,
            Err(fault) => {
                setup.state = EngineSetupState::Failed;
                setup.fault = Some(FaultView::from(fault));
            }
        });
        self.note(ActivityKind::Engine, None, &text);
        self.tell_engine();
    }

    async fn run_all(&self, runs: &[Run]) -> Result<(), Fault> {
        for run in runs {
            self.0.setup.add_lines([format!("+ {}", run.shown())]);
            match self.run_one(run).await? {
                Ended::Well => self.0.setup.change(|setup| setup.ended += 1),
                Ended::Code(DISMISSED) if run.asks => {
                    return Err(failed(
                        "the question for the administrator's password was closed, so nothing was run",
                    ));
                }
                Ended::Code(NOT_ALLOWED) if run.asks => {
                    return Err(failed(
                        "your system did not allow it, or has no window that could ask for the administrator's password",
                    ));
                }
                ended @ (Ended::Code(_) | Ended::Signal) => {
                    let words = self.0.setup.last_words();
                    let words = words
                        .map(|words| format!("; its last words: {words}"))
                        .unwrap_or_default();
                    return Err(failed(format_args!("a command {ended}{}", words.trim_end_matches('.'))));
                }
            }
            self.tell_engine();
        }
        Ok(())
    }

    async fn run_one(&self, run: &Run) -> Result<Ended, Fault> {
        let mut process = process::start(run, &self.0.layout.engine_setup_log())
            .map_err(|error| failed(format_args!("{} could not be started ({error})", run.program.display())))?;
        let mut tick = tokio::time::interval(TELL_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let ended = tokio::select! {
                ended = process.ended() => Some(ended.map_err(failed)?),
                _ = tick.tick() => None,
            };
            let lines = process.new_lines();
            let is_new = !lines.is_empty();
            self.0.setup.add_lines(lines);
            if let Some(ended) = ended {
                self.0.setup.add_lines(process.take_begun());
                return Ok(ended);
            }
            if is_new {
                self.tell_engine();
            }
        }
    }

    /// Waits until the engine answers, so that "done" means what it says.
    async fn wait_for_answer(&self) -> Result<(), Fault> {
        self.0.setup.change(|setup| setup.state = EngineSetupState::Waiting);
        self.tell_engine();
        self.0.link.check_now();
        let mut states = self.0.link.state();
        let answers = states.wait_for(|state| state.engine().is_some());
        if let Ok(Ok(_)) = tokio::time::timeout(ANSWERS_WITHIN, answers).await {
            return Ok(());
        }
        let why = match self.engine() {
            Ok(_) => return Ok(()),
            Err(fault) => fault.message(),
        };
        Err(failed(format_args!(
            "every command ended well, and no engine answers yet ({}); it may need you to log out and in again",
            why.trim_end_matches('.')
        )))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
