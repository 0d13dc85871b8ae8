//! What can be typed after `cargo xtask`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::podman::Mode;

/// Sets up this machine, then builds, runs, tests or measures Freehold.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Install what is missing, build Freehold and open its window
    Run(RunArgs),
    /// Find the container engine, or install and start one
    Engine(EngineArgs),
    /// Build the node images that tests and machines without a container registry use
    Images(ImagesArgs),
    /// Run every test, after the same set-up as `run`
    Test(TestArgs),
    /// Measure Freehold against the budgets of the design, as ratios
    Bench(BenchArgs),
    /// Feed the parsers anything for a while (needs a nightly compiler and cargo-fuzz)
    Fuzz(FuzzArgs),
    /// Take the pictures of README and guide from the screenshots of the last end-to-end tests
    Pictures(PicturesArgs),
    /// Stop what `cargo xtask` started and left running: the container engine and the registry
    CleanUp(CleanUpArgs),
}

/// How questions are answered, the same for every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Answers {
    /// Answer every question with yes (also when the environment has `CI=true`)
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Build the node images here and install nodes from them instead of a container registry
    #[arg(long)]
    pub(crate) local_images: bool,
    /// Serve the interface to a browser instead of opening a window
    #[arg(long)]
    pub(crate) serve: bool,
    /// Build with optimisations
    #[arg(long)]
    pub(crate) release: bool,
    #[command(flatten)]
    pub(crate) pass: PassThrough,
}

/// Options that `run` hands to Freehold as they are.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct PassThrough {
    /// Freehold's own folder
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// The home in which wallets are looked for
    #[arg(long, value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    /// The container engine to use, as a URL
    #[arg(long, value_name = "URL")]
    pub(crate) engine: Option<String>,
    /// A catalog overlay folder
    #[arg(long, value_name = "DIR")]
    pub(crate) catalog: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct EngineArgs {
    #[command(flatten)]
    pub(crate) answers: Answers,
}

#[derive(Debug, Args)]
pub(crate) struct ImagesArgs {
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Compile the node programs again even where the cache has them
    #[arg(long)]
    pub(crate) force: bool,
    /// Which images; what an earlier run built of the others stays
    #[arg(long, value_enum, default_value_t = Set::Default)]
    pub(crate) set: Set,
}

/// How many node images are built; each set has the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Set {
    /// What every test run uses: some 8 minutes the first time, then seconds
    Default,
    /// Also programs that take minutes more: EthereumJS, ArLocal, a Nostr relay
    Wide,
    /// Also what only a release is tested with: js-ipfs, Zebra, Solana (half an hour)
    All,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Leave out what needs a container engine, node images, a display or a browser
    #[arg(long)]
    pub(crate) fast: bool,
    /// Which engine the tests that need one run against
    #[arg(long, value_enum, default_value_t = TestEngine::Docker, conflicts_with = "fast")]
    pub(crate) engine: TestEngine,
    /// Leave the engine and the registry running at the end when this run started them
    #[arg(long)]
    pub(crate) keep: bool,
    /// Passed to `cargo test`; put `--` before options
    #[arg(trailing_var_arg = true, value_name = "FILTER")]
    pub(crate) filters: Vec<String>,
}

/// The engines that tests can run against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestEngine {
    /// The engine of this machine, with every test
    Docker,
    /// A private Podman that root runs, with the tests that talk to an engine
    Podman,
    /// A private Podman that a user without rights runs, with the same tests
    PodmanRootless,
    /// All three, one after the other
    All,
}

impl TestEngine {
    pub(crate) fn has_docker(self) -> bool {
        matches!(self, Self::Docker | Self::All)
    }

    pub(crate) fn podmans(self) -> &'static [Mode] {
        match self {
            Self::Docker => &[],
            Self::Podman => &[Mode::Rootful],
            Self::PodmanRootless => &[Mode::Rootless],
            Self::All => &[Mode::Rootful, Mode::Rootless],
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Which figures to measure; all of them when none is named
    #[arg(value_enum)]
    pub(crate) which: Vec<Bench>,
    /// How many regtest nodes are watched, in turn; budgets are for 50
    #[arg(long, value_delimiter = ',', default_value = "50,200", value_parser = clap::value_parser!(u16).range(1..=200))]
    pub(crate) nodes: Vec<u16>,
    /// How many seconds each reading of watching lasts
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(5..=600))]
    pub(crate) seconds: u16,
    /// How often each start and each pull is repeated; the median counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=25))]
    pub(crate) repeats: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bench {
    /// Cost of watching running nodes, against `docker stats`, and the time to find them again after a kill
    #[value(alias = "idle")]
    Supervise,
    /// Time until the window takes input, against an empty Tauri window
    ColdStart,
    /// Installing an image from a registry, against the engine's own command line
    Pull,
}

#[derive(Debug, Args)]
pub(crate) struct FuzzArgs {
    /// One program of `fuzz/fuzz_targets`; all of them, one after the other, when none is named
    pub(crate) target: Option<String>,
    /// How many seconds each runs
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) seconds: u16,
}

#[derive(Debug, Args)]
pub(crate) struct PicturesArgs {
    /// The folder of screenshots; that of this clone's last run without
    #[arg(long, value_name = "DIR")]
    pub(crate) from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CleanUpArgs {
    #[command(flatten)]
    pub(crate) answers: Answers,
    /// Also delete the cache: compiled node programs, the registry's data and installed tools
    #[arg(long)]
    pub(crate) cache: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_of_the_readme_and_the_guide_is_understood() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let guide = std::fs::read_dir(root.join("ui/help"))
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let pages = guide.filter(|path| path.is_file()).chain([root.join("README.md")]);
        let mut seen = 0;
        for page in pages {
            let text = std::fs::read_to_string(&page).unwrap();
            for line in text.lines().filter(|line| line.starts_with("cargo xtask ")) {
                let outcome = Cli::try_parse_from(line.split_whitespace().skip(1));
                assert!(
                    outcome.is_ok(),
                    "{}: `{line}`: {}",
                    page.display(),
                    outcome.unwrap_err()
                );
                seen += 1;
            }
        }
        assert!(seen > 2, "only {seen} commands were found");
    }

    #[test]
    fn filters_for_cargo_test_come_last() {
        let cli = Cli::try_parse_from(["xtask", "test", "--yes", "-p", "freehold-plan"]);
        assert!(cli.is_err(), "an option of cargo test needs `--` before it");
        let cli = Cli::try_parse_from(["xtask", "test", "--yes", "ports", "--", "--nocapture"]).unwrap();
        let Command::Test(args) = cli.command else {
            panic!("not test")
        };
        assert!(args.answers.yes);
        assert_eq!(args.filters, ["ports", "--", "--nocapture"]);
    }
}
