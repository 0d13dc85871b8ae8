//! Carriers of commands that need no window: HTTP for a browser, a control socket for the command line.

mod asked;
mod client;
mod control;
mod http;
mod session;
mod web;

pub use client::{Client, ControlClient};
pub use control::ControlSocket;
pub use http::api;
pub use session::Sessions;
pub use web::{Asset, WebHost, serve_control_at};
