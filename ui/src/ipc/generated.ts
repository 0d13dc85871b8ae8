// Generated from src-tauri/crates/contract. Do not edit: run `cargo test -p freehold-contract` with
// UPDATE_TYPESCRIPT=1 after changing a wire type.

/**
 * One value that is another one since.
 */
export type ActivityChange = { 
/**
 * What has the value, for people.
 */
what: string, 
/**
 * The value before; absent where there was none or nobody knows it.
 */
old: string | null, 
/**
 * The value since; absent where there is none any more.
 */
new: string | null, };

/**
 * One thing that was done.
 */
export type ActivityEntry = { 
/**
 * Counts up.
 */
id: number, 
/**
 * When, in milliseconds since 1970.
 */
at: number, 
/**
 * What sort of thing.
 */
kind: ActivityKind, 
/**
 * The node's or wallet's id.
 */
subject: string | null, 
/**
 * One sentence.
 */
text: string, 
/**
 * What is another than before, where that is known.
 */
changes: Array<ActivityChange>, };

/**
 * Asks for a file of what was done.
 */
export type ActivityExportRequest = { 
/**
 * Which entries; all that fit, whatever its `limit` says.
 */
filter: ActivityRequest, 
/**
 * `json` or `csv`.
 */
format: ActivityFormat, 
/**
 * Where the file goes.
 */
target: FileTarget, };

/**
 * How exported entries are written.
 */
export type ActivityFormat = "json" | "csv";

/**
 * What sort of thing was done.
 */
export type ActivityKind = "node" | "wallet" | "engine" | "fault" | "settings" | "notice";

/**
 * What was done, newest first.
 */
export type ActivityList = { 
/**
 * The entries.
 */
entries: Array<ActivityEntry>, 
/**
 * There are older ones that fit: ask again with `before`.
 */
more: boolean, 
/**
 * Every node and wallet that any entry is about, by id.
 */
subjects: Array<string>, };

/**
 * Asks for what was done. Nothing set: everything, the newest 200 first.
 */
export type ActivityRequest = { 
/**
 * Most entries; 200 when absent, 10,000 at most.
 */
limit?: number | null, 
/**
 * Only entries about this node or wallet.
 */
subject?: string | null, 
/**
 * Only entries of these kinds; empty: all.
 */
kinds?: Array<ActivityKind>, 
/**
 * Only entries that hold this text, in capitals or not.
 */
text?: string | null, 
/**
 * Only entries at or after this time, in milliseconds since 1970.
 */
since?: number | null, 
/**
 * Only entries before this time, in milliseconds since 1970.
 */
until?: number | null, 
/**
 * Only entries older than the one with this id: the next page.
 */
before?: number | null, };

/**
 * A data folder that an earlier node left, or that another program uses.
 */
export type AdoptableFolder = { 
/**
 * Catalog id of the client whose data it looks like.
 */
client: string, 
/**
 * The folder.
 */
folder: string, 
/**
 * Its network, where that shows.
 */
network: string | null, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * Why it cannot be used as it is.
 */
problem: string | null, };

/**
 * What a node could be made from.
 */
export type AdoptableList = { 
/**
 * Data folders.
 */
folders: Array<AdoptableFolder>, 
/**
 * Nodes that run.
 */
running: Array<AdoptableNode>, };

/**
 * A node that runs without Freehold.
 */
export type AdoptableNode = { 
/**
 * Catalog id of the client that it looks like.
 */
client: string, 
/**
 * Where it answers, in the scheme that `--to` takes.
 */
endpoint: string, 
/**
 * Its network, where that is known.
 */
network: string | null, 
/**
 * The program or container that listens there.
 */
owner: string, };

/**
 * Which client is looked for.
 */
export type AdoptableRequest = { 
/**
 * Catalog id; all when absent.
 */
client: string | null, 
/**
 * A folder to look at, beside the usual places.
 */
folder: string | null, };

/**
 * Something that changed, numbered without gaps.
 */
export type AppEvent = { 
/**
 * One higher than the event before. On a gap, ask for the snapshot again.
 */
revision: number, 
/**
 * What changed.
 */
change: Change, };

/**
 * Everything a window needs at start.
 */
export type AppSnapshot = { 
/**
 * Number of the last event that this snapshot includes; the next event is one higher.
 */
revision: number, 
/**
 * Freehold's version.
 */
version: string, 
/**
 * The container engine.
 */
engine: EngineView, 
/**
 * Every node.
 */
nodes: Array<NodeView>, 
/**
 * The catalog.
 */
catalog: CatalogListing, 
/**
 * This machine.
 */
machine: MachineView, 
/**
 * Things the user should know, such as a settings file that was set aside.
 */
notices: Array<Notice>, 
/**
 * The settings.
 */
settings: SettingsView, 
/**
 * Freehold's own folder.
 */
data_dir: string, 
/**
 * The home in which wallets are looked for.
 */
home: string, 
/**
 * Every host that Freehold or the engine on its behalf contacts, and why.
 */
outbound: Array<OutboundHost>, };

/**
 * A node that somebody else runs.
 */
export type AttachRequest = { 
/**
 * Catalog id.
 */
client: string, 
/**
 * Network; the entry's first when absent.
 */
network: string | null, 
/**
 * Name for people.
 */
name: string | null, 
/**
 * Where it answers, in the scheme that `--to` takes.
 */
endpoint: string, 
/**
 * RPC user.
 */
user: string | null, 
/**
 * RPC password.
 */
password: string | null, };

/**
 * What uses an endpoint.
 */
export type AuditKind = "wallet" | "tool" | "environment" | "node";

/**
 * A call to others that goes on beside the endpoint.
 */
export type AuditLeftover = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * The wallet's name.
 */
name: string, 
/**
 * What it asks for, for example `prices`.
 */
what: string, 
/**
 * The host, where that is known.
 */
host: string | null, 
/**
 * Who runs that host, where that is known.
 */
provider: string | null, 
/**
 * How to turn it off, where that can be done.
 */
how_off: string | null, };

/**
 * Every endpoint that is used on this machine. No text in it ever holds a secret; nothing was looked up elsewhere.
 */
export type AuditReport = { 
/**
 * The endpoints: wallets first, then tools, variables, nodes.
 */
rows: Array<AuditRow>, 
/**
 * Calls to others that go on beside an endpoint: prices, fees, explorers.
 */
leftovers: Array<AuditLeftover>, 
/**
 * How much stands on your own ground now.
 */
now: AuditScore, 
/**
 * The same with every switch by Freehold taken back.
 */
before: AuditScore, 
/**
 * Files that should have been read and were not.
 */
unread: Array<AuditUnread>, 
/**
 * Whom an outage drill can leave out: the providers found here, then the big clouds.
 */
drill_choices: Array<DrillChoice>, };

/**
 * One endpoint.
 */
export type AuditRow = { 
/**
 * Names the row within this report, for example `wallet:sparrow:mainnet`.
 */
id: string, 
/**
 * What uses it.
 */
kind: AuditKind, 
/**
 * Who uses it, for people: a wallet's, variable's or node's name.
 */
who: string, 
/**
 * The wallet, where it is one.
 */
wallet: string | null, 
/**
 * Your node: the one that answers, or the one that asks.
 */
node: string | null, 
/**
 * The network, where that is known.
 */
network: string | null, 
/**
 * The endpoint, secrets masked. Absent where none is set.
 */
endpoint: string | null, 
/**
 * Its host.
 */
host: string | null, 
/**
 * Who runs that host.
 */
provider: string | null, 
/**
 * The provider's id, for a drill.
 */
provider_id: string | null, 
/**
 * Whose machines the provider uses. A hint.
 */
cloud: CloudHint | null, 
/**
 * Whose ground it is.
 */
verdict: AuditVerdict, 
/**
 * It counts in the score: it is an endpoint that is in use.
 */
counted: boolean, 
/**
 * Where it was read, the place that wins first.
 */
read_from: Array<AuditSource>, 
/**
 * What else a person should know.
 */
notes: Array<string>, 
/**
 * Freehold switched it.
 */
switched: boolean, 
/**
 * The endpoint before Freehold's first switch, secrets masked; absent where nothing was switched or none was set.
 */
endpoint_before: string | null, };

/**
 * How much stands on your own ground.
 */
export type AuditScore = { 
/**
 * Endpoints on your own ground.
 */
own: number, 
/**
 * Endpoints of others.
 */
others: number, 
/**
 * Endpoints that nobody knows.
 */
unknown: number, 
/**
 * All of them.
 */
total: number, 
/**
 * 0 to 100: the share of your own, rounded down. Absent where there is no endpoint.
 */
score: number | null, 
/**
 * In one sentence, for example `3 of 5 endpoints stand on your own ground.`
 */
sentence: string, };

/**
 * Where an endpoint was read.
 */
export type AuditSource = { 
/**
 * What kind of place it is.
 */
kind: AuditSourceKind, 
/**
 * The file, where it is one.
 */
path: string | null, 
/**
 * The line in it, from 1.
 */
line: number | null, };

/**
 * What kind of place an endpoint was read from.
 */
export type AuditSourceKind = "settings_file" | "shell_file" | "environment_file" | "process" | "node_option";

/**
 * A file that was not read.
 */
export type AuditUnread = { 
/**
 * The file.
 */
path: string, 
/**
 * Why.
 */
why: string, };

/**
 * Whose ground an endpoint stands on.
 */
export type AuditVerdict = "own" | "others" | "unknown";

/**
 * The outcome of checking a folder.
 */
export type CatalogCheckReport = { 
/**
 * Files read.
 */
files: number, 
/**
 * What is wrong.
 */
problems: Array<CatalogProblemView>, };

/**
 * Another node that an entry needs.
 */
export type CatalogDependencyView = { 
/**
 * Its name in the entry.
 */
name: string, 
/**
 * Catalog ids of which any will do.
 */
clients: Array<string>, 
/**
 * `started`, `healthy` or `synced`.
 */
level: string, 
/**
 * What it is needed for.
 */
purpose: string, 
/**
 * Networks on which it is needed; empty: all.
 */
networks: Array<string>, 
/**
 * It is needed only while this option ...
 */
when_option: string | null, 
/**
 * ... has this value.
 */
when_equals: string | null, };

/**
 * One client that can be installed.
 */
export type CatalogEntryView = { 
/**
 * Catalog id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Chain id, for example `bitcoin`.
 */
chain: string, 
/**
 * Chain name, for example `Bitcoin`.
 */
chain_name: string, 
/**
 * One sentence.
 */
summary: string, 
/**
 * A paragraph.
 */
description: string, 
/**
 * The client's site.
 */
homepage: string, 
/**
 * Its licence.
 */
license: string, 
/**
 * Release notes.
 */
release_notes: string | null, 
/**
 * What to know before installing.
 */
notes: Array<string>, 
/**
 * Wallets that can use it.
 */
wallets: Array<string>, 
/**
 * `built-in`, or the overlay's folder.
 */
origin: string, 
/**
 * The icon as an SVG text.
 */
icon_svg: string | null, 
/**
 * Version for people (the image's tag of the main service).
 */
version: string, 
/**
 * Networks, the default one first.
 */
networks: Array<NetworkView>, 
/**
 * Images.
 */
images: Array<ImageView>, 
/**
 * What may be set.
 */
options: Array<OptionView>, 
/**
 * What one option forces on another.
 */
rules: Array<OptionRuleView>, 
/**
 * What the machine must have.
 */
requirements: Array<RequirementView>, 
/**
 * Longest time a clean stop may take, in seconds.
 */
stop_grace_s: number, 
/**
 * Why Freehold only lists it, in a few words; absent where it can be installed.
 */
unavailable: string | null, 
/**
 * Why, with numbers.
 */
unavailable_why: string | null, 
/**
 * What can be done instead.
 */
unavailable_instead: string | null, 
/**
 * Other nodes that it needs.
 */
dependencies: Array<CatalogDependencyView>, 
/**
 * Last day on which the release is good, `YYYY-MM-DD`.
 */
expires: string | null, 
/**
 * Height at which the release stops by itself.
 */
halts_at_height: number | null, 
/**
 * What an update does to the data: `two-way`, `one-way` or `unknown`.
 */
update_data: string, 
/**
 * How the node is asked how it is.
 */
probe: string, };

