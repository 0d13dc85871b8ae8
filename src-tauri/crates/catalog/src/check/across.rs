//! What one entry expects of another: it is there, on the same network, with that option, credential and port.

use std::collections::BTreeSet;

use freehold_model::spec::placeholder::{Piece, Placeholder, pieces};
use freehold_model::spec::{DependencySpec, NodeSpec, OptionKind};
use freehold_model::{ClientId, Network, nearest};

use crate::document::{Step, at};

/// One thing that does not fit.
pub(crate) struct Mismatch {
    /// Where, in the file of the entry that needs the other.
    pub(crate) place: Vec<Step>,
    /// What.
    pub(crate) reason: String,
    /// What to write instead.
    pub(crate) hint: Option<String>,
}

/// Everything about an entry's dependencies that does not fit the entries that `find` knows.
pub(crate) fn check<'a>(spec: &NodeSpec, find: impl Fn(&ClientId) -> Option<&'a NodeSpec>) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let ports = ports_used(spec);
    for (index, dependency) in spec.dependencies.iter().enumerate() {
        for (number, client) in dependency.clients.iter().enumerate() {
            let Some(needed) = find(client) else {
                found.push(Mismatch {
                    place: at!["dependencies", index, "clients", number].to_vec(),
                    reason: format!("needs `{client}`, which is not in the catalog"),
                    hint: None,
                });
                continue;
            };
            let pair = Pair {
                index,
                number,
                spec,
                dependency,
                needed,
            };
            if let Some(mismatch) = pair.installable() {
                found.push(mismatch);
                continue;
            }
            found.extend(pair.consumer());
            found.extend(pair.options());
            found.extend(pair.networks());
            found.extend(pair.ports(&ports));
        }
    }
    found
}

/// A dependency, and one of the entries that will do.
struct Pair<'a> {
    index: usize,
    number: usize,
    spec: &'a NodeSpec,
    dependency: &'a DependencySpec,
    needed: &'a NodeSpec,
}

impl Pair<'_> {
    fn client(&self) -> Vec<Step> {
        at!["dependencies", self.index, "clients", self.number].to_vec()
    }

    fn installable(&self) -> Option<Mismatch> {
        self.needed.unavailable.as_ref().map(|_| Mismatch {
            place: self.client(),
            reason: format!("`{}` is listed only: nobody can install it", self.needed.id),
            hint: None,
        })
    }

    fn consumer(&self) -> Option<Mismatch> {
        let consumer = self.dependency.consumer.as_ref()?;
        let known: Vec<&str> = self
            .needed
            .credentials
            .iter()
            .map(|found| found.consumer.as_str())
            .collect();
        (!known.contains(&consumer.as_str())).then(|| Mismatch {
            place: at!["dependencies", self.index, "consumer"].to_vec(),
            reason: format!("`{}` has no credential for `{consumer}`", self.needed.id),
            hint: Some(meant(consumer, &known)),
        })
    }

    fn options(&self) -> Vec<Mismatch> {
        let known: Vec<&str> = self.needed.options.iter().map(|option| option.id.as_str()).collect();
        let mut found = Vec::new();
        for (number, wanted) in self.dependency.options.iter().enumerate() {
            let place = |key: &str| at!["dependencies", self.index, "options", number, key].to_vec();
            match self.needed.option(&wanted.option).map(|option| &option.kind) {
                None => found.push(Mismatch {
                    place: place("option"),
                    reason: format!("`{}` has no option `{}`", self.needed.id, wanted.option),
                    hint: Some(meant(wanted.option.as_str(), &known)),
                }),
                Some(OptionKind::Secret { .. }) => found.push(Mismatch {
                    place: place("option"),
                    reason: format!("`{}` of `{}` is a secret", wanted.option, self.needed.id),
                    hint: None,
                }),
                Some(kind) => {
                    if let Err(error) = kind.parse(&wanted.equals) {
                        found.push(Mismatch {
                            place: place("equals"),
                            reason: format!(
                                "`{}` of `{}` can never have this value: {error}",
                                wanted.option, self.needed.id
                            ),
                            hint: None,
                        });
                    }
                }
            }
        }
        found
    }

    /// The networks on which the dependency is needed.
    fn used_on(&self) -> Vec<&Network> {
        let own = self.spec.networks.iter().map(|network| &network.id);
        own.filter(|network| self.dependency.networks.is_empty() || self.dependency.networks.contains(network))
            .collect()
    }

    fn networks(&self) -> Option<Mismatch> {
        let known: Vec<&str> = self.needed.networks.iter().map(|network| network.id.as_str()).collect();
        let missing = self
            .used_on()
            .into_iter()
            .find(|network| !known.contains(&network.as_str()))?;
        Some(Mismatch {
            place: self.client(),
            reason: format!("`{}` has no network `{missing}`", self.needed.id),
            hint: Some(format!(
                "list in `networks` of the dependency where it is needed; `{}` has: {}",
                self.needed.id,
                known.join(", ")
            )),
        })
    }

    fn ports(&self, used: &[Used]) -> Vec<Mismatch> {
        let of_this = used.iter().filter(|used| used.needed == self.dependency.name);
        of_this.filter_map(|used| self.port(used)).collect()
    }

    /// A port that is missing: on a network where it is needed or, where its host is asked for, in every service.
    fn port(&self, used: &Used) -> Option<Mismatch> {
        let port = &used.port;
        let mismatch = |reason: String, known: &[&str]| Mismatch {
            place: used.place.clone(),
            reason,
            hint: Some(meant(port, known)),
        };
        if used.is_host {
            let ports = self.needed.services.iter().flat_map(|service| &service.ports);
            let known: Vec<&str> = ports.map(|port| port.name.as_str()).collect();
            let reason = || format!("no service of `{}` has the port `{port}`", self.needed.id);
            return (!known.contains(&port.as_str())).then(|| mismatch(reason(), &known));
        }
        let networks = self.used_on();
        let mut of_needed = self.needed.networks.iter();
        let network = of_needed.find(|network| networks.contains(&&network.id) && !network.ports.contains_key(port))?;
        let known: Vec<&str> = network.ports.keys().map(String::as_str).collect();
        let reason = format!("`{}` has no port `{port}` on `{}`", self.needed.id, network.id);
        Some(mismatch(reason, &known))
    }
}

