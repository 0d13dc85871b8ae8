//! Prints the two addresses that Solana's command line takes from the `config.yml` that is its one argument: a line each,
//! `RPC SOURCE URL` and `WS SOURCE URL`.

use solana_cli_config::{Config, ConfigInput, SettingType};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the config.yml")?;
    let config = Config::load(&path)?;
    let (source, rpc) = ConfigInput::compute_json_rpc_url_setting("", &config.json_rpc_url);
    println!("RPC {} {rpc}", name(&source));
    let (source, websocket) =
        ConfigInput::compute_websocket_url_setting("", &config.websocket_url, "", &config.json_rpc_url);
    println!("WS {} {websocket}", name(&source));
    Ok(())
}

/// Where an address comes from.
fn name(source: &SettingType) -> &'static str {
    match source {
        SettingType::Explicit => "Explicit",
        SettingType::Computed => "Computed",
        SettingType::SystemDefault => "SystemDefault",
    }
}
