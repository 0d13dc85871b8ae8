//! Whether the machine runs on battery: heavy work can wait for the mains.

use std::path::Path;

/// What feeds the machine now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerSource {
    /// The mains, or a charger. Also a machine without a battery.
    Mains,
    /// Its battery.
    Battery {
        /// How full its batteries are together, 0 to 100; `None` where they do not tell.
        percent: Option<u8>,
    },
    /// The system does not tell.
    Unknown,
}

/// What feeds this machine now. Takes about a millisecond. [`PowerSource::Unknown`] on systems other than Linux.
pub fn power_source() -> PowerSource {
    if cfg!(target_os = "linux") {
        power_source_in(Path::new("/sys/class/power_supply"))
    } else {
        PowerSource::Unknown
    }
}

/// Like [`power_source`], from a folder of the form of `/sys/class/power_supply`: one folder for each supply, with a
/// file for each fact.
pub fn power_source_in(root: &Path) -> PowerSource {
    let Ok(entries) = std::fs::read_dir(root) else {
        return PowerSource::Unknown;
    };
    let supplies: Vec<Supply> = entries
        .flatten()
        .filter_map(|entry| Supply::read(&entry.path()))
        .collect();
    let mut plugs = supplies.iter().filter_map(|supply| match supply {
        Supply::Plug { is_online } => Some(*is_online),
        Supply::Battery(_) => None,
    });
    let batteries: Vec<&Battery> = supplies
        .iter()
        .filter_map(|supply| match supply {
            Supply::Battery(battery) => Some(battery),
            Supply::Plug { .. } => None,
        })
        .collect();
    let has_plug = plugs.clone().next().is_some();
    if batteries.is_empty() || plugs.any(|is_online| is_online) {
        return PowerSource::Mains;
    }
    let is_any = |state: Flow| batteries.iter().any(|battery| battery.flow == state);
    if is_any(Flow::Out) {
        PowerSource::Battery {
            percent: percent(&batteries),
        }
    } else if is_any(Flow::InOrFull) {
        PowerSource::Mains
    } else if has_plug {
        // The battery does not say, but nothing is plugged in.
        PowerSource::Battery {
            percent: percent(&batteries),
        }
    } else {
        PowerSource::Unknown
    }
}

enum Supply {
    /// A power adapter of any form: barrel, USB, wireless.
    Plug {
        is_online: bool,
    },
    Battery(Battery),
}

