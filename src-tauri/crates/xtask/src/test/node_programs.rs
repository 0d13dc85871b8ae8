//! Tells the probe's tests which node programs were built. A test without its program says that it is left out.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::files;
use crate::paths::Places;
use crate::process::{AN_HOUR, Program};

/// The variable that names each program.
const PROGRAMS: [(&str, &str); 11] = [
    ("FREEHOLD_TEST_LITECOIND", "litecoind"),
    ("FREEHOLD_TEST_LITECOIN_CLI", "litecoin-cli"),
    ("FREEHOLD_TEST_MONEROD", "monerod"),
    ("FREEHOLD_TEST_MONERO_WALLET_CLI", "monero-wallet-cli"),
    ("FREEHOLD_TEST_ANVIL", "anvil"),
    ("FREEHOLD_TEST_CAST", "cast"),
    ("FREEHOLD_TEST_ELECTRS", "electrs"),
    ("FREEHOLD_TEST_TOR", "tor"),
    ("FREEHOLD_TEST_NOSTR_RELAY", "nostr-rs-relay"),
    ("FREEHOLD_TEST_ZEBRAD", "zebrad"),
    ("FREEHOLD_TEST_SOLANA", "solana-test-validator"),
];

/// The same for what Node.js runs: variable, client, and the file below `node_modules` that the variable names.
const APPS: [(&str, &str, &str); 4] = [
    ("FREEHOLD_TEST_BCOIN", "bcoin", "bcoin/bin/node"),
    (
        "FREEHOLD_TEST_ETHEREUMJS",
        "ethereumjs",
        "@ethereumjs/client/dist/esm/bin/cli.js",
    ),
    ("FREEHOLD_TEST_ARLOCAL", "arlocal", "arlocal/bin/index.js"),
    ("FREEHOLD_TEST_IPFS", "kubo-js", "ipfs-daemon/src/index.js"),
];

/// Variables for what the record of the images names.
pub(super) fn variables(places: &Places, record: &Path) -> Result<Vec<(&'static str, OsString)>> {
    let text = files::read_text(record)?;
    let record: Value = serde_json::from_str(&text).context("the record of the images is not JSON")?;
    let images = record["images"].as_array().map_or(&[][..], Vec::as_slice);
    let mut variables = programs(images);
    for (variable, client, script) in APPS {
        let image = images.iter().find(|image| image["client"] == client);
        let Some(archive) = image.and_then(|image| image["app"].as_str()) else {
            continue;
        };
        let folder = unpack(places, client, Path::new(archive))?;
        let script = folder.join("app").join("node_modules").join(script);
        variables.push((variable, script.into()));
    }
    Ok(variables)
}

fn programs(images: &[Value]) -> Vec<(&'static str, OsString)> {
    let path = |program: &str| images.iter().find_map(|image| image["programs"][program].as_str());
    PROGRAMS
        .iter()
        .filter_map(|(variable, program)| Some((*variable, path(program)?.into())))
        .collect()
}

/// The folder of an archive's content. Whole or not at all, and anew when the archive is.
fn unpack(places: &Places, client: &str, archive: &Path) -> Result<PathBuf> {
    let apps = places.state.join("images").join("apps");
    let folder = apps.join(client);
    let made = |path: &Path| fs::metadata(path).and_then(|about| about.modified());
    let built = made(archive).with_context(|| format!("cannot read {}", archive.display()))?;
    if made(&folder).is_ok_and(|unpacked| unpacked > built) {
        return Ok(folder);
    }
    let partial = apps.join(format!("partial-{}", std::process::id()));
    files::remove_dir(&partial)?;
    files::create_dir(&partial)?;
    let tar = Program::new("tar").arg("-xf").arg(archive).arg("-C").arg(&partial);
    tar.output(AN_HOUR)?;
    files::remove_dir(&folder)?;
    fs::rename(&partial, &folder).with_context(|| format!("cannot put {} in place", folder.display()))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_was_built_is_named() {
        let images = [
            json!({"client": "tor", "programs": {"tor": "/p/tor", "tor-gencert": "/p/tor-gencert"}}),
            json!({"client": "bcoin", "programs": {}}),
        ];
        assert_eq!(programs(&images), [("FREEHOLD_TEST_TOR", OsString::from("/p/tor"))]);
    }

    #[cfg(unix)]
    #[test]
    fn an_archive_is_unpacked_once_and_again_when_it_is_another() {
        let root = std::env::temp_dir().join(format!("freehold-xtask-apps-{}", std::process::id()));
        let places = Places {
            root: root.clone(),
            target: root.clone(),
            state: root.clone(),
            cache: root.clone(),
        };
        let archive = root.join("app.tar");
        let pack = |text: &str, made: SystemTime| {
            files::write(&root.join("app/node_modules/a/b.js"), text.as_bytes()).unwrap();
            let tar = Program::new("tar").arg("-C").arg(&root).arg("-cf").arg(&archive);
            tar.arg("app").output(AN_HOUR).unwrap();
            let archive = fs::File::options().append(true).open(&archive).unwrap();
            archive.set_modified(made).unwrap();
        };
        let read = |folder: &Path| files::read_text(&folder.join("app/node_modules/a/b.js")).unwrap();
        let now = SystemTime::now();
        pack("one", now - Duration::from_mins(1));
        let folder = unpack(&places, "a", &archive).unwrap();
        assert_eq!(read(&folder), "one");
        files::write(&folder.join("app/node_modules/a/b.js"), b"kept").unwrap();
        assert_eq!(read(&unpack(&places, "a", &archive).unwrap()), "kept");
        pack("two", now + Duration::from_mins(1));
        assert_eq!(read(&unpack(&places, "a", &archive).unwrap()), "two");
        files::remove_dir(&root).unwrap();
    }
}
