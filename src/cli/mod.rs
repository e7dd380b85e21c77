//! The command line: what was asked for, and the exit code of the answer.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};

use crate::built_in;
use crate::finding::{Finding, Reader};
use crate::lint::Remark;
use crate::lsp::SessionEnd;
use crate::project::LoadError;
use crate::report::{self, ColorChoice, FileReport, Format, Report, Run, Style, clean_line};
use crate::workspace;

mod add;
mod arguments;
mod baseline;
mod check;
mod check_run;
mod compare;
mod completions;
mod config;
mod coverage;
mod dashes;
mod evidence;
mod explain;
mod fix_arguments;
mod init;
mod lints;
mod lsp;
mod man;
mod new;
mod output;
mod prompter;
mod questions;
mod runner;
mod schema;
mod stderr;
mod terminal;
mod test;
mod values;
mod waive;

/// Finds what is missing and what cannot hold in the designs of production machine-learning systems.
#[derive(Debug, Parser)]
#[command(name = "mlsystem", version, long_version = LONG_VERSION.as_str(), about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colors.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

/// The version, and which lints this program has: two builds with the same digest ask the same questions.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    let (version, lints) = (env!("CARGO_PKG_VERSION"), built_in::LINTS.len());
    format!("{version}\nlints {} ({lints} lints)", built_in::DIGEST)
});

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a first manifest from the files of a repository.
    Init(init::InitArguments),
    /// Check manifests.
    Check(check::CheckArguments),
    /// Ask what is undecided, the most valuable questions first, with what is known and whom to ask.
    Questions(questions::QuestionsArguments),
    /// Add an outline of what is missing to a manifest: keys without values, each with its question.
    Add(add::AddArguments),
    /// Record the current findings in a baseline, so that later runs report only new ones.
    Baseline(baseline::BaselineArguments),
    /// Accept a finding until a date, by adding a waiver to the manifest.
    Waive(waive::WaiveArguments),
    /// Show for which clauses of a framework a design supports evidence, and where it has gaps.
    Coverage(coverage::CoverageArguments),
    /// Show which files of the repository support each claim of a manifest.
    Evidence(evidence::EvidenceArguments),
    /// Print the page of a lint, or the functions and conditions that lints can use.
    Explain(explain::ExplainArguments),
    /// List the lints.
    Lints(lints::LintsArguments),
    /// Print the JSON Schema of manifests, the workspace file or a JSON output.
    Schema(schema::SchemaArguments),
    /// Run the examples of lints as tests.
    Test(test::TestArguments),
    /// Create a lint file to fill in.
    New(new::NewArguments),
    /// Show the effective lint levels of a manifest, and where each is set.
    Config(config::ConfigArguments),
    /// Run the language server.
    Lsp(lsp::LspArguments),
    /// Print a shell completion script.
    Completions(completions::CompletionsArguments),
    /// Print the manual page, or write the pages of all commands to a folder.
    Man(man::ManArguments),
}

/// The exit codes: what they mean is documented for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Clean = 0,
    Findings = 1,
    Usage = 2,
    Unreadable = 3,
    Nothing = 4,
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// The arguments do not make sense together, or something else than an input could not be used.
    Usage(String),
    /// A lint file is wrong.
    Lints(Vec<Finding>),
    /// A workspace file is wrong.
    Workspace(Vec<Finding>),
    /// The output could not be written.
    Output(io::Error),
    /// An editor went without a shutdown.
    Disconnected,
}

/// Does what the arguments of this process ask for, and gives the exit code.
pub fn main() -> ExitCode {
    match dashes::apply_baseline(std::env::args_os().skip(1)) {
        Ok(()) => Arguments::read().map_or_else(|exit| exit, run),
        Err(failure) => failure.report(ColorChoice::Auto),
    }
}

