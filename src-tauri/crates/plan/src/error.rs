//! Why options or a plan are refused.

use freehold_model::spec::InvalidValue;
use freehold_model::spec::placeholder::UnknownPlaceholder;
use freehold_model::{Network, OptionId, ServiceName};

/// Why a choice cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// The entry has no such option.
    #[error("there is no option `{option}`{}", .meant.as_ref().map(|m| format!("; did you mean `{m}`?")).unwrap_or_default())]
    Unknown {
        /// What was asked for.
        option: OptionId,
        /// The option that is closest.
        meant: Option<String>,
    },
    /// The option cannot have that value.
    #[error("`{option}`: {reason}")]
    Value {
        /// The option.
        option: OptionId,
        /// What is wrong with the value.
        #[source]
        reason: InvalidValue,
    },
    /// The option has to be given.
    #[error("`{option}` has to be given, for example `{option}={example}`")]
    Required {
        /// The option.
        option: OptionId,
        /// What it looks like.
        example: String,
    },
    /// The option is not offered on the network.
    #[error("`{option}` is not offered on {network}")]
    NotOffered {
        /// The option.
        option: OptionId,
        /// The network.
        network: Network,
    },
    /// The option has no meaning while another has its present value.
    #[error("`{option}` has an effect only with `{needs}={value}`")]
    Inactive {
        /// The option.
        option: OptionId,
        /// The option that it depends on.
        needs: OptionId,
        /// The value that one would need.
        value: String,
    },
}

impl OptionError {
    /// The option concerned.
    pub fn option(&self) -> &OptionId {
        match self {
            Self::Unknown { option, .. }
            | Self::Value { option, .. }
            | Self::NotOffered { option, .. }
            | Self::Required { option, .. }
            | Self::Inactive { option, .. } => option,
        }
    }

    /// What is wrong, without the option's name: the rest of a sentence that begins with it.
    pub fn reason(&self) -> String {
        match self {
            Self::Unknown { meant: Some(meant), .. } => format!("there is no such option; did you mean `{meant}`?"),
            Self::Unknown { meant: None, .. } => "there is no such option".to_owned(),
            Self::Value { reason, .. } => reason.to_string(),
            Self::Required { example, .. } => format!("it has to be given, for example `{example}`"),
            Self::NotOffered { network, .. } => format!("not offered on {network}"),
            Self::Inactive { needs, value, .. } => format!("has an effect only with `{needs}={value}`"),
        }
    }
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The entry does not know the network.
    #[error("`{network}` is not a network of this client; it knows {}", .known.join(", "))]
    NetworkUnknown {
        /// What was asked for.
        network: Network,
        /// The networks of the entry.
        known: Vec<String>,
    },
    /// No requirement of the entry matches.
    #[error("the catalog entry does not say what {network} needs with these options")]
    NoRequirement {
        /// The network.
        network: Network,
    },
    /// The record has no image for a service, for example after an update of the catalog.
    #[error("the node's record has no image for the service `{service}`")]
    ImageMissing {
        /// The service.
        service: ServiceName,
    },
    /// The record has no port for one that is published.
    #[error("the node's record has no port for `{port}`")]
    PortMissing {
        /// The port's name.
        port: String,
    },
    /// A consumer has no password yet.
    #[error("there is no RPC password for `{consumer}`")]
    CredentialMissing {
        /// The consumer.
        consumer: String,
    },
    /// An argument or the environment would hold a secret.
    #[error("an argument of `{service}` would hold a secret; secrets belong into files")]
    SecretInArgument {
        /// The service.
        service: ServiceName,
    },
    /// A node that this one needs is not known.
    #[error("the node that it needs as `{name}` is not there")]
    NeededNodeMissing {
        /// The dependency's name.
        name: String,
    },
    /// Two services would both be the node's part of one role.
    #[error("the options choose both `{first}` and `{second}` as `{role}`")]
    RoleTwice {
        /// The role.
        role: ServiceName,
        /// One of them.
        first: ServiceName,
        /// The other.
        second: ServiceName,
    },
    /// An argument holds a placeholder that does not exist.
    #[error("an argument of `{service}` cannot be filled in")]
    Placeholder {
        /// The service.
        service: ServiceName,
        /// Which one.
        #[source]
        source: UnknownPlaceholder,
    },
    /// An argument holds a placeholder for something that this node does not have.
    #[error("an argument of `{service}` names `{name}`, which this node does not have")]
    NothingNamed {
        /// The service.
        service: ServiceName,
        /// The name of the mount, port or option.
        name: String,
    },
    /// All private ports are taken.
    #[error("none of the ports {first} to {last} is free for `{port}`")]
    NoFreePort {
        /// The port's name.
        port: String,
        /// First port that was tried.
        first: u16,
        /// Last port that was tried.
        last: u16,
    },
}
