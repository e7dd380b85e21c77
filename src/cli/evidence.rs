//! `mlsystem evidence`.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::deliver;
use super::{Exit, Failure, check_run, parse_date, terminal, today};
use crate::check::Selection;
use crate::claims::{self, Claims, Form};
use crate::report::ColorChoice;
use crate::units::Date;
use crate::workspace::CheckRequest;

/// The arguments of `mlsystem evidence`.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    /// Manifests, folders to search, or patterns; the current folder when there is none.
    #[arg(value_name = "PATH")]
    inputs: Vec<String>,
    /// The form of the report.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: FormWord,
    /// Write the report to a file, which is replaced as a whole or not at all.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day that dates are compared with, so that a run can be repeated [default: today, or SOURCE_DATE_EPOCH].
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<Date>,
    /// A folder of lints of your own, used beside the built-in ones.
    #[arg(long, value_name = "DIR")]
    lints: Vec<PathBuf>,
    /// The name under which standard input is reported.
    #[arg(long, value_name = "PATH", default_value = "mlsystem.yaml")]
    stdin_filename: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormWord {
    /// Lines for a terminal.
    Table,
    /// One JSON document.
    Json,
}

/// Holds every claim of the manifests against their repositories, and writes what came of it.
pub fn run(arguments: &EvidenceArguments, color: ColorChoice) -> Result<Exit, Failure> {
    let selection = Selection::default();
    let today = today(arguments.today)?;
    let request = CheckRequest {
        lints: &arguments.lints,
        levels: None,
        selection: &selection,
        today,
        outcomes: false,
        reader: None,
    };
    let groups = check_run::gather(&arguments.inputs, &arguments.stdin_filename, &request, false)?;
    if groups.is_empty() {
        return Ok(check_run::report_no_input());
    }
    arguments.output.iter().try_for_each(|file| check_run::hold_output(file, &groups, None))?;
    let mut systems: Vec<_> = groups.iter().flat_map(|group| group.claims(&request)).collect();
    systems.sort_by(|a, b| a.name.cmp(&b.name));
    let failed = systems.iter().any(|system| system.silent == Some(crate::workspace::UNREADABLE));
    let claims = Claims { today: today.to_string(), version: env!("CARGO_PKG_VERSION"), systems };
    let form = match arguments.format {
        FormWord::Table => Form::Table,
        FormWord::Json => Form::Json,
    };
    let style = terminal::style(color, arguments.output.is_none() && io::stdout().is_terminal());
    deliver(arguments.output.as_deref(), |out| claims::write(&claims, form, &style, out))?;
    Ok(if failed { Exit::Unreadable } else { Exit::Clean })
}
