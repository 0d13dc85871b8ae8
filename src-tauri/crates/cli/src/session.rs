//! A connection that outlives the process it goes to.

use std::cell::Cell;
use std::time::Duration;

use freehold_app::host::Client;
use freehold_contract::FaultView;
use freehold_model::FaultCode;

use crate::args::Global;
use crate::connect::{Connection, Stay};

/// An owner that ends is followed by another, or by this process, this often during one call.
pub(crate) const TRIES: u32 = 5;
/// Before asking again.
const PAUSE: Duration = Duration::from_millis(200);

/// One command's way to the application, in whichever process that runs.
///
/// Another one-shot command may own the folder and end while this one still waits. Orders are recorded before they are
/// answered, so this one connects again, becomes the owner where nobody else is, and asks again.
pub(crate) struct Session {
    global: Global,
    stay: Stay,
    connection: Connection,
}

impl Session {
    /// Connects to the running application, or starts one in this process.
    pub(crate) async fn open(global: &Global, stay: Stay) -> Result<Self, FaultView> {
        Ok(Self {
            global: global.clone(),
            stay,
            connection: Connection::open(global, stay).await?,
        })
    }

    /// The client for calls that are made once.
    pub(crate) fn client(&self) -> &Client {
        &self.connection.client
    }

    /// True while the application runs in this process.
    pub(crate) fn is_owner(&self) -> bool {
        matches!(self.client(), Client::Local(_))
    }

    /// Asks, and asks again where the owner may have ended meanwhile. Only for calls that do no harm twice.
    pub(crate) async fn ask<T>(&mut self, call: impl AsyncFn(&Client) -> Result<T, FaultView>) -> Result<T, FaultView> {
        let mut tries = 0;
        loop {
            match call(self.client()).await {
                Err(fault) if self.is_lost(&fault) && tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(PAUSE).await;
                    self.connection = Connection::open(&self.global, self.stay).await?;
                }
                outcome => return outcome,
            }
        }
    }

    /// Gives an order. One that is given again after its answer was lost may find itself under way or carried out, which
    /// it says with one of `carried_out`.
    pub(crate) async fn order<T>(
        &mut self,
        carried_out: &[FaultCode],
        order: impl AsyncFn(&Client) -> Result<T, FaultView>,
    ) -> Result<(), FaultView> {
        let is_again = Cell::new(false);
        self.ask(async |client| {
            let was_given = is_again.replace(true);
            match order(client).await {
                Err(fault) if was_given && carried_out.contains(&fault.code) => Ok(()),
                outcome => outcome.map(|_| ()),
            }
        })
        .await
    }

    /// Whether a call may have failed because the process that was asked has ended.
    pub(crate) fn is_lost(&self, fault: &FaultView) -> bool {
        fault.code == FaultCode::Internal && !self.is_owner()
    }

    /// Ends the application if it runs in this process; nodes go on running.
    pub(crate) async fn close(self) {
        self.connection.close().await;
    }
}
