//! What is mounted into a container: folders, files and volumes. Pure.
//!
//! The one rule: as mounts, which fail where the folder or file is missing (a bind string would make a folder there,
//! owned by root). Only a bind string can ask for SELinux labels, so there it is used; the supervisor has made the
//! folder or written the file by then.

use std::path::Path;

use bollard::models::{Mount, MountType, MountVolumeOptions};
use freehold_model::ContainerPlan;
use freehold_model::plan::MountSource;

use crate::EngineError;
use crate::container::hash_map;

/// Mounts, and bind strings for engines with SELinux.
pub(super) fn mounts(plan: &ContainerPlan, has_selinux: bool) -> Result<(Vec<Mount>, Vec<String>), EngineError> {
    let mut all = Told {
        has_selinux,
        structured: Vec::new(),
        strings: Vec::new(),
    };
    for mount in &plan.mounts {
        match &mount.source {
            MountSource::Folder(path) => all.bind("folder", path, &mount.target, false)?,
            MountSource::Volume(name) => all.structured.push(Mount {
                typ: Some(MountType::VOLUME),
                source: Some(name.clone()),
                target: Some(mount.target.clone()),
                volume_options: Some(MountVolumeOptions {
                    labels: Some(hash_map(&plan.labels)),
                    ..MountVolumeOptions::default()
                }),
                ..Mount::default()
            }),
        }
    }
    for file in &plan.files {
        all.bind("file", &file.source, &file.target, true)?;
    }
    Ok((all.structured, all.strings))
}

struct Told {
    has_selinux: bool,
    structured: Vec<Mount>,
    strings: Vec<String>,
}

impl Told {
    fn bind(&mut self, what: &str, path: &Path, target: &str, is_read_only: bool) -> Result<(), EngineError> {
        let refused = |reason: &str| EngineError::Refused {
            operation: "Making the container",
            reason: format!("the {what} {} {reason}", path.display()),
        };
        let source = path.to_str().ok_or_else(|| refused("has a name that is not UTF-8"))?;
        if !self.has_selinux {
            self.structured.push(Mount {
                typ: Some(MountType::BIND),
                source: Some(source.to_owned()),
                target: Some(target.to_owned()),
                read_only: is_read_only.then_some(true),
                ..Mount::default()
            });
            return Ok(());
        }
        if source.contains(':') {
            return Err(refused(
                "has a colon in its name, which this engine cannot label for SELinux",
            ));
        }
        // Shared label: the services of one node may share a folder.
        let options = if is_read_only { "ro,z" } else { "z" };
        self.strings.push(format!("{source}:{target}:{options}"));
        Ok(())
    }
}
