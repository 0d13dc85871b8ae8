//! Fills the placeholders of arguments, environment values and files.

use std::collections::BTreeMap;

use freehold_model::spec::placeholder::{Piece, Placeholder, pieces};
use freehold_model::spec::{NetworkSpec, NodeSpec, OptionTest, OptionValue, ServiceSpec};
use freehold_model::{NodeRecord, OptionId, Secret, ServiceName};

use crate::service::active_services;
use crate::{NeededNode, PlanError, ResolvedOptions, RpcCredential};

/// What placeholders stand for in one service of one node.
pub(crate) struct Values<'a> {
    pub(crate) spec: &'a NodeSpec,
    pub(crate) record: &'a NodeRecord,
    pub(crate) network: &'a NetworkSpec,
    pub(crate) service: &'a ServiceSpec,
    pub(crate) options: &'a ResolvedOptions,
    pub(crate) credentials: &'a [RpcCredential],
    pub(crate) secrets: &'a BTreeMap<String, Secret>,
    pub(crate) needs: &'a BTreeMap<String, NeededNode>,
    /// `user:salt$hash` of every credential, in the entry's order.
    pub(crate) rpcauth: &'a [String],
    /// `user:method,method` of every credential, in the same order.
    pub(crate) rpcwhitelist: &'a [String],
}

