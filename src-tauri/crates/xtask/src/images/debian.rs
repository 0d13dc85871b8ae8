//! Takes programs out of the distribution's packages without installing them.

use std::env::consts::ARCH;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::recipe::Debian;
use crate::files;
use crate::paths::Places;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;
use crate::system;

/// The folder, below the one to work in, of what packages hold.
const UNPACKED: &str = "unpacked";

/// A package with all that it needs and this system lacks, unpacked into one folder.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) folder: PathBuf,
    /// The program's version, without the distribution's own part.
    pub(super) version: String,
}

/// Downloads and unpacks a package; libraries that this system lacks are copied into a folder, if there are any.
pub(super) fn unpack(
    package: &Debian,
    places: &Places,
    work: &Path,
    libraries: &Path,
    notes: &Notes,
) -> Result<Unpacked> {
    let archives = work.join("archives");
    files::create_dir(&archives.join("partial"))?;
    if download(package, &archives).is_err() {
        // Old lists name files that mirrors no longer have, and a fresh system has no lists at all.
        system::apt_refresh(places, notes);
        download(package, &archives)?;
    }
    let folder = work.join(UNPACKED);
    let mut version = None;
    for archive in archives_in(&archives)? {
        let program = Program::new("dpkg-deb").arg("-x").arg(&archive).arg(&folder);
        program.output(AN_HOUR)?;
        let fields = Program::new("dpkg-deb")
            .args(["-W", "--showformat=${Package}\t${Version}"])
            .arg(&archive)
            .output(A_MOMENT)?;
        match fields.split_once('\t') {
            Some((name, full)) if name == package.package => version = Some(upstream(full)),
            _ => {}
        }
    }
    for place in ["usr/lib", "lib"] {
        copy_libraries(&folder.join(place).join(format!("{ARCH}-linux-gnu")), libraries)?;
    }
    let version = version.with_context(|| format!("the package {} was not downloaded", package.package))?;
    Ok(Unpacked { folder, version })
}

/// Unpacks a package that is for tests on this machine alone into a folder below `work`, which is returned; the libraries
/// that this system lacks are in its folder of that name.
pub(crate) fn unpack_package(
    package: &'static str,
    libraries: &str,
    places: &Places,
    work: &Path,
    notes: &Notes,
) -> Result<PathBuf> {
    let libraries = work.join(UNPACKED).join(libraries);
    Ok(unpack(&Debian { package }, places, work, &libraries, notes)?.folder)
}

/// Needs no rights of root: neither apt's lock nor its folder is touched.
fn download(package: &Debian, archives: &Path) -> Result<()> {
    let folder = format!("Dir::Cache::archives={}", archives.display());
    let program = Program::new("apt-get").args(["install", "-q", "-y", "--no-install-recommends"]);
    // `--reinstall`: also a package that is installed here is downloaded.
    let program = program.args(["--download-only", "--reinstall", "-o", "Debug::NoLocking=1", "-o"]);
    let program = program.args([folder.as_str(), package.package]);
    program
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("LC_ALL", "C")
        .output(AN_HOUR)
        .with_context(|| format!("the package {} could not be downloaded", package.package))?;
    Ok(())
}

fn archives_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "deb"))
        .collect())
}

/// Copies shared libraries under each name they have; links become files.
fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(from) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains(".so") && path.is_file() {
            files::create_dir(to)?;
            fs::copy(&path, to.join(&name)).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

/// `0.18.0.0` of `1:0.18.0.0+~0+20200826-1`.
fn upstream(version: &str) -> String {
    let version = version.split_once(':').map_or(version, |(_, rest)| rest);
    version.split(['-', '+', '~']).next().unwrap_or(version).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_version_is_read_from_the_packages() {
        // Debian 12
        assert_eq!(upstream("0.18.0.0+~0+20200826-1+deb12u1"), "0.18.0.0");
        assert_eq!(upstream("0.21.2.1-1+b1"), "0.21.2.1");
        assert_eq!(upstream("0.4.9.11-0+deb12u1"), "0.4.9.11");
        assert_eq!(upstream("2:1.0.26-1"), "1.0.26");
    }
}
