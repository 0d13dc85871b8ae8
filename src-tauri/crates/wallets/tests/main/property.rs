//! Claims about arbitrary files: a revert is the inverse of a switch, twice is once, and nothing but our settings moves.

use proptest::prelude::*;

use freehold_model::{Endpoint, Network};
use freehold_wallets::{Adapter, ChangedFile, Files, SETTINGS, adapters};

use crate::home::{Home, endpoint, network, own_core, wallet};

/// A `bitcoin.conf` as people write them: comments, sections, repeated keys, either line end, a mark at its start.
fn conf() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        "[ \t]{0,2}#[ -~]{0,20}",
        "(server|txindex|norpcport|rpcport|rpcuser|rpcconnect|regtest\\.rpcport|rpcallowip|includeconf)[ ]{0,2}=[ ]{0,2}[0-9]{1,4}[ ]{0,2}",
        "(rpcpassword|rpcauth)=[a-z0-9$:]{0,8}",
        "\\[(main|test|signet|regtest|regtest|other)\\][ ]{0,2}(#[a-z]{0,3})?",
        "[a-z]{1,6}=[ -\"$-~é]{0,12}(#[ -~]{0,6})?".prop_filter("not a login", |line| !line.contains("rpcpassword")),
    ];
    (
        prop::collection::vec(line, 0..14),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(lines, is_windows, ends, has_mark)| {
            let end = if is_windows { "\r\n" } else { "\n" };
            let tail = if ends && !lines.is_empty() { end } else { "" };
            format!("{}{}{tail}", if has_mark { "\u{feff}" } else { "" }, lines.join(end))
        })
}

/// Any JSON value, oddly spaced.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1.50E+3".to_owned()),
        "\"[a-zé ]{0,6}(\\\\u00e9|\\\\/|\\\\n)?\"",
        "[1-9][0-9]{0,4}",
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[ {}]", items.join(" ,"))),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..3).prop_map(|members| {
                let text: Vec<_> = members
                    .into_iter()
                    .map(|(name, value)| format!("\"{name}\" :{value}"))
                    .collect();
                format!("{{{} }}", text.join(","))
            }),
        ]
    })
}

/// A Sparrow `config`: our settings in some state among unknown ones, in any order and spacing.
fn config() -> impl Strategy<Value = String> {
    let known = prop::sample::subsequence(
        vec![
            r#""mode": "ONLINE""#,
            r#""serverType":"PUBLIC_ELECTRUM_SERVER""#,
            r#""publicElectrumServer": "ssl://electrum.emzy.de:50002|electrum.emzy.de""#,
            r#""coreServer" : "http://10.0.0.2:8332|Mine""#,
            r#""coreAuthType": "COOKIE""#,
            r#""coreAuth": "u:old""#,
            r#""coreDataDir": "/d""#,
            r#""electrumServer":"tcp://10.0.0.2:50001""#,
            r#""electrumServerCert": "\/c.pem""#,
            r#""recentCoreServers": [ "http://a:1" ,"http://b:2"]"#,
            r#""recentElectrumServers": null"#,
        ],
        0..=11,
    );
    let extra = prop::collection::vec(("x[a-z]{1,5}", value()), 0..5);
    let style = (
        prop::sample::select(vec!["", " ", "\n  ", "\r\n\t"]),
        any::<bool>(),
        any::<u64>(),
    );
    (known, extra, style).prop_map(|(known, extra, (space, has_mark, order))| {
        let mut members: Vec<String> = known.into_iter().map(str::to_owned).collect();
        for (index, (name, value)) in extra.into_iter().enumerate() {
            members.push(format!("\"{name}{index}\":{space}{value}"));
        }
        let turn = usize::try_from(order % 16).unwrap_or(0);
        let length = members.len().max(1);
        members.rotate_left(turn % length);
        let mark = if has_mark { "\u{feff}" } else { "" };
        format!(
            "{mark}{{{space}{}{space}}}\n",
            members.join(&format!("{space},{space}"))
        )
    })
}

fn held(text: &(impl AsRef<[u8]> + ?Sized)) -> Files {
    Files::single(Some(text.as_ref()))
}

fn planned(adapter: &dyn Adapter, text: &[u8], on: &Network, port: u16) -> Vec<u8> {
    let plan = adapter
        .plan(&held(text), on, &own_core(port))
        .expect("a file that can be read can be planned for");
    plan.settings_bytes().to_vec()
}

/// A settings file that was `original` before the switch and has not changed since.
fn unchanged<'a>(original: &'a [u8], switched: &'a [u8]) -> ChangedFile<'a> {
    ChangedFile {
        slot: SETTINGS,
        current: switched,
        original: Some(original),
        switched,
    }
}

