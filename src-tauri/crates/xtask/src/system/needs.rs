//! The table of programs and libraries that building, running and testing need, with their package names.

/// What something is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The headless core and the command line.
    Core,
    /// The interface that both the window and the browser show.
    Ui,
    /// The desktop window.
    Window,
    /// Building the node images that every test run uses, and serving them.
    Images,
    /// Building the other node images.
    MoreImages,
    /// The tests of the real window and of the real browser.
    Journeys,
    /// The tests against Podman.
    Podman,
}

/// How it is found out whether something is there.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Check {
    /// Any of these programs.
    Command(&'static [&'static str]),
    /// Any of these pkg-config modules; on Debian and Ubuntu the packages themselves.
    Module(&'static [&'static str]),
    /// The packages themselves; elsewhere it cannot be told, and nothing is claimed.
    Package,
}

/// One row: what it is, how to see it, and what its packages are called. An empty list means that the system brings it.
#[derive(Debug)]
pub(crate) struct Need {
    pub(crate) purpose: Purpose,
    pub(crate) check: Check,
    pub(crate) debian: &'static [&'static str],
    pub(crate) ubuntu: &'static [&'static str],
    pub(crate) fedora: &'static [&'static str],
    pub(crate) arch: &'static [&'static str],
    pub(crate) macos: &'static [&'static str],
    pub(crate) windows: &'static [&'static str],
}

/// A row whose packages are called the same on Debian and Ubuntu and which other systems do not need.
const fn apt(purpose: Purpose, check: Check, packages: &'static [&'static str]) -> Need {
    Need {
        purpose,
        check,
        debian: packages,
        ubuntu: packages,
        fedora: &[],
        arch: &[],
        macos: &[],
        windows: &[],
    }
}

pub(crate) const NEEDS: &[Need] = &[
    // SQLite is compiled from C. `g++` brings gcc, make is not needed.
    Need {
        fedora: &["gcc-c++"],
        arch: &["gcc"],
        ..apt(Purpose::Core, Check::Command(&["g++", "clang++"]), &["g++"])
    },
    // One row for both programs of Node.js would be wrong: some packages of Node.js bring npm, Debian's does not.
    Need {
        fedora: &["nodejs"],
        arch: &["nodejs"],
        macos: &["node"],
        windows: &["OpenJS.NodeJS.LTS"],
        ..apt(Purpose::Ui, Check::Command(&["node"]), &["nodejs"])
    },
    Need {
        fedora: &["nodejs-npm"],
        arch: &["npm"],
        macos: &["node"],
        windows: &["OpenJS.NodeJS.LTS"],
        ..apt(Purpose::Ui, Check::Command(&["npm"]), &["npm"])
    },
    Need {
        fedora: &["pkgconf-pkg-config"],
        arch: &["pkgconf"],
        ..apt(
            Purpose::Window,
            Check::Command(&["pkg-config", "pkgconf"]),
            &["pkg-config"],
        )
    },
    Need {
        fedora: &["webkit2gtk4.1-devel"],
        arch: &["webkit2gtk-4.1"],
        ..apt(
            Purpose::Window,
            Check::Module(&["webkit2gtk-4.1"]),
            &["libwebkit2gtk-4.1-dev"],
        )
    },
    // The tray icon; the program loads it when it starts.
    Need {
        fedora: &["libappindicator-gtk3-devel"],
        arch: &["libayatana-appindicator"],
        ..apt(
            Purpose::Window,
            Check::Module(&["ayatana-appindicator3-0.1", "appindicator3-0.1"]),
            &["libayatana-appindicator3-dev"],
        )
    },
    Need {
        fedora: &["librsvg2-devel"],
        arch: &["librsvg"],
        ..apt(Purpose::Window, Check::Module(&["librsvg-2.0"]), &["librsvg2-dev"])
    },
    apt(Purpose::Images, Check::Command(&["cmake"]), &["cmake"]),
    apt(Purpose::Images, Check::Command(&["ninja"]), &["ninja-build"]),
    apt(Purpose::Images, Check::Command(&["g++"]), &["g++"]),
    apt(Purpose::Images, Check::Command(&["strip"]), &["binutils"]),
    apt(
        Purpose::Images,
        Check::Command(&["pkg-config", "pkgconf"]),
        &["pkg-config"],
    ),
    apt(Purpose::Images, Check::Package, &["libboost-dev", "libevent-dev"]),
    apt(
        Purpose::Images,
        Check::Command(&["docker-registry"]),
        &["docker-registry"],
    ),
    // electrs is linked with the system's RocksDB; its bindings are made with clang's library.
    apt(
        Purpose::Images,
        Check::Package,
        &["clang", "libclang-dev", "librocksdb-dev"],
    ),
    apt(Purpose::MoreImages, Check::Command(&["protoc"]), &["protobuf-compiler"]),
    apt(Purpose::MoreImages, Check::Command(&["make"]), &["make"]),
    apt(Purpose::MoreImages, Check::Package, &["libudev-dev", "libssl-dev"]),
    apt(Purpose::Journeys, Check::Command(&["Xvfb"]), &["xvfb"]),
    apt(
        Purpose::Journeys,
        Check::Command(&["WebKitWebDriver"]),
        &["webkit2gtk-driver"],
    ),
    apt(Purpose::Journeys, Check::Command(&["dbus-run-session"]), &["dbus"]),
    Need {
        ubuntu: &["chromium-browser"],
        ..apt(
            Purpose::Journeys,
            Check::Command(&["chromium", "chromium-browser", "google-chrome"]),
            &["chromium"],
        )
    },
    Need {
        ubuntu: &["chromium-chromedriver"],
        ..apt(
            Purpose::Journeys,
            Check::Command(&["chromedriver"]),
            &["chromium-driver"],
        )
    },
    // web3.py, which a test starts.
    apt(Purpose::Journeys, Check::Package, &["python3-venv"]),
    apt(Purpose::Podman, Check::Command(&["podman"]), &["podman"]),
    apt(Purpose::Podman, Check::Command(&["runc"]), &["runc"]),
    apt(
        Purpose::Podman,
        Check::Package,
        &["netavark", "aardvark-dns", "slirp4netns", "uidmap"],
    ),
    // The tests look at Podman with Docker's command line, which is in this package.
    apt(Purpose::Podman, Check::Command(&["docker"]), &["docker.io"]),
];
