//! Tables of positions and what they must be called.

use freehold_model::Stage;

use super::{Position, Rules, assess, percent};
use crate::kind::bitcoind::peers::PeerHeights;

#[test]
fn percent_follows_the_rules() {
    for (headers, blocks, verification, expected, why) in [
        (0, 0, 1.0, 0.0, "bitcoind says 1 before the first header"),
        (0, 0, 0.0, 0.0, "nothing is known"),
        (100, 100, 0.3, 100.0, "no header lacks its block"),
        (100, 101, 0.3, 100.0, "blocks are never behind their own headers"),
        (4000, 1226, 0.424_361, 42.43, "cut, not rounded"),
        (4000, 1226, 0.424_399_9, 42.43, "cut, not rounded"),
        (4000, 3999, 0.999_999, 99.99, "not 100 while a block is missing"),
        (4000, 3999, 1.0, 99.99, "whatever bitcoind says"),
        (4000, 3999, 7.0, 99.99, "whatever bitcoind says"),
        (4000, 1, -0.5, 0.0, "never below 0"),
        (4000, 1, f64::NAN, 0.0, "no number is no progress"),
        (4000, 1, f64::INFINITY, 99.99, "whatever bitcoind says"),
        (4000, 1, f64::NEG_INFINITY, 0.0, "never below 0"),
    ] {
        let found = percent(headers, blocks, verification);
        assert!(
            (found - expected).abs() < 1e-9,
            "{why}: {blocks}/{headers} at {verification} gave {found}"
        );
    }
}

const PUBLIC: Rules = Rules {
    needs_peers: true,
    is_private: false,
    was_ready: false,
};
const ALONE: Rules = Rules {
    needs_peers: false,
    is_private: true,
    was_ready: false,
};
const FOLLOWING: Rules = Rules {
    needs_peers: true,
    is_private: true,
    was_ready: false,
};

fn at(blocks: u64, headers: u64, announced: Option<u64>) -> Position {
    Position {
        blocks,
        headers,
        verification: Some(0.5),
        is_initial_download: false,
        peers: PeerHeights {
            announced,
            is_presyncing: false,
        },
        is_fresh: false,
    }
}

fn downloading(position: Position) -> Position {
    Position {
        is_initial_download: true,
        ..position
    }
}

#[test]
fn stages_of_a_public_chain() {
    for (position, stage, why) in [
        (downloading(at(0, 0, None)), Stage::PreHeaders, "no peer yet"),
        (
            at(0, 0, Some(0)),
            Stage::PreHeaders,
            "an empty public chain is not at its tip, whatever peers say",
        ),
        (
            downloading(at(0, 800_000, Some(850_000))),
            Stage::Headers,
            "headers first",
        ),
        (
            downloading(at(300_000, 850_000, Some(850_000))),
            Stage::Blocks,
            "blocks then",
        ),
        (
            downloading(at(850_000, 850_000, Some(850_000))),
            Stage::Blocks,
            "bitcoind itself says that it downloads",
        ),
        (at(849_000, 849_000, Some(850_000)), Stage::Blocks, "peers have more"),
        (
            at(849_000, 849_000, None),
            Stage::Blocks,
            "back after a while, nobody has said anything yet",
        ),
        (at(850_000, 850_000, Some(850_000)), Stage::Ready, "at the tip"),
        (
            at(849_999, 850_000, Some(850_000)),
            Stage::Blocks,
            "the last block counts too",
        ),
        (
            Position {
                is_fresh: true,
                ..at(850_000, 850_000, None)
            },
            Stage::Ready,
            "a young tip needs no witness",
        ),
    ] {
        assert_eq!(assess(&position, PUBLIC).0, stage, "{why}");
    }
}

#[test]
fn stages_of_a_private_chain_that_follows_a_peer() {
    for (position, stage, why) in [
        (
            downloading(at(0, 0, None)),
            Stage::PreHeaders,
            "the peer has not spoken",
        ),
        (downloading(at(0, 0, Some(0))), Stage::Ready, "both are empty"),
        (
            downloading(at(0, 1, Some(1))),
            Stage::Headers,
            "the first block is not there yet",
        ),
        (
            at(1400, 4000, Some(4000)),
            Stage::Blocks,
            "bitcoind calls the download finished a third of the way",
        ),
        (
            downloading(at(4000, 4000, Some(4000))),
            Stage::Ready,
            "an old tip is normal on a private chain",
        ),
        (
            at(4000, 4000, None),
            Stage::Blocks,
            "no peer: nobody knows whether there is more",
        ),
        (
            Position {
                is_fresh: true,
                ..at(2000, 2000, None)
            },
            Stage::Blocks,
            "the owner may mine faster than we ask",
        ),
    ] {
        assert_eq!(assess(&position, FOLLOWING).0, stage, "{why}");
    }
}

