//! The crate as its callers use it: real files in a throw-away home, a real journal, and, where its programs are named,
//! the real bitcoind and bitcoin-cli. One program, so that it is linked once and can start itself again.

#[cfg(test)]
mod bitcoin_cli;
#[cfg(test)]
mod every;
#[cfg(test)]
mod golden;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod guard;
#[cfg(test)]
mod home;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod property;
#[cfg(test)]
mod real_electrum;
#[cfg(test)]
mod real_evm;
#[cfg(test)]
mod real_litecoin_cli;
#[cfg(test)]
mod real_monero_wallet_cli;
#[cfg(test)]
mod real_solana;
#[cfg(test)]
mod real_specter;
#[cfg(test)]
mod refusal;
#[cfg(test)]
mod revert;
#[cfg(test)]
mod row;
