//! The command `mlsystem`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mlsystem::cli::main()
}