/// The lines of a conf that are not ours.
fn other_lines(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let is_ours = |line: &&str| {
        ["rpcconnect", "rpcport", "rpcuser", "rpcpassword"]
            .iter()
            .any(|key| line.contains(key))
            || line.trim() == "[regtest]"
    };
    text.split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty())
        .filter(|line| !is_ours(line))
        .map(str::to_owned)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_conf_is_switched_faithfully(text in conf(), on in prop::sample::select(vec!["mainnet", "regtest", "signet"])) {
        let (adapter, on) = (wallet("bitcoin-cli"), network(on));
        let once = planned(adapter, text.as_bytes(), &on, 28332);
        prop_assert_eq!(&planned(adapter, &once, &on, 28332), &once, "twice is once");
        let seen = adapter.inspect(&held(&once), &on).unwrap().endpoint.unwrap();
        prop_assert_eq!(seen.text, "bitcoin+http://127.0.0.1:28332");
        for other in ["mainnet", "testnet", "regtest", "signet"].map(network).iter().filter(|other| **other != on) {
            prop_assert_eq!(
                adapter.inspect(&held(&once), other).map(|found| found.endpoint).ok(),
                adapter.inspect(&held(&text.as_bytes()), other).map(|found| found.endpoint).ok(),
                "{} keeps its endpoint", other
            );
        }
    }

    #[test]
    fn a_conf_keeps_every_line_that_is_not_ours(text in conf()) {
        let once = planned(wallet("bitcoin-cli"), text.as_bytes(), &network("regtest"), 28332);
        prop_assert_eq!(other_lines(&once), other_lines(text.as_bytes()));
    }

    #[test]
    fn our_settings_go_back_in_a_conf_that_changed(text in conf()) {
        let (adapter, on) = (wallet("bitcoin-cli"), network("regtest"));
        let switched = planned(adapter, text.as_bytes(), &on, 28332);
        let restored = adapter.restore_keys(&unchanged(text.as_bytes(), &switched), &on).unwrap();
        prop_assert!(restored.kept.is_empty());
        prop_assert_eq!(
            adapter.inspect(&held(restored.bytes.as_slice()), &on).map(|found| found.endpoint).ok(),
            adapter.inspect(&held(&text.as_bytes()), &on).map(|found| found.endpoint).ok()
        );
        prop_assert_eq!(other_lines(restored.bytes.as_slice()), other_lines(text.as_bytes()));
    }

    #[test]
    fn a_config_is_switched_faithfully(text in config(), electrum in any::<bool>()) {
        let (adapter, on) = (wallet("sparrow"), network("mainnet"));
        let to = if electrum { endpoint("electrum+ssl://127.0.0.1:50002", None) } else { own_core(28332) };
        let plan = |bytes: &[u8]| adapter.plan(&held(bytes), &on, &to).unwrap().settings_bytes().to_vec();
        let once = plan(text.as_bytes());
        prop_assert_eq!(&plan(&once), &once, "twice is once");
        prop_assert_eq!(adapter.inspect(&held(&once), &on).unwrap().endpoint.unwrap().text, to.to_string());
        let read = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned();
            serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).unwrap()
        };
        let (before, after) = (read(text.as_bytes()), read(&once));
        let ours = ["mode", "serverType", "coreServer", "coreAuthType", "coreAuth", "electrumServer", "electrumServerCert",
            "recentCoreServers", "recentElectrumServers"];
        let others = |map: &serde_json::Map<String, serde_json::Value>| {
            map.iter().filter(|(name, _)| !ours.contains(&name.as_str())).map(|(a, b)| (a.clone(), b.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&before), others(&after), "unknown settings stay, in their order");
        let restored = adapter.restore_keys(&unchanged(text.as_bytes(), &once), &on).unwrap();
        prop_assert!(restored.kept.is_empty());
        prop_assert_eq!(read(restored.bytes.as_slice()), before, "every setting goes back");
    }

    #[test]
    fn no_bytes_make_an_adapter_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in any::<prop::sample::Index>()) {
        for adapter in adapters() {
            for name in adapter.networks() {
                let on = network(name);
                let _ = adapter.inspect(&held(&bytes), &on);
                for protocol in adapter.protocols() {
                    let to = Endpoint { protocol: *protocol, ..own_core(1) };
                    let _ = adapter.plan(&held(&bytes), &on, &to);
                }
                let _ = adapter.restore_keys(&unchanged(b"{}", &bytes), &on);
            }
            let lines = |text: &str| text.lines().count();
            prop_assert_eq!(lines(&adapter.masked(SETTINGS, &bytes)), lines(&String::from_utf8_lossy(&bytes)), "masking keeps lines");
        }
        // A file that was cut off in the middle is refused or read, but nothing worse.
        let whole = br#"{"mode":"ONLINE","serverType":"ELECTRUM_SERVER","electrumServer":"tcp://h:1","a":[1,{"b":"\u00e9"}]}"#;
        let part = whole.get(..cut.index(whole.len())).unwrap_or_default();
        prop_assert!(wallet("sparrow").inspect(&held(&part), &network("mainnet")).is_err(), "a truncated file is never accepted");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_revert_is_the_inverse_of_a_switch(conf in conf(), config in config()) {
        let home = Home::new();
        home.put(".bitcoin/bitcoin.conf", &conf);
        home.put(".sparrow/config", &config);
        for (id, on) in [("bitcoin-cli", "regtest"), ("sparrow", "mainnet")] {
            home.switch(id, on, &own_core(1)).unwrap();
            home.switch(id, on, &own_core(2)).unwrap();
            home.revert(id, on).unwrap();
        }
        prop_assert_eq!(home.text(".bitcoin/bitcoin.conf"), Some(conf));
        prop_assert_eq!(home.text(".sparrow/config"), Some(config));
    }
}
