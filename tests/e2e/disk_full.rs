//! A disk that is too small is refused beforehand, and one that somebody else has filled is called full: the page says
//! what to do, and the node goes on where it was once there is room.

use std::io::Write as _;

use anyhow::{Result, ensure};
use freehold_tests::disk::SmallDisk;
use freehold_tests::page::SOON;
use freehold_tests::steps::{self, READY_WITHIN, STOPS_WITHIN};

use crate::accessibility::view;
use crate::stage::{Stage, on_stage};

/// Less than a practice node needs.
const TOO_SMALL_MB: u32 = 6;
/// More than it needs, so that it can be installed.
const ENOUGH_MB: u32 = 900;

/// Room for a few settings, and far less than a node asks for at its start.
const LEFT_BYTES: u64 = 2 * 1024 * 1024;

#[tokio::test]
async fn a_disk_that_is_full_is_called_so_and_room_helps() -> Result<()> {
    let journey = async |stage: &Stage| {
        let Some(disk) = SmallDisk::mount(TOO_SMALL_MB)? else {
            return Ok(());
        };
        let page = stage.page();
        steps::choose_practice(page).await?;
        steps::choose_folder(page, &disk.path().to_string_lossy()).await?;
        page.text_is("finding", SOON, |text| text.contains("are needed"))
            .await?;
        ensure!(
            !page.is_enabled("install-button").await?,
            "nothing is begun on a disk that is too small"
        );
        view(stage, "install-disk-too-small").await?;

        disk.grow(ENOUGH_MB)?;
        // The person answers anew: the folder is looked at again.
        steps::choose_folder(page, &disk.path().join("node").to_string_lossy()).await?;
        let node = steps::install(page).await?;
        steps::ready(page).await?;

        page.click("node-stop").await?;
        steps::state_is(page, "stopped", STOPS_WITHIN).await?;
        let other = disk.path().join("somebody-elses-film");
        fill(&other)?;
        page.click("node-start").await?;
        page.attribute_is("fault", "data-code", "disk-full", READY_WITHIN)
            .await?;
        let said = page.text("fault").await?;
        ensure!(
            said.to_lowercase().contains("disk") && said.contains("space"),
            "it says what happened and what to do: {said}"
        );
        view(stage, "node-disk-full").await?;

        std::fs::remove_file(&other)?;
        page.click("node-start").await?;
        steps::ready(page).await?;
        ensure!(page.count("fault").await? == 0, "the fault is gone with its reason");
        page.go(&format!("#/node/{node}")).await?;
        steps::erase(page).await?;
        steps::no_nodes(page).await
    };
    on_stage("disk-full", journey).await
}

/// Writes a file that leaves next to nothing.
fn fill(path: &std::path::Path) -> Result<()> {
    let mut file = std::fs::File::create(path)?;
    let block = vec![1; 1024 * 1024];
    // Ends where the disk does.
    while file.write_all(&block).is_ok() {}
    let full = file.metadata()?.len();
    Ok(file.set_len(full.saturating_sub(LEFT_BYTES))?)
}
