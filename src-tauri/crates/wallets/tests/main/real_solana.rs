//! Solana's own code reads the `config.yml` before a switch, after it and after the revert.
//!
//! `FREEHOLD_TEST_SOLANA_CONFIG` names the program of `tests/clients/solana-config`, which is that code with a `main`;
//! without it the test here says so and is left out.

use std::process::Command;

use crate::home::{Home, endpoint};

const FILE: &str = ".config/solana/cli/config.yml";

#[test]
fn solanas_own_code_reads_both_addresses_as_they_were_meant() {
    let Some(reader) = std::env::var_os("FREEHOLD_TEST_SOLANA_CONFIG") else {
        println!("skipped: FREEHOLD_TEST_SOLANA_CONFIG does not name the program of tests/clients/solana-config");
        return;
    };
    let read = |home: &Home| {
        let output = Command::new(&reader).arg(home.path(FILE)).output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let to = endpoint("solana+http://127.0.0.1:18899", None);
    for (before, said) in [
        (
            "---\njson_rpc_url: \"https://api.mainnet-beta.solana.com\"\nwebsocket_url: \"\"\nkeypair_path: /k.json\naddress_labels:\n  \
             \"11111111111111111111111111111111\": System Program\ncommitment: confirmed\n",
            "RPC Explicit https://api.mainnet-beta.solana.com\nWS Computed wss://api.mainnet-beta.solana.com/\n",
        ),
        (
            "# mine\r\nkeypair_path: '/k.json'\r\nwebsocket_url: wss://mainnet.helius-rpc.com/?api-key=x # paid\r\njson_rpc_url: \
             mainnet-beta",
            "RPC Explicit https://api.mainnet-beta.solana.com\nWS Explicit wss://mainnet.helius-rpc.com/?api-key=x\n",
        ),
    ] {
        let home = Home::new();
        home.put(FILE, before);
        assert_eq!(read(&home), said);
        home.switch("solana-cli", "devnet", &to).unwrap().unwrap();
        assert_eq!(
            read(&home),
            "RPC Explicit http://127.0.0.1:18899\nWS Computed ws://127.0.0.1:18900/\n"
        );
        home.revert("solana-cli", "devnet").unwrap();
        assert_eq!(home.text(FILE).as_deref(), Some(before));
        assert_eq!(read(&home), said);
    }
}
