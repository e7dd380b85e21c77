//! The command `mlsystem`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match mlsystem::cli::Arguments::read() {
        Ok(arguments) => mlsystem::cli::run(arguments),
        Err(exit) => exit,
    }
}