/**
 * The whole catalog.
 */
export type CatalogListing = { 
/**
 * The entries.
 */
entries: Array<CatalogEntryView>, 
/**
 * What is wrong with files of the user's overlay.
 */
problems: Array<CatalogProblemView>, };

/**
 * What is wrong with a catalog file.
 */
export type CatalogProblemView = { 
/**
 * The file.
 */
file: string, 
/**
 * Line, from 1.
 */
line: number, 
/**
 * What is wrong.
 */
reason: string, 
/**
 * What was probably meant.
 */
hint: string | null, };

/**
 * What changed.
 */
export type Change = { "kind": "node", 
/**
 * The node as it is now.
 */
node: NodeView, } | { "kind": "node_gone", 
/**
 * Its id.
 */
id: string, } | { "kind": "engine", 
/**
 * The engine as it is now.
 */
engine: EngineView, } | { "kind": "usage", 
/**
 * This machine.
 */
machine: MachineView, 
/**
 * Every running node.
 */
nodes: Array<NodeUsage>, } | { "kind": "activity", 
/**
 * What.
 */
entry: ActivityEntry, } | { "kind": "notification", 
/**
 * What.
 */
notification: Notification, } | { "kind": "wallets", } | { "kind": "settings", 
/**
 * The settings now.
 */
settings: SettingsView, };

/**
 * What a change would mean.
 */
export type ChangePreview = { 
/**
 * The node.
 */
node: string, 
/**
 * Every option that would have another value, those changed by rules among them.
 */
changes: Array<OptionChangeView>, 
/**
 * The heaviest effect: `none`, `restart`, `reindex`, `resync` or `never`.
 */
effect: string, 
/**
 * Nodes that would be stopped and started with it.
 */
restarts: Array<string>, 
/**
 * What speaks against it, worst first.
 */
findings: Array<FindingView>, };

/**
 * Options to be changed.
 */
export type ChangeRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * Options with their new values, as `--set` writes them; an empty text goes back to the default.
 */
options: { [key in string]: string }, 
/**
 * Consent to what the change means.
 */
confirmed: boolean, };

/**
 * Names a catalog entry.
 */
export type ClientRequest = { 
/**
 * Catalog id.
 */
client: string, };

/**
 * Whose machines a provider uses.
 */
export type CloudHint = { 
/**
 * `amazon`, `google`, `microsoft`, `cloudflare`, `other`; several where it uses several; empty where that is not known.
 */
clouds: Array<string>, 
/**
 * The hint in words, for example `probably Amazon`.
 */
text: string, 
/**
 * It follows from who runs the host; false: general knowledge that nobody has verified.
 */
certain: boolean, };

/**
 * Names a node and consents.
 */
export type ConfirmedNodeRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * Consent to what the preview says.
 */
confirmed: boolean, };

/**
 * Crashes, newest first.
 */
export type CrashList = { 
/**
 * The crashes.
 */
crashes: Array<CrashView>, };

/**
 * The end of a service that nobody asked for.
 */
export type CrashView = { 
/**
 * The service.
 */
service: string, 
/**
 * When, in milliseconds since 1970.
 */
at: number, 
/**
 * Why, in one sentence.
 */
why: string, 
/**
 * The last lines of its log, oldest first.
 */
lines: Array<string>, };

/**
 * What can be done to a login.
 */
export type CredentialAction = "revoke" | "rotate";

/**
 * Names a login and consents.
 */
export type CredentialChangeRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * Whose login.
 */
consumer: string, 
/**
 * Consent to what the preview says.
 */
confirmed: boolean, };

/**
 * Every login of a node.
 */
export type CredentialList = { 
/**
 * The node's id.
 */
node: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its RPC asks for a user and a password. False: whoever reaches its port may use it.
 */
has_logins: boolean, 
/**
 * What to know about the logins of this node, in one or two sentences.
 */
note: string | null, 
/**
 * The logins, those of wallets first.
 */
credentials: Array<CredentialView>, };

/**
 * What a change of a login would mean.
 */
export type CredentialPreview = { 
/**
 * The node's id.
 */
node: string, 
/**
 * Whose login.
 */
consumer: string, 
/**
 * What would be done.
 */
action: CredentialAction, 
/**
 * What it means, one sentence each.
 */
means: Array<string>, 
/**
 * Nodes that would be stopped and started, by id.
 */
restarts: Array<string>, 
/**
 * Wallet files that would be written.
 */
files: Array<string>, 
/**
 * Why it cannot be done now.
 */
blocked: FaultView | null, };

/**
 * Asks what a change of a login would mean.
 */
export type CredentialPreviewRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * Whose login.
 */
consumer: string, 
/**
 * What is asked for.
 */
action: CredentialAction, };

/**
 * Asks for a password.
 */
export type CredentialRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * Whose credential.
 */
consumer: string, };

/**
 * One consumer's login.
 */
export type CredentialView = { 
/**
 * Who uses it, for example `sparrow`.
 */
consumer: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * `wallet`, `node` (another node of yours) or `freehold`.
 */
kind: string, 
/**
 * RPC user.
 */
user: string, 
/**
 * The class of methods that it may call.
 */
class: string, 
/**
 * How many methods that class holds; absent where the client has no lists and this user may call everything.
 */
methods: number | null, 
/**
 * `active`, `revoked`, `rotating` or `not-handed-out`.
 */
state: string, 
/**
 * Why it is in this state, or what it waits for, in one sentence.
 */
why: string | null, 
/**
 * When its password was first handed out, in milliseconds since 1970.
 */
handed_out_at: number | null, 
/**
 * When it was taken back, in milliseconds since 1970.
 */
revoked_at: number | null, 
/**
 * Settings files of wallets that use it, as far as Freehold has written them.
 */
files: Array<string>, 
/**
 * Nodes of yours that use it, by id.
 */
nodes: Array<string>, 
/**
 * When the node was last asked with it, in milliseconds since 1970; absent where that is not known.
 */
last_used_at: number | null, 
/**
 * It can be taken back.
 */
can_revoke: boolean, 
/**
 * It can have a new password.
 */
can_rotate: boolean, };

/**
 * A node that another one needs.
 */
export type DependencyView = { 
/**
 * Name of the dependency in the catalog entry.
 */
name: string, 
/**
 * Catalog id of the needed node.
 */
client: string, 
/**
 * What it is needed for, as the rest of a sentence.
 */
purpose: string, 
/**
 * The id of the node that would be used, or that would be made.
 */
node: string, 
/**
 * It would be installed too.
 */
is_new: boolean, 
/**
 * Options that would be changed on it.
 */
changes: Array<OptionChangeView>, 
/**
 * Your other nodes that could be used instead.
 */
others: Array<string>, };

/**
 * What happens to a line.
 */
export type DiffKind = "context" | "removed" | "added";

/**
 * A line of a diff.
 */
export type DiffLineView = { 
/**
 * What happens to it.
 */
kind: DiffKind, 
/**
 * The line.
 */
text: string, };

/**
 * A disk, and the folder on it that new chain data would go to.
 */
export type DiskChoice = { 
/**
 * Where it is mounted.
 */
mount_point: string, 
/**
 * File system.
 */
file_system: string, 
/**
 * `ssd`, `hdd`, `removable`, `network` or `unknown`.
 */
kind: string, 
/**
 * Size in bytes.
 */
total: number, 
/**
 * Free bytes.
 */
available: number, 
/**
 * The folder on it; each node gets a folder of its own inside.
 */
folder: string, 
/**
 * What the setting `chain_data_dir` would be; empty for Freehold's own folder.
 */
setting: string, 
/**
 * A folder on it that is there already, in which its speed can be measured.
 */
measure_in: string, 
/**
 * New chain data goes here now.
 */
is_current: boolean, 
/**
 * Why it cannot be used as it is, in one sentence; absent where it can.
 */
problem: string | null, 
/**
 * The exact command that mends that, where there is one.
 */
mend: string | null, };

/**
 * Where new chain data can go.
 */
export type DiskChoices = { 
/**
 * Every disk of this machine that chain data could be kept on: the usable ones first, there the roomiest.
 */
disks: Array<DiskChoice>, 
/**
 * The folder that new chain data goes to now.
 */
folder: string, };

/**
 * What a disk can do, measured just now.
 */
export type DiskSpeedView = { 
/**
 * Bytes written a second, forced to the disk.
 */
write_rate: number, 
/**
 * Bytes read a second.
 */
read_rate: number, 
/**
 * Small writes forced to the disk, a second.
 */
fsyncs: number, 
/**
 * Small reads at random places, a second.
 */
random_reads: number, };

/**
 * A disk.
 */
export type DiskView = { 
/**
 * Where it is mounted.
 */
mount_point: string, 
/**
 * File system.
 */
file_system: string, 
/**
 * `ssd`, `hdd` or `unknown`.
 */
kind: string, 
/**
 * Size in bytes.
 */
total: number, 
/**
 * Free bytes.
 */
available: number, 
/**
 * Earliest time until it is full, in seconds; absent where it does not fill or nobody can tell yet.
 */
full_in_low_s: number | null, 
/**
 * Latest time until it is full, in seconds.
 */
full_in_high_s: number | null, 
/**
 * `fine`, `filling` (warn), `low` (free some now) or `stopped` (nodes on it were stopped).
 */
level: string, 
/**
 * What can be done, where something should be.
 */
advice: string | null, };

/**
 * One check.
 */
export type DoctorCheck = { 
/**
 * Its name.
 */
name: string, 
/**
 * `ok`, `warning` or `failed`.
 */
outcome: string, 
/**
 * What was found.
 */
message: string, 
/**
 * What to do.
 */
hints: Array<string>, };

/**
 * The outcome of a look over everything.
 */
export type DoctorReport = { 
/**
 * True while no check failed.
 */
healthy: boolean, 
/**
 * The checks.
 */
checks: Array<DoctorCheck>, };

/**
 * Somebody whom a drill can leave out.
 */
export type DrillChoice = { 
/**
 * What to ask for: `amazon`, `google`, `microsoft`, `cloudflare`, or a provider's id.
 */
id: string, 
/**
 * The name for people.
 */
name: string, 
/**
 * It is a cloud that providers run on, rather than a provider.
 */
is_cloud: boolean, 
/**
 * An endpoint on this machine is at this provider, or probably in this cloud.
 */
found_here: boolean, };

/**
 * A host that a node, or Freehold, contacts.
 */
export type DrillContact = { 
/**
 * The host, or what several have in common.
 */
host: string, 
/**
 * What for.
 */
purpose: string, 
/**
 * What happens.
 */
outcome: DrillOutcome, 
/**
 * What happens and why, in a sentence.
 */
sentence: string, };

/**
 * How many endpoints end which way.
 */
export type DrillCounts = { 
/**
 * Stop.
 */
stops: number, 
/**
 * Probably stop.
 */
probably_stops: number, 
/**
 * Nobody knows.
 */
not_known: number, 
/**
 * Probably go on.
 */
probably_goes_on: number, 
/**
 * Go on.
 */
goes_on: number, 
/**
 * On your own ground, but nothing answers there now.
 */
does_not_answer: number, };

/**
 * One endpoint in the drill.
 */
