//! A service without questions of its own: it is ready once its port takes connections.

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use serde_json::Value;

use super::{Kind, Look, Pending};
use crate::report::blank;
use crate::socket::connect;

/// A port.
#[derive(Debug)]
pub(crate) struct Port {
    host: String,
    port: u16,
}

impl Port {
    pub(crate) fn new(host: &str, port: u16) -> Self {
        Self {
            host: host.to_owned(),
            port,
        }
    }
}

impl Kind for Port {
    fn read<'a>(&'a self, _look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(async move {
            connect(&self.host, self.port).await?;
            Ok(blank(Stage::Ready))
        })
    }

    fn ask<'a>(&'a self, _question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(async move {
            Err(ProbeFailure::Unreadable {
                reason: "this service answers no questions".to_owned(),
            })
        })
    }
}
