//! `mlsystem coverage`.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::check_run;
use super::output::deliver;
use super::{Exit, Failure, parse_date, terminal, today};
use crate::check::Selection;
use crate::coverage::{self, Coverage, Form, SystemCoverage};
use crate::framework::Framework;
use crate::report::{ColorChoice, Report, Run};
use crate::units::{self, Date};
use crate::workspace::{CheckRequest, LintSet};

/// The arguments of `mlsystem coverage`.
#[derive(Debug, Args)]
pub struct CoverageArguments {
    /// Manifests, folders to search, patterns, or `-` for standard input; the current folder when there is none.
    #[arg(value_name = "PATH")]
    inputs: Vec<String>,
    /// Show this framework only, such as `eu-ai-act`; several may be given.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    framework: Vec<String>,
    /// The form of the report.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: FormWord,
    /// Write the report to a file, which is replaced as a whole or not at all.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day that dates are compared with, so that a run can be repeated [default: today, or SOURCE_DATE_EPOCH].
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<Date>,
    /// A folder of lints and frameworks of your own, used beside the built-in ones.
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
    /// Tables for a pull request.
    Markdown,
    /// One JSON document.
    Json,
}

/// Checks what was asked for with every lint, and writes what that says about the clauses of frameworks.
pub fn run(arguments: &CoverageArguments, color: ColorChoice) -> Result<Exit, Failure> {
    let selection = Selection::default();
    let today = today(arguments.today)?;
    let request = CheckRequest {
        lints: &arguments.lints,
        levels: None,
        selection: &selection,
        today,
        outcomes: true,
        reader: None,
    };
    if !arguments.framework.is_empty() {
        wanted(&arguments.framework, LintSet::load(&arguments.lints)?.frameworks())?;
    }
    let groups = check_run::gather(&arguments.inputs, &arguments.stdin_filename, &request, false)?;
    if groups.is_empty() {
        return Ok(check_run::report_no_input());
    }
    arguments.output.iter().try_for_each(|file| check_run::hold_output(file, &groups, None))?;
    let judged: Vec<_> = groups.iter().map(|group| group.check(&request)).collect();
    let reports: Vec<Report> = judged
        .into_iter()
        .map(|judged| {
            let files = judged.files.into_iter().filter(|file| Some(&file.name) != judged.config.as_ref());
            Report::new(files.collect(), Run::default())
        })
        .collect();
    let mut systems = Vec::new();
    let mut digests: Vec<String> = groups.iter().map(|group| group.rules.lints.digest()).collect();
    for (group, report) in groups.iter().zip(&reports) {
        let names = if arguments.framework.is_empty() { group.rules.frameworks() } else { arguments.framework.clone() };
        let frameworks = wanted(&names, group.rules.lints.frameworks())?;
        systems
            .extend(report.files.iter().map(|file| SystemCoverage::of(file, &frameworks, group.rules.lints.lints())));
    }
    systems.sort_by_key(|system| system.name);
    digests.sort();
    digests.dedup();
    let coverage = Coverage {
        today: &today.to_string(),
        version: env!("CARGO_PKG_VERSION"),
        lints_digest: &digests.join("+"),
        systems,
    };
    let form = match arguments.format {
        FormWord::Table => Form::Table,
        FormWord::Markdown => Form::Markdown,
        FormWord::Json => Form::Json,
    };
    let style = terminal::style(color, arguments.output.is_none() && io::stdout().is_terminal());
    deliver(arguments.output.as_deref(), |out| coverage::write(&coverage, form, &style, out))?;
    let failed = reports.iter().flat_map(|report| &report.files).any(|file| file.failed);
    Ok(if failed { Exit::Unreadable } else { Exit::Clean })
}

/// The frameworks of these names, in their order; all of them when there is no name.
fn wanted<'f>(names: &[String], frameworks: &'f [Framework<'f>]) -> Result<Vec<&'f Framework<'f>>, Failure> {
    if names.is_empty() {
        return Ok(frameworks.iter().collect());
    }
    let find = |name: &String| {
        frameworks.iter().find(|framework| framework.id == name).ok_or_else(|| {
            let near = units::nearest(name, frameworks.iter().map(|framework| framework.id));
            let known: Vec<&str> = frameworks.iter().map(|framework| framework.id).collect();
            let near = near.map_or_else(
                || format!("; known are {}", known.join(", ")),
                |near| format!("; did you mean `{near}`?"),
            );
            Failure::Usage(format!("no framework is called `{name}`{near}"))
        })
    };
    names.iter().map(find).collect()
}