export type DrillEndpoint = { 
/**
 * The row of the audit.
 */
id: string, 
/**
 * What uses it.
 */
kind: AuditKind, 
/**
 * Who uses it, for people.
 */
who: string, 
/**
 * The wallet, where it is one.
 */
wallet: string | null, 
/**
 * The network, where that is known.
 */
network: string | null, 
/**
 * The endpoint, secrets masked.
 */
endpoint: string | null, 
/**
 * Who runs it.
 */
provider: string | null, 
/**
 * What happens.
 */
outcome: DrillOutcome, 
/**
 * What happens and why, in a sentence.
 */
sentence: string, 
/**
 * What the endpoint said just now; absent where it was not asked.
 */
proof: DrillProof | null, };

/**
 * One of your nodes in the drill.
 */
export type DrillNode = { 
/**
 * Node id.
 */
node: string, 
/**
 * Its name.
 */
name: string, 
/**
 * It runs now.
 */
running: boolean, 
/**
 * What happens to it while it runs.
 */
outcome: DrillOutcome, 
/**
 * What happens and why, in a sentence.
 */
sentence: string, 
/**
 * What it said just now; absent where it was not asked.
 */
proof: DrillProof | null, 
/**
 * What it contacts at its start, or beside its peers.
 */
contacts: Array<DrillContact>, };

/**
 * What happens to something without the one who is gone.
 */
export type DrillOutcome = "stops" | "probably_stops" | "does_not_answer" | "not_known" | "probably_goes_on" | "goes_on";

/**
 * What an endpoint on your own ground said just now.
 */
export type DrillProof = { 
/**
 * The endpoint that was asked.
 */
asked: string, 
/**
 * It answered.
 */
answered: boolean, 
/**
 * The chain, in its own words.
 */
chain: string | null, 
/**
 * Its height.
 */
height: number | null, 
/**
 * How long the answer took, in milliseconds.
 */
ms: number, 
/**
 * Why there is no height, where there is none.
 */
why: string | null, };

/**
 * What would stop and what would go on.
 */
export type DrillReport = { 
/**
 * Who is gone.
 */
who: DrillChoice, 
/**
 * Whom else a drill can leave out.
 */
choices: Array<DrillChoice>, 
/**
 * The result in one or two sentences.
 */
sentence: string, 
/**
 * How many endpoints end which way.
 */
counts: DrillCounts, 
/**
 * Every endpoint in use, those that stop first.
 */
endpoints: Array<DrillEndpoint>, 
/**
 * Your nodes: whether they go on, and what they need at their start.
 */
nodes: Array<DrillNode>, 
/**
 * Where Freehold's engine gets images and where release notes are: matters for installs and updates only.
 */
sources: Array<DrillContact>, };

/**
 * Asks what would stop.
 */
export type DrillRequest = { 
/**
 * Who is gone: `amazon`, `google`, `microsoft`, `cloudflare`, or a provider's id.
 */
who: string, };

/**
 * A request without fields.
 */
export type Empty = Record<symbol, never>;

/**
 * An endpoint's address as a picture.
 */
export type EndpointCode = { 
/**
 * What the picture says.
 */
text: string, 
/**
 * Whether it holds a password.
 */
secret: boolean, 
/**
 * An SVG with its quiet zone.
 */
qr_svg: string, };

/**
 * Asks for an endpoint's address as a picture.
 */
export type EndpointCodeRequest = { 
/**
 * Id or name of the node.
 */
node: string, 
/**
 * Whose endpoint.
 */
consumer: string, 
/**
 * As programs write it; one that the node offers to that consumer.
 */
url: string, 
/**
 * With user name and password in it. Only for showing it to the user who asked.
 */
with_login: boolean, };

/**
 * Endpoints.
 */
export type EndpointList = { 
/**
 * The endpoints.
 */
endpoints: Array<EndpointView>, };

/**
 * Endpoints of one node or of all.
 */
export type EndpointRequest = { 
/**
 * Id or name; all when absent.
 */
node: string | null, };

/**
 * Something a wallet can be pointed at.
 */
export type EndpointView = { 
/**
 * The node.
 */
node: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * Who this credential is for, for example `sparrow`.
 */
consumer: string, 
/**
 * In the scheme that `--to` takes.
 */
endpoint: string, 
/**
 * As programs write it.
 */
url: string, 
/**
 * User name.
 */
user: string | null, 
/**
 * File of mode 0600 that holds the password.
 */
password_file: string | null, 
/**
 * What the credential may do.
 */
class: string | null, };

/**
 * A place where an engine may be.
 */
export type EngineCandidate = { 
/**
 * Address.
 */
address: string, 
/**
 * Why it was tried.
 */
origin: string, };

/**
 * How to get an engine on this system.
 */
export type EngineGuide = { 
/**
 * The system's name, for example `Debian GNU/Linux 12`.
 */
system: string, 
/**
 * What is the matter, which decides the steps.
 */
situation: EngineSituation, 
/**
 * Steps in words, each with its command where there is one.
 */
steps: Array<GuideStep>, 
/**
 * Exactly what Freehold would run if it were asked to, one command each; empty where it cannot.
 */
runs: Array<string>, 
/**
 * How it would run that, or why it cannot, in one sentence.
 */
runs_how: string, };

/**
 * The commands that get an engine, as they run or as they ended.
 */
export type EngineSetup = { 
/**
 * Where it is.
 */
state: EngineSetupState, 
/**
 * The commands.
 */
runs: Array<string>, 
/**
 * How many of them have ended well.
 */
ended: number, 
/**
 * The last lines that they printed, oldest first.
 */
output: Array<string>, 
/**
 * Why it failed, or what is left to do.
 */
fault: FaultView | null, };

/**
 * Consent to run exactly these commands.
 */
export type EngineSetupRequest = { 
/**
 * The commands as the guide showed them ([`EngineGuide::runs`]). Anything else is refused.
 */
runs: Array<string>, };

/**
 * Where the set-up of an engine is.
 */
export type EngineSetupState = "running" | "waiting" | "done" | "failed";

/**
 * What is the matter with the engine.
 */
export type EngineSituation = "missing" | "stopped" | "denied";

/**
 * Whether the engine answers.
 */
export type EngineState = "looking" | "connected" | "down";

/**
 * The container engine as seen now.
 */
export type EngineView = { 
/**
 * Whether it answers.
 */
state: EngineState, 
/**
 * `docker` or `podman`, once known.
 */
kind: string | null, 
/**
 * Its version.
 */
version: string | null, 
/**
 * API version spoken.
 */
api_version: string | null, 
/**
 * Where it is, for example `unix:///var/run/docker.sock`.
 */
address: string | null, 
/**
 * Runs without root.
 */
rootless: boolean, 
/**
 * Shares this machine (no virtual machine between).
 */
shares_machine: boolean, 
/**
 * Why it does not answer.
 */
fault: FaultView | null, 
/**
 * How to get one on this system, when there is none.
 */
guide: EngineGuide | null, 
/**
 * The commands that Freehold runs, or has last run, to get one.
 */
setup: EngineSetup | null, 
/**
 * Where Freehold looked, in order.
 */
looked_at: Array<EngineCandidate>, };

/**
 * The first sync of one entry.
 */
export type EntryEstimate = { 
/**
 * Catalog id.
 */
client: string, 
/**
 * How long it takes.
 */
estimate: SyncEstimate, };

/**
 * Asks for chain data to be erased.
 */
export type EraseRequest = { 
/**
 * Id or name.
 */
node: string, 
/**
 * Must be true.
 */
confirmed: boolean, };

/**
 * What went wrong, ready to be shown: `{"code", "message", "title", "why", "hints", "params"}`.
 */
export type FaultView = { 
/**
 * Stable kebab-case code.
 */
code: string, 
/**
 * What happened and why, in English.
 */
message: string, 
/**
 * What happened.
 */
title: string, 
/**
 * Why.
 */
why: string, 
/**
 * What to do, one step each.
 */
hints: Array<string>, 
/**
 * The values in the text.
 */
params: { [key in string]: string }, };

/**
 * Where a file goes that the user asked for.
 */
export type FileTarget = { 
/**
 * Absolute path that the user chose; absent: the file comes back in the answer, for a browser to keep.
 */
path: string | null, 
/**
 * The user agreed to replace a file that is there.
 */
replace: boolean, };

/**
 * Something preflight found.
 */
export type FindingView = { 
/**
 * `note`, `warning` or `blocker`.
 */
severity: string, 
/**
 * Which check.
 */
check: string, 
/**
 * One sentence with numbers.
 */
message: string, 
/**
 * What to do.
 */
hint: string | null, 
/**
 * For a blocker: the fault's code.
 */
code: string | null, 
/**
 * What would mend it, best first; each is one change of the request.
 */
fixes: Array<FixView>, };

/**
 * One change that mends what preflight found.
 */
export type FixView = { 
/**
 * `option` (set an option), `folder` (put the data elsewhere), `port` (publish a port under another number), `need` (use
 * another node, or a new one) or `engine` (get a container engine).
 */
kind: string, 
/**
 * The option's id, the port's name or the dependency's name; empty for the others.
 */
name: string, 
/**
 * The value to put there.
 */
value: string, 
/**
 * Further options that have to be set with it, by id.
 */
also: { [key in string]: string }, 
/**
 * For an option: its label and the value's label, and those of the further ones. For a folder: the disk and its free space in bytes.
 */
words: Array<string>, };

/**
 * Names a folder.
 */
export type FolderRequest = { 
/**
 * Absolute path.
 */
folder: string, };

/**
 * A node in a guide.
 */
export type GuideNode = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Network.
 */
network: string, };

/**
 * Asks for the steps of one wallet.
 */
export type GuideRequest = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * The node to fill in; absent: the first of yours that fits, or places to fill in by hand.
 */
node: string | null, };

/**
 * One step of a guide.
 */
export type GuideStep = { 
/**
 * What it does.
 */
text: string, 
/**
 * The exact command, to copy.
 */
command: string | null, };

/**
 * Asks how a node went.
 */
export type HistoryRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * How many hours back; 24 when absent.
 */
hours: number | null, 
/**
 * Most points of each curve; 300 when absent.
 */
points: number | null, };

/**
 * An image of an entry.
 */
export type ImageView = { 
/**
 * The service.
 */
service: string, 
/**
 * Registry host and path.
 */
repository: string, 
/**
 * Tag, for people.
 */
tag: string, 
/**
 * Digest that is pulled; absent: the tag is resolved at the first install and confirmed.
 */
digest: string | null, 
/**
 * Where the digest was read.
 */
source: string | null, 
/**
 * It is part of the node only while this option ...
 */
when_option: string | null, 
/**
 * ... has this value.
 */
when_equals: string | null, };

/**
 * What to install.
 */
export type InstallRequest = { 
/**
 * Catalog id.
 */
client: string, 
/**
 * Network; the entry's first when absent.
 */
network: string | null, 
/**
 * Name for people; made from client and network when absent.
 */
name: string | null, 
/**
 * Options that differ from the defaults, as `--set` writes them.
 */
options: { [key in string]: string }, 
/**
 * Folder for chain data; inside Freehold's folder when absent.
 */
data_dir: string | null, 
/**
 * For each node that it needs (by the dependency's name): the id of one of yours, or `new`. A fitting one is chosen
 * when absent.
 */
needs: { [key in string]: string }, 
/**
 * Numbers for published ports, by the port's name; the usual ones when absent.
 */
ports: { [key in string]: number }, 
/**
 * An existing data folder of this client, used where it is.
 */
adopt: string | null, 
/**
 * Measure the disk and estimate the first sync from that.
 */
measure: boolean, 
/**
 * Consent to warnings (blockers are never overridden).
 */
accept_warnings: boolean, };

/**
 * Something that a wallet needs and that a node lacks.
 */
