//! What differs between Unix and Windows, behind one set of functions.

#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

#[cfg(unix)]
pub(crate) use unix::{is_executable, is_root, npm, replace_with, socket_request, user_name};
#[cfg(not(unix))]
pub(crate) use windows::{is_executable, is_root, npm, replace_with, socket_request, user_name};
