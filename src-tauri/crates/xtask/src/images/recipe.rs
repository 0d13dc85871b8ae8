//! What a recipe says: which program, where it comes from, and what its image looks like.
//!
//! Recipes are data (see [`super::recipes`]); nothing about a single program stands in the code that builds, packs and
//! pushes.

use std::env::consts::ARCH;

use crate::cli::Set;

/// One node image.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    /// The catalog's names for the program.
    pub(super) client: &'static str,
    pub(super) service: &'static str,
    /// The path in the registry, without its host.
    pub(super) repository: &'static str,
    /// `None`: the version of what was built, for programs whose version the system's packages decide.
    pub(super) tag: Option<&'static str>,
    /// For the image's labels.
    pub(super) title: &'static str,
    pub(super) licences: &'static str,
    pub(super) purpose: Purpose,
    /// The smallest set that has it.
    pub(super) set: Set,
    /// Whether the program can be had for 64-bit ARM as well.
    pub(super) on_arm: bool,
    pub(super) origin: Origin,
    pub(super) programs: &'static [Program],
    pub(super) layout: Layout,
}

/// What an image is there for, as `images.json` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Stands in for an image that the catalog names.
    Catalog,
    /// For tests that bring a catalog entry of their own.
    Test,
    /// The same program under another tag and digest: what an update goes to.
    Update,
    /// Starts and fails: what an update comes back from.
    Broken,
}

impl Purpose {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Test => "test",
            Self::Update => "update",
            Self::Broken => "broken",
        }
    }
}

/// Where the programs come from: package registries only.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// Compiled from the sources inside a crate's package.
    BitcoinCore,
    Debian(Debian),
    Crate(Crate),
    Npm(Npm),
    /// A program that this system has anyway.
    System,
}

/// A package of the system's distribution. It is unpacked, never installed: some would start a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Debian {
    pub(super) package: &'static str,
}

/// A program of the Rust registry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crate {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// Further arguments of `cargo install`.
    pub(super) args: &'static [&'static str],
    /// Settings of its build; see [`FAST_BUILD`] for those that every crate gets.
    pub(super) env: &'static [(&'static str, &'static str)],
    /// How long it takes on two cores, in words.
    pub(super) takes: &'static str,
}

/// Tests need a program that is right, not one that is fast: without optimisation across crates it is there in half the
/// time.
pub(super) const FAST_BUILD: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
];

/// Packages of the npm registry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Npm {
    pub(super) version: &'static str,
    /// `package.json`.
    pub(super) manifest: &'static str,
    /// `package-lock.json`; `None` for a large tree that is built seldom.
    pub(super) lock: Option<&'static str>,
    /// Further arguments of npm.
    pub(super) args: &'static [&'static str],
    /// `None` where a package carries a native program and Node.js is not needed to run it.
    pub(super) app: Option<App>,
}

/// A program that Node.js runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct App {
    /// The command's name on the image's `PATH`.
    pub(super) command: &'static str,
    /// The command's script. It starts with `#!`, so that no shell is needed.
    pub(super) launcher: &'static str,
}

/// One program of an origin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Program {
    /// What it is called on the image's `PATH` and in the cache.
    pub(super) name: &'static str,
    /// Its file, relative to what the origin unpacks or installs.
    pub(super) file: &'static str,
    /// `false`: for tests on this machine only.
    pub(super) in_image: bool,
}

impl Program {
    /// A program that goes into the image.
    pub(super) const fn inside(name: &'static str, file: &'static str) -> Self {
        Self {
            name,
            file,
            in_image: true,
        }
    }

    /// A program beside the image: a wallet or a tool that a test runs.
    pub(super) const fn beside(name: &'static str, file: &'static str) -> Self {
        Self {
            name,
            file,
            in_image: false,
        }
    }
}

/// What the image looks like from inside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The folder of the programs; first on `PATH`.
    pub(super) bin: &'static str,
    /// The folder that a node's data is mounted at.
    pub(super) data: &'static str,
    /// Whether the image declares the data folder as a volume, as upstream's does.
    pub(super) volume: bool,
    /// The name and number of the user that owns it.
    pub(super) user: (&'static str, u32),
    /// Whether it holds a shell and the programs that a shell script needs.
    pub(super) shell: bool,
    pub(super) env: &'static [(&'static str, &'static str)],
    pub(super) ports: &'static [u16],
    pub(super) entrypoint: &'static [&'static str],
    pub(super) command: &'static [&'static str],
    /// Path, mode and content.
    pub(super) files: &'static [(&'static str, u32, &'static str)],
    pub(super) labels: &'static [(&'static str, &'static str)],
}

/// Programs on the usual path, no shell, and the user that the app runs nodes as where it has no better one.
pub(super) const PLAIN: Layout = Layout {
    bin: "/usr/local/bin",
    data: "/data",
    volume: false,
    user: ("node", 1000),
    shell: false,
    env: &[],
    ports: &[],
    entrypoint: &[],
    command: &[],
    files: &[],
    labels: &[],
};

impl Recipe {
    /// `CLIENT/SERVICE`, as a person is told.
    pub(super) fn name(&self) -> String {
        match self.purpose {
            Purpose::Catalog | Purpose::Test => format!("{}/{}", self.client, self.service),
            Purpose::Update | Purpose::Broken => {
                format!("{}/{} ({})", self.client, self.service, self.purpose.name())
            }
        }
    }

    /// The version that the origin pins; `None` where the system's packages decide.
    pub(super) fn pinned_version(&self) -> Option<&'static str> {
        match self.origin {
            Origin::BitcoinCore => Some(super::bitcoin_core::VERSION),
            Origin::Crate(one) => Some(one.version),
            Origin::Npm(one) => Some(one.version),
            Origin::Debian(_) => None,
            Origin::System => self.tag,
        }
    }

    /// The script that Node.js runs, where the program is one.
    pub(super) fn app(&self) -> Option<App> {
        match self.origin {
            Origin::Npm(npm) => npm.app,
            _ => None,
        }
    }
}

/// The image's processor in the registry's words.
pub(super) fn architecture() -> &'static str {
    match ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