export type LackView = { 
/**
 * `wallet-functions`, `block-filters`, `transaction-index`, `full-blocks`, `bloom-filters`, `peer-port` or
 * `at-least-version`.
 */
need: string, 
/**
 * One or two sentences for people.
 */
sentence: string, 
/**
 * True: the node is set so that it lacks it, and a switch is refused unless asked for all the same. False: told only,
 * since nobody can be sure or no setting of yours decides it.
 */
blocks: boolean, 
/**
 * What would mend it.
 */
fix: NodeFix | null, };

/**
 * Language of the window.
 */
export type Language = "system" | "en" | "de" | "es" | "pt" | "fr" | "ja";

/**
 * One layer of a pull.
 */
export type LayerView = { 
/**
 * Short id.
 */
id: string, 
/**
 * `waiting`, `downloading`, `verifying`, `extracting`, `done`.
 */
phase: string, 
/**
 * Bytes done in this phase.
 */
current: number, 
/**
 * Bytes in this phase, where the engine tells.
 */
total: number | null, };

/**
 * Something that a wallet goes on asking others for.
 */
export type LeftoverView = { 
/**
 * What, for example `exchange rates`.
 */
what: string, 
/**
 * Whom, where the host is known.
 */
host: string | null, 
/**
 * How to turn it off.
 */
off: string | null, };

/**
 * One line.
 */
export type LogLineView = { 
/**
 * When the engine got it, RFC 3339.
 */
at: string, 
/**
 * `out` or `err`.
 */
stream: string, 
/**
 * The text without control characters.
 */
text: string, };

/**
 * Log lines.
 */
export type LogPage = { 
/**
 * The lines, oldest first.
 */
lines: Array<LogLineView>, 
/**
 * Cursor for the next page.
 */
cursor: string | null, 
/**
 * Whether the container still runs, so that more lines may come.
 */
live: boolean, };

/**
 * Asks for log lines.
 */
export type LogRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * The service; the first when absent.
 */
service: string | null, 
/**
 * Cursor of the page before; without it the last lines are given.
 */
after: string | null, 
/**
 * Without a cursor: how many lines; 200 when absent.
 */
tail: number | null, 
/**
 * With a cursor: wait up to this many milliseconds for a new line.
 */
wait_ms: number | null, };

/**
 * How the machine went.
 */
export type MachineHistory = { 
/**
 * Its use, oldest first.
 */
points: Array<UsagePoint>, };

/**
 * Asks how the machine went.
 */
export type MachineHistoryRequest = { 
/**
 * How many hours back; 24 when absent.
 */
hours: number | null, 
/**
 * Most points of each curve; 300 when absent.
 */
points: number | null, };

/**
 * This machine now.
 */
export type MachineView = { 
/**
 * Percent of the whole machine.
 */
cpu_percent: number | null, 
/**
 * Logical processors.
 */
cpus: number, 
/**
 * Memory in use.
 */
memory_used: number, 
/**
 * Memory.
 */
memory_total: number, 
/**
 * Bytes received over the network a second.
 */
net_in_rate: number | null, 
/**
 * Bytes sent over the network a second.
 */
net_out_rate: number | null, 
/**
 * Bytes read from disks a second.
 */
disk_read_rate: number | null, 
/**
 * Bytes written to disks a second.
 */
disk_write_rate: number | null, 
/**
 * True while it runs on its battery; absent where it has none or that is not known.
 */
on_battery: boolean | null, 
/**
 * True while the network connection is metered; absent where that is not known.
 */
metered: boolean | null, 
/**
 * Disks.
 */
disks: Array<DiskView>, };

/**
 * Where the data is to go.
 */
export type MoveRequest = { 
/**
 * The node.
 */
node: string, 
/**
 * The new folder: missing, empty, or with what an earlier try has copied.
 */
data_dir: string, 
/**
 * Consent: the node is stopped while its data is copied.
 */
confirmed: boolean, };

/**
 * What a node needs, in bytes.
 */
export type NeedsView = { 
/**
 * Disk in the end.
 */
disk: number, 
/**
 * Growth per month.
 */
disk_per_month: number, 
/**
 * Memory.
 */
ram: number, 
/**
 * First download.
 */
download: number, 
/**
 * First sync, in words.
 */
first_sync: string, 
/**
 * Day of the figures.
 */
as_of: string, };

/**
 * A network of an entry.
 */
export type NetworkView = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
label: string, 
/**
 * What it is for.
 */
summary: string, 
/**
 * False for a private chain that needs nobody else.
 */
needs_peers: boolean, };

/**
 * A change of a node's options that gives a wallet what it needs: what `node_change` is called with.
 */
export type NodeFix = { 
/**
 * The node's id.
 */
node: string, 
/**
 * Options with their new values.
 */
set: { [key in string]: string }, 
/**
 * The heaviest effect: `none`, `restart`, `reindex` or `resync`.
 */
effect: string, 
/**
 * What that means, one sentence each.
 */
consequences: Array<string>, 
/**
 * Nodes that would be stopped and started with it, by id.
 */
restarts: Array<string>, 
/**
 * The same on the command line.
 */
command: string, };

/**
 * How a node went.
 */
export type NodeHistory = { 
/**
 * Its sync, oldest first.
 */
sync: Array<SyncPoint>, 
/**
 * What each service used.
 */
services: Array<ServiceHistory>, };

/**
 * Every node.
 */
export type NodeList = { 
/**
 * The nodes.
 */
nodes: Array<NodeView>, };

/**
 * Names a node, by id or name.
 */
export type NodeRequest = { 
/**
 * Id or name.
 */
node: string, };

/**
 * What a node uses.
 */
export type NodeUsage = { 
/**
 * The node.
 */
node: string, 
/**
 * Percent of one core, all services together.
 */
cpu_percent: number | null, 
/**
 * Memory in bytes.
 */
memory_bytes: number | null, 
/**
 * Disk in bytes.
 */
disk_bytes: number | null, 
/**
 * Bytes received over the network a second.
 */
net_in_rate: number | null, 
/**
 * Bytes sent over the network a second.
 */
net_out_rate: number | null, 
/**
 * Bytes read from disks a second.
 */
disk_read_rate: number | null, 
/**
 * Bytes written to disks a second.
 */
disk_write_rate: number | null, };

/**
 * One node, as it is now.
 */
export type NodeView = { 
/**
 * Id.
 */
id: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * Catalog id.
 */
client: string, 
/**
 * The client's name.
 */
client_name: string, 
/**
 * Chain id.
 */
chain: string, 
/**
 * Network.
 */
network: string, 
/**
 * `running`, `stopped` or `removed`.
 */
desired: string, 
/**
 * What people see.
 */
status: StatusView, 
/**
 * Blocks checked.
 */
height: number | null, 
/**
 * Height to reach.
 */
target: number | null, 
/**
 * Connections that others opened.
 */
peers_in: number | null, 
/**
 * Connections that the node opened.
 */
peers_out: number | null, 
/**
 * Client version as the node says it.
 */
version: string | null, 
/**
 * Seconds since the tip was made.
 */
tip_age_s: number | null, 
/**
 * What the node itself warns about.
 */
warnings: Array<string>, 
/**
 * Bytes of chain data as the node counts them.
 */
chain_bytes: number | null, 
/**
 * Old blocks are dropped.
 */
pruned: boolean | null, 
/**
 * Containers.
 */
services: Array<ServiceView>, 
/**
 * What wallets can be pointed at.
 */
endpoints: Array<EndpointView>, 
/**
 * Options that differ from the defaults.
 */
options: { [key in string]: string }, 
/**
 * Folder of the chain data.
 */
data_dir: string, 
/**
 * When it was added, in milliseconds since 1970.
 */
created: number, 
/**
 * When the status was last checked, in milliseconds since 1970; absent before the first check.
 */
checked_at: number | null, 
/**
 * True for a node that somebody else runs: it is watched, never started or stopped.
 */
external: boolean, 
/**
 * Nodes that it needs, by id.
 */
needs: Array<string>, 
/**
 * Nodes that need it, by id.
 */
needed_by: Array<string>, 
/**
 * True where the catalog names other images than it runs.
 */
update_available: boolean, 
/**
 * The version that a rollback would go back to.
 */
previous_version: string | null, 
/**
 * An update on its way: `fetching` or `proving`.
 */
update_phase: string | null, 
/**
 * Why the last update was taken back.
 */
update_fault: FaultView | null, 
/**
 * A move on its way: `copying`, `proving` or `erasing`.
 */
move_phase: string | null, };

/**
 * Something the user should know.
 */
export type Notice = { 
/**
 * Stable id.
 */
id: string, 
/**
 * What it is about.
 */
fault: FaultView, };

/**
 * Something that the user may want to be told about outside the window.
 */
export type Notification = { 
/**
 * `synced`, `stalled`, `crashed`, `disk`, `update` or `expiring`.
 */
topic: string, 
/**
 * The node it is about, if any.
 */
node: string | null, 
/**
 * A few words.
 */
title: string, 
/**
 * One sentence.
 */
body: string, 
/**
 * Shown on the desktop with the present settings.
 */
on_desktop: boolean, };

/**
 * One option and what its change means.
 */
export type OptionChangeView = { 
/**
 * The option.
 */
option: string, 
/**
 * Its name for people.
 */
label: string, 
/**
 * Its value now.
 */
from: string, 
/**
 * Its value then.
 */
to: string, 
/**
 * `none`, `restart`, `reindex`, `resync` or `never`.
 */
effect: string, 
/**
 * What that costs, in one sentence.
 */
because: string | null, };

/**
 * A value of a choice.
 */
export type OptionChoiceView = { 
/**
 * Value.
 */
value: string, 
/**
 * Name.
 */
label: string, 
/**
 * What it means.
 */
help: string, };

/**
 * What one option forces on another.
 */
export type OptionRuleView = { 
/**
 * While this option ...
 */
when_option: string, 
/**
 * ... has this value ...
 */
when_equals: string, 
/**
 * ... this one ...
 */
option: string, 
/**
 * ... becomes this ...
 */
becomes: string, 
/**
 * ... because.
 */
because: string, };

/**
 * An option of an entry.
 */
export type OptionView = { 
/**
 * Id.
 */
id: string, 
/**
 * The question.
 */
label: string, 
/**
 * What the answer changes.
 */
help: string, 
/**
 * `choice`, `switch`, `size`, `count`, `text`, `secret` or `list`.
 */
type: string, 
/**
 * Default, as `--set` writes it.
 */
default: string, 
/**
 * Smallest value (size in bytes, count).
 */
min: number | null, 
/**
 * Largest value.
 */
max: number | null, 
/**
 * Unit of a size: `MiB`, `GB`, `bytes`.
 */
unit: string | null, 
/**
 * Values of a choice.
 */
choices: Array<OptionChoiceView>, 
/**
 * What an entry of a list looks like.
 */
example: string | null, 
/**
 * Networks it is offered on; empty: all.
 */
networks: Array<string>, 
/**
 * Offered only while this option ...
 */
only_if_option: string | null, 
/**
 * ... has this value.
 */
only_if_equals: string | null, 
/**
 * Most people need not see it.
 */
advanced: boolean, };

/**
 * A host that is contacted.
 */
export type OutboundHost = { 
/**
 * Host name.
 */
host: string, 
/**
 * What for.
 */
purpose: string, 
/**
 * Who contacts it: `engine`, `node`, `freehold`.
 */
by: string, };

/**
 * A node's connections, asked just now.
 */
export type PeerList = { 
/**
 * The node.
 */
node: string, 
/**
 * Whether the list is known. False where the node does not run or its client lists nobody; then `why` says so, and an
 * empty list does not stand for no peers.
 */
known: boolean, 
/**
 * Why nothing, or not everything, is listed: one sentence for each service that lists nobody.
 */
why: Array<string>, 
/**
 * The connections.
 */
peers: Array<PeerView>, 
/**
 * How many more there are than are listed.
 */
more: number, 
/**
 * When it was asked, in milliseconds since 1970.
 */
at: number, };

