//! The crate as its callers use it: real files in a throw-away home, a real journal, and, where its programs are named,
//! the real bitcoind and bitcoin-cli. One program, so that it is linked once and can start itself again.

#[cfg(test)]
mod bitcoin_cli;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod home;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod property;
#[cfg(test)]
mod refusal;
#[cfg(test)]
mod revert;
#[cfg(test)]
mod row;
