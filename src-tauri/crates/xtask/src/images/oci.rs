//! Makes an image out of layers: compressed blobs, configuration, manifest and index, as the OCI image format says.
//!
//! The digest that the catalog pins is that of the index, as with the upstream image, which is built for several
//! platforms.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::hashes;
use super::layers::{Content, Layer};
use super::recipe::{Recipe, architecture};
use crate::files;
use crate::paths::Places;
use crate::process::{AN_HOUR, Program};

pub(super) const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
/// An image with fixed times has the same digest on every day.
const CREATED: &str = "1970-01-01T00:00:00Z";

/// Bytes that a registry stores under their hash.
#[derive(Debug, Clone)]
pub(super) struct Blob {
    pub(super) media_type: &'static str,
    pub(super) digest: String,
    pub(super) bytes: Vec<u8>,
}

impl Blob {
    fn new(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            media_type,
            digest: format!("sha256:{}", files::sha256(&bytes)),
            bytes,
        }
    }

    fn json(media_type: &'static str, value: &Value) -> Self {
        Self::new(media_type, value.to_string().into_bytes())
    }

    fn descriptor(&self) -> Value {
        json!({ "mediaType": self.media_type, "digest": self.digest, "size": self.bytes.len() })
    }
}

/// Everything that is pushed.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) layers: Vec<Blob>,
    pub(super) config: Blob,
    pub(super) manifest: Blob,
    pub(super) index: Blob,
}

impl Image {
    pub(super) fn assemble(recipe: &Recipe, version: &str, layers: &[Layer], places: &Places) -> Result<Self> {
        let mut blobs = Vec::new();
        let (mut diff_ids, mut history) = (Vec::new(), Vec::new());
        for layer in layers {
            let packed = pack(&layer.content, &places.state.join("images"))?;
            diff_ids.push(Value::from(packed.diff_id));
            history.push(json!({ "created": CREATED, "created_by": layer.history }));
            blobs.push(packed.blob);
        }
        let config = Blob::json(CONFIG, &config(recipe, version, diff_ids, history));
        let described: Vec<Value> = blobs.iter().map(Blob::descriptor).collect();
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": config.descriptor(), "layers": described,
        });
        let manifest = Blob::json(MANIFEST, &manifest);
        let mut described = manifest.descriptor();
        described["platform"] = json!({ "os": "linux", "architecture": architecture() });
        let index = Blob::json(
            INDEX,
            &json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [described] }),
        );
        Ok(Self {
            layers: blobs,
            config,
            manifest,
            index,
        })
    }

    /// The digest that the image is pulled by.
    pub(super) fn digest(&self) -> &str {
        &self.index.digest
    }
}

fn config(recipe: &Recipe, version: &str, diff_ids: Vec<Value>, history: Vec<Value>) -> Value {
    let layout = &recipe.layout;
    let path = format!(
        "PATH={}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        layout.bin
    );
    let settings = layout.env.iter().map(|(name, value)| format!("{name}={value}"));
    let mut labels = json!({
        "org.opencontainers.image.title": format!("{}, built for Freehold's tests", recipe.title),
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.licenses": recipe.licences,
    });
    for (name, value) in layout.labels {
        labels[*name] = Value::from(*value);
    }
    let mut run = json!({
        "Env": std::iter::once(path).chain(settings).collect::<Vec<_>>(),
        "Cmd": layout.command,
        "ExposedPorts": keys(layout.ports.iter().map(|port| format!("{port}/tcp"))),
        "Labels": labels,
    });
    if !layout.entrypoint.is_empty() {
        run["Entrypoint"] = json!(layout.entrypoint);
    }
    if layout.volume {
        run["Volumes"] = keys([layout.data.to_owned()]);
    }
    json!({
        "created": CREATED,
        "os": "linux",
        "architecture": architecture(),
        "config": run,
        "rootfs": { "type": "layers", "diff_ids": diff_ids },
        "history": history,
    })
}

/// A set, as the format writes it: names with nothing behind them.
fn keys(names: impl IntoIterator<Item = String>) -> Value {
    Value::Object(names.into_iter().map(|name| (name, json!({}))).collect())
}

/// A compressed layer, and the hash of what it is when it is unpacked.
struct Packed {
    blob: Blob,
    diff_id: String,
}

/// `gzip -n` leaves name and time out, so that the same archive is the same blob.
fn pack(content: &Content, folder: &Path) -> Result<Packed> {
    let archive = folder.join("layer.tar");
    match content {
        Content::Tree(tree) => files::write(&archive, &tree.archive()?)?,
        Content::Archive(file) => {
            std::fs::copy(file, &archive).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    let diff_id = format!("sha256:{}", hashes::one(&archive)?);
    Program::new("gzip")
        .args(["-n", "-6", "-f"])
        .arg(&archive)
        .output(AN_HOUR)?;
    let packed = archive.with_extension("tar.gz");
    let blob = Blob {
        media_type: LAYER,
        digest: format!("sha256:{}", hashes::one(&packed)?),
        bytes: files::read(&packed)?,
    };
    files::remove(&packed)?;
    Ok(Packed { blob, diff_id })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::recipes::ALL;

    #[test]
    fn the_image_keeps_to_the_conventions_of_the_upstream_image() {
        let config = config(&ALL[0], "31.99", vec![json!("sha256:aa")], vec![json!({})]);
        let run = &config["config"];
        assert_eq!(run["Entrypoint"], json!(["/entrypoint.sh"]));
        assert_eq!(run["Cmd"], json!(["bitcoind"]));
        assert_eq!(run["Volumes"], json!({ "/home/bitcoin/.bitcoin": {} }));
        assert_eq!(run["ExposedPorts"].as_object().unwrap().len(), 10);
        assert!(
            run["Env"][0]
                .as_str()
                .unwrap()
                .starts_with("PATH=/opt/bitcoin-31.99/bin:")
        );
        assert!(
            run.get("User").is_none(),
            "the entrypoint starts as root and drops to the user itself"
        );
    }

    #[test]
    fn a_plain_image_starts_its_program_without_an_entrypoint_or_a_volume() {
        let litecoin = ALL.iter().find(|one| one.client == "litecoin-core").unwrap();
        let config = config(litecoin, "0.21.2.1", Vec::new(), Vec::new());
        let run = &config["config"];
        assert_eq!(run["Cmd"], json!(["litecoind"]));
        assert!(run.get("Entrypoint").is_none() && run.get("Volumes").is_none());
        assert_eq!(run["Labels"]["org.opencontainers.image.version"], "0.21.2.1");
    }

    #[test]
    fn a_blob_is_named_by_its_hash() {
        let blob = Blob::new(INDEX, Vec::new());
        assert_eq!(
            blob.digest,
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