/**
 * One connection. What a client does not tell is absent.
 */
export type PeerView = { 
/**
 * The service that has it, where the node has several.
 */
service: string | null, 
/**
 * Address and port, as the client writes them.
 */
address: string, 
/**
 * `in` where the other side opened it, `out` where the node did.
 */
direction: string | null, 
/**
 * The program at the other end, in its own words.
 */
client: string | null, 
/**
 * How far the other end is.
 */
height: number | null, 
/**
 * Milliseconds until an answer comes.
 */
ping_ms: number | null, 
/**
 * Bytes that came from there.
 */
received: number | null, 
/**
 * Bytes that went there.
 */
sent: number | null, 
/**
 * Since when it stands, in milliseconds since 1970.
 */
since: number | null, };

/**
 * A link and its picture.
 */
export type PhoneLink = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Name.
 */
name: string, 
/**
 * The link. It may hold a password: show it only to the user who asked.
 */
link: string, 
/**
 * Whether it holds a password.
 */
secret: boolean, 
/**
 * The same as a picture: an SVG with its quiet zone.
 */
qr_svg: string, 
/**
 * `host:port` that the telephone connects to.
 */
address: string, 
/**
 * Other addresses of this machine, where the first one turns out wrong.
 */
other_addresses: Array<string>, 
/**
 * What to do with it.
 */
steps: Array<WalletStep>, 
/**
 * How to go back.
 */
revert: Array<WalletStep>, 
/**
 * What to know.
 */
notes: Array<string>, };

/**
 * How a telephone gets to this machine.
 */
export type PhoneReach = "lan" | "address";

/**
 * Asks for a link that a telephone's wallet understands.
 */
export type PhoneRequest = { 
/**
 * Wallet id: `bluewallet`, `zeus`, `fully-noded` or `cake-mobile`.
 */
wallet: string, 
/**
 * One of your nodes.
 */
node: string, 
/**
 * How the telephone gets here; nothing is assumed.
 */
reach: PhoneReach, 
/**
 * With `address`: the name or address, with or without a port, at which the telephone reaches the node.
 */
address: string | null, };

/**
 * What an install would come to.
 */
export type PreflightReport = { 
/**
 * The id that the node would get.
 */
node: string, 
/**
 * Network it would be on.
 */
network: string, 
/**
 * False while a blocker stands.
 */
can_install: boolean, 
/**
 * What was found, worst first.
 */
findings: Array<FindingView>, 
/**
 * What it needs.
 */
needs: NeedsView, 
/**
 * Folder of the chain data.
 */
data_dir: string, 
/**
 * Free bytes there; absent where unknown.
 */
disk_available: number | null, 
/**
 * Every option with the value it would have.
 */
options: Array<ResolvedOptionView>, 
/**
 * Images that would be pulled, as `repository:tag@digest`.
 */
images: Array<string>, 
/**
 * Ports on this machine by name.
 */
ports: { [key in string]: number }, 
/**
 * The nodes that it needs.
 */
dependencies: Array<DependencyView>, 
/**
 * The disk's speed, where it was measured.
 */
disk_speed: DiskSpeedView | null, 
/**
 * The first sync on this machine, as a range with its reason; absent where nothing can be said.
 */
first_sync: SyncEstimate | null, };

/**
 * The page. It works for one use and a limited time.
 */
export type PromptPage = { 
/**
 * Names the page in `wallet_prompt_status`.
 */
id: string, 
/**
 * To be opened in the browser that has the wallet. Whoever has it can use the page.
 */
url: string, 
/**
 * Seconds until it goes away.
 */
expires_in_s: number, 
/**
 * The node's id.
 */
node: string, 
/**
 * The chain id that the node answers, for example `0x1`.
 */
chain_id: string, 
/**
 * The height that the node answers.
 */
height: number, };

/**
 * Asks for a page that asks a browser's wallet.
 */
export type PromptRequest = { 
/**
 * Wallet id: `metamask`.
 */
wallet: string, 
/**
 * One of your nodes.
 */
node: string, };

/**
 * Where a page stands.
 */
export type PromptState = "waiting" | "opened" | "approved" | "refused" | "no-wallet" | "wrong-chain" | "failed" | "expired";

/**
 * How a page went.
 */
export type PromptStatus = { 
/**
 * The page's id.
 */
id: string, 
/**
 * Where it stands.
 */
state: PromptState, 
/**
 * The same in a sentence.
 */
text: string, 
/**
 * After an approval: the node's height, asked for then; absent where it no longer answered.
 */
height: number | null, 
/**
 * After an approval: how to go back.
 */
revert: Array<WalletStep>, };

/**
 * Asks how a page went.
 */
export type PromptStatusRequest = { 
/**
 * The page's id.
 */
id: string, };

/**
 * How far a pull is.
 */
export type PullView = { 
/**
 * `repository:tag`.
 */
image: string, 
/**
 * Bytes downloaded.
 */
downloaded: number, 
/**
 * Bytes to download, as far as known.
 */
total: number | null, 
/**
 * Bytes a second.
 */
rate: number | null, 
/**
 * Layers.
 */
layers: Array<LayerView>, };

/**
 * Every registry that images come from.
 */
export type RegistryList = { 
/**
 * The registries, by host.
 */
registries: Array<RegistryView>, };

/**
 * A registry that images come from.
 */
export type RegistryView = { 
/**
 * Its host.
 */
host: string, 
/**
 * Names of the catalog entries whose images are there.
 */
clients: Array<string>, 
/**
 * Names of the nodes whose images came from there.
 */
nodes: Array<string>, 
/**
 * When it last gave what it was asked for, in milliseconds since 1970; absent: never asked on this machine.
 */
last_reached: number | null, 
/**
 * When it last could not be reached.
 */
last_failed: number | null, 
/**
 * Why not.
 */
why: string | null, };

/**
 * What a removal did.
 */
export type RemovalReport = { 
/**
 * The node.
 */
node: string, 
/**
 * True once containers and record are gone; false while it still stops.
 */
done: boolean, 
/**
 * Folder of the chain data.
 */
data_dir: string, 
/**
 * Bytes there (kept by `remove`, freed by `erase`).
 */
data_bytes: number, 
/**
 * Whether the chain data was erased.
 */
erased: boolean, };

/**
 * What the machine must have.
 */
export type RequirementView = { 
/**
 * Networks it holds for; empty: all.
 */
networks: Array<string>, 
/**
 * Holds only while this option ...
 */
when_option: string | null, 
/**
 * ... has this value.
 */
when_equals: string | null, 
/**
 * Disk in bytes.
 */
disk: number, 
/**
 * Size option that is added to it.
 */
disk_option: string | null, 
/**
 * Growth per month in bytes.
 */
disk_per_month: number, 
/**
 * Memory in bytes.
 */
ram: number, 
/**
 * First download in bytes.
 */
download: number, 
/**
 * First sync, in words.
 */
first_sync: string, 
/**
 * Day of the figures.
 */
as_of: string, 
/**
 * Where they come from; `?` marks what nobody has checked.
 */
source: string, };

/**
 * An option and its value.
 */
export type ResolvedOptionView = { 
/**
 * Id.
 */
id: string, 
/**
 * Value as `--set` writes it.
 */
value: string, 
/**
 * Set by a rule: why.
 */
because: string | null, 
/**
 * Offered with the present choices.
 */
offered: boolean, };

/**
 * Machine and nodes.
 */
export type ResourceReport = { 
/**
 * This machine.
 */
machine: MachineView, 
/**
 * Every running node.
 */
nodes: Array<NodeUsage>, };

/**
 * A password, for the user who asked to see it.
 */
export type RevealedCredential = { 
/**
 * User name.
 */
user: string, 
/**
 * Password.
 */
password: string, };

/**
 * What came of putting every wallet back.
 */
export type RevertAllReport = { 
/**
 * The wallets that are back, or will be when they close.
 */
done: Array<WalletChange>, 
/**
 * The wallets that are not.
 */
failed: Array<RevertFailure>, };

/**
 * A wallet that was not put back.
 */
export type RevertFailure = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Network.
 */
network: string, 
/**
 * Why.
 */
fault: FaultView, };

/**
 * Asks for a revert.
 */
export type RevertRequest = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Network; the one that was switched when there is only one.
 */
network: string | null, 
/**
 * For a wallet without a fixed place: its file; the one that was switched when there is only one.
 */
file: string | null, 
/**
 * While the wallet runs: wait and put it back when it closes.
 */
when_closed: boolean, };

/**
 * A file that was made.
 */
export type SavedFile = { 
/**
 * A name for it.
 */
name: string, 
/**
 * Where it is; absent where it comes back in the answer.
 */
path: string | null, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * Its bytes in Base64, where no path was named.
 */
content: string | null, };

/**
 * A service's image before and after.
 */
export type ServiceChangeView = { 
/**
 * The service.
 */
service: string, 
/**
 * Version (tag) now.
 */
from_version: string, 
/**
 * Digest now.
 */
from_digest: string, 
/**
 * Version then.
 */
to_version: string, 
/**
 * Digest then; absent where it is still to be resolved from the tag.
 */
to_digest: string | null, };

/**
 * What a service used.
 */
export type ServiceHistory = { 
/**
 * The service.
 */
service: string, 
/**
 * Its use, oldest first.
 */
points: Array<UsagePoint>, };

/**
 * One container.
 */
export type ServiceView = { 
/**
 * Its name.
 */
name: string, 
/**
 * `repository:tag`.
 */
image: string, 
/**
 * Digest it is pinned to.
 */
digest: string, 
/**
 * `absent`, `created`, `running`, `exited`, `paused`, `changing`, `unknown`.
 */
state: string, 
/**
 * Percent of one core.
 */
cpu_percent: number | null, 
/**
 * Memory in bytes.
 */
memory_bytes: number | null, 
/**
 * Disk in bytes.
 */
disk_bytes: number | null, 
/**
 * Bytes received over the network a second.
 */
net_in_rate: number | null, 
/**
 * Bytes sent over the network a second.
 */
net_out_rate: number | null, 
/**
 * Bytes read from disks a second.
 */
disk_read_rate: number | null, 
/**
 * Bytes written to disks a second.
 */
disk_write_rate: number | null, 
/**
 * When it started, in milliseconds since 1970.
 */
started_at: number | null, 
/**
 * Container id, short.
 */
container: string | null, };

/**
 * Settings that the user may change.
 */
export type SettingsView = { 
/**
 * Light, dark or as the system.
 */
theme: Theme, 
/**
 * Language of the window, or as the system.
 */
language: Language, 
/**
 * Folder for the chain data of new nodes; empty: inside Freehold's folder.
 */
chain_data_dir: string, 
/**
 * `ask`, `keep` or `stop`: what happens to running nodes when Freehold quits.
 */
on_quit: string, 
/**
 * Engine address to use instead of looking; empty: look.
 */
engine: string, 
/**
 * Which notifications are shown on the desktop: `important` (crashed, disk, expiring), `all` or `none`.
 */
notifications: string, };

/**
 * What people see of a node's state.
 */
