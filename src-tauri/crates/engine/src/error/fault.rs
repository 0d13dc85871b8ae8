//! From an engine's error to the words for people. The words themselves stand in the model's fault table.

use freehold_model::{Fault, FaultCode};

use super::EngineError;

impl EngineError {
    /// The fault that a person sees for this error.
    pub fn to_fault(&self) -> Fault {
        match self {
            Self::Missing { looked_at } => Fault::new(FaultCode::EngineMissing).with("looked_at", looked_at.join(", ")),
            Self::Permission { address, user } => Fault::new(FaultCode::EnginePermission)
                .with("address", address)
                .with("user", user),
            Self::Unreachable { address, reason } => Fault::new(FaultCode::EngineUnreachable)
                .with("address", address)
                .with("reason", reason),
            Self::TooOld { version, .. } => Fault::new(FaultCode::EngineTooOld).with("version", version),
            Self::NotSupported { what } => Fault::new(FaultCode::NotSupported).with("what", what),
            Self::Refused { operation, reason } => refused(operation, reason),
            Self::Unreadable { operation, source } => {
                refused(operation, &format!("its reply could not be understood ({source})"))
            }
            Self::RegistryUnreachable { registry, reason } => Fault::new(FaultCode::RegistryUnreachable)
                .with("registry", registry)
                .with("reason", reason),
            Self::ImageMissing { image, registry } => Fault::new(FaultCode::ImageMissing)
                .with("image", image)
                .with("registry", registry),
            Self::DigestMismatch { expected, found } => Fault::new(FaultCode::ImageDigestMismatch)
                .with("expected", expected)
                .with("found", found),
            Self::PlatformMissing { platform, offered, .. } => Fault::new(FaultCode::ImagePlatform)
                .with("platform", platform)
                .with("offered", offered),
            Self::PullFailed { image, reason } => Fault::new(FaultCode::PullFailed)
                .with("image", image)
                .with("reason", reason),
            Self::DiskFull { path, .. } => Fault::new(FaultCode::DiskFull)
                .with("path", path)
                .with("available", "no space"),
            Self::PortTaken { port, address, .. } => Fault::new(FaultCode::PortInUse)
                .with("port", port)
                .with("address", address)
                .with("owner", "another program"),
            Self::NoSuchContainer { container } => {
                refused("Looking for a container", &format!("there is no container {container}"))
            }
            Self::NoSuchImage { image } => {
                refused("Making the container", &format!("the engine lost the image {image}"))
            }
            Self::TimedOut { operation, limit } => Fault::new(FaultCode::TimedOut)
                .with("what", operation)
                .with("limit", format!("{} s", limit.as_secs())),
        }
    }
}

fn refused(operation: &str, reason: &str) -> Fault {
    Fault::new(FaultCode::EngineRefused)
        .with("operation", operation)
        .with("reason", reason.trim_end_matches('.'))
}
