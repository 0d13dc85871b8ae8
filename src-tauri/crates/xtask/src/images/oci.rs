//! Makes an image out of layers: compressed blobs, configuration, manifest and index, as the OCI image format says.
//!
//! The digest that the catalog pins is that of the index, as with the upstream image, which is built for several
//! platforms.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::layers::Layer;
use super::recipe;
use crate::files;
use crate::paths::Places;
use crate::process::{AN_HOUR, Program};

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
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
    pub(super) fn assemble(layers: &[Layer], places: &Places) -> Result<Self> {
        let mut blobs = Vec::new();
        let (mut diff_ids, mut history) = (Vec::new(), Vec::new());
        for layer in layers {
            let archive = layer.tree.archive()?;
            diff_ids.push(Value::from(format!("sha256:{}", files::sha256(&archive))));
            history.push(json!({ "created": CREATED, "created_by": layer.history }));
            blobs.push(Blob::new(LAYER, gzip(&archive, places)?));
        }
        let config = Blob::json(CONFIG, &config(diff_ids, history));
        let described: Vec<Value> = blobs.iter().map(Blob::descriptor).collect();
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": config.descriptor(), "layers": described,
        });
        let manifest = Blob::json(MANIFEST, &manifest);
        let mut described = manifest.descriptor();
        described["platform"] = json!({ "os": "linux", "architecture": recipe::architecture() });
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

fn config(diff_ids: Vec<Value>, history: Vec<Value>) -> Value {
    let ports: Map<String, Value> = recipe::PORTS
        .iter()
        .map(|port| (format!("{port}/tcp"), json!({})))
        .collect();
    let path = format!(
        "PATH={}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        recipe::BIN
    );
    json!({
        "created": CREATED,
        "os": "linux",
        "architecture": recipe::architecture(),
        "config": {
            "Env": [path, format!("BITCOIN_DATA={}", recipe::DATA), format!("BITCOIN_VERSION={}", recipe::VERSION)],
            "Entrypoint": ["/entrypoint.sh"],
            "Cmd": ["bitcoind"],
            "Volumes": { recipe::DATA: {} },
            "ExposedPorts": ports,
            "Labels": {
                "org.opencontainers.image.title": "Bitcoin Core, built for Freehold's tests",
                "org.opencontainers.image.version": recipe::VERSION,
                "org.opencontainers.image.licenses": "MIT",
            },
        },
        "rootfs": { "type": "layers", "diff_ids": diff_ids },
        "history": history,
    })
}

/// `gzip -n` leaves name and time out, so that the same archive is the same blob.
fn gzip(archive: &[u8], places: &Places) -> Result<Vec<u8>> {
    let file = places.state.join("images").join("layer.tar");
    files::write(&file, archive)?;
    let packed = file.with_extension("tar.gz");
    Program::new("gzip")
        .args(["-n", "-9", "-f"])
        .arg(&file)
        .output(AN_HOUR)?;
    let bytes = files::read(&packed)?;
    files::remove(&packed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_keeps_to_the_conventions_of_the_upstream_image() {
        let config = config(vec![json!("sha256:aa")], vec![json!({})]);
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
    fn a_blob_is_named_by_its_hash() {
        let blob = Blob::new(LAYER, Vec::new());
        assert_eq!(
            blob.digest,
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