export type StatusView = { 
/**
 * `pulling`, `starting`, `syncing`, `ready`, `degraded`, `moving`, `paused`, `stopping`, `stopped`, `retrying`,
 * `failed`, `wrong-chain`, `expired`, `unknown`.
 */
state: string, 
/**
 * 0 to 100 while pulling, syncing or moving, 100 when ready; absent where nobody can tell.
 */
progress: number | null, 
/**
 * `pre-headers`, `headers`, `state`, `blocks`, `indexing`, `needs-owner`, `ready`.
 */
stage: string | null, 
/**
 * Earliest end of the sync, in seconds.
 */
eta_low_s: number | null, 
/**
 * Latest end of the sync, in seconds.
 */
eta_high_s: number | null, 
/**
 * What bounds the estimate.
 */
eta_bound_by: string | null, 
/**
 * Why it is in this state, in one sentence.
 */
why: string | null, 
/**
 * With `failed` and `retrying`: the fault.
 */
fault: FaultView | null, 
/**
 * With `pulling`: layers and bytes.
 */
pull: PullView | null, 
/**
 * With `stopping`: when it was asked to, in milliseconds since 1970; absent while others have to stop first.
 */
since: number | null, 
/**
 * With `stopping`: when it would be killed, in milliseconds since 1970.
 */
kill_at: number | null, 
/**
 * With `retrying`: when, in milliseconds since 1970.
 */
retry_at: number | null, 
/**
 * With `retrying`: tries so far.
 */
attempt: number | null, 
/**
 * With `moving`: bytes there and checked.
 */
moved_bytes: number | null, 
/**
 * With `moving`: bytes in all.
 */
move_bytes: number | null, };

/**
 * One file of a support bundle.
 */
export type SupportFile = { 
/**
 * Its path inside the bundle.
 */
name: string, 
/**
 * What it tells, in one sentence.
 */
about: string, 
/**
 * Its whole text; what identifies the user or opens anything is hidden already.
 */
text: string, };

/**
 * What a support bundle would hold, to the last letter.
 */
export type SupportPreview = { 
/**
 * By which exactly this bundle is saved.
 */
id: string, 
/**
 * When it was gathered, in milliseconds since 1970.
 */
at: number, 
/**
 * A name for the file.
 */
file_name: string, 
/**
 * How many things were hidden.
 */
hidden: number, 
/**
 * Its files.
 */
files: Array<SupportFile>, };

/**
 * Saves a support bundle.
 */
export type SupportSaveRequest = { 
/**
 * The bundle that was shown; absent: one is gathered now.
 */
id: string | null, 
/**
 * Where the file goes.
 */
target: FileTarget, };

/**
 * Asks for a switch. Exactly one of `node` and `to` is given.
 */
export type SwitchRequest = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * One of your nodes.
 */
node: string | null, 
/**
 * Any endpoint, for example `bitcoin+http://127.0.0.1:8332`.
 */
to: string | null, 
/**
 * With `to`: user name.
 */
user: string | null, 
/**
 * With `to`: file that holds the password.
 */
password_file: string | null, 
/**
 * Network; the node's, or mainnet.
 */
network: string | null, 
/**
 * Switch also where the node certainly lacks what the wallet needs.
 */
anyway: boolean, 
/**
 * For a wallet without a fixed place: its file.
 */
file: string | null, 
/**
 * While the wallet runs: wait and make the change when it closes.
 */
when_closed: boolean, };

/**
 * How long the first sync takes on this machine.
 */
export type SyncEstimate = { 
/**
 * At the earliest, in seconds.
 */
low_s: number, 
/**
 * At the latest, in seconds.
 */
high_s: number, 
/**
 * What bounds it and what the estimate rests on.
 */
because: string, };

/**
 * First syncs of every entry, with default options on its first network.
 */
export type SyncEstimates = { 
/**
 * The folder whose disk was measured.
 */
folder: string, 
/**
 * The disk's speed; absent while it was not measured.
 */
speed: DiskSpeedView | null, 
/**
 * When it was measured, in milliseconds since 1970.
 */
measured_at: number | null, 
/**
 * One for each entry that something can be said about; empty while the disk was not measured.
 */
entries: Array<EntryEstimate>, };

/**
 * Asks for the estimates.
 */
export type SyncEstimatesRequest = { 
/**
 * Measure the disk for chain data now, for a few seconds; else the last measurement counts, if there was one.
 */
measure: boolean, };

/**
 * How far a node was at a moment.
 */
export type SyncPoint = { 
/**
 * When, in milliseconds since 1970.
 */
at: number, 
/**
 * Blocks checked.
 */
height: number, 
/**
 * 0 to 100, where the node could tell.
 */
percent: number | null, 
/**
 * Connections.
 */
peers: number, };

/**
 * Colours.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What an update would change.
 */
export type UpdatePreview = { 
/**
 * The node.
 */
node: string, 
/**
 * True where the catalog names other images than the node runs.
 */
available: boolean, 
/**
 * Every service that would change.
 */
services: Array<ServiceChangeView>, 
/**
 * What a new version does to the data: `two-way`, `one-way` or `unknown`.
 */
data: string, 
/**
 * What to know, in one or two sentences.
 */
note: string | null, 
/**
 * Where the release's notes are.
 */
release_notes: string | null, 
/**
 * The version that a rollback would go back to; absent where there is none.
 */
previous: Array<ServiceChangeView> | null, 
/**
 * Why a rollback is not possible, where it is not.
 */
rollback_refused: string | null, 
/**
 * Until when the catalog's release is good, where it ends.
 */
expires: string | null, };

/**
 * What was used around a moment.
 */
export type UsagePoint = { 
/**
 * When, in milliseconds since 1970.
 */
at: number, 
/**
 * Percent of one core; of the whole machine for the machine.
 */
cpu_percent: number | null, 
/**
 * Memory in bytes.
 */
memory_bytes: number | null, 
/**
 * Disk in bytes.
 */
disk_bytes: number | null, 
/**
 * Bytes received a second.
 */
net_in_rate: number | null, 
/**
 * Bytes sent a second.
 */
net_out_rate: number | null, 
/**
 * Bytes read from disks a second.
 */
disk_read_rate: number | null, 
/**
 * Bytes written to disks a second.
 */
disk_write_rate: number | null, };

/**
 * Names a wallet's network.
 */
export type WaitingRequest = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Network.
 */
network: string, };

/**
 * What was done.
 */
export type WalletChange = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Network.
 */
network: string, 
/**
 * The files that were written or taken away; its settings where none was.
 */
files: Array<string>, 
/**
 * Whether any file was written.
 */
changed: boolean, 
/**
 * It runs: the change is made when it closes.
 */
waiting: boolean, 
/**
 * With a revert: the exact bytes are back (false: only our keys were put back).
 */
exact: boolean, 
/**
 * The endpoint's height, asked for after the change; absent after a revert.
 */
height: number | null, 
/**
 * What to know about it.
 */
notes: Array<string>, };

/**
 * What would change.
 */
export type WalletDiff = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Network.
 */
network: string, 
/**
 * Its files, the settings first.
 */
files: Array<WalletFileDiff>, 
/**
 * Nothing would change.
 */
unchanged: boolean, 
/**
 * With a revert: the exact bytes would be back (false: only our keys would be put back).
 */
exact: boolean, 
/**
 * What to know about it.
 */
notes: Array<string>, 
/**
 * Why it could not be done now (for example: the wallet runs).
 */
blocked: FaultView | null, 
/**
 * Where it would point afterwards.
 */
endpoint: string | null, 
/**
 * What the node lacks and the wallet needs.
 */
lacks: Array<LackView>, };

/**
 * What would change in one file.
 */
export type WalletFileDiff = { 
/**
 * The file.
 */
file: string, 
/**
 * The lines, secrets masked.
 */
lines: Array<DiffLineView>, 
/**
 * Nothing would change.
 */
unchanged: boolean, 
/**
 * The file would be made.
 */
is_made: boolean, 
/**
 * The file would be taken away.
 */
goes: boolean, };

/**
 * How a wallet is pointed at a node by hand.
 */
export type WalletGuide = { 
/**
 * Wallet id.
 */
wallet: string, 
/**
 * Name.
 */
name: string, 
/**
 * `prompt`: a page asks the wallet (see `wallet_prompt`); `guide`: by these steps; `no`: it cannot be done.
 */
how: string, 
/**
 * `desktop`, `browser`, `terminal` or `phone`. With `phone`, `wallet_phone` may make a link.
 */
runs_on: string, 
/**
 * `wallet_phone` can make a link for it.
 */
has_link: boolean, 
/**
 * One sentence: what can be had.
 */
summary: string, 
/**
 * The node that is filled in.
 */
node: GuideNode | null, 
/**
 * Your nodes that this wallet could use.
 */
nodes: Array<GuideNode>, 
/**
 * Where it would point, in the scheme that `--to` takes.
 */
endpoint: string | null, 
/**
 * What to do, in order. With `how` = `no`: what to do instead.
 */
steps: Array<WalletStep>, 
/**
 * How to go back.
 */
revert: Array<WalletStep>, 
/**
 * What to know before.
 */
notes: Array<string>, 
/**
 * What Freehold's makers could not check themselves.
 */
unverified: Array<string>, 
/**
 * Whose servers it uses as long as nothing is changed.
 */
hosted: Array<string>, 
/**
 * What goes on contacting others afterwards.
 */
leftovers: Array<string>, };

/**
 * What was done to a wallet.
 */
export type WalletHistory = { 
/**
 * Newest first.
 */
entries: Array<WalletHistoryEntry>, };

/**
 * One change.
 */
export type WalletHistoryEntry = { 
/**
 * Journal id.
 */
id: string, 
/**
 * When, in milliseconds since 1970.
 */
at: number, 
/**
 * Network.
 */
network: string, 
/**
 * The files.
 */
files: Array<string>, 
/**
 * `prepared`, `applied`, `reverted`, `abandoned`.
 */
state: string, 
/**
 * Where it was pointed.
 */
endpoint: string | null, };

/**
 * Every wallet.
 */
export type WalletList = { 
/**
 * One row for each wallet and network.
 */
wallets: Array<WalletView>, };

/**
 * Names a wallet.
 */
export type WalletRequest = { 
/**
 * Wallet id.
 */
wallet: string, };

/**
 * One step.
 */
export type WalletStep = { 
/**
 * What to do.
 */
text: string, 
/**
 * What to copy into the wallet, where there is something.
 */
copy: string | null, };

/**
 * A wallet on one network.
 */
export type WalletView = { 
/**
 * Wallet id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Network.
 */
network: string, 
/**
 * Whether its settings exist on this machine.
 */
found: boolean, 
/**
 * Its settings files.
 */
files: Array<string>, 
/**
 * Endpoint in use, without secrets.
 */
endpoint: string | null, 
/**
 * Who answers there: one of your nodes' names, a provider, or unknown.
 */
provider: string | null, 
/**
 * True: somebody else's server. False: your own. Absent: unknown.
 */
hosted: boolean | null, 
/**
 * Your node that it uses.
 */
node: string | null, 
/**
 * Whether it runs now.
 */
running: boolean, 
/**
 * `file`, `prompt`, `guide` or `no`.
 */
switchable: string, 
/**
 * One sentence about the row.
 */
why: string, 
/**
 * Freehold switched it and can put it back.
 */
can_revert: boolean, 
/**
 * Protocols it can use.
 */
protocols: Array<string>, 
/**
 * What goes on contacting others after a switch.
 */
leftovers: Array<LeftoverView>, 
/**
 * Further endpoints that it uses, without secrets.
 */
others: Array<string>, 
/**
 * What else to know, for example which environment variable beats its file.
 */
notes: Array<string>, 
/**
 * What will be done when it closes, in a sentence.
 */
waiting: string | null, 
/**
 * Your nodes that it could be pointed at, by id.
 */
nodes: Array<string>, 
/**
 * It has no fixed place: a switch names the file.
 */
takes_file: boolean, 
/**
 * When it was last seen at one of your nodes, in milliseconds since 1970, to ten seconds; absent where that is not
 * known.
 */
last_used_at: number | null, 
/**
 * How `last_used_at` is known, in a sentence.
 */
use_note: string | null, 
/**
 * What is wrong with a wallet that Freehold switched, in a sentence: it runs and does not ask its node, or its
 * settings point elsewhere again.
 */
attention: string | null, };

