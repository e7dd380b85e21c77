//! `mlsystem lsp`.

use clap::Args;

use super::arguments::DateArguments;
use super::{Exit, Failure};
use crate::lsp::{self, SessionEnd};

/// The arguments of `mlsystem lsp`: what clients append to the command line, whether it is wanted or not.
#[derive(Debug, Args)]
pub struct LspArguments {
    /// Use standard input and output, the only transport that is supported.
    #[arg(long)]
    stdio: bool,
    /// The process id of the editor. It is ignored: the server ends when its input ends.
    #[arg(long = "clientProcessId", value_name = "N")]
    client_process_id: Option<u32>,
}

/// Serves an editor until it goes. The exit code is that of the protocol: 0 after a shutdown, and 1 without one.
pub fn run(_: &LspArguments) -> Result<Exit, Failure> {
    // A day that cannot be told is told before anybody listens.
    DateArguments { today: None }.day()?;
    match lsp::serve_standard_streams() {
        SessionEnd::Orderly => Ok(Exit::Clean),
        SessionEnd::Abruptly => Err(Failure::Disconnected),
    }
}
