//! Which system this is, from `/etc/os-release` or from what the compiler was told.

use std::fmt;

/// The systems that are told apart, by how software is installed on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum System {
    Debian,
    Ubuntu,
    Fedora,
    Arch,
    MacOs,
    Windows,
    /// Another Linux, with its own name for itself.
    OtherLinux(String),
}

impl System {
    /// Reads the system this program runs on.
    pub(crate) fn here() -> Self {
        if cfg!(windows) {
            return Self::Windows;
        }
        if cfg!(target_os = "macos") {
            return Self::MacOs;
        }
        Self::from_os_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// Takes the system's own id first, then what it says it is like, nearest relative first.
    pub(crate) fn from_os_release(text: &str) -> Self {
        let value = |key: &str| {
            let line = text
                .lines()
                .find_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='));
            line.map(|value| value.trim_matches(['"', '\'']).to_owned())
                .unwrap_or_default()
        };
        let (id, like) = (value("ID"), value("ID_LIKE"));
        for name in std::iter::once(id.as_str()).chain(like.split_whitespace()) {
            match name {
                "debian" => return Self::Debian,
                "ubuntu" => return Self::Ubuntu,
                "fedora" | "rhel" => return Self::Fedora,
                "arch" => return Self::Arch,
                _ => {}
            }
        }
        Self::OtherLinux(if id.is_empty() { "this Linux".to_owned() } else { id })
    }

    /// Whether packages are installed by us; elsewhere the commands are shown.
    pub(crate) fn installs(&self) -> bool {
        matches!(self, Self::Debian | Self::Ubuntu)
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Debian => "Debian",
            Self::Ubuntu => "Ubuntu",
            Self::Fedora => "Fedora",
            Self::Arch => "Arch Linux",
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
            Self::OtherLinux(name) => name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_known_by_id_and_by_relative() {
        let of = System::from_os_release;
        assert_eq!(
            of("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n"),
            System::Debian
        );
        assert_eq!(
            of("NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian\n"),
            System::Ubuntu
        );
        assert_eq!(
            of("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            System::Ubuntu
        );
        assert_eq!(of("ID=raspbian\nID_LIKE=debian\n"), System::Debian);
        assert_eq!(
            of("NAME=\"Fedora Linux\"\nID=fedora\nVARIANT_ID=workstation\n"),
            System::Fedora
        );
        assert_eq!(of("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), System::Fedora);
        assert_eq!(of("NAME=\"Arch Linux\"\nID=arch\nBUILD_ID=rolling\n"), System::Arch);
        assert_eq!(of("ID=manjaro\nID_LIKE=arch\n"), System::Arch);
        assert_eq!(of("ID=nixos\n"), System::OtherLinux("nixos".to_owned()));
        assert_eq!(of(""), System::OtherLinux("this Linux".to_owned()));
    }
}
