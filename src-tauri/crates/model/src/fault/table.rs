//! The words for every fault code: what happened, why, what to do. The only place where they stand.

use serde::{Deserialize, Serialize};

/// The words of one code; `{name}` is filled with the fault's value of that name.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What happened, a label without a full stop.
    pub title: &'static str,
    /// Why, one or two sentences.
    pub why: &'static str,
    /// What to do.
    pub todo: &'static str,
    /// A button that does it, where there is one.
    pub action: FaultAction,
}

/// What a button beside a fault does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultAction {
    /// No button.
    None,
    /// Try the same again.
    Retry,
    /// Look for the engine again.
    CheckEngine,
    /// Open the node's log.
    OpenLog,
    /// Open the settings.
    OpenSettings,
}

macro_rules! faults {
    ($($variant:ident = $code:literal, $action:ident, $title:literal, $why:literal, $todo:literal;)*) => {
        /// What kind of fault it is. Kebab-case on the wire.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum FaultCode {
            $(#[doc = $title] #[serde(rename = $code)] $variant,)*
        }

        impl FaultCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code's stable text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The code's words.
            pub const fn words(self) -> Words {
                match self {
                    $(Self::$variant => Words { title: $title, why: $why, todo: $todo, action: FaultAction::$action },)*
                }
            }
        }
    };
}

