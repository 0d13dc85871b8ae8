//! The screens of the gallery, as data: where each is, what opens it, and which component it is there for.

/// One screen.
#[derive(Debug)]
pub(crate) struct Screen {
    /// Name of its pictures.
    pub(crate) name: &'static str,
    /// The state of the fake host (`ui/dev/scenarios.ts`).
    pub(crate) scenario: &'static str,
    /// Its address.
    pub(crate) hash: &'static str,
    /// What is clicked then, by `data-testid`.
    pub(crate) clicks: &'static [&'static str],
    /// What is there once it is open, by `data-testid`.
    pub(crate) landmark: &'static str,
    /// The view or dialog that it shows, below `ui/src`.
    pub(crate) shows: &'static str,
}

const fn at(
    name: &'static str,
    scenario: &'static str,
    hash: &'static str,
    landmark: &'static str,
    shows: &'static str,
) -> Screen {
    Screen {
        name,
        scenario,
        hash,
        clicks: &[],
        landmark,
        shows,
    }
}

impl Screen {
    const fn after(self, clicks: &'static [&'static str]) -> Self {
        Self { clicks, ..self }
    }
}

const NODE: &str = "#/node/bitcoin-mainnet";
const NODE_VIEW: &str = "views/NodeView.svelte";
const HOME: &str = "views/NodesView.svelte";
const CARD: &str = "node-card-bitcoin-mainnet";