/** Every command: its request and its response. */
export interface Commands {
  /** Everything a window needs at start, with the number of the next event. */
  app_snapshot: { request: Empty; response: AppSnapshot };
  /** Looks for the container engine again. */
  engine_check: { request: Empty; response: EngineView };
  /** Runs the guide's commands to get an engine, with the user's consent to exactly these. Progress comes as events. */
  engine_setup: { request: EngineSetupRequest; response: EngineView };
  /** Every catalog entry, and what is wrong with the user's overlay. */
  catalog_list: { request: Empty; response: CatalogListing };
  /** One catalog entry. */
  catalog_show: { request: ClientRequest; response: CatalogEntryView };
  /** Checks a folder of catalog files. */
  catalog_check: { request: FolderRequest; response: CatalogCheckReport };
  /** What an install would come to and what speaks against it. Changes nothing. */
  preflight: { request: InstallRequest; response: PreflightReport };
  /** Adds a node and starts it. Returns once that is recorded; progress comes as events. */
  install: { request: InstallRequest; response: NodeView };
  /** Every node. */
  node_list: { request: Empty; response: NodeList };
  /** One node. */
  node_show: { request: NodeRequest; response: NodeView };
  /** Asks for a node to run. */
  node_start: { request: NodeRequest; response: NodeView };
  /** Asks for a node to stop cleanly. */
  node_stop: { request: NodeRequest; response: NodeView };
  /** Stops and starts a node. */
  node_restart: { request: NodeRequest; response: NodeView };
  /** What changing options would mean: a restart, an index, the sync again. Changes nothing. */
  node_change_preview: { request: ChangeRequest; response: ChangePreview };
  /** Changes options of a node, and restarts it where that is needed. */
  node_change: { request: ChangeRequest; response: NodeView };
  /** What an update would change. Changes nothing. */
  node_update_preview: { request: NodeRequest; response: UpdatePreview };
  /** Updates a node to what the catalog names. Returns once that is recorded; progress comes as events. */
  node_update: { request: ConfirmedNodeRequest; response: NodeView };
  /** Goes back to the version before the last update. */
  node_rollback: { request: ConfirmedNodeRequest; response: NodeView };
  /** Moves a node's data to another folder. Returns once that is recorded; progress comes as events. */
  node_move: { request: MoveRequest; response: NodeView };
  /** Existing data folders and running nodes of this machine that a node could be made from. Changes nothing. */
  node_adoptable: { request: AdoptableRequest; response: AdoptableList };
  /** Watches a node that somebody else runs on this machine, and offers it to wallets. Changes nothing there. */
  node_attach: { request: AttachRequest; response: NodeView };
  /** The last crashes of a node, with the last lines of its log. */
  node_crashes: { request: NodeRequest; response: CrashList };
  /** Whom a node is connected to, asked now. */
  node_peers: { request: NodeRequest; response: PeerList };
  /** How a node's sync and its use of the machine went. */
  node_history: { request: HistoryRequest; response: NodeHistory };
  /** How the use of the machine went. */
  machine_history: { request: MachineHistoryRequest; response: MachineHistory };
  /** Measures the speed of a folder's disk for a few seconds. */
  disk_measure: { request: FolderRequest; response: DiskSpeedView };
  /** The disks that new chain data can go to, and where it goes now. */
  disk_choices: { request: Empty; response: DiskChoices };
  /** How long the first sync of every entry would take on this machine, by the last measurement of the disk or a new one. */
  sync_estimates: { request: SyncEstimatesRequest; response: SyncEstimates };
  /** Removes container and record; chain data stays. */
  node_remove: { request: NodeRequest; response: RemovalReport };
  /** Removes container, record and chain data. */
  node_erase: { request: EraseRequest; response: RemovalReport };
  /** Lines of a service's log; waits for new ones if asked to. */
  node_logs: { request: LogRequest; response: LogPage };
  /** URLs that wallets can use, of one node or all. */
  endpoint_list: { request: EndpointRequest; response: EndpointList };
  /** An endpoint's address as a picture that a camera reads; with its login only when that is asked for. */
  endpoint_code: { request: EndpointCodeRequest; response: EndpointCode };
  /** The password of one consumer of a node. Only for showing it to the user who asked. */
  credential_reveal: { request: CredentialRequest; response: RevealedCredential };
  /** Every login of a node, and what has become of it. */
  credential_list: { request: NodeRequest; response: CredentialList };
  /** What taking a login back, or giving it a new password, would mean. Changes nothing. */
  credential_preview: { request: CredentialPreviewRequest; response: CredentialPreview };
  /** Takes a login back: the node is started again without that user. */
  credential_revoke: { request: CredentialChangeRequest; response: CredentialList };
  /** Gives a login a new password. Returns once that is recorded; node and wallet file follow by themselves. */
  credential_rotate: { request: CredentialChangeRequest; response: CredentialList };
  /** Every wallet on this machine. */
  wallet_list: { request: Empty; response: WalletList };
  /** What a switch would change. Changes nothing. */
  wallet_diff: { request: SwitchRequest; response: WalletDiff };
  /** Points a wallet at a node. */
  wallet_switch: { request: SwitchRequest; response: WalletChange };
  /** What a revert would change. Changes nothing. */
  wallet_revert_diff: { request: RevertRequest; response: WalletDiff };
  /** Puts a wallet's settings back. */
  wallet_revert: { request: RevertRequest; response: WalletChange };
  /** Puts back every wallet that was switched; one that runs is put back when it closes. */
  wallet_revert_all: { request: Empty; response: RevertAllReport };
  /** Gives up a change that waits for a wallet to close. */
  wallet_stop_waiting: { request: WaitingRequest; response: WalletList };
  /** What was done to a wallet. */
  wallet_history: { request: WalletRequest; response: WalletHistory };
  /** The steps by which a wallet without an editable file is pointed at a node. Changes nothing. */
  wallet_guide: { request: GuideRequest; response: WalletGuide };
  /** Opens a page on this machine that asks a browser's wallet to use a node. */
  wallet_prompt: { request: PromptRequest; response: PromptPage };
  /** How such a page went. */
  wallet_prompt_status: { request: PromptStatusRequest; response: PromptStatus };
  /** A link and its picture by which a telephone's wallet uses a node. */
  wallet_phone: { request: PhoneRequest; response: PhoneLink };
  /** Whom every wallet, tool, variable and node on this machine asks, and whose ground that is. Asks nobody. */
  wallet_audit: { request: Empty; response: AuditReport };
  /** What would stop if a cloud or a provider were gone; what stands on your own ground is asked now. */
  outage_drill: { request: DrillRequest; response: DrillReport };
  /** What Freehold did, newest first. */
  activity_list: { request: ActivityRequest; response: ActivityList };
  /** A file of what Freehold did: every entry that fits. */
  activity_export: { request: ActivityExportRequest; response: SavedFile };
  /** Everything that a support bundle would hold, with secrets and names hidden. Saves and sends nothing. */
  support_bundle_preview: { request: Empty; response: SupportPreview };
  /** Saves a support bundle where the user said. Sends nothing. */
  support_bundle_save: { request: SupportSaveRequest; response: SavedFile };
  /** Which registries images come from, and when each was last reached. */
  registry_list: { request: Empty; response: RegistryList };
  /** What the machine and every node use now. */
  resources: { request: Empty; response: ResourceReport };
  /** Looks over engine, folder, clock, disks and catalog. */
  doctor: { request: Empty; response: DoctorReport };
  /** The settings. */
  settings_show: { request: Empty; response: SettingsView };
  /** Changes settings. */
  settings_change: { request: SettingsView; response: SettingsView };
  /** Stops every running node; used by the quit question. */
  stop_all: { request: Empty; response: NodeList };
}

/** Every fault code. */
export type FaultCode =
  | "engine-missing"
  | "engine-permission"
  | "engine-unreachable"
  | "engine-too-old"
  | "engine-refused"
  | "engine-setup-failed"
  | "registry-unreachable"
  | "image-missing"
  | "image-digest-mismatch"
  | "image-platform"
  | "pull-failed"
  | "disk-too-small"
  | "disk-full"
  | "port-in-use"
  | "clock-skew"
  | "data-dir-owner"
  | "data-dir-unusable"
  | "data-dir-in-use"
  | "already-running"
  | "newer-data"
  | "store-failed"
  | "settings-corrupt"
  | "bad-request"
  | "confirmation-needed"
  | "not-supported"
  | "timed-out"
  | "internal"
  | "catalog-invalid"
  | "client-unknown"
  | "network-unknown"
  | "option-invalid"
  | "client-unavailable"
  | "entry-expired"
  | "release-halted"
  | "node-needed"
  | "need-unmet"
  | "nothing-to-update"
  | "rollback-impossible"
  | "update-failed"
  | "disk-nearly-full"
  | "move-failed"
  | "database-version"
  | "cpu-unsupported"
  | "node-unknown"
  | "node-exists"
  | "node-busy"
  | "node-changing"
  | "node-crashed"
  | "node-out-of-memory"
  | "node-bad-database"
  | "node-needs-reindex"
  | "node-auth-failed"
  | "wrong-chain"
  | "attach-failed"
  | "wallet-unknown"
  | "wallet-not-found"
  | "wallet-running"
  | "wallet-file-malformed"
  | "wallet-file-read-only"
  | "wallet-file-symlink"
  | "wallet-file-changed"
  | "wallet-protocol"
  | "wallet-conflict"
  | "wallet-needs"
  | "credential-revoked"
  | "nothing-to-revert"
  | "wallet-journal"
  | "endpoint-invalid"
  | "endpoint-silent"
  | "endpoint-auth"
  | "endpoint-wrong-chain"
  | "endpoint-warming-up"
  | "endpoint-unreadable"
  ;

