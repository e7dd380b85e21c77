//! `mlsystem coverage`.

use std::io::{self, IsTerminal};

use clap::Args;

use super::arguments::{DateArguments, LintArguments, PathArguments, ReportArguments, StdinArguments};
use super::check_run;
use super::output::deliver;
use super::{Exit, Failure, terminal};
use crate::coverage::{self, Coverage, Form, SystemCoverage};
use crate::framework::Framework;
use crate::project::{CheckRequest, LintSet};
use crate::report::{ColorChoice, Report, Run};
use crate::units;

/// The arguments of `mlsystem coverage`.
#[derive(Debug, Args)]
pub struct CoverageArguments {
    #[command(flatten)]
    paths: PathArguments,
    #[command(flatten)]
    stdin: StdinArguments,
    /// Show only these frameworks, such as `eu-ai-act`.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    framework: Vec<String>,
    #[command(flatten)]
    report: ReportArguments<Form>,
    #[command(flatten)]
    lints: LintArguments,
    #[command(flatten)]
    date: DateArguments,
}

/// Checks what was asked for with every lint, and writes what that says about the clauses of frameworks.
pub fn run(arguments: &CoverageArguments, color: ColorChoice) -> Result<Exit, Failure> {
    let request = arguments.lints.request(&arguments.date)?.at_every_level();
    let request = CheckRequest { outcomes: true, ..request };
    if !arguments.framework.is_empty() {
        wanted(&arguments.framework, LintSet::load(&arguments.lints.lints)?.frameworks())?;
    }
    let groups = check_run::gather(&arguments.paths.inputs, &arguments.stdin.stdin_filename, &request, false)?;
    if groups.is_empty() {
        return Ok(check_run::report_no_input());
    }
    arguments.report.output.iter().try_for_each(|file| check_run::hold_output(file, &groups, None))?;
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
        today: &request.today.to_string(),
        version: env!("CARGO_PKG_VERSION"),
        lints_digest: &digests.join("+"),
        systems,
    };
    let ReportArguments { format, output } = &arguments.report;
    let style = terminal::style(color, output.is_none() && io::stdout().is_terminal());
    deliver(output.as_deref(), |out| coverage::write(&coverage, *format, &style, out))?;
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
