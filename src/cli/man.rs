//! `mlsystem man`.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::{Arguments, Exit, Failure, print};
use crate::workspace;

/// The arguments of `mlsystem man`.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// Write `mlsystem.1` and a page for each command to this folder.
    #[arg(long = "in", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints the page of the program, or writes all pages.
pub fn run(arguments: &ManArguments) -> Result<Exit, Failure> {
    let mut program = Arguments::command();
    program.build();
    let Some(folder) = &arguments.folder else {
        print(&String::from_utf8_lossy(&page(&program)?))?;
        return Ok(Exit::Clean);
    };
    let failed = |error: std::io::Error| {
        Failure::Usage(format!("the pages could not be written to `{}`: {error}", folder.display()))
    };
    workspace::create_folder(folder).map_err(failed)?;
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    for command in std::iter::once(&program).chain(commands) {
        let name = command.get_display_name().unwrap_or(command.get_name()).replace(' ', "-");
        workspace::overwrite(&folder.join(format!("{name}.1")), &page(command)?).map_err(failed)?;
    }
    Ok(Exit::Clean)
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    let version = env!("CARGO_PKG_VERSION");
    // The digest of the lints belongs to a binary, not into a manual.
    let command = command.clone().long_version(version).version(version);
    Man::new(command).render(&mut page)?;
    Ok(page)
}