/// Where a text goes: secrets go into files only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Destination {
    Argument,
    File,
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

    /// A file's text: every line filled, without the lines whose `{when.…}` does not hold.
    pub(crate) fn file(&self, template: &str) -> Result<Secret, PlanError> {
        let mut text = String::new();
        for line in template.split_inclusive('\n') {
            let found = self.pieces(line)?;
            if self.conditions_hold(&found)? {
                text.push_str(&self.joined(&found, None, 0, Destination::File)?);
            }
        }
        Ok(Secret::new(text))
    }

    fn conditions_hold(&self, found: &[Piece<'_>]) -> Result<bool, PlanError> {
        for piece in found {
            let Piece::Placeholder(Placeholder::When(option, value)) = piece else {
                continue;
            };
            let test = OptionTest {
                option: OptionId::try_new(option.as_str()).map_err(|_| self.nothing(option))?,
                equals: value.clone(),
            };
            if !self.options.holds(self.spec, &test) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn pieces<'t>(&self, template: &'t str) -> Result<Vec<Piece<'t>>, PlanError> {
        pieces(template).map_err(|source| PlanError::Placeholder {
            service: self.service.name.clone(),
            source,
        })
    }

    fn repeated(&self, template: &str, value: Option<&str>) -> Result<Vec<String>, PlanError> {
        let found = self.pieces(template)?;
        let repeats = found.iter().any(|piece| {
            matches!(
                piece,
                Piece::Placeholder(Placeholder::EachRpcAuth | Placeholder::EachRpcWhitelist)
            )
        });
        let rounds = if repeats { self.rpcauth.len() } else { 1 };
        (0..rounds)
            .map(|round| self.joined(&found, value, round, Destination::Argument))
            .collect()
    }

    fn joined(
        &self,
        found: &[Piece<'_>],
        value: Option<&str>,
        round: usize,
        destination: Destination,
    ) -> Result<String, PlanError> {
        let mut text = String::new();
        for piece in found {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Placeholder(placeholder) if placeholder.is_for_files() => {
                    if destination == Destination::Argument {
                        return Err(PlanError::SecretInArgument {
                            service: self.service.name.clone(),
                        });
                    }
                    text.push_str(&self.secret_meaning(placeholder)?);
                }
                Piece::Placeholder(placeholder) => text.push_str(&self.meaning(placeholder, value, round)?),
            }
        }
        Ok(text)
    }

    fn meaning(&self, placeholder: &Placeholder, value: Option<&str>, round: usize) -> Result<String, PlanError> {
        let nothing = |name: &str| self.nothing(name);
        match placeholder {
            Placeholder::Network => Ok(self.network.id.to_string()),
            Placeholder::NetworkWord(name) => self.network.words.get(name).cloned().ok_or_else(|| nothing(name)),
            Placeholder::Node => Ok(self.record.id.to_string()),
            Placeholder::Host(name) => self.host(name).ok_or_else(|| nothing(name)),
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
            Placeholder::Flag(name) => self.switch(name, "true", "false").ok_or_else(|| nothing(name)),
            Placeholder::Bit(name) => self.switch(name, "1", "0").ok_or_else(|| nothing(name)),
            Placeholder::Value => value.map(str::to_owned).ok_or_else(|| nothing("value")),
            Placeholder::EachRpcAuth => self.rpcauth.get(round).cloned().ok_or_else(|| nothing("rpcauth")),
            Placeholder::EachRpcWhitelist => self
                .rpcwhitelist
                .get(round)
                .cloned()
                .ok_or_else(|| nothing("rpcwhitelist")),
            Placeholder::NeedsHost(name) => self.needed(name).map(|needed| needed.host.clone()),
            Placeholder::NeedsHostOf(name, port) => {
                let host = self.needed(name)?.hosts.get(port);
                host.cloned().ok_or_else(|| nothing(port))
            }
            Placeholder::NeedsPort(name, port) => {
                let number = self.needed(name)?.ports.get(port);
                number.map(u16::to_string).ok_or_else(|| nothing(port))
            }
            Placeholder::NeedsUser(_)
            | Placeholder::NeedsPassword(_)
            | Placeholder::Secret(_)
            | Placeholder::CredentialUser(_)
            | Placeholder::CredentialPassword(_)
            | Placeholder::When(..) => Err(nothing("secret")),
        }
    }

    /// What stands only in files.
    fn secret_meaning(&self, placeholder: &Placeholder) -> Result<String, PlanError> {
        let nothing = |name: &str| self.nothing(name);
        let credential = |consumer: &str| {
            let found = self.credentials.iter().find(|found| found.consumer == consumer);
            found.ok_or_else(|| PlanError::CredentialMissing {
                consumer: consumer.to_owned(),
            })
        };
        match placeholder {
            Placeholder::When(..) => Ok(String::new()),
            Placeholder::Secret(name) => self
                .secrets
                .get(name)
                .map(|secret| secret.expose().to_owned())
                .ok_or_else(|| nothing(name)),
            Placeholder::CredentialUser(consumer) => Ok(credential(consumer)?.user.clone()),
            Placeholder::CredentialPassword(consumer) => Ok(credential(consumer)?.password.expose().to_owned()),
            Placeholder::NeedsUser(name) => self.needed(name)?.user.clone().ok_or_else(|| nothing(name)),
            Placeholder::NeedsPassword(name) => {
                let password = self.needed(name)?.password.as_ref().ok_or_else(|| nothing(name))?;
                Ok(password.expose().to_owned())
            }
            _ => Err(nothing("secret")),
        }
    }

    fn needed(&self, name: &str) -> Result<&NeededNode, PlanError> {
        self.needs
            .get(name)
            .ok_or_else(|| PlanError::NeededNodeMissing { name: name.to_owned() })
    }

    /// The name of another service of this node on the node's network.
    fn host(&self, called: &str) -> Option<String> {
        let called = ServiceName::try_new(called).ok()?;
        let service = active_services(self.spec, self.options).find(|service| service.is_called(&called))?;
        Some(alias(self.record, &service.name))
    }

    /// The option's value as its arguments would write it; lists separated by commas.
    fn option(&self, name: &str) -> Option<String> {
        let id = OptionId::try_new(name).ok()?;
        let value = self.options.value(&id)?;
        Some(self.spec.option(&id)?.kind.argument_texts(value).join(","))
    }

    fn switch(&self, name: &str, on: &str, off: &str) -> Option<String> {
        let id = OptionId::try_new(name).ok()?;
        match self.options.value(&id)? {
            OptionValue::Switch(_) => Some(if self.options.is_on(&id) { on } else { off }.to_owned()),
            _ => None,
        }
    }

    fn nothing(&self, name: &str) -> PlanError {
        PlanError::NothingNamed {
            service: self.service.name.clone(),
            name: name.to_owned(),
        }
    }
}

/// The name of a service on the network that all nodes share.
pub(crate) fn alias(record: &NodeRecord, service: &ServiceName) -> String {
    format!("{}-{service}", record.id)
}
