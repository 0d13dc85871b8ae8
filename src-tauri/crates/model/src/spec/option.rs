//! Options: what the user may set on a node, as typed data with the arguments they become.
//!
//! An option is one flat table in the file. Its keys depend on its `type`, and a key that the type does not have is
//! refused, so reading goes through `file.rs`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ByteSize, Network, OptionId, ServiceName};

mod file;
mod value;
pub use value::{InvalidValue, OptionValue};

/// One thing the user may set.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionSpec {
    /// Its id, used by `--set ID=VALUE`.
    pub id: OptionId,
    /// The question, in a few words.
    pub label: String,
    /// What the answer changes, for someone who has never run a node.
    pub help: String,
    /// Its type with range, default and the arguments it becomes.
    #[serde(flatten)]
    pub kind: OptionKind,
    /// Networks it is offered on; empty: all.
    #[serde(default)]
    pub networks: Vec<Network>,
    /// It is offered only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<OptionTest>,
    /// True where most people should not need to see it.
    #[serde(default)]
    pub advanced: bool,
    /// True for a text or a secret that must be given.
    #[serde(default)]
    pub required: bool,
    /// The service that its arguments go to, by name or role; the one that is probed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceName>,
    /// What changing it on a node that has data means; the first that matches. A restart where none does.
    #[serde(default)]
    pub consequences: Vec<Consequence>,
}

/// What a change of an option means for a node that has data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// The value before; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The value afterwards; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it takes.
    pub effect: Effect,
    /// In one sentence, with what it costs.
    pub because: String,
    /// Arguments of the next start only, for example `-reindex`.
    #[serde(default)]
    pub once_args: Vec<String>,
}

/// What a changed option takes, the lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing: it holds at once.
    None,
    /// The node is stopped and started.
    Restart,
    /// An index is built, from the data that is there.
    Reindex,
    /// The data is fetched again.
    Resync,
    /// It cannot be changed on a node that has data.
    Never,
}

/// The type of an option. `{value}` in an argument is the chosen value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum OptionKind {
    /// One of several.
    Choice {
        /// The value used when nothing is chosen.
        default: String,
        /// The values.
        choices: Vec<Choice>,
    },
    /// On or off.
    Switch {
        /// The value used when nothing is chosen.
        default: bool,
        /// Arguments when on.
        #[serde(default)]
        on_args: Vec<String>,
        /// Arguments when off.
        #[serde(default)]
        off_args: Vec<String>,
    },
    /// A size.
    Size {
        /// The value used when nothing is chosen.
        default: ByteSize,
        /// Smallest value.
        min: ByteSize,
        /// Largest value.
        max: ByteSize,
        /// The unit in which `{value}` is written, rounded down.
        unit: SizeUnit,
        /// Arguments; left out while the value is zero.
        #[serde(default)]
        args: Vec<String>,
    },
    /// A whole number.
    Count {
        /// The value used when nothing is chosen.
        default: u64,
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
        /// Arguments.
        #[serde(default)]
        args: Vec<String>,
    },
    /// A short text.
    Text {
        /// The value used when nothing is chosen; may be empty.
        default: String,
        /// What it looks like, for people.
        example: String,
        /// Characters it may hold beside letters and digits.
        allowed: String,
        /// Arguments; left out while the text is empty.
        #[serde(default)]
        args: Vec<String>,
    },
    /// A password or token that the user gives: kept in a file of mode 0600, never in a record, an argument or a log.
    /// `{secret.ID}` in files.
    Secret {
        /// What it looks like, for people.
        example: String,
    },
    /// Several short texts, separated by commas in `--set`.
    List {
        /// What one entry looks like, for people.
        example: String,
        /// Characters an entry may hold beside letters and digits.
        allowed: String,
        /// Arguments, repeated for each entry.
        #[serde(default)]
        args: Vec<String>,
    },
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// Its name for people.
    pub label: String,
    /// One sentence about what it means.
    pub help: String,
    /// Arguments it becomes.
    #[serde(default)]
    pub args: Vec<String>,
}

/// The unit that a program expects a size in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SizeUnit {
    /// 2^20 bytes.
    MiB,
    /// 10^9 bytes.
    GB,
    /// Single bytes.
    B,
}

impl SizeUnit {
    /// Bytes in one unit.
    pub const fn bytes(self) -> u64 {
        match self {
            Self::MiB => 1 << 20,
            Self::GB => 1_000_000_000,
            Self::B => 1,
        }
    }

    /// The unit as people write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MiB => "MiB",
            Self::GB => "GB",
            Self::B => "bytes",
        }
    }
}

/// True while an option has a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionTest {
    /// The option.
    pub option: OptionId,
    /// Its value, as `--set` would write it (`on` and `off` for switches).
    pub equals: String,
}

/// What one option forces on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionRule {
    /// While this holds ...
    pub when: OptionTest,
    /// ... this option ...
    pub option: OptionId,
    /// ... has this value ...
    pub becomes: String,
    /// ... for this reason, shown to the user.
    pub because: String,
}
