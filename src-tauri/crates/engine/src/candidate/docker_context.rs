//! The Docker command line's current context: an engine that the user chose there.
//!
//! `~/.docker/config.json` names it, `~/.docker/contexts/meta/<hash>/meta.json` holds its address. The hash is of the
//! name, but reading every file and comparing names needs no knowledge of how it is made.

use std::path::Path;

use serde_json::Value;

use super::Environment;

/// The address of the current context; `None` for the default one or where it cannot be read.
pub(super) fn current(environment: &Environment) -> Option<String> {
    let folder = environment.home.as_ref()?.join(".docker");
    let name = match environment.docker_context.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => read(&folder.join("config.json"))?
            .get("currentContext")?
            .as_str()?
            .to_owned(),
    };
    if name.is_empty() || name == "default" {
        return None;
    }
    let entries = std::fs::read_dir(folder.join("contexts/meta")).ok()?;
    entries.flatten().find_map(|entry| {
        let meta = read(&entry.path().join("meta.json"))?;
        let is_it = meta.get("Name").and_then(Value::as_str) == Some(name.as_str());
        let address = meta.pointer("/Endpoints/docker/Host").and_then(Value::as_str)?;
        (is_it && !address.is_empty()).then(|| address.to_owned())
    })
}

fn read(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::Environment;
    use super::current;

    #[expect(clippy::disallowed_methods, reason = "a test's own folder")]
    fn home() -> tempfile::TempDir {
        let home = tempfile::tempdir().expect("a folder");
        let meta = home.path().join(".docker/contexts/meta");
        for (hash, name, address) in [
            ("aa", "work", "tcp://10.0.0.7:2375"),
            ("bb", "desktop", "unix:///x/docker.sock"),
        ] {
            fs::create_dir_all(meta.join(hash)).expect("a folder");
            let text = format!(
                r#"{{"Name":"{name}","Metadata":{{}},"Endpoints":{{"docker":{{"Host":"{address}","SkipTLSVerify":false}}}}}}"#
            );
            fs::write(meta.join(hash).join("meta.json"), text).expect("a file");
        }
        fs::create_dir_all(meta.join("cc")).expect("a folder");
        fs::write(meta.join("cc/meta.json"), "not json").expect("a file");
        fs::write(
            home.path().join(".docker/config.json"),
            r#"{"auths":{},"currentContext":"desktop"}"#,
        )
        .expect("a file");
        home
    }

    #[test]
    fn the_configured_context_is_resolved_and_the_variable_wins_over_it() {
        let home = home();
        let environment = Environment {
            home: Some(home.path().to_owned()),
            ..Environment::default()
        };
        assert_eq!(current(&environment).as_deref(), Some("unix:///x/docker.sock"));
        let chosen = Environment {
            docker_context: Some("work".to_owned()),
            ..environment.clone()
        };
        assert_eq!(current(&chosen).as_deref(), Some("tcp://10.0.0.7:2375"));
        for none in ["default", "gone"] {
            let chosen = Environment {
                docker_context: Some(none.to_owned()),
                ..environment.clone()
            };
            assert_eq!(current(&chosen), None, "`{none}` has no address of its own");
        }
    }
}
