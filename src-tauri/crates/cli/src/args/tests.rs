use clap::{CommandFactory, Parser};

use super::{Args, Command, WaitFor};

fn parse(line: &str) -> Result<Command, clap::Error> {
    Args::try_parse_from(std::iter::once("freehold").chain(line.split_whitespace())).map(|args| args.command)
}

fn pairs(list: &[(String, String)]) -> Vec<(&str, &str)> {
    list.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
}

#[test]
fn the_grammar_is_sound() {
    Args::command().debug_assert();
}

#[test]
fn an_install_takes_needs_options_and_a_folder_to_adopt() {
    let line = "install mempool --network signet --with bitcoin=mine --with electrum=new --set theme=dark \
                --set key=@/run/key --adopt /mnt/old --measure --wait ready --yes";
    let Ok(Command::Install { what, wait, yes }) = parse(line) else {
        panic!("an install")
    };
    assert_eq!(pairs(&what.needs), [("bitcoin", "mine"), ("electrum", "new")]);
    assert_eq!(pairs(&what.options), [("theme", "dark"), ("key", "@/run/key")]);
    assert_eq!(what.adopt.as_deref(), Some(std::path::Path::new("/mnt/old")));
    assert!(what.measure && yes && wait == WaitFor::Ready);
}

#[test]
fn a_value_may_be_empty_and_hold_equals_signs_but_a_name_may_not_be_missing() {
    let Ok(Command::Set(what)) = parse("set mine prune= rpcauth=a=b --yes") else {
        panic!("a change")
    };
    assert_eq!(pairs(&what.options), [("prune", ""), ("rpcauth", "a=b")]);
    assert_eq!((what.node.as_str(), what.yes), ("mine", true));
}

#[test]
fn the_new_commands_are_understood() {
    for line in [
        "update mine",
        "update mine --check",
        "update mine --yes",
        "rollback mine --yes",
        "move mine --data /mnt/disk --yes",
        "attach bitcoin-core --to bitcoin+http://127.0.0.1:8332",
        "attach bitcoin-core --to bitcoin+http://127.0.0.1:8332 --network signet --name other --user u --password-file f",
        "adoptable",
        "adoptable bitcoin-core --folder /mnt/old",
        "crashes mine",
        "peers mine --json",
        "credential list mine",
        "credential revoke mine sparrow --yes",
        "credential rotate mine sparrow --json",
        "history",
        "history mine --hours 48 --json",
        "preflight electrs --with bitcoin=new --measure -q",
        "audit --json",
        "support",
        "support --save b.tar.gz --json",
        "activity --limit 5 --subject mine --text synced",
        "drill",
        "drill --without amazon --json",
    ] {
        assert!(parse(line).is_ok(), "{line}: {}", parse(line).unwrap_err());
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    for line in [
        "set mine",
        "set mine prune",
        "set mine =1",
        "install mempool --with bitcoin",
        "install mempool --with bitcoin=",
        "install bitcoin-core --data /a --adopt /b",
        "update mine --check --yes",
        "move mine",
        "attach bitcoin-core",
        "attach bitcoin-core --to u --user me",
        "attach bitcoin-core --to u --password-file f",
        "history mine --hours 0",
        "drill --without",
        "audit sparrow",
        "crashes",
        "peers",
        "credential",
        "credential revoke mine",
    ] {
        let Err(error) = parse(line) else {
            panic!("`{line}` was taken")
        };
        assert_eq!(error.exit_code(), 2, "{line}");
    }
}