struct Battery {
    flow: Flow,
    percent: Option<u64>,
    /// Now and when full, both in the same unit.
    energy: Option<(u64, u64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    Out,
    InOrFull,
    Unknown,
}

impl Supply {
    /// `None` for a supply that does not feed this machine: a mouse's battery, an empty bay.
    fn read(folder: &Path) -> Option<Self> {
        let text = |name: &str| {
            let text = std::fs::read_to_string(folder.join(name)).ok()?;
            Some(text.trim().to_owned())
        };
        let number = |name: &str| text(name)?.parse::<u64>().ok();
        if text("scope").as_deref() == Some("Device") {
            return None;
        }
        match text("type")?.as_str() {
            "Battery" | "UPS" => {
                if text("present").as_deref() == Some("0") {
                    return None;
                }
                let flow = match text("status").as_deref() {
                    Some("Discharging") => Flow::Out,
                    Some("Charging" | "Full" | "Not charging") => Flow::InOrFull,
                    Some(_) | None => Flow::Unknown,
                };
                Some(Self::Battery(Battery {
                    flow,
                    percent: number("capacity"),
                    energy: number("energy_now").zip(number("energy_full")),
                }))
            }
            // `Mains`, `USB`, `USB_PD`, `Wireless` and further kinds of USB chargers.
            _ => Some(Self::Plug {
                is_online: number("online")? > 0,
            }),
        }
    }
}

/// Weighted by size where every battery tells its energy, else the mean.
fn percent(batteries: &[&Battery]) -> Option<u8> {
    let energies: Option<Vec<(u64, u64)>> = batteries.iter().map(|battery| battery.energy).collect();
    let weighted = energies.and_then(|energies| {
        let now: u64 = energies.iter().map(|(now, _)| now).sum();
        let full: u64 = energies.iter().map(|(_, full)| full).sum();
        now.checked_mul(100)?.checked_div(full)
    });
    let mean = || {
        let known: Vec<u64> = batteries.iter().filter_map(|battery| battery.percent).collect();
        known.iter().sum::<u64>().checked_div(known.len() as u64)
    };
    let percent = weighted.or_else(mean)?;
    // A fresh battery may hold a little more than its nominal charge.
    u8::try_from(percent.min(100)).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{PowerSource, power_source, power_source_in};

    /// A folder of supplies, each with its files.
    #[expect(clippy::disallowed_methods, reason = "a test's own temporary files")]
    fn source(supplies: &[(&str, &[(&str, &str)])]) -> PowerSource {
        let folder = tempfile::tempdir().unwrap();
        for (name, files) in supplies {
            fs::create_dir(folder.path().join(name)).unwrap();
            for (file, text) in *files {
                fs::write(folder.path().join(name).join(file), format!("{text}\n")).unwrap();
            }
        }
        power_source_in(folder.path())
    }

    const PLUGGED: (&str, &[(&str, &str)]) = ("AC", &[("type", "Mains"), ("online", "1")]);
    const UNPLUGGED: (&str, &[(&str, &str)]) = ("AC", &[("type", "Mains"), ("online", "0")]);
    const DRAINING: (&str, &[(&str, &str)]) = (
        "BAT0",
        &[
            ("type", "Battery"),
            ("present", "1"),
            ("status", "Discharging"),
            ("capacity", "63"),
        ],
    );

    #[test]
    fn a_notebook_without_its_plug_is_on_battery() {
        assert_eq!(
            source(&[UNPLUGGED, DRAINING]),
            PowerSource::Battery { percent: Some(63) }
        );
        assert_eq!(
            source(&[PLUGGED, DRAINING]),
            PowerSource::Mains,
            "a weak charger is still the mains"
        );
        let charger = ("ucsi-source-psy-USBC000:001", &[("type", "USB"), ("online", "1")][..]);
        assert_eq!(
            source(&[UNPLUGGED, charger, DRAINING]),
            PowerSource::Mains,
            "it charges over USB"
        );
    }

    #[test]
    fn a_machine_without_a_battery_is_on_the_mains() {
        assert_eq!(source(&[]), PowerSource::Mains);
        assert_eq!(source(&[PLUGGED]), PowerSource::Mains);
        let mouse = (
            "hidpp_battery_0",
            &[
                ("type", "Battery"),
                ("scope", "Device"),
                ("status", "Discharging"),
                ("capacity", "5"),
            ][..],
        );
        assert_eq!(
            source(&[mouse]),
            PowerSource::Mains,
            "a mouse does not feed the machine"
        );
        let bay = (
            "BAT1",
            &[("type", "Battery"), ("present", "0"), ("status", "Unknown")][..],
        );
        assert_eq!(source(&[bay]), PowerSource::Mains, "an empty bay is no battery");
    }

    #[test]
    fn a_battery_that_is_full_needs_no_plug_to_be_told() {
        let full = (
            "BAT0",
            &[("type", "Battery"), ("status", "Full"), ("capacity", "100")][..],
        );
        assert_eq!(source(&[full]), PowerSource::Mains);
        let silent = ("BAT0", &[("type", "Battery"), ("status", "Unknown")][..]);
        assert_eq!(source(&[silent]), PowerSource::Unknown);
        assert_eq!(source(&[silent, UNPLUGGED]), PowerSource::Battery { percent: None });
    }

    #[test]
    fn two_batteries_count_by_their_size() {
        let battery = |name, now, full| -> (&str, Vec<(&str, &str)>) {
            let files = vec![
                ("type", "Battery"),
                ("status", "Discharging"),
                ("energy_now", now),
                ("energy_full", full),
                ("capacity", "1"),
            ];
            (name, files)
        };
        let (one, two) = (
            battery("BAT0", "10000000", "20000000"),
            battery("BAT1", "60000000", "60000000"),
        );
        assert_eq!(
            source(&[(one.0, &one.1), (two.0, &two.1)]),
            PowerSource::Battery { percent: Some(87) },
            "70 of 80 Wh are left"
        );
    }

    #[test]
    fn a_missing_folder_says_nothing() {
        assert_eq!(power_source_in(Path::new("/nonexistent")), PowerSource::Unknown);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_agrees_with_its_own_folder() {
        let expected = match fs::read_dir("/sys/class/power_supply").map(Iterator::count) {
            Err(_) => PowerSource::Unknown,
            Ok(0) => PowerSource::Mains,
            // A test machine with a battery may be on either.
            Ok(_) => return,
        };
        assert_eq!(power_source(), expected);
    }
}
