//! Services: the containers of an entry, with their images, folders, files and ports.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OptionTest;
use crate::{Digest, ImageReference, OptionId, ServiceName, time::Span};

/// One container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceSpec {
    /// Its name inside the node.
    pub name: ServiceName,
    /// The part it plays where several clients can play it, for example `execution`: other places of the entry may name
    /// the role instead of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<ServiceName>,
    /// It is part of the node only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<OptionTest>,
    /// The image.
    pub image: ImageSpec,
    /// Replaces the image's entry point, so that no start-up script needs extra rights. Empty: the image's own is kept.
    #[serde(default)]
    pub entrypoint: Vec<String>,
    /// Arguments; `{...}` are placeholders.
    #[serde(default)]
    pub args: Vec<String>,
    /// Environment; values may hold placeholders. Never secrets.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Files that are written on this machine and mounted read-only. The only place for secrets.
    #[serde(default)]
    pub files: Vec<FileSpec>,
    /// Folders of the container that outlive it.
    #[serde(default)]
    pub mounts: Vec<MountSpec>,
    /// Ports that are published on this machine.
    #[serde(default)]
    pub ports: Vec<PortSpec>,
    /// How it is stopped.
    pub stop: StopSpec,
    /// What it needs beyond the closed default, each with its reason.
    #[serde(default)]
    pub hardening: HardeningSpec,
    /// Where its log tells who asked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage_log: Option<UsageLogSpec>,
}

/// A folder that outlives the container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MountSpec {
    /// Its name; `{mount.NAME}` is its path in the container.
    pub name: String,
    /// Path in the container.
    pub target: String,
    /// What it holds, for people.
    pub holds: String,
    /// Paths in it by which an existing data folder of this client is recognised, for example `chainstate/CURRENT`.
    #[serde(default)]
    pub markers: Vec<String>,
}

/// A file that Freehold writes for a container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileSpec {
    /// Path in the container.
    pub target: String,
    /// Its text; `{...}` are placeholders, those of secrets among them. A line that begins with `{when.OPTION=VALUE}`
    /// is left out while that does not hold.
    pub content: String,
}

/// A secret of a node, made once, kept in a file of mode 0600.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretSpec {
    /// Its name; `{secret.NAME}` in files.
    pub name: String,
    /// What it looks like.
    pub form: SecretForm,
    /// What it is for, for people.
    pub holds: String,
}

/// What a secret looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecretForm {
    /// A password of letters, digits, `-` and `_`.
    Password,
    /// 32 bytes as 64 hex digits, as Ethereum clients want their JWT secret.
    Hex32,
}

/// The image of a service in the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageSpec {
    /// Registry host and path, for example `docker.io/bitcoin/bitcoin`. No tag, no digest.
    pub repository: String,
    /// The release's name. Asked for only where no digest is known, and then once.
    pub tag: String,
    /// What is pulled and checked afterwards. Absent: nobody has published it; the tag is resolved at the first install,
    /// shown, confirmed and kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Platforms on offer, for example `linux/amd64`.
    pub platforms: Vec<String>,
    /// Where the digest was read, and by how many: shown to whoever asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl ImageSpec {
    /// The reference that is pulled, where the digest is known.
    pub fn pinned(&self) -> Option<ImageReference> {
        self.digest.clone().map(|digest| self.pinned_to(digest))
    }

    /// The reference with this digest.
    pub fn pinned_to(&self, digest: Digest) -> ImageReference {
        ImageReference {
            repository: self.repository.clone(),
            tag: self.tag.clone(),
            digest,
            platforms: self.platforms.clone(),
        }
    }
}

/// A port of the container that is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PortSpec {
    /// Name of the port in the network's `ports`.
    pub name: String,
    /// Where it is published.
    pub publish: Publish,
    /// The switch option that is the user's consent to every address of this machine. A `public` port needs one; one on
    /// `loopback` may have one, and keeps its private number then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<OptionId>,
    /// With `public`: the switch option that publishes it on 127.0.0.1 alone, under its own number, while `consent` is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<OptionId>,
    /// Published for UDP as well as TCP.
    #[serde(default)]
    pub udp: bool,
}

/// Where a port can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Publish {
    /// On a private high port of 127.0.0.1; on every address under that number while a consent option is on.
    Loopback,
    /// On every address of this machine under its own number, only while the consent option is on.
    Public,
}

/// How a service is stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StopSpec {
    /// Signal, for example `SIGTERM`.
    pub signal: String,
    /// How long it may take to write its state to disk.
    pub grace: Span,
}

/// How a service's log tells who asked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsageLogSpec {
    /// A regular expression for a whole line, from `^` to `$`. Its group `user` is the consumer that asked, under the name
    /// that its login has.
    pub line: String,
}

/// Exceptions from the closed default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HardeningSpec {
    /// Paths that get a small writable tmpfs.
    #[serde(default)]
    pub tmpfs: Vec<String>,
    /// Linux capabilities to keep, without `CAP_`.
    #[serde(default)]
    pub cap_add: Vec<String>,
    /// Most processes and threads; the default is 512.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pids_limit: Option<u32>,
    /// True where the program must write outside its mounts.
    #[serde(default)]
    pub writable_root: bool,
    /// Why, when anything above is set beyond tmpfs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl ServiceSpec {
    /// Whether this is the service's name or role.
    pub fn is_called(&self, called: &ServiceName) -> bool {
        self.name == *called || self.role.as_ref() == Some(called)
    }
}
