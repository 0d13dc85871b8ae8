use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use freehold_contract::{EngineSetup, EngineSetupRequest, EngineSetupState};
use freehold_model::FaultCode;

use super::Elevation;
use crate::{App, AppConfig, Overrides};

/// A program in the place of `pkexec`: it runs nothing of what it is given, writes it down, and ends as it is told.
fn asker(folder: &Path, body: &str) -> PathBuf {
    let program = folder.join("asker");
    let text = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n{body}\n",
        folder.join("asked").display()
    );
    freehold_store::file::write_atomic(&program, text.as_bytes(), 0o700).unwrap();
    assert_eq!(std::fs::metadata(&program).unwrap().permissions().mode() & 0o777, 0o700);
    program
}

/// An application without an engine, as a user who is not root sees it.
async fn app(folder: &Path, elevation: Elevation) -> App {
    let mut config = AppConfig::from_environment(Overrides {
        data_dir: Some(folder.join("data")),
        home: Some(folder.to_owned()),
        engine: Some(format!("unix://{}", folder.join("nobody.sock").display())),
        ..Overrides::default()
    })
    .unwrap();
    config.engine_environment.uid = 1000;
    "ada".clone_into(&mut config.engine_environment.user);
    // Nothing is installed, as far as the guide can see.
    config.engine_environment.path = None;
    config.elevation = elevation;
    let app = App::start(config).await.unwrap();
    app.settle(Duration::from_secs(10)).await;
    app
}

async fn ended(app: &App) -> EngineSetup {
    let end = async {
        loop {
            let setup = app.engine_now().setup.unwrap();
            match setup.state {
                EngineSetupState::Running => tokio::time::sleep(Duration::from_millis(20)).await,
                EngineSetupState::Waiting | EngineSetupState::Done | EngineSetupState::Failed => return setup,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), end).await.unwrap()
}

#[tokio::test]
async fn exactly_what_was_shown_runs_and_its_output_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let program = asker(folder.path(), "echo reading lists; echo careful >&2; exit 0");
    let app = app(folder.path(), Elevation::Program(program.clone())).await;
    let runs = app.engine_now().guide.unwrap().runs;
    let root: Vec<_> = runs
        .iter()
        .filter(|run| run.starts_with(&program.display().to_string()))
        .collect();
    assert!(!root.is_empty(), "something needs root here: {runs:?}");
    if runs.len() > root.len() {
        // A system whose guide also runs commands as the user: those would really run here.
        app.shutdown().await;
        return;
    }
    let begun = app
        .engine_setup(EngineSetupRequest { runs: runs.clone() })
        .await
        .unwrap();
    assert_eq!(begun.setup.unwrap().runs, runs);
    let setup = ended(&app).await;
    assert_eq!((setup.state, setup.ended), (EngineSetupState::Waiting, 1), "{setup:?}");
    assert!(setup.output.contains(&"reading lists".to_owned()) && setup.output.contains(&"careful".to_owned()));
    let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap();
    let mut words = asked.lines();
    assert_eq!(words.next(), Some("--disable-internal-agent"));
    assert_eq!(words.next(), Some("/bin/sh"));
    assert_eq!(words.next(), Some("-xc"));
    assert!(
        runs[0].ends_with(&format!("'{}'", words.next().unwrap())),
        "the script is the one that was shown"
    );
    let again = app.engine_setup(EngineSetupRequest { runs }).await.unwrap_err();
    assert!(again.message().contains("running already"), "{}", again.message());
    app.shutdown().await;
}

#[tokio::test]
async fn nothing_runs_without_consent_to_these_very_commands() {
    let folder = tempfile::tempdir().unwrap();
    let program = asker(folder.path(), "exit 0");
    let app = app(folder.path(), Elevation::Program(program)).await;
    for runs in [Vec::new(), vec!["/bin/sh -c 'id'".to_owned()]] {
        let fault = app.engine_setup(EngineSetupRequest { runs }).await.unwrap_err();
        assert_eq!(fault.code, FaultCode::EngineSetupFailed);
        assert!(fault.message().contains("nothing was run"), "{}", fault.message());
    }
    assert!(!folder.path().join("asked").exists() && app.engine_now().setup.is_none());
    app.shutdown().await;
}

#[tokio::test]
async fn a_closed_question_and_a_failing_command_are_told_apart() {
    for (body, words) in [
        ("exit 126", "was closed"),
        ("exit 127", "did not allow"),
        (
            "echo 'E: no such package'; exit 100",
            "code 100; its last words: E: no such package",
        ),
        ("kill -9 $$", "by a signal"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path(), Elevation::Program(asker(folder.path(), body))).await;
        let runs = app.engine_now().guide.unwrap().runs;
        app.engine_setup(EngineSetupRequest { runs }).await.unwrap();
        let setup = ended(&app).await;
        assert_eq!(setup.state, EngineSetupState::Failed, "{setup:?}");
        let fault = setup.fault.unwrap();
        assert!(fault.message.contains(words), "{}", fault.message);
        app.shutdown().await;
    }
}

#[tokio::test]
async fn where_nobody_can_ask_a_terminal_is_named_and_nothing_runs() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path(), Elevation::Unavailable).await;
    let guide = app.engine_now().guide.unwrap();
    assert!(guide.runs.is_empty() && !guide.steps.is_empty());
    let fault = app
        .engine_setup(EngineSetupRequest { runs: guide.runs })
        .await
        .unwrap_err();
    assert!(fault.message().contains("terminal"), "{}", fault.message());
    app.shutdown().await;
}
