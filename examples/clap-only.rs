//! What `mlsystem check` is timed against: a program that parses its arguments and ends. See `benches/cold-start.sh`.

use clap::{Parser, Subcommand};

/// Parses arguments.
#[derive(Debug, Parser)]
#[command(name = "clap-only", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours.
    #[arg(long, global = true, default_value = "auto")]
    color: String,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check something.
    Check {
        /// What to check.
        inputs: Vec<String>,
        /// How to say it.
        #[arg(long, default_value = "pretty")]
        format: String,
        /// When to compare with.
        #[arg(long)]
        today: Option<String>,
        /// Say less.
        #[arg(long, short)]
        quiet: bool,
    },
    /// Explain something.
    Explain {
        /// What to explain.
        name: String,
    },
    /// List something.
    Lints,
    /// Print something.
    Schema,
    /// Try something.
    Test {
        /// Where.
        folders: Vec<String>,
    },
    /// Begin something.
    New {
        /// What.
        name: String,
    },
}

fn main() {
    std::hint::black_box(Arguments::parse());
}
