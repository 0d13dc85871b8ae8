//! The one list of commands.

/// Calls `$callback!` with every command as `name(Request) -> Response;`, each under its one-line description.
///
/// Used by `app` (router), the shell (Tauri commands) and [`crate::typescript`].
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            /// Everything a window needs at start, with the number of the next event.
            app_snapshot(Empty) -> AppSnapshot;
            /// Looks for the container engine again.
            engine_check(Empty) -> EngineView;
            /// Every catalog entry, and what is wrong with the user's overlay.
            catalog_list(Empty) -> CatalogListing;
            /// One catalog entry.
            catalog_show(ClientRequest) -> CatalogEntryView;
            /// Checks a folder of catalog files.
            catalog_check(FolderRequest) -> CatalogCheckReport;
            /// What an install would come to and what speaks against it. Changes nothing.
            preflight(InstallRequest) -> PreflightReport;
            /// Adds a node and starts it. Returns once that is recorded; progress comes as events.
            install(InstallRequest) -> NodeView;
            /// Every node.
            node_list(Empty) -> NodeList;
            /// One node.
            node_show(NodeRequest) -> NodeView;
            /// Asks for a node to run.
            node_start(NodeRequest) -> NodeView;
            /// Asks for a node to stop cleanly.
            node_stop(NodeRequest) -> NodeView;
            /// Stops and starts a node.
            node_restart(NodeRequest) -> NodeView;
            /// Removes container and record; chain data stays.
            node_remove(NodeRequest) -> RemovalReport;
            /// Removes container, record and chain data.
            node_erase(EraseRequest) -> RemovalReport;
            /// Lines of a service's log; waits for new ones if asked to.
            node_logs(LogRequest) -> LogPage;
            /// URLs that wallets can use, of one node or all.
            endpoint_list(EndpointRequest) -> EndpointList;
            /// The password of one consumer of a node. Only for showing it to the user who asked.
            credential_reveal(CredentialRequest) -> RevealedCredential;
            /// Every wallet on this machine.
            wallet_list(Empty) -> WalletList;
            /// What a switch would change. Changes nothing.
            wallet_diff(SwitchRequest) -> WalletDiff;
            /// Points a wallet at a node.
            wallet_switch(SwitchRequest) -> WalletChange;
            /// What a revert would change. Changes nothing.
            wallet_revert_diff(RevertRequest) -> WalletDiff;
            /// Puts a wallet's settings back.
            wallet_revert(RevertRequest) -> WalletChange;
            /// What was done to a wallet.
            wallet_history(WalletRequest) -> WalletHistory;
            /// What Freehold did, newest first.
            activity_list(ActivityRequest) -> ActivityList;
            /// What the machine and every node use now.
            resources(Empty) -> ResourceReport;
            /// Looks over engine, folder, clock, disks and catalog.
            doctor(Empty) -> DoctorReport;
            /// The settings.
            settings_show(Empty) -> SettingsView;
            /// Changes settings.
            settings_change(SettingsView) -> SettingsView;
            /// Stops every running node; used by the quit question.
            stop_all(Empty) -> NodeList;
        }
    };
}