faults! {
    // The engine.
    EngineMissing = "engine-missing", CheckEngine,
        "No container engine was found",
        "Freehold runs nodes in containers and found neither Docker nor Podman on this machine ({looked_at}).",
        "Install Docker or Podman, start it, and check again.";
    EnginePermission = "engine-permission", CheckEngine,
        "The container engine does not let this user in",
        "{address} exists, but user {user} may not open it.",
        "Run `sudo usermod -aG docker {user}`, log out and in again, and check again. Members of that group can act as root on this machine.";
    EngineUnreachable = "engine-unreachable", CheckEngine,
        "The container engine does not answer",
        "{address}: {reason}.",
        "Start the engine (for example `sudo systemctl start docker`). Freehold goes on by itself once it answers; nodes keep their data.";
    EngineTooOld = "engine-too-old", CheckEngine,
        "The container engine is too old",
        "Version {version} was found; Freehold needs Docker 20.10 or Podman 4.3.",
        "Update the engine and check again.";
    EngineRefused = "engine-refused", Retry,
        "The container engine refused a request",
        "{operation}: {reason}.",
        "Look at the reason above. If it names a limit of this machine, change that and try again.";
    EngineSetupFailed = "engine-setup-failed", CheckEngine,
        "The container engine could not be set up",
        "{reason}.",
        "Run the commands of the guide in a terminal, where you see everything they say. This page goes on by itself once the engine answers.";

    // Images.
    RegistryUnreachable = "registry-unreachable", Retry,
        "The image registry cannot be reached",
        "{registry} did not answer: {reason}.",
        "Check this machine's network and try again. What was already downloaded by the engine is kept where the engine supports it.";
    ImageMissing = "image-missing", Retry,
        "The registry does not have the image",
        "{image} was not found at {registry}.",
        "The publisher may have taken it away. Update Freehold's catalog, or name another source in your own catalog folder.";
    ImageDigestMismatch = "image-digest-mismatch", None,
        "The image is not the one that the catalog names",
        "Expected {expected}, the engine holds {found}. Nothing was started.",
        "Do not use this registry until you know why. Remove the image from the engine and try another source.";
    ImagePlatform = "image-platform", None,
        "The image does not run on this kind of machine",
        "The engine runs {platform}; the image offers {offered}.",
        "Use a machine of an offered kind.";
    PullFailed = "pull-failed", Retry,
        "The image could not be pulled",
        "{image}: {reason}.",
        "Try again. If it fails at the same place, check the disk space of the engine.";

    // This machine.
    DiskTooSmall = "disk-too-small", None,
        "The disk is too small for this node",
        "{path} has {available} free; {needed} are needed.",
        "Choose another disk with `--data`, or prune: `--set storage=pruned`.";
    DiskFull = "disk-full", Retry,
        "The disk is full",
        "{path} has {available} free.",
        "Free some space and start again; nothing was lost.";
    PortInUse = "port-in-use", Retry,
        "A port that the node needs is taken",
        "Port {port} on {address} is used by {owner}.",
        "Stop that program, or set another port for the node.";
    ClockSkew = "clock-skew", None,
        "This machine's clock is wrong",
        "It is {skew} off the time that {source} gives. Nodes refuse blocks when the clock is wrong.",
        "Turn on network time (`sudo timedatectl set-ntp true`) and try again.";
    DataDirOwner = "data-dir-owner", None,
        "The data folder belongs to someone else",
        "{path} belongs to {owner}; the node would run as {user} and could not write there.",
        "Choose another folder with `--data`, or give it to that user: `sudo chown -R {user} {path}`.";
    DataDirUnusable = "data-dir-unusable", None,
        "The data folder cannot be used",
        "{path}: {reason}.",
        "Choose another folder with `--data`.";
    DataDirInUse = "data-dir-in-use", None,
        "Another node uses that data folder",
        "{path} belongs to the node {owner}. Two nodes on one folder would destroy it.",
        "Choose another folder with `--data`.";

    // Freehold itself.
    AlreadyRunning = "already-running", None,
        "Freehold is already running with this data folder",
        "Process {pid} holds {path} and does not answer commands.",
        "Use that window, or end the process, or choose another folder with `--data-dir`.";
    NewerData = "newer-data", None,
        "The data folder was made by a newer Freehold",
        "{path} has version {found}; this program knows {known}. Nothing was changed.",
        "Update Freehold, or choose another folder with `--data-dir`.";
    StoreFailed = "store-failed", Retry,
        "Freehold could not read or write its own folder",
        "{path}: {reason}.",
        "Check that the folder exists, belongs to you and that the disk is not full.";
    SettingsCorrupt = "settings-corrupt", None,
        "The settings file could not be read and was set aside",
        "{path} is not valid ({reason}); it is kept as {kept}. The defaults are in use.",
        "Set what you need again, or mend the kept file and put it back.";
    BadRequest = "bad-request", None,
        "The request could not be understood",
        "{reason}.",
        "Check the command against `freehold help`.";
    ConfirmationNeeded = "confirmation-needed", None,
        "This needs your consent",
        "{what}.",
        "Run it again with `--yes`.";
    NotSupported = "not-supported", None,
        "This is not possible here",
        "{what}.",
        "See the documentation for what this system supports.";
    TimedOut = "timed-out", Retry,
        "It took too long",
        "{what} did not finish within {limit}. It goes on in the background.",
        "Look at the node's status and log.";
    Internal = "internal", None,
        "Freehold made a mistake",
        "{reason}. This is a bug.",
        "Report it with the log file from Freehold's folder.";

    // Catalog and settings of a node.
    CatalogInvalid = "catalog-invalid", None,
        "A catalog file is not valid",
        "{file}, line {line}: {reason}.",
        "Mend the file, then run `freehold catalog check` on its folder.";
    ClientUnknown = "client-unknown", None,
        "There is no such catalog entry",
        "`{client}` is not in the catalog. Known: {known}.",
        "Run `freehold catalog list`.";
    NetworkUnknown = "network-unknown", None,
        "This client does not know that network",
        "`{network}` is not one of {known}.",
        "Choose one of them with `--network`.";
    OptionInvalid = "option-invalid", None,
        "An option cannot have that value",
        "`{option}`: {reason}.",
        "Run `freehold catalog show {client}` for the options and their ranges.";
    ClientUnavailable = "client-unavailable", None,
        "Freehold does not install this client",
        "{what}",
        "See `freehold catalog show {client}` for what can be used instead.";
    EntryExpired = "entry-expired", None,
        "The catalog entry has expired",
        "{what}",
        "Update Freehold, or put a newer release of the client into your own catalog folder.";
    ReleaseHalted = "release-halted", None,
        "This release has stopped by design",
        "{client} {version} halts at block {height}, so that nobody follows an outdated chain.",
        "Update the node: `freehold update {node}`. If there is no newer release in the catalog, update Freehold first.";
    NodeNeeded = "node-needed", None,
        "Other nodes need this one",
        "{node} is needed by {others}.",
        "Remove or stop those first.";
    NeedUnmet = "need-unmet", None,
        "A node that this one needs cannot be used",
        "{what}",
        "Choose another node with `--with NAME=NODE`, or let Freehold install one with `--with NAME=new`.";
    NothingToUpdate = "nothing-to-update", None,
        "There is nothing newer",
        "{node} runs what the catalog names.",
        "Update Freehold for newer catalog entries.";
    RollbackImpossible = "rollback-impossible", None,
        "There is no way back to the version before",
        "{what}",
        "To use an older version, erase the data and install that version.";
    UpdateFailed = "update-failed", OpenLog,
        "The new version did not work and was taken back",
        "{node}: {reason}. The version before runs again.",
        "Read the log of the failed start, kept under the node's crashes, before trying again.";
    DiskNearlyFull = "disk-nearly-full", Retry,
        "The disk is nearly full",
        "{path} has {available} left. The node was stopped while its database is whole.",
        "Free some space, prune (`--set storage=pruned`) or move the data (`freehold move`). It goes on by itself once there is room.";
    MoveFailed = "move-failed", Retry,
        "The data could not be moved",
        "{path}: {reason}. The old folder is complete and in use.",
        "Mend the cause and move again; what was copied is not copied twice.";
    DatabaseVersion = "database-version", OpenLog,
        "The data was written by another version",
        "{service} says: {last_words}.",
        "Run the version that wrote it, or erase the data and sync again.";
    CpuUnsupported = "cpu-unsupported", None,
        "This processor lacks instructions that the node needs",
        "{service} ended with an illegal instruction.",
        "Use a machine with a newer processor, or another client for the same chain.";
    NodeUnknown = "node-unknown", None,
        "There is no such node",
        "`{node}` is not one of your nodes. Known: {known}.",
        "Run `freehold status`.";
    NodeExists = "node-exists", None,
        "There is already a node with that name",
        "`{node}` exists.",
        "Choose another name with `--name`.";
    NodeBusy = "node-busy", Retry,
        "The node is being removed",
        "`{node}` accepts no commands until its removal is done.",
        "Wait for the removal to end.";

    NodeChanging = "node-changing", Retry,
        "The node is being changed",
        "{node} {what}.",
        "Wait until that is done and try again.";

    // A node's life.
    NodeCrashed = "node-crashed", OpenLog,
        "The node ended by itself",
        "{service} exited with code {code}. Its last words: {last_words}.",
        "Read the log for the cause.";
    NodeOutOfMemory = "node-out-of-memory", OpenLog,
        "The node ran out of memory",
        "The system ended {service} because memory ran short.",
        "Close other programs or give the node a smaller cache (`dbcache`), then start it again.";
    NodeBadDatabase = "node-bad-database", OpenLog,
        "The node cannot read its database",
        "{service} says: {last_words}.",
        "Restart it once. If it says so again, the data must be rebuilt; the log says how.";
    NodeNeedsReindex = "node-needs-reindex", OpenLog,
        "The chosen options need the data to be rebuilt",
        "{service} says: {last_words}.",
        "Set the options back, or remove the node with its data and install it again.";
    NodeAuthFailed = "node-auth-failed", Retry,
        "The node refuses Freehold's password",
        "The password kept for {node} is not the one that the node was started with.",
        "Restart the node; Freehold gives it the password again.";
    WrongChain = "wrong-chain", None,
        "The node follows another chain",
        "Expected {expected}, found {found}.",
        "Do not point a wallet at it. Its data folder may belong to another network or a fork.";

    AttachFailed = "attach-failed", Retry,
        "The node cannot be watched",
        "{endpoint}: {reason}.",
        "Check address, user and password, and that the node runs on this machine.";

    // Wallets.
    WalletUnknown = "wallet-unknown", None,
        "There is no such wallet",
        "`{wallet}` is not one that Freehold can switch. Known: {known}.",
        "Run `freehold wallets`.";
    WalletNotFound = "wallet-not-found", None,
        "The wallet's settings were not found",
        "{wallet} keeps them in {path}, which does not exist.",
        "Start the wallet once so that it makes its settings, close it, and try again.";
    WalletRunning = "wallet-running", Retry,
        "The wallet is running",
        "{wallet} ({evidence}) would overwrite the change when it closes. Nothing was changed.",
        "Close {wallet} and try again.";
    WalletFileMalformed = "wallet-file-malformed", None,
        "The wallet's settings cannot be read",
        "{path}: {reason}. Nothing was changed.",
        "Open the wallet to see whether it can, or mend the file.";
    WalletFileReadOnly = "wallet-file-read-only", None,
        "The wallet's settings may not be written",
        "{path}: {reason}. Nothing was changed.",
        "Give your user the right to write it (`chmod u+w`), then try again.";
    WalletFileSymlink = "wallet-file-symlink", None,
        "The wallet's settings file is a link",
        "{path} points to {target}. Freehold does not write through links, so that no other file is changed by surprise.",
        "Replace the link by the file itself, or edit the file it points to by hand.";
    WalletFileChanged = "wallet-file-changed", Retry,
        "The wallet's settings changed while Freehold worked",
        "{path} is not the file that was planned for. Nothing was written.",
        "Close every program that uses it and try again.";
    WalletProtocol = "wallet-protocol", None,
        "The wallet cannot use that endpoint",
        "{wallet} speaks {spoken}; the endpoint is {offered}. {reason}",
        "Name an endpoint that it can use.";
    WalletConflict = "wallet-conflict", None,
        "The wallet would not use the new endpoint",
        "{path}: {reason}. Nothing was changed.",
        "Change that in the wallet or its file by hand, then switch again.";
    WalletNeeds = "wallet-needs", None,
        "The node lacks what the wallet needs",
        "{lacks} The wallet's file was not touched.",
        "Change the node as shown, or switch all the same if you know better.";
    CredentialRevoked = "credential-revoked", None,
        "The access was taken back",
        "{node} no longer knows the user {consumer}: it was taken back.",
        "Give it a new password with `freehold credential rotate {node} {consumer}`.";
    NothingToRevert = "nothing-to-revert", None,
        "There is nothing to put back",
        "Freehold has not switched {wallet} on {network}.",
        "Run `freehold wallet history {wallet}` to see what was done.";
    WalletJournal = "wallet-journal", Retry,
        "The backup could not be written",
        "{path}: {reason}. The wallet's file was not touched.",
        "Check the disk space and rights of Freehold's folder and try again.";

    // The endpoint that a wallet should use.
    EndpointInvalid = "endpoint-invalid", None,
        "That is not an endpoint",
        "`{endpoint}`: {reason}.",
        "Write for example `bitcoin+http://127.0.0.1:8332`.";
    EndpointSilent = "endpoint-silent", Retry,
        "The endpoint does not answer",
        "{endpoint}: {reason}. The wallet's file was not touched.",
        "Start the node, wait until it answers, and try again.";
    EndpointAuth = "endpoint-auth", Retry,
        "The endpoint refuses the password",
        "{endpoint} does not accept user {user}. The wallet's file was not touched.",
        "Check user and password.";
    EndpointWrongChain = "endpoint-wrong-chain", None,
        "The endpoint is on another chain",
        "{endpoint}: expected {expected}, found {found}. The wallet's file was not touched.",
        "Choose the network of the endpoint with `--network`, or another endpoint.";
    EndpointWarmingUp = "endpoint-warming-up", Retry,
        "The node is still starting",
        "{endpoint} says: {message}. The wallet's file was not touched.",
        "Wait until it is up and try again.";
    EndpointUnreadable = "endpoint-unreadable", None,
        "Something else answers at the endpoint",
        "{endpoint}: {reason}. The wallet's file was not touched.",
        "Check the port: another program may listen there.";
}
