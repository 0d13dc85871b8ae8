//! Editors that change single values in a text and leave every other byte as it is.

pub(crate) mod conf;
pub(crate) mod dotenv;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod qsettings;
pub(crate) mod splice;
pub(crate) mod yaml;
