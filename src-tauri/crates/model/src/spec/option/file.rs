//! How an option stands in a file: one flat table whose keys depend on its `type`.
//!
//! serde cannot both flatten a tagged enum and refuse unknown keys, so the table is first read whole, with every key
//! that any type has, and then turned into the type's own variant. A key of another type is refused here.

use serde::{Deserialize, Deserializer, de::Error};

use super::{Choice, Consequence, OptionKind, OptionSpec, OptionTest, SizeUnit};
use crate::{ByteSize, Network, OptionId, ServiceName};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionTable {
    id: OptionId,
    label: String,
    help: String,
    #[serde(rename = "type")]
    kind: KindName,
    #[serde(default)]
    networks: Vec<Network>,
    only_if: Option<OptionTest>,
    #[serde(default)]
    advanced: bool,
    #[serde(default)]
    required: bool,
    service: Option<ServiceName>,
    #[serde(default)]
    consequences: Vec<Consequence>,
    default: Option<Scalar>,
    choices: Option<Vec<Choice>>,
    on_args: Option<Vec<String>>,
    off_args: Option<Vec<String>>,
    min: Option<Scalar>,
    max: Option<Scalar>,
    unit: Option<SizeUnit>,
    args: Option<Vec<String>>,
    example: Option<String>,
    allowed: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindName {
    Choice,
    Switch,
    Size,
    Count,
    Text,
    Secret,
    List,
}

impl KindName {
    const fn text(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Switch => "switch",
            Self::Size => "size",
            Self::Count => "count",
            Self::Text => "text",
            Self::Secret => "secret",
            Self::List => "list",
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Switch(bool),
    Whole(u64),
    Text(String),
}

impl Scalar {
    fn text(self, key: &str) -> Result<String, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Switch(_) | Self::Whole(_) => Err(format!("`{key}` must be a text in quotes")),
        }
    }

    fn switch(self, key: &str) -> Result<bool, String> {
        match self {
            Self::Switch(value) => Ok(value),
            Self::Whole(_) | Self::Text(_) => Err(format!("`{key}` must be `true` or `false`")),
        }
    }

    fn whole(self, key: &str) -> Result<u64, String> {
        match self {
            Self::Whole(value) => Ok(value),
            Self::Switch(_) | Self::Text(_) => Err(format!("`{key}` must be a whole number")),
        }
    }

    fn size(self, key: &str) -> Result<ByteSize, String> {
        match self {
            Self::Whole(bytes) => Ok(ByteSize(bytes)),
            Self::Text(text) => text.parse().map_err(|error| format!("`{key}`: {error}")),
            Self::Switch(_) => Err(format!("`{key}` must be a size, for example `10GB`")),
        }
    }
}

fn needed<T>(key: &str, kind: KindName, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("an option of type `{}` needs the key `{key}`", kind.text()))
}

