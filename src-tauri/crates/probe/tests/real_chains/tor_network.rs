//! A private Tor network of real tors on this machine: three authorities that vote every ten seconds, and five relays.
//! With fewer than eight relays no onion service comes up: there is no third hop for its circuits.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::program::{Program, write};

const AUTHORITIES: u8 = 3;
const RELAYS: u8 = 5;
/// Every relay has an address of its own, so that all can have the same ports.
const OR_PORT: u16 = 5000;
const DIR_PORT: u16 = 7000;

/// What every tor of the network has. It ends by itself when the test has gone without ending it.
const COMMON: &str = "\
TestingTorNetwork 1
AssumeReachable 1
AssumeReachableIPv6 1
PathsNeededToBuildCircuits 0.25
";
const RELAY: &str = "\
SocksPort 0
ExitRelay 1
ExitPolicy accept *:*
ContactInfo test@test.test
";
/// First votes after 5 s and then every 10 s, instead of each hour, and every relay is fit for everything.
const AUTHORITY: &str = "\
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
TestingDirAuthVoteExit *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteGuard *
TestingMinExitFlagThreshold 0
V3AuthNIntervalsValid 2
TestingV3AuthInitialVotingInterval 5
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
V3AuthVotingInterval 10
V3AuthVoteDelay 2
V3AuthDistDelay 2
";

pub(crate) struct TorNetwork {
    tor: PathBuf,
    /// The lines by which a tor knows the authorities.
    authorities: String,
    members: Vec<Program>,
}

/// An authority before it runs.
struct Authority {
    folder: TempDir,
    settings: String,
    address: Ipv4Addr,
    identity: String,
}

impl TorNetwork {
    /// Makes the keys and starts authorities and relays; `tor-gencert` stands beside `tor`.
    pub(crate) fn start(tor: &Path) -> Self {
        // Each makes two RSA keys, a second of work.
        let prepared: Vec<_> = (1..=AUTHORITIES)
            .map(|number| {
                let tor = tor.to_owned();
                std::thread::spawn(move || Authority::prepare(&tor, number))
            })
            .collect();
        let prepared: Vec<Authority> = prepared.into_iter().map(|one| one.join().unwrap()).collect();
        let lines = prepared.iter().map(|one| one.line(&one.fingerprint(tor)));
        let authorities = lines.collect::<Vec<_>>().concat();
        let mut members: Vec<Program> = prepared
            .into_iter()
            .map(|one| start(tor, &authorities, one.folder, &one.settings))
            .collect();
        for number in AUTHORITIES + 1..=AUTHORITIES + RELAYS {
            let settings = relay(number, address(number));
            members.push(start(tor, &authorities, tempfile::tempdir().unwrap(), &settings));
        }
        Self {
            tor: tor.to_owned(),
            authorities,
            members,
        }
    }

    /// Starts one more tor of this network, with settings of its own.
    pub(crate) fn member(&self, folder: TempDir, settings: &str) -> Program {
        start(&self.tor, &self.authorities, folder, settings)
    }
}

impl Drop for TorNetwork {
    /// All at once: each then only waits for its own end.
    fn drop(&mut self) {
        for member in &self.members {
            member.ask_to_end();
        }
    }
}

fn start(tor: &Path, authorities: &str, folder: TempDir, settings: &str) -> Program {
    let settings = format!("{}{settings}{authorities}", common(folder.path()));
    write(&folder.path().join("torrc"), &settings);
    Program::start_in(folder, tor, |folder| {
        vec!["-f".to_owned(), folder.join("torrc").display().to_string()]
    })
}

impl Authority {
    fn prepare(tor: &Path, number: u8) -> Self {
        let (folder, address) = (tempfile::tempdir().unwrap(), address(number));
        let keys = folder.path().join("data/keys");
        fs::create_dir_all(&keys).unwrap();
        let made = Command::new(tor.with_file_name("tor-gencert"))
            .args(["--create-identity-key", "-m", "12", "--passphrase-fd", "0", "-a"])
            .arg(format!("{address}:{DIR_PORT}"))
            .arg("-i")
            .arg(keys.join("authority_identity_key"))
            .arg("-s")
            .arg(keys.join("authority_signing_key"))
            .arg("-c")
            .arg(keys.join("authority_certificate"))
            // The end of its input is an empty passphrase.
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let certificate = fs::read_to_string(keys.join("authority_certificate")).unwrap();
        let identity = certificate
            .lines()
            .find_map(|line| line.strip_prefix("fingerprint "))
            .unwrap()
            .to_owned();
        Self {
            folder,
            settings: format!("{}{AUTHORITY}DirPort {address}:{DIR_PORT}\n", relay(number, address)),
            address,
            identity,
        }
    }

    /// The line by which others know it.
    fn line(&self, fingerprint: &str) -> String {
        let Self { address, identity, .. } = self;
        format!("DirAuthority authority orport={OR_PORT} no-v2 v3ident={identity} {address}:{DIR_PORT} {fingerprint}\n")
    }

    /// The fingerprint of its key as a relay. tor refuses to say it before some authority has this one's identity.
    fn fingerprint(&self, tor: &Path) -> String {
        let torrc = self.folder.path().join("first");
        let line = self.line(&"F".repeat(40));
        let settings = format!("{}{}{line}", common(self.folder.path()), self.settings);
        write(&torrc, &settings);
        let told = Command::new(tor)
            .args(["--list-fingerprint", "--quiet", "-f"])
            .arg(&torrc)
            .output()
            .unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let (_, fingerprint) = told.lines().last().unwrap().split_once(' ').unwrap();
        fingerprint.replace(' ', "")
    }
}

fn common(folder: &Path) -> String {
    format!(
        "{COMMON}DataDirectory {}\nLog notice file {}\n__OwningControllerProcess {}\n",
        folder.join("data").display(),
        folder.join("log").display(),
        std::process::id()
    )
}

/// What makes a tor a relay.
fn relay(number: u8, address: Ipv4Addr) -> String {
    format!("{RELAY}Nickname relay{number}\nAddress {address}\nORPort {address}:{OR_PORT}\n")
}

/// A loopback address that is this process's own.
fn address(number: u8) -> Ipv4Addr {
    let [.., high, low] = std::process::id().to_be_bytes();
    // 127.0 is left to everybody else.
    Ipv4Addr::new(127, high.max(1), low, number)
}