/** The words for every fault; `{name}` is filled with the fault's parameter. */
export const faultWords: Record<FaultCode, { title: string; why: string; todo: string; action: string }> = {
  "engine-missing": { title: "No container engine was found", why: "Freehold runs nodes in containers and found neither Docker nor Podman on this machine ({looked_at}).", todo: "Install Docker or Podman, start it, and check again.", action: "check-engine" },
  "engine-permission": { title: "The container engine does not let this user in", why: "{address} exists, but user {user} may not open it.", todo: "Run `sudo usermod -aG docker {user}`, log out and in again, and check again. Members of that group can act as root on this machine.", action: "check-engine" },
  "engine-unreachable": { title: "The container engine does not answer", why: "{address}: {reason}.", todo: "Start the engine (for example `sudo systemctl start docker`). Freehold goes on by itself once it answers; nodes keep their data.", action: "check-engine" },
  "engine-too-old": { title: "The container engine is too old", why: "Version {version} was found; Freehold needs Docker 20.10 or Podman 4.3.", todo: "Update the engine and check again.", action: "check-engine" },
  "engine-refused": { title: "The container engine refused a request", why: "{operation}: {reason}.", todo: "Look at the reason above. If it names a limit of this machine, change that and try again.", action: "retry" },
  "engine-setup-failed": { title: "The container engine could not be set up", why: "{reason}.", todo: "Run the commands of the guide in a terminal, where you see everything they say. This page goes on by itself once the engine answers.", action: "check-engine" },
  "registry-unreachable": { title: "The image registry cannot be reached", why: "{registry} did not answer: {reason}.", todo: "Check this machine's network and try again. What was already downloaded by the engine is kept where the engine supports it.", action: "retry" },
  "image-missing": { title: "The registry does not have the image", why: "{image} was not found at {registry}.", todo: "The publisher may have taken it away. Update Freehold's catalog, or name another source in your own catalog folder.", action: "retry" },
  "image-digest-mismatch": { title: "The image is not the one that the catalog names", why: "Expected {expected}, the engine holds {found}. Nothing was started.", todo: "Do not use this registry until you know why. Remove the image from the engine and try another source.", action: "none" },
  "image-platform": { title: "The image does not run on this kind of machine", why: "The engine runs {platform}; the image offers {offered}.", todo: "Use a machine of an offered kind.", action: "none" },
  "pull-failed": { title: "The image could not be pulled", why: "{image}: {reason}.", todo: "Try again. If it fails at the same place, check the disk space of the engine.", action: "retry" },
  "disk-too-small": { title: "The disk is too small for this node", why: "{path} has {available} free; {needed} are needed.", todo: "Choose another disk with `--data`, or prune: `--set storage=pruned`.", action: "none" },
  "disk-full": { title: "The disk is full", why: "{path} has {available} free.", todo: "Free some space and start again; nothing was lost.", action: "retry" },
  "port-in-use": { title: "A port that the node needs is taken", why: "Port {port} on {address} is used by {owner}.", todo: "Stop that program, or set another port for the node.", action: "retry" },
  "clock-skew": { title: "This machine's clock is wrong", why: "It is {skew} off the time that {source} gives. Nodes refuse blocks when the clock is wrong.", todo: "Turn on network time (`sudo timedatectl set-ntp true`) and try again.", action: "none" },
  "data-dir-owner": { title: "The data folder belongs to someone else", why: "{path} belongs to {owner}; the node would run as {user} and could not write there.", todo: "Choose another folder with `--data`, or give it to that user: `sudo chown -R {user} {path}`.", action: "none" },
  "data-dir-unusable": { title: "The data folder cannot be used", why: "{path}: {reason}.", todo: "Choose another folder with `--data`.", action: "none" },
  "data-dir-in-use": { title: "Another node uses that data folder", why: "{path} belongs to the node {owner}. Two nodes on one folder would destroy it.", todo: "Choose another folder with `--data`.", action: "none" },
  "already-running": { title: "Freehold is already running with this data folder", why: "Process {pid} holds {path} and does not answer commands.", todo: "Use that window, or end the process, or choose another folder with `--data-dir`.", action: "none" },
  "newer-data": { title: "The data folder was made by a newer Freehold", why: "{path} has version {found}; this program knows {known}. Nothing was changed.", todo: "Update Freehold, or choose another folder with `--data-dir`.", action: "none" },
  "store-failed": { title: "Freehold could not read or write its own folder", why: "{path}: {reason}.", todo: "Check that the folder exists, belongs to you and that the disk is not full.", action: "retry" },
  "settings-corrupt": { title: "The settings file could not be read and was set aside", why: "{path} is not valid ({reason}); it is kept as {kept}. The defaults are in use.", todo: "Set what you need again, or mend the kept file and put it back.", action: "none" },
  "bad-request": { title: "The request could not be understood", why: "{reason}.", todo: "Check the command against `freehold help`.", action: "none" },
  "confirmation-needed": { title: "This needs your consent", why: "{what}.", todo: "Run it again with `--yes`.", action: "none" },
  "not-supported": { title: "This is not possible here", why: "{what}.", todo: "See the documentation for what this system supports.", action: "none" },
  "timed-out": { title: "It took too long", why: "{what} did not finish within {limit}. It goes on in the background.", todo: "Look at the node's status and log.", action: "retry" },
  "internal": { title: "Freehold made a mistake", why: "{reason}. This is a bug.", todo: "Report it with the log file from Freehold's folder.", action: "none" },
  "catalog-invalid": { title: "A catalog file is not valid", why: "{file}, line {line}: {reason}.", todo: "Mend the file, then run `freehold catalog check` on its folder.", action: "none" },
  "client-unknown": { title: "There is no such catalog entry", why: "`{client}` is not in the catalog. Known: {known}.", todo: "Run `freehold catalog list`.", action: "none" },
  "network-unknown": { title: "This client does not know that network", why: "`{network}` is not one of {known}.", todo: "Choose one of them with `--network`.", action: "none" },
  "option-invalid": { title: "An option cannot have that value", why: "`{option}`: {reason}.", todo: "Run `freehold catalog show {client}` for the options and their ranges.", action: "none" },
  "client-unavailable": { title: "Freehold does not install this client", why: "{what}", todo: "See `freehold catalog show {client}` for what can be used instead.", action: "none" },
  "entry-expired": { title: "The catalog entry has expired", why: "{what}", todo: "Update Freehold, or put a newer release of the client into your own catalog folder.", action: "none" },
  "release-halted": { title: "This release has stopped by design", why: "{client} {version} halts at block {height}, so that nobody follows an outdated chain.", todo: "Update the node: `freehold update {node}`. If there is no newer release in the catalog, update Freehold first.", action: "none" },
  "node-needed": { title: "Other nodes need this one", why: "{node} is needed by {others}.", todo: "Remove or stop those first.", action: "none" },
  "need-unmet": { title: "A node that this one needs cannot be used", why: "{what}", todo: "Choose another node with `--with NAME=NODE`, or let Freehold install one with `--with NAME=new`.", action: "none" },
  "nothing-to-update": { title: "There is nothing newer", why: "{node} runs what the catalog names.", todo: "Update Freehold for newer catalog entries.", action: "none" },
  "rollback-impossible": { title: "There is no way back to the version before", why: "{what}", todo: "To use an older version, erase the data and install that version.", action: "none" },
  "update-failed": { title: "The new version did not work and was taken back", why: "{node}: {reason}. The version before runs again.", todo: "Read the log of the failed start, kept under the node's crashes, before trying again.", action: "open-log" },
  "disk-nearly-full": { title: "The disk is nearly full", why: "{path} has {available} left. The node was stopped while its database is whole.", todo: "Free some space, prune (`--set storage=pruned`) or move the data (`freehold move`). It goes on by itself once there is room.", action: "retry" },
  "move-failed": { title: "The data could not be moved", why: "{path}: {reason}. The old folder is complete and in use.", todo: "Mend the cause and move again; what was copied is not copied twice.", action: "retry" },
  "database-version": { title: "The data was written by another version", why: "{service} says: {last_words}.", todo: "Run the version that wrote it, or erase the data and sync again.", action: "open-log" },
  "cpu-unsupported": { title: "This processor lacks instructions that the node needs", why: "{service} ended with an illegal instruction.", todo: "Use a machine with a newer processor, or another client for the same chain.", action: "none" },
  "node-unknown": { title: "There is no such node", why: "`{node}` is not one of your nodes. Known: {known}.", todo: "Run `freehold status`.", action: "none" },
  "node-exists": { title: "There is already a node with that name", why: "`{node}` exists.", todo: "Choose another name with `--name`.", action: "none" },
  "node-busy": { title: "The node is being removed", why: "`{node}` accepts no commands until its removal is done.", todo: "Wait for the removal to end.", action: "retry" },
  "node-changing": { title: "The node is being changed", why: "{node} {what}.", todo: "Wait until that is done and try again.", action: "retry" },
  "node-crashed": { title: "The node ended by itself", why: "{service} exited with code {code}. Its last words: {last_words}.", todo: "Read the log for the cause.", action: "open-log" },
  "node-out-of-memory": { title: "The node ran out of memory", why: "The system ended {service} because memory ran short.", todo: "Close other programs or give the node a smaller cache (`dbcache`), then start it again.", action: "open-log" },
  "node-bad-database": { title: "The node cannot read its database", why: "{service} says: {last_words}.", todo: "Restart it once. If it says so again, the data must be rebuilt; the log says how.", action: "open-log" },
  "node-needs-reindex": { title: "The chosen options need the data to be rebuilt", why: "{service} says: {last_words}.", todo: "Set the options back, or remove the node with its data and install it again.", action: "open-log" },
  "node-auth-failed": { title: "The node refuses Freehold's password", why: "The password kept for {node} is not the one that the node was started with.", todo: "Restart the node; Freehold gives it the password again.", action: "retry" },
  "wrong-chain": { title: "The node follows another chain", why: "Expected {expected}, found {found}.", todo: "Do not point a wallet at it. Its data folder may belong to another network or a fork.", action: "none" },
  "attach-failed": { title: "The node cannot be watched", why: "{endpoint}: {reason}.", todo: "Check address, user and password, and that the node runs on this machine.", action: "retry" },
  "wallet-unknown": { title: "There is no such wallet", why: "`{wallet}` is not one that Freehold can switch. Known: {known}.", todo: "Run `freehold wallets`.", action: "none" },
  "wallet-not-found": { title: "The wallet's settings were not found", why: "{wallet} keeps them in {path}, which does not exist.", todo: "Start the wallet once so that it makes its settings, close it, and try again.", action: "none" },
  "wallet-running": { title: "The wallet is running", why: "{wallet} ({evidence}) would overwrite the change when it closes. Nothing was changed.", todo: "Close {wallet} and try again.", action: "retry" },
  "wallet-file-malformed": { title: "The wallet's settings cannot be read", why: "{path}: {reason}. Nothing was changed.", todo: "Open the wallet to see whether it can, or mend the file.", action: "none" },
  "wallet-file-read-only": { title: "The wallet's settings may not be written", why: "{path}: {reason}. Nothing was changed.", todo: "Give your user the right to write it (`chmod u+w`), then try again.", action: "none" },
  "wallet-file-symlink": { title: "The wallet's settings file is a link", why: "{path} points to {target}. Freehold does not write through links, so that no other file is changed by surprise.", todo: "Replace the link by the file itself, or edit the file it points to by hand.", action: "none" },
  "wallet-file-changed": { title: "The wallet's settings changed while Freehold worked", why: "{path} is not the file that was planned for. Nothing was written.", todo: "Close every program that uses it and try again.", action: "retry" },
  "wallet-protocol": { title: "The wallet cannot use that endpoint", why: "{wallet} speaks {spoken}; the endpoint is {offered}. {reason}", todo: "Name an endpoint that it can use.", action: "none" },
  "wallet-conflict": { title: "The wallet would not use the new endpoint", why: "{path}: {reason}. Nothing was changed.", todo: "Change that in the wallet or its file by hand, then switch again.", action: "none" },
  "wallet-needs": { title: "The node lacks what the wallet needs", why: "{lacks} The wallet's file was not touched.", todo: "Change the node as shown, or switch all the same if you know better.", action: "none" },
  "credential-revoked": { title: "The access was taken back", why: "{node} no longer knows the user {consumer}: it was taken back.", todo: "Give it a new password with `freehold credential rotate {node} {consumer}`.", action: "none" },
  "nothing-to-revert": { title: "There is nothing to put back", why: "Freehold has not switched {wallet} on {network}.", todo: "Run `freehold wallet history {wallet}` to see what was done.", action: "none" },
  "wallet-journal": { title: "The backup could not be written", why: "{path}: {reason}. The wallet's file was not touched.", todo: "Check the disk space and rights of Freehold's folder and try again.", action: "retry" },
  "endpoint-invalid": { title: "That is not an endpoint", why: "`{endpoint}`: {reason}.", todo: "Write for example `bitcoin+http://127.0.0.1:8332`.", action: "none" },
  "endpoint-silent": { title: "The endpoint does not answer", why: "{endpoint}: {reason}. The wallet's file was not touched.", todo: "Start the node, wait until it answers, and try again.", action: "retry" },
  "endpoint-auth": { title: "The endpoint refuses the password", why: "{endpoint} does not accept user {user}. The wallet's file was not touched.", todo: "Check user and password.", action: "retry" },
  "endpoint-wrong-chain": { title: "The endpoint is on another chain", why: "{endpoint}: expected {expected}, found {found}. The wallet's file was not touched.", todo: "Choose the network of the endpoint with `--network`, or another endpoint.", action: "none" },
  "endpoint-warming-up": { title: "The node is still starting", why: "{endpoint} says: {message}. The wallet's file was not touched.", todo: "Wait until it is up and try again.", action: "retry" },
  "endpoint-unreadable": { title: "Something else answers at the endpoint", why: "{endpoint}: {reason}. The wallet's file was not touched.", todo: "Check the port: another program may listen there.", action: "none" },
};