impl OptionTable {
    /// The first key that is present although `kind` has none of that name.
    fn foreign_key(&self) -> Option<&'static str> {
        let own: &[&str] = match self.kind {
            KindName::Choice => &["default", "choices"],
            KindName::Switch => &["default", "on_args", "off_args"],
            KindName::Size => &["default", "min", "max", "unit", "args"],
            KindName::Count => &["default", "min", "max", "args"],
            KindName::Text => &["default", "example", "allowed", "args"],
            KindName::Secret => &["example"],
            KindName::List => &["example", "allowed", "args"],
        };
        [
            ("default", self.default.is_some()),
            ("choices", self.choices.is_some()),
            ("on_args", self.on_args.is_some()),
            ("off_args", self.off_args.is_some()),
            ("min", self.min.is_some()),
            ("max", self.max.is_some()),
            ("unit", self.unit.is_some()),
            ("args", self.args.is_some()),
            ("example", self.example.is_some()),
            ("allowed", self.allowed.is_some()),
        ]
        .into_iter()
        .find_map(|(key, present)| (present && !own.contains(&key)).then_some(key))
    }

    fn into_spec(self) -> Result<OptionSpec, String> {
        let kind = self.kind;
        if let Some(key) = self.foreign_key() {
            return Err(format!(
                "unknown key `{key}`: an option of type `{}` does not have it",
                kind.text()
            ));
        }
        let typed = match kind {
            KindName::Choice => OptionKind::Choice {
                default: needed("default", kind, self.default)?.text("default")?,
                choices: needed("choices", kind, self.choices)?,
            },
            KindName::Switch => OptionKind::Switch {
                default: needed("default", kind, self.default)?.switch("default")?,
                on_args: self.on_args.unwrap_or_default(),
                off_args: self.off_args.unwrap_or_default(),
            },
            KindName::Size => OptionKind::Size {
                default: needed("default", kind, self.default)?.size("default")?,
                min: needed("min", kind, self.min)?.size("min")?,
                max: needed("max", kind, self.max)?.size("max")?,
                unit: needed("unit", kind, self.unit)?,
                args: self.args.unwrap_or_default(),
            },
            KindName::Count => OptionKind::Count {
                default: needed("default", kind, self.default)?.whole("default")?,
                min: needed("min", kind, self.min)?.whole("min")?,
                max: needed("max", kind, self.max)?.whole("max")?,
                args: self.args.unwrap_or_default(),
            },
            KindName::Text => OptionKind::Text {
                default: needed("default", kind, self.default)?.text("default")?,
                example: needed("example", kind, self.example)?,
                allowed: needed("allowed", kind, self.allowed)?,
                args: self.args.unwrap_or_default(),
            },
            KindName::Secret => OptionKind::Secret {
                example: needed("example", kind, self.example)?,
            },
            KindName::List => OptionKind::List {
                example: needed("example", kind, self.example)?,
                allowed: needed("allowed", kind, self.allowed)?,
                args: self.args.unwrap_or_default(),
            },
        };
        Ok(OptionSpec {
            id: self.id,
            label: self.label,
            help: self.help,
            kind: typed,
            networks: self.networks,
            only_if: self.only_if,
            advanced: self.advanced,
            required: self.required,
            service: self.service,
            consequences: self.consequences,
        })
    }
}

impl<'de> Deserialize<'de> for OptionSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        OptionTable::deserialize(deserializer)?
            .into_spec()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::OptionSpec;

    fn read(extra: &str) -> Result<OptionSpec, serde_json::Error> {
        serde_json::from_str(&format!(r#"{{"id":"a","label":"A","help":"h",{extra}}}"#))
    }

    #[test]
    fn keys_of_another_type_and_unknown_keys_are_refused() {
        assert!(read(r#""type":"switch","default":true"#).is_ok());
        for bad in [
            r#""type":"switch","default":true,"min":1"#,
            r#""type":"switch","default":true,"colour":1"#,
            r#""type":"switch","default":"on""#,
            r#""type":"list","default":"a","example":"a","allowed":"-""#,
            r#""type":"size","default":"1GB","min":"1GB","unit":"GB""#,
            r#""type":"slider","default":1"#,
        ] {
            assert!(read(bad).is_err(), "{bad} must be refused");
        }
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        for kind in [
            r#""type":"switch","default":true,"off_args":["-x"]"#,
            r#""type":"size","default":"10GB","min":"550MiB","max":"1TB","unit":"MiB","args":["-prune={value}"]"#,
            r#""type":"count","default":5,"min":1,"max":9"#,
            r#""type":"list","example":"a:1","allowed":".:-""#,
            r#""type":"text","default":"","example":"a","allowed":".","args":["--x={value}"]"#,
            r#""type":"secret","example":"a token","consequences":[{"to":"x","effect":"resync","because":"b."}]"#,
            r#""type":"choice","default":"a","choices":[{"value":"a","label":"A","help":"h"}]"#,
        ] {
            let option = read(kind).unwrap();
            let text = serde_json::to_string(&option).unwrap();
            assert_eq!(serde_json::from_str::<OptionSpec>(&text).unwrap(), option, "{kind}");
        }
    }
}
