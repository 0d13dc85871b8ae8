//! Names and folders of new nodes.

use std::path::{Path, PathBuf};

use freehold_model::spec::NodeSpec;
use freehold_model::{Fault, FaultCode, Network, NodeId};

use super::{Structure, resolved};
use crate::App;

impl App {
    /// The node's id and name: the user's, or made from client and network, with a number where that is taken.
    pub(crate) fn choose_name(
        &self,
        spec: &NodeSpec,
        network: &Network,
        wanted: Option<&str>,
        structure: &Structure,
    ) -> Result<(NodeId, String), Fault> {
        let nodes = self.0.fleet.snapshots();
        let is_planned = |id: &NodeId| structure.nodes.iter().any(|node| node.node == *id);
        let is_taken = |id: &NodeId| is_planned(id) || nodes.iter().any(|node| node.record.id == *id);
        if let Some(name) = wanted.map(str::trim).filter(|name| !name.is_empty()) {
            let id =
                NodeId::try_new(slug(name)).map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error))?;
            let has_name = nodes.iter().any(|node| node.record.name.eq_ignore_ascii_case(name));
            if is_taken(&id) || has_name {
                return Err(Fault::new(FaultCode::NodeExists).with("node", name));
            }
            return Ok((id, name.to_owned()));
        }
        let label = spec
            .network(network)
            .map_or_else(|| network.to_string(), |network| network.label.clone());
        for number in 1..1000 {
            let (suffix, count) = if number == 1 {
                (String::new(), String::new())
            } else {
                (format!("-{number}"), format!(" {number}"))
            };
            let id = NodeId::try_new(format!("{}-{network}{suffix}", spec.id))
                .map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error))?;
            if !is_taken(&id) {
                return Ok((id, format!("{} {label}{count}", spec.name)));
            }
        }
        Err(Fault::new(FaultCode::NodeExists).with("node", &spec.id))
    }

    pub(super) fn choose_folder(&self, node: &NodeId, wanted: Option<&str>) -> Result<PathBuf, Fault> {
        match wanted.map(str::trim).filter(|folder| !folder.is_empty()) {
            Some(folder) if Path::new(folder).is_absolute() => Ok(resolved(Path::new(folder))),
            Some(folder) => Err(Fault::new(FaultCode::DataDirUnusable)
                .with("path", folder)
                .with("reason", "it is not a whole path")),
            None => Ok(match &self.settings().chain_data_dir {
                Some(base) => base.join(node.as_str()),
                None => self.0.layout.chain_data(node),
            }),
        }
    }
}

/// `My node!` becomes `my-node`.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(63).collect()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_name_becomes_an_id() {
        assert_eq!(slug("My node!"), "my-node");
        assert_eq!(slug("  Größe 2 "), "gr-e-2");
        assert_eq!(slug("!!!"), "");
    }
}
