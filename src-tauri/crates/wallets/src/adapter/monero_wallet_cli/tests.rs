//! Claims about the files of Monero's wallets.

use super::MoneroWalletCli;
use crate::adapter::Adapter;
use crate::files::Files;
use freehold_model::{Endpoint, Network};

#[test]
fn the_node_is_read_in_every_way_that_it_can_be_written() {
    let seen = |text: &str, on: &str| {
        let on = Network::try_new(on).unwrap();
        MoneroWalletCli
            .inspect(&Files::single(Some(text.as_bytes())), &on)
            .unwrap()
            .endpoint
            .map(|found| found.text)
    };
    for (text, on, endpoint) in [
        ("", "mainnet", Some("monero+http://localhost:18081")),
        ("stagenet=1\n", "stagenet", Some("monero+http://localhost:38081")),
        ("stagenet=1\n", "mainnet", None),
        (
            "daemon-host=h\ndaemon-port=0\ntestnet=1",
            "testnet",
            Some("monero+http://h:28081"),
        ),
        ("daemon-address=https://H:5 # x\n", "mainnet", Some("monero+http://h:5")),
    ] {
        assert_eq!(seen(text, on).as_deref(), endpoint, "{text:?}");
    }
}

#[test]
fn a_file_of_another_program_is_not_touched() {
    let to: Endpoint = "monero+http://127.0.0.1:18081".parse().unwrap();
    for text in [
        "rpcuser=a\n",
        "PATH=/bin\n",
        "[x]\n",
        "daemon-address=a:1\ndaemon-port=2\n",
    ] {
        let plan = MoneroWalletCli.plan(&Files::single(Some(text.as_bytes())), &Network::mainnet(), &to);
        assert!(plan.is_err(), "{text:?}");
    }
}