/// Every screen and dialog. [`super::coverage`] fails where one of the interface is not among them.
pub(crate) const SCREENS: &[Screen] = &[
    at(
        "welcome",
        "first-run",
        "#/welcome",
        "door-practice",
        "views/WelcomeView.svelte",
    ),
    at("home-first-run", "first-run", "#/nodes", "door-practice", HOME),
    at(
        "engine-none",
        "no-engine",
        "#/engine",
        "engine-chip",
        "views/EngineView.svelte",
    ),
    at(
        "engine-looking",
        "looking",
        "#/engine",
        "engine-chip",
        "views/EngineView.svelte",
    ),
    at(
        "engine-found",
        "ready",
        "#/engine",
        "engine-chip",
        "views/EngineView.svelte",
    ),
    at("home-pulling", "pulling", "#/nodes", CARD, HOME),
    at("home-syncing", "syncing", "#/nodes", CARD, HOME),
    at("home-failed", "failed", "#/nodes", CARD, HOME),
    at("home-engine-gone", "engine-gone", "#/nodes", CARD, HOME),
    at("home-states", "states", "#/nodes", CARD, HOME),
    at(
        "catalog",
        "first-run",
        "#/catalog",
        "catalog-card-bitcoin-core",
        "views/CatalogView.svelte",
    ),
    at(
        "install",
        "first-run",
        "#/install/bitcoin-core/mainnet",
        "install-button",
        "views/InstallView.svelte",
    ),
    at(
        "install-practice",
        "first-run",
        "#/install/bitcoin-core/regtest",
        "install-button",
        "views/InstallView.svelte",
    ),
    at(
        "attach",
        "first-run",
        "#/attach",
        "attach-confirm",
        "views/AttachView.svelte",
    ),
    at("node-pulling", "pulling", NODE, "node-status", NODE_VIEW),
    at("node-syncing", "syncing", NODE, "node-status", NODE_VIEW),
    at("node-ready", "ready", NODE, "node-status", NODE_VIEW),
    at("node-failed", "failed", NODE, "fault", NODE_VIEW),
    at("node-engine-gone", "engine-gone", NODE, "node-status", NODE_VIEW),
    at("node-moving", "states", NODE, "node-status", NODE_VIEW),
    at("node-outside", "stack", "#/node/studio-node", "node-status", NODE_VIEW),
    at("node-gone", "ready", "#/node/nobody", "nav-nodes", NODE_VIEW),
    at(
        "node-history",
        "ready",
        "#/node/bitcoin-mainnet/history",
        "node-history",
        NODE_VIEW,
    ),
    at(
        "node-settings",
        "ready",
        "#/node/bitcoin-mainnet/settings",
        "node-option-wallet",
        NODE_VIEW,
    ),
    at(
        "node-version",
        "stack",
        "#/node/bitcoin-mainnet/version",
        "node-update",
        NODE_VIEW,
    ),
    at(
        "node-log",
        "ready",
        "#/node/bitcoin-mainnet/log",
        "log-lines",
        NODE_VIEW,
    ),
    at(
        "node-move",
        "ready",
        NODE,
        "node-move-folder",
        "features/nodes/MoveDialog.svelte",
    )
    .after(&["node-menu", "node-move"]),
    at(
        "node-remove",
        "ready",
        NODE,
        "node-remove-confirm",
        "features/nodes/EndDialog.svelte",
    )
    .after(&["node-menu", "node-remove"]),
    at(
        "node-erase",
        "ready",
        NODE,
        "node-erase-confirm",
        "features/nodes/EndDialog.svelte",
    )
    .after(&["node-menu", "node-erase"]),
    at(
        "node-change",
        "ready",
        "#/node/bitcoin-mainnet/settings",
        "node-change-confirm",
        "features/nodes/ChangeDialog.svelte",
    )
    .after(&["node-option-wallet", "node-change-review"]),
    at(
        "node-update",
        "stack",
        "#/node/bitcoin-mainnet/version",
        "node-update-confirm",
        "features/nodes/UpdateDialog.svelte",
    )
    .after(&["node-update"]),
    at(
        "node-rollback",
        "stack",
        "#/node/bitcoin-mainnet/version",
        "node-rollback-confirm",
        "features/nodes/UpdateDialog.svelte",
    )
    .after(&["node-rollback"]),
    at(
        "credential",
        "ready",
        "#/node/bitcoin-mainnet/connections",
        "credential-confirm",
        "features/nodes/CredentialDialog.svelte",
    )
    .after(&["credential-rotate-sparrow"]),
    at(
        "wallets",
        "wallets",
        "#/wallets",
        "wallet-row-sparrow-mainnet",
        "views/WalletsView.svelte",
    ),
    at(
        "wallets-none",
        "first-run",
        "#/wallets",
        "wallet-row-sparrow-mainnet",
        "views/WalletsView.svelte",
    ),
    at(
        "wallet-switch",
        "wallets",
        "#/wallets",
        "wallet-diff",
        "features/wallets/SwitchSheet.svelte",
    )
    .after(&["wallet-switch-sparrow-mainnet"]),
    at(
        "wallet-revert",
        "wallets",
        "#/wallets",
        "wallet-revert-confirm",
        "features/wallets/RevertSheet.svelte",
    )
    .after(&["wallet-revert-bitcoin-cli-mainnet"]),
    at(
        "wallets-revert-all",
        "wallets",
        "#/wallets",
        "wallets-revert-all-confirm",
        "features/wallets/RevertAllDialog.svelte",
    )
    .after(&["wallets-revert-all"]),
    at(
        "wallet-guide",
        "wallets",
        "#/wallets",
        "guide-steps",
        "features/wallets/GuideSheet.svelte",
    )
    .after(&["wallet-steps-metamask"]),
    at(
        "wallet-phone",
        "wallets",
        "#/wallets",
        "guide-steps",
        "features/wallets/GuideSheet.svelte",
    )
    .after(&["wallet-steps-bluewallet"]),
    at("audit", "wallets", "#/audit", "audit-score", "views/AuditView.svelte"),
    at("drill", "wallets", "#/drill", "drill-run", "views/DrillView.svelte"),
    at(
        "drill-result",
        "wallets",
        "#/drill",
        "drill-result",
        "views/DrillView.svelte",
    )
    .after(&["drill-run"]),
    at(
        "activity",
        "ready",
        "#/activity",
        "activity-entry",
        "views/ActivityView.svelte",
    ),
    at(
        "settings",
        "ready",
        "#/settings",
        "settings-theme-dark",
        "views/SettingsView.svelte",
    ),
    at("help", "ready", "#/help", "help-search", "views/HelpView.svelte"),
    at(
        "help-page",
        "ready",
        "#/help/what-freehold-is",
        "help-page-what-freehold-is",
        "views/HelpView.svelte",
    ),
    at(
        "quit",
        "ready&quit=1",
        "#/nodes",
        "quit-dialog",
        "features/shell/QuitDialog.svelte",
    ),
];
