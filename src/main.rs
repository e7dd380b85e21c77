//! The command `mlsystem`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    mlsystem::cli::run(mlsystem::cli::Arguments::parse())
}
