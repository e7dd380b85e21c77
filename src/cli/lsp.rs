//! `mlsystem lsp`.

use clap::Args;

use super::{Exit, Failure, today};
use crate::lsp::{self, SessionEnd};

/// The arguments of `mlsystem lsp`: what clients append to the command line, whether it is wanted or not.
#[derive(Debug, Args)]
pub struct LspArguments {
    /// Speak over standard input and output, which is the only way there is.
    #[arg(long)]
    stdio: bool,
    /// The process of the editor; the server ends with its input.
    #[arg(long = "clientProcessId", value_name = "N")]
    client_process_id: Option<u32>,
}

/// Serves an editor until it goes. The exit code is that of the protocol: 0 after a shutdown, and 1 without one.
pub fn run(_: &LspArguments) -> Result<Exit, Failure> {
    // A day that cannot be told is told before anybody listens.
    today(None)?;
    match lsp::serve_standard_streams() {
        SessionEnd::Orderly => Ok(Exit::Clean),
        SessionEnd::Abruptly => Err(Failure::Disconnected),
    }
}
