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
            /// Runs the guide's commands to get an engine, with the user's consent to exactly these. Progress comes as events.
            engine_setup(EngineSetupRequest) -> EngineView;
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
            /// What changing options would mean: a restart, an index, the sync again. Changes nothing.
            node_change_preview(ChangeRequest) -> ChangePreview;
            /// Changes options of a node, and restarts it where that is needed.
            node_change(ChangeRequest) -> NodeView;
            /// What an update would change. Changes nothing.
            node_update_preview(NodeRequest) -> UpdatePreview;
            /// Updates a node to what the catalog names. Returns once that is recorded; progress comes as events.
            node_update(ConfirmedNodeRequest) -> NodeView;
            /// Goes back to the version before the last update.
            node_rollback(ConfirmedNodeRequest) -> NodeView;
            /// Moves a node's data to another folder. Returns once that is recorded; progress comes as events.
            node_move(MoveRequest) -> NodeView;
            /// Existing data folders and running nodes of this machine that a node could be made from. Changes nothing.
            node_adoptable(AdoptableRequest) -> AdoptableList;
            /// Watches a node that somebody else runs on this machine, and offers it to wallets. Changes nothing there.
            node_attach(AttachRequest) -> NodeView;
            /// The last crashes of a node, with the last lines of its log.
            node_crashes(NodeRequest) -> CrashList;
            /// Whom a node is connected to, asked now.
            node_peers(NodeRequest) -> PeerList;
            /// How a node's sync and its use of the machine went.
            node_history(HistoryRequest) -> NodeHistory;
            /// How the use of the machine went.
            machine_history(MachineHistoryRequest) -> MachineHistory;
            /// Measures the speed of a folder's disk for a few seconds.
            disk_measure(FolderRequest) -> DiskSpeedView;
            /// The disks that new chain data can go to, and where it goes now.
            disk_choices(Empty) -> DiskChoices;
            /// How long the first sync of every entry would take on this machine, by the last measurement of the disk or a new one.
            sync_estimates(SyncEstimatesRequest) -> SyncEstimates;
            /// Removes container and record; chain data stays.
            node_remove(NodeRequest) -> RemovalReport;
            /// Removes container, record and chain data.
            node_erase(EraseRequest) -> RemovalReport;
            /// Lines of a service's log; waits for new ones if asked to.
            node_logs(LogRequest) -> LogPage;
            /// URLs that wallets can use, of one node or all.
            endpoint_list(EndpointRequest) -> EndpointList;
            /// An endpoint's address as a picture that a camera reads; with its login only when that is asked for.
            endpoint_code(EndpointCodeRequest) -> EndpointCode;
            /// The password of one consumer of a node. Only for showing it to the user who asked.
            credential_reveal(CredentialRequest) -> RevealedCredential;
            /// Every login of a node, and what has become of it.
            credential_list(NodeRequest) -> CredentialList;
            /// What taking a login back, or giving it a new password, would mean. Changes nothing.
            credential_preview(CredentialPreviewRequest) -> CredentialPreview;
            /// Takes a login back: the node is started again without that user.
            credential_revoke(CredentialChangeRequest) -> CredentialList;
            /// Gives a login a new password. Returns once that is recorded; node and wallet file follow by themselves.
            credential_rotate(CredentialChangeRequest) -> CredentialList;
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
            /// Puts back every wallet that was switched; one that runs is put back when it closes.
            wallet_revert_all(Empty) -> RevertAllReport;
            /// Gives up a change that waits for a wallet to close.
            wallet_stop_waiting(WaitingRequest) -> WalletList;
            /// What was done to a wallet.
            wallet_history(WalletRequest) -> WalletHistory;
            /// The steps by which a wallet without an editable file is pointed at a node. Changes nothing.
            wallet_guide(GuideRequest) -> WalletGuide;
            /// Opens a page on this machine that asks a browser's wallet to use a node.
            wallet_prompt(PromptRequest) -> PromptPage;
            /// How such a page went.
            wallet_prompt_status(PromptStatusRequest) -> PromptStatus;
            /// A link and its picture by which a telephone's wallet uses a node.
            wallet_phone(PhoneRequest) -> PhoneLink;
            /// Whom every wallet, tool, variable and node on this machine asks, and whose ground that is. Asks nobody.
            wallet_audit(Empty) -> AuditReport;
            /// What would stop if a cloud or a provider were gone; what stands on your own ground is asked now.
            outage_drill(DrillRequest) -> DrillReport;
            /// What Freehold did, newest first.
            activity_list(ActivityRequest) -> ActivityList;
            /// A file of what Freehold did: every entry that fits.
            activity_export(ActivityExportRequest) -> SavedFile;
            /// Everything that a support bundle would hold, with secrets and names hidden. Saves and sends nothing.
            support_bundle_preview(Empty) -> SupportPreview;
            /// Saves a support bundle where the user said. Sends nothing.
            support_bundle_save(SupportSaveRequest) -> SavedFile;
            /// Which registries images come from, and when each was last reached.
            registry_list(Empty) -> RegistryList;
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