#[test]
fn a_private_chain_alone_is_ready_as_soon_as_it_answers() {
    assert_eq!(
        assess(&downloading(at(0, 0, None)), ALONE),
        (Stage::Ready, 100.0),
        "empty"
    );
    assert_eq!(
        assess(&downloading(at(150, 150, None)), ALONE),
        (Stage::Ready, 100.0),
        "with an old tip"
    );
    assert_eq!(
        assess(&at(10, 150, None), ALONE).0,
        Stage::Blocks,
        "while it rebuilds its index it is not"
    );
}

#[test]
fn a_node_that_calls_itself_complete_is_not_believed_while_something_is_missing() {
    for (blocks, headers, verification, announced, percent, why) in [
        (1, 1, 1.0, 500, 0.2, "bcoin has no headers ahead of blocks"),
        (250, 250, 1.0, 500, 50.0, "the heights tell more than it does"),
        (499, 499, 1.0, 500, 99.8, "one block is missing"),
        (175, 600, 1.0, 600, 29.16, "Litecoin Core on a private chain"),
        (175, 300, 1.0, 600, 29.16, "the headers are not complete either"),
        (
            250,
            500,
            0.6,
            500,
            60.0,
            "a figure weighted by transactions is the better one",
        ),
        (250, 250, 0.6, 500, 60.0, "also with every known header's block there"),
        (250, 500, f64::NAN, 500, 0.0, "no number is no progress"),
    ] {
        let position = Position {
            verification: Some(verification),
            ..at(blocks, headers, Some(announced))
        };
        assert_eq!(assess(&position, FOLLOWING), (Stage::Blocks, percent), "{why}");
    }
}

#[test]
fn headers_checked_beforehand_mean_that_more_comes() {
    let peers = PeerHeights {
        announced: Some(0),
        is_presyncing: true,
    };
    assert_eq!(
        assess(
            &Position {
                peers,
                ..at(0, 0, None)
            },
            PUBLIC
        ),
        (Stage::PreHeaders, 0.0)
    );
    assert_eq!(
        assess(
            &Position {
                peers,
                ..at(0, 0, None)
            },
            FOLLOWING
        ),
        (Stage::PreHeaders, 0.0)
    );
}

#[test]
fn losing_every_peer_does_not_take_the_tip_back() {
    let rules = Rules {
        was_ready: true,
        ..FOLLOWING
    };
    assert_eq!(assess(&at(4000, 4000, None), rules).0, Stage::Ready);
    assert_eq!(
        assess(&at(4000, 5000, None), rules).0,
        Stage::Blocks,
        "a header without its block does"
    );
}

#[test]
fn a_block_on_its_way_does_not_take_the_tip_back() {
    let rules = Rules {
        was_ready: true,
        ..PUBLIC
    };
    assert_eq!(
        assess(&at(849_999, 850_000, None), rules).0,
        Stage::Ready,
        "a header comes before its block"
    );
    assert_eq!(
        assess(&at(849_998, 850_000, None), rules).0,
        Stage::Blocks,
        "two behind is behind"
    );
}

#[test]
fn hundred_percent_and_ready_are_the_same() {
    for rules in [PUBLIC, ALONE, FOLLOWING] {
        for blocks in [0, 1, 2, 50] {
            for headers in [0, 1, 2, 3, 50, 51] {
                for announced in [None, Some(0), Some(2), Some(60)] {
                    for verification in [None, Some(0.0), Some(0.7), Some(1.0), Some(f64::NAN)] {
                        let position = Position {
                            verification,
                            ..at(blocks, headers, announced)
                        };
                        let (stage, percent) = assess(&position, rules);
                        assert!((0.0..=100.0).contains(&percent), "{percent} at {position:?}");
                        assert_eq!(stage == Stage::Ready, percent >= 100.0, "{position:?} {rules:?}");
                    }
                }
            }
        }
    }
}
