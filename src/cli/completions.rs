//! `mlsystem completions`.

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Exit, Failure, print};
use crate::built_in;
use crate::finding::Kind;

/// The arguments of `mlsystem completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    shell: Shell,
}

/// Prints the script that the shell reads.
pub fn run(arguments: &CompletionsArguments) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut with_lints(Arguments::command()), "mlsystem", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if arguments.shell == Shell::Bash {
        script = script.replacen(BASH_WORDS, &format!("{BASH_WORDS}{BASH_EQUALS}"), 1);
    }
    print(&script)?;
    Ok(Exit::Clean)
}

/// Where the script for bash takes the word under the cursor and the one before it.
const BASH_WORDS: &str = "    prev=\"$3\"\n";

/// `--format=s` is three words to bash, of which the second is `=`.
const BASH_EQUALS: &str = "    if [[ \"${COMP_WORDS[COMP_CWORD]}\" == \"=\" ]]; then
        cur=\"\"
        prev=\"${COMP_WORDS[COMP_CWORD-1]}\"
    elif [[ \"${prev}\" == \"=\" && COMP_CWORD -ge 2 ]]; then
        prev=\"${COMP_WORDS[COMP_CWORD-2]}\"
    fi
";

/// The command with the names of the built-in lints as the values of what takes one. What takes more than names is left
/// open when arguments are read; here it is a list to choose from.
fn with_lints(command: Command) -> Command {
    let names: Vec<&str> = built_in::LINTS.iter().map(|lint| lint.name).collect();
    let mut categories: Vec<&str> = built_in::LINTS.iter().map(|lint| lint.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let kinds = Kind::ALL.iter().map(|kind| kind.word());
    let groups: Vec<&str> = names.iter().copied().chain(categories).chain(kinds).collect();
    let of = |command: Command| {
        let takes_one = matches!(command.get_name(), "explain" | "waive");
        command.mut_args(|argument| match argument.get_id().as_str() {
            "name" if takes_one => argument.value_parser(PossibleValuesParser::new(names.clone())),
            "select" | "skip" => argument.value_parser(PossibleValuesParser::new(groups.clone())),
            _ => argument,
        })
    };
    command.mut_subcommands(of)
}
