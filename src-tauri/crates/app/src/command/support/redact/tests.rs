use proptest::prelude::*;

use super::{Known, MASK, redact};

fn known(secrets: &[&str]) -> Known {
    let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Known {
        secrets: set(secrets),
        homes: set(&["/home/ada"]),
        users: set(&["ada", "root"]),
        hosts: set(&["turing", "localhost"]),
    }
}

fn shown(text: &str) -> String {
    redact(text, &known(&["hunter2", "p\"q"])).text
}

#[test]
fn what_is_known_is_hidden_and_the_rest_stays_readable() {
    for (text, wanted) in [
        ("word hunter2 in xhunter2y", "word •••• in x••••y"),
        ("{\"a\": \"p\\\"q\"}", "{\"a\": \"••••\"}"),
        ("/home/ada/.bitcoin and file:///home/ada", "~/.bitcoin and file://~"),
        (
            "Ada on TURING: adamant, root, localhost",
            "[user] on [machine]: adamant, root, localhost",
        ),
    ] {
        assert_eq!(shown(text), wanted, "{text}");
    }
    for text in [
        "UpdateTip: new best=00000000000000000001 height=701224 progress=0.6142",
        "docker.io/bitcoin/bitcoin:31.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "\"memory_total\": 8241233920,",
    ] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn what_gives_itself_away_is_hidden() {
    for (text, gone, kept) in [
        ("rpcpassword=abc123 next", "abc123", "next"),
        ("rpcauth=me:0123$4567 next", "4567", "next"),
        ("{\"apiKey\": \"a \\\" b\", \"x\": 1}", "a \\\"", "\"x\": 1"),
        ("--rpc-login monero:geheim --next", "geheim", "--next"),
        ("Authorization: Basic bWU6Z2VoZWlt", "bWU6", "Authorization"),
        ("seed: abandon ability able about\nnext", "ability", "next"),
        (
            "https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef",
            "0123456789abcdef",
            "mainnet.infura.io",
        ),
        ("wss://h.example/ws?apikey=abc", "abc", "h.example"),
        ("http://me:geheim@10.0.0.1:8332", "geheim", "10.0.0.1:8332"),
        ("peer=203.0.113.9:8333 connected", "203.0.113.9", "connected"),
        ("peer=[2001:db8::7]:8333 connected", "2001:db8::7", "connected"),
        ("peer=[::ffff:203.0.113.9]:8333", "203.0.113.9", "8333"),
        ("to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.", "bc1qw508", "to "),
        ("to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2.", "1BvBMSE", "to "),
        ("to 0x52908400098527886E0F7030069857D2E4169EE7.", "52908400", "to "),
        ("/home/grace/x /Users/grace/x C:\\Users\\grace\\x", "grace", "/x"),
        ("write to someone@example.org now", "someone", "now"),
        ("eth0 aa:bb:cc:dd:ee:ff up", "aa:bb", "up"),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----\nnext",
            "MIIabc",
            "next",
        ),
        (
            "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333",
            "pg6mm",
            "8333",
        ),
    ] {
        let found = redact(text, &Known::default());
        assert!(!found.text.contains(gone), "{text} became {}", found.text);
        assert!(found.text.contains(kept), "{text} became {}", found.text);
        assert!(found.hidden > 0, "{text} counts");
    }
}

#[test]
fn addresses_of_every_house_and_times_of_day_stay() {
    for text in [
        "127.0.0.1:8332",
        "192.168.1.7",
        "10.0.0.1",
        "172.17.0.2",
        "0.0.0.0:8333",
        "[::1]:8332",
        "fd00::1",
        "14:05:33",
        "2026-11-22T14:05:33Z",
        "version 28.2.2",
    ] {
        assert_eq!(redact(text, &Known::default()).text, text);
    }
}

/// Texts around a secret as files of a bundle have them.
fn around(secret: &str, home: &str, shape: u8) -> String {
    let json = serde_json::json!({ "text": secret, "list": [format!("{home}/x {secret}")] });
    match shape % 7 {
        0 => format!("{home}{secret}{home}"),
        1 => format!("before {secret} after\n{home}/.bitcoin/{secret}"),
        2 => format!("rpcpassword={secret}\ndatadir={home}"),
        3 => serde_json::to_string_pretty(&json).unwrap(),
        4 => json.to_string(),
        5 => format!("http://user:{secret}@127.0.0.1:1{home}?key={secret}"),
        _ => format!("{secret}{secret} {home}{home}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_known_secret_and_no_home_survives(
        secret in "[ -~äß]{1,40}",
        other in "[a-z0-9]{1,64}",
        name in "[a-z][a-z0-9_-]{1,12}",
        shape in 0_u8..7,
        noise in "\\PC{0,80}",
    ) {
        // The mark itself is no secret.
        prop_assume!(!noise.contains('•'));
        let home = format!("/home/{name}");
        let known = Known {
            secrets: [secret.clone(), other.clone()].into(),
            homes: [home.clone()].into(),
            users: [name].into(),
            hosts: ["turing".to_owned()].into(),
        };
        let text = format!("{noise}{}{noise}{}", around(&secret, &home, shape), around(&other, &home, shape + 1));
        let found = redact(&text, &known);
        prop_assert!(!found.text.contains(&secret), "{} stands in {}", secret, found.text);
        prop_assert!(!found.text.contains(&other), "{} stands in {}", other, found.text);
        prop_assert!(!found.text.contains(&home), "{} stands in {}", home, found.text);
        prop_assert!(found.hidden > 0);
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,200}") {
        let once = redact(&text, &known(&["hunter2"]));
        prop_assert!(!once.text.contains("hunter2"));
    }
}

#[test]
fn the_mask_tells_nothing() {
    assert_eq!(shown("hunter2"), MASK);
}