/// A port of a needed node that the entry uses.
struct Used {
    /// Where.
    place: Vec<Step>,
    /// The dependency's name.
    needed: String,
    /// The port's name.
    port: String,
    /// Its host is asked for rather than its number.
    is_host: bool,
}

/// Every `{needs.NAME.port.PORT}` and `{needs.NAME.host.PORT}` of the entry, each once.
fn ports_used(spec: &NodeSpec) -> Vec<Used> {
    let mut texts: Vec<(Vec<Step>, &str)> = Vec::new();
    for (index, service) in spec.services.iter().enumerate() {
        for (number, arg) in service.args.iter().enumerate() {
            texts.push((at!["services", index, "args", number].to_vec(), arg));
        }
        for (name, value) in &service.env {
            texts.push((at!["services", index, "env", name.as_str()].to_vec(), value));
        }
        for (number, file) in service.files.iter().enumerate() {
            texts.push((
                at!["services", index, "files", number, "content"].to_vec(),
                &file.content,
            ));
        }
    }
    for (index, option) in spec.options.iter().enumerate() {
        for arg in all_args(&option.kind) {
            texts.push((at!["options", index].to_vec(), arg));
        }
    }
    for (index, network) in spec.networks.iter().enumerate() {
        for (number, arg) in network.args.iter().enumerate() {
            texts.push((at!["networks", index, "args", number].to_vec(), arg));
        }
    }
    let mut seen = BTreeSet::new();
    let mut used = Vec::new();
    for (place, text) in texts {
        for piece in pieces(text).unwrap_or_default() {
            let (needed, port, is_host) = match piece {
                Piece::Placeholder(Placeholder::NeedsPort(needed, port)) => (needed, port, false),
                Piece::Placeholder(Placeholder::NeedsHostOf(needed, port)) => (needed, port, true),
                Piece::Placeholder(_) | Piece::Text(_) => continue,
            };
            if seen.insert((needed.clone(), port.clone(), is_host)) {
                used.push(Used {
                    place: place.clone(),
                    needed,
                    port,
                    is_host,
                });
            }
        }
    }
    used
}

fn meant(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => "it has none".to_owned(),
        None => format!("known: {}", known.join(", ")),
    }
}

/// The arguments of an option, whatever its value.
fn all_args(kind: &OptionKind) -> Vec<&str> {
    match kind {
        OptionKind::Choice { choices, .. } => choices
            .iter()
            .flat_map(|choice| &choice.args)
            .map(String::as_str)
            .collect(),
        OptionKind::Switch { on_args, off_args, .. } => on_args.iter().chain(off_args).map(String::as_str).collect(),
        OptionKind::Size { args, .. }
        | OptionKind::Count { args, .. }
        | OptionKind::Text { args, .. }
        | OptionKind::List { args, .. } => args.iter().map(String::as_str).collect(),
        OptionKind::Secret { .. } => Vec::new(),
    }
}
