//! Fills the placeholders of arguments and environment values.

use std::collections::BTreeMap;

use freehold_model::spec::placeholder::{Piece, Placeholder, pieces};
use freehold_model::spec::{NetworkSpec, NodeSpec, ServiceSpec};
use freehold_model::{OptionId, ServiceName};

use crate::{PlanError, ResolvedOptions};

/// What placeholders stand for in one service of one node.
pub(crate) struct Values<'a> {
    pub(crate) spec: &'a NodeSpec,
    pub(crate) network: &'a NetworkSpec,
    pub(crate) service: &'a ServiceSpec,
    pub(crate) options: &'a ResolvedOptions,
    /// `user:salt$hash` of every credential, in the entry's order.
    pub(crate) rpcauth: &'a [String],
    /// `user:method,method` of every credential, in the same order.
    pub(crate) rpcwhitelist: &'a [String],
}

impl Values<'_> {
    /// The arguments with every placeholder filled. One that holds an `{each.…}` becomes one argument for each.
    pub(crate) fn args<'t>(&self, templates: impl IntoIterator<Item = &'t String>) -> Result<Vec<String>, PlanError> {
        let mut args = Vec::new();
        for template in templates {
            args.extend(self.repeated(template, None)?);
        }
        Ok(args)
    }

    /// Arguments of an option, repeated for each of its `{value}` texts.
    pub(crate) fn option_args(&self, templates: &[String], texts: &[String]) -> Result<Vec<String>, PlanError> {
        let mut args = Vec::new();
        for text in texts {
            for template in templates {
                args.extend(self.repeated(template, Some(text))?);
            }
        }
        Ok(args)
    }

    /// `NAME=value`, sorted by name.
    pub(crate) fn env(&self, templates: &BTreeMap<String, String>) -> Result<Vec<String>, PlanError> {
        let mut env = Vec::new();
        for (name, template) in templates {
            for value in self.repeated(template, None)? {
                env.push(format!("{name}={value}"));
            }
        }
        Ok(env)
    }

    fn repeated(&self, template: &str, value: Option<&str>) -> Result<Vec<String>, PlanError> {
        let found = pieces(template).map_err(|source| PlanError::Placeholder {
            service: self.service.name.clone(),
            source,
        })?;
        let repeats = found.iter().any(|piece| {
            matches!(
                piece,
                Piece::Placeholder(Placeholder::EachRpcAuth | Placeholder::EachRpcWhitelist)
            )
        });
        let rounds = if repeats { self.rpcauth.len() } else { 1 };
        (0..rounds).map(|round| self.joined(&found, value, round)).collect()
    }

    fn joined(&self, found: &[Piece<'_>], value: Option<&str>, round: usize) -> Result<String, PlanError> {
        let mut text = String::new();
        for piece in found {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Placeholder(placeholder) => text.push_str(&self.meaning(placeholder, value, round)?),
            }
        }
        Ok(text)
    }

    fn meaning(&self, placeholder: &Placeholder, value: Option<&str>, round: usize) -> Result<String, PlanError> {
        let nothing = |name: &str| nothing_named(&self.service.name, name);
        match placeholder {
            Placeholder::Network => Ok(self.network.id.to_string()),
            Placeholder::Mount(name) => {
                let mount = self.service.mounts.iter().find(|mount| mount.name == *name);
                mount.map(|mount| mount.target.clone()).ok_or_else(|| nothing(name))
            }
            Placeholder::Port(name) => self
                .network
                .ports
                .get(name)
                .map(u16::to_string)
                .ok_or_else(|| nothing(name)),
            Placeholder::Option(name) => self.option(name).ok_or_else(|| nothing(name)),
            Placeholder::Value => value.map(str::to_owned).ok_or_else(|| nothing("value")),
            Placeholder::EachRpcAuth => self.rpcauth.get(round).cloned().ok_or_else(|| nothing("rpcauth")),
            Placeholder::EachRpcWhitelist => self
                .rpcwhitelist
                .get(round)
                .cloned()
                .ok_or_else(|| nothing("rpcwhitelist")),
        }
    }

    /// The option's value as its arguments would write it; lists separated by commas.
    fn option(&self, name: &str) -> Option<String> {
        let id = OptionId::try_new(name).ok()?;
        let value = self.options.value(&id)?;
        Some(self.spec.option(&id)?.kind.argument_texts(value).join(","))
    }
}

fn nothing_named(service: &ServiceName, name: &str) -> PlanError {
    PlanError::NothingNamed {
        service: service.clone(),
        name: name.to_owned(),
    }
}
