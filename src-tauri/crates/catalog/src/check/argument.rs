//! Arguments and environment: no empty text, no unknown placeholder, none about something that does not exist, and none
//! left out that the entry needs.

use freehold_model::spec::OptionKind;
use freehold_model::spec::placeholder::{Piece, Placeholder, pieces};

use super::Checker;
use crate::document::{Step, at};
use crate::shape::placeholder_hint;

/// Where a text stands: decides which placeholders it may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Arguments of the service with this index.
    Service(usize),
    /// Environment of the service with this index.
    Environment(usize),
    /// Arguments of a network or of a switch or a choice.
    Fixed,
    /// Arguments of an option that stand for a value.
    Value,
}

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let mut rpc = RpcUse::default();
    for (index, service) in spec.services.iter().enumerate() {
        let used = list(
            checker,
            &at!["services", index, "args"],
            &service.args,
            Context::Service(index),
        );
        rpc.auth |= used.contains(&Placeholder::EachRpcAuth);
        rpc.whitelist |= used.contains(&Placeholder::EachRpcWhitelist);
        for (name, value) in &service.env {
            text(
                checker,
                &at!["services", index, "env", name.as_str()],
                value,
                Context::Environment(index),
            );
        }
    }
    for (index, network) in spec.networks.iter().enumerate() {
        list(checker, &at!["networks", index, "args"], &network.args, Context::Fixed);
    }
    for (index, option) in spec.options.iter().enumerate() {
        match &option.kind {
            OptionKind::Choice { choices, .. } => {
                for (number, choice) in choices.iter().enumerate() {
                    list(
                        checker,
                        &at!["options", index, "choices", number, "args"],
                        &choice.args,
                        Context::Fixed,
                    );
                }
            }
            OptionKind::Switch { on_args, off_args, .. } => {
                list(checker, &at!["options", index, "on_args"], on_args, Context::Fixed);
                list(checker, &at!["options", index, "off_args"], off_args, Context::Fixed);
            }
            OptionKind::Size { args, .. } | OptionKind::Count { args, .. } | OptionKind::List { args, .. } => {
                let place = at!["options", index, "args"];
                let used = list(checker, &place, args, Context::Value);
                if !args.is_empty() && !used.contains(&Placeholder::Value) {
                    let reason = format!("the arguments of `{}` lack the placeholder `{{value}}`", option.id);
                    checker.report(&place, reason);
                }
            }
        }
    }
    rpc.check(checker);
}

/// Which of the placeholders for RPC users the services' arguments hold.
#[derive(Default)]
struct RpcUse {
    auth: bool,
    whitelist: bool,
}

impl RpcUse {
    /// A user without a list of methods could call everything; a list without a user is of no use.
    fn check(&self, checker: &mut Checker<'_>) {
        if checker.spec.credentials.is_empty() {
            return;
        }
        for (used, placeholder) in [(self.auth, "{each.rpcauth}"), (self.whitelist, "{each.rpcwhitelist}")] {
            if !used {
                let place = at!["services", 0, "args"];
                checker.report(
                    &place,
                    format!("the arguments lack the placeholder `{placeholder}`, which the credentials need"),
                );
            }
        }
    }
}

fn list(checker: &mut Checker<'_>, place: &[Step], args: &[String], context: Context) -> Vec<Placeholder> {
    let mut used = Vec::new();
    for (index, arg) in args.iter().enumerate() {
        let place: Vec<Step> = place.iter().cloned().chain([Step::from(index)]).collect();
        used.extend(text(checker, &place, arg, context));
    }
    used
}

/// Checks one text and returns the placeholders that it holds.
fn text(checker: &mut Checker<'_>, place: &[Step], arg: &str, context: Context) -> Vec<Placeholder> {
    let is_environment = matches!(context, Context::Environment(_));
    if arg.trim().is_empty() && !is_environment {
        checker.report(place, "an argument must not be empty");
        return Vec::new();
    }
    if arg.contains(['\0', '\n']) {
        checker.report(place, "an argument must be one line");
    }
    let found = match pieces(arg) {
        Ok(found) => found,
        Err(error) => {
            checker.report_with_hint(place, error.to_string(), placeholder_hint());
            return Vec::new();
        }
    };
    let used: Vec<Placeholder> = found
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Placeholder(placeholder) => Some(placeholder),
        })
        .collect();
    for placeholder in &used {
        expect_meaning(checker, place, placeholder, context);
    }
    used
}

/// Reports a placeholder that stands for nothing where it is.
fn expect_meaning(checker: &mut Checker<'_>, place: &[Step], placeholder: &Placeholder, context: Context) {
    let spec = checker.spec;
    match placeholder {
        Placeholder::Network => {}
        Placeholder::Mount(name) => {
            let services = match context {
                Context::Service(index) | Context::Environment(index) => {
                    spec.services.get(index..=index).unwrap_or_default()
                }
                Context::Fixed | Context::Value => &spec.services,
            };
            let known: Vec<&str> = services
                .iter()
                .flat_map(|service| &service.mounts)
                .map(|mount| mount.name.as_str())
                .collect();
            checker.expect_known(place, "mount", name, &known);
        }
        Placeholder::Port(name) => {
            for network in &spec.networks {
                let known: Vec<&str> = network.ports.keys().map(String::as_str).collect();
                if !checker.expect_known(
                    place,
                    &format!("port of the network `{}` named", network.id),
                    name,
                    &known,
                ) {
                    break;
                }
            }
        }
        Placeholder::Option(id) => {
            let known: Vec<&str> = spec.options.iter().map(|option| option.id.as_str()).collect();
            checker.expect_known(place, "option", id, &known);
        }
        Placeholder::Value => {
            if context != Context::Value {
                checker.report(
                    place,
                    "`{value}` stands only in the arguments of a size, a count or a list",
                );
            }
        }
        Placeholder::EachRpcAuth | Placeholder::EachRpcWhitelist => {
            if !matches!(context, Context::Service(_)) {
                checker.report(place, "`{each....}` stands only in the arguments of a service");
            } else if spec.credentials.is_empty() {
                checker.report(place, "`{each....}` needs at least one entry in `credentials`");
            }
        }
    }
}
