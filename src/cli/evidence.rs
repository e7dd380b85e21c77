//! `mlsystem evidence`.

use std::io::{self, IsTerminal};

use clap::Args;

use super::arguments::{DateArguments, LintArguments, PathArguments, ReportArguments, StdinArguments};
use super::output::deliver;
use super::{Exit, Failure, check_run, terminal};
use crate::claims::{self, Claims, Form};
use crate::project::UNREADABLE;
use crate::report::ColorChoice;

/// The arguments of `mlsystem evidence`.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    #[command(flatten)]
    paths: PathArguments,
    #[command(flatten)]
    stdin: StdinArguments,
    #[command(flatten)]
    report: ReportArguments<Form>,
    #[command(flatten)]
    lints: LintArguments,
    #[command(flatten)]
    date: DateArguments,
}

/// Holds every claim of the manifests against their repositories, and writes what came of it.
pub fn run(arguments: &EvidenceArguments, color: ColorChoice) -> Result<Exit, Failure> {
    let request = arguments.lints.request(&arguments.date)?.at_every_level();
    let groups = check_run::gather(&arguments.paths.inputs, &arguments.stdin.stdin_filename, &request, false)?;
    if groups.is_empty() {
        return Ok(check_run::report_no_input());
    }
    arguments.report.output.iter().try_for_each(|file| check_run::hold_output(file, &groups, None))?;
    let mut systems: Vec<_> = groups.iter().flat_map(|group| group.claims(&request)).collect();
    systems.sort_by(|a, b| a.name.cmp(&b.name));
    let failed = systems.iter().any(|system| system.silent == Some(UNREADABLE));
    let claims = Claims { today: request.today.to_string(), version: env!("CARGO_PKG_VERSION"), systems };
    let ReportArguments { format, output } = &arguments.report;
    let style = terminal::style(color, output.is_none() && io::stdout().is_terminal());
    deliver(output.as_deref(), |out| claims::write(&claims, *format, &style, out))?;
    Ok(if failed { Exit::Unreadable } else { Exit::Clean })
}