/// Does what was asked, and gives the exit code.
pub fn run(arguments: Arguments) -> ExitCode {
    let color = arguments.color;
    let done = match arguments.command {
        Command::Init(init) => init::run(&init),
        Command::Check(check) => check::run(check, color),
        Command::Questions(questions) => questions::run(&questions, color),
        Command::Add(add) => add::run(&add),
        Command::Baseline(baseline) => baseline::run(&baseline, color),
        Command::Waive(waive) => waive::run(&waive),
        Command::Coverage(coverage) => coverage::run(&coverage, color),
        Command::Evidence(evidence) => evidence::run(&evidence, color),
        Command::Explain(explain) => explain::run(&explain),
        Command::Lints(lints) => lints::run(&lints),
        Command::Schema(schema) => schema::run(&schema),
        Command::Test(test) => test::run(&test, color),
        Command::New(new) => new::run(&new),
        Command::Config(config) => config::run(&config),
        Command::Lsp(lsp) => lsp::run(&lsp),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
    };
    match done {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(failure) => failure.report(color),
    }
}

impl Arguments {
    /// The arguments of this process. Where they are wrong, or ask about the program, that is said; the exit code is given.
    fn read() -> Result<Self, ExitCode> {
        Self::try_parse().map_err(|error| {
            // What is repeated of the arguments is to be harmless, and only the parser knows which part that is.
            let cleaned = std::env::args_os().map(|one| shown(one.to_string_lossy()));
            let error = Self::try_parse_from(cleaned).err().unwrap_or(error);
            ExitCode::from(stderr::usage(&error))
        })
    }
}

impl Failure {
    fn report(self, color: ColorChoice) -> ExitCode {
        let exit = match self {
            Self::Disconnected => return ExitCode::from(SessionEnd::Abruptly.exit_code()),
            Self::Usage(message) => {
                stderr::line(format_args!("error: {message}"));
                Exit::Usage
            }
            Self::Lints(findings) => tell(findings, "a lint could not be loaded", color),
            Self::Workspace(findings) => tell(findings, "a workspace file cannot be used", color),
            // Whoever closed the pipe has read enough.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
            Self::Output(error) => {
                stderr::line(format_args!(
                    "error: the output could not be written: {}",
                    workspace::plain_words(&error)
                ));
                Exit::Usage
            }
        };
        ExitCode::from(exit as u8)
    }
}

/// Shows what keeps a run from starting.
fn tell(findings: Vec<Finding>, why: &str, color: ColorChoice) -> Exit {
    let mut out = stderr::stream();
    let style = Style { quiet: true, all: true, ..terminal::style(color, stderr::is_terminal()) };
    let _ = report::write(&one_report(findings), Format::Pretty, &style, &mut out).and_then(|()| out.flush());
    stderr::line(format_args!("error: {why}; nothing was checked"));
    Exit::Usage
}

impl From<LoadError> for Failure {
    fn from(unusable: LoadError) -> Self {
        match unusable {
            LoadError::Arguments(why) => Self::Usage(why),
            LoadError::Lints(findings) => Self::Lints(findings),
            LoadError::WorkspaceConfig(findings) => Self::Workspace(findings),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Findings as a report of their own, a file each.
fn one_report(findings: Vec<Finding>) -> Report {
    let mut files: Vec<FileReport> = Vec::new();
    for finding in findings {
        let name = finding.primary.source.name().to_owned();
        match files.iter_mut().find(|file| file.name == name) {
            Some(file) => file.findings.push(finding),
            None => {
                let (path, findings) = (name.clone(), vec![finding]);
                files.push(FileReport { path, name, findings, reader: Reader::Auditor, ..FileReport::default() })
            }
        }
    }
    Report::new(files, Run::default())
}

/// Writes to standard output in one go.
fn print(text: &str) -> Result<(), Failure> {
    Ok(output::to_log(|out| out.write_all(text.as_bytes()))?)
}

/// The name of a file as a line may show it: cleaned as what goes to standard error is.
fn shown(name: impl Display) -> String {
    clean_line(&name.to_string(), false).into_owned()
}

/// Says on standard error what is to be said of a name of a lint.
fn remark(remark: Remark<'_>) {
    stderr::line(format_args!("note: {}", remark.line()));
}
