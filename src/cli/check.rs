//! `mlsystem check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clap::{Args, ValueEnum};

use super::comparing::Comparing;
use super::lints::LintSet;
use super::output::Outputs;
use super::{Exit, Failure, parse_date, terminal, today};
use crate::built_in;
use crate::check::{self, Level, Levels, Options, Selection};
use crate::finding::{Finding, Severity};
use crate::lint::{Lint, SetOptions};
use crate::report::{Checkout, ColorChoice, FileReport, Format, LintPage, Report, Run, Skipped, Style};
use crate::tree::Limits;
use crate::units::{self, Date};
use crate::workspace::{self, Input};

/// What is checked, and how: what every command that checks takes.
#[derive(Debug, Args)]
pub struct Asked {
    /// Manifests, folders to search, patterns, or `-` for standard input; the current folder when there is none.
    #[arg(value_name = "PATH")]
    pub(super) inputs: Vec<String>,
    /// Set the severity of a lint, a category or a kind: `no-fallback=warning`, `fairness=off`. The last one counts.
    #[arg(long, value_name = "NAME=LEVEL", value_parser = parse_level)]
    level: Vec<(String, Level)>,
    /// Report these lints, categories or kinds only.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out these lints, categories or kinds.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    skip: Vec<String>,
    /// The day that dates are compared with, so that a run can be repeated [default: today, or SOURCE_DATE_EPOCH].
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<Date>,
    /// A folder of lints of your own, used beside the built-in ones.
    #[arg(long, value_name = "DIR")]
    lints: Vec<PathBuf>,
}

/// The arguments of `mlsystem check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    comparing: Comparing,
    #[command(flatten)]
    outputs: Outputs,
    /// The mildest finding that makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// The name under which standard input is reported.
    #[arg(long, value_name = "PATH", default_value = "mlsystem.yaml")]
    stdin_filename: String,
    /// Show waived findings in full.
    #[arg(long)]
    show_waived: bool,
    /// List the lints that could not be assessed, with the fields that they want.
    #[arg(long)]
    explain_skipped: bool,
    /// List what every lint came to: pass, fail, not applicable, not assessable; with `--format json`.
    #[arg(long)]
    outcomes: bool,
    /// Show each finding by itself, also those of a section that is wholly missing.
    #[arg(long, short)]
    verbose: bool,
    /// Leave the summary out.
    #[arg(long, short)]
    quiet: bool,
    /// Where there is nothing to check, say nothing and succeed, as a hook has to.
    #[arg(long)]
    allow_empty: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    /// An error.
    Error,
    /// A warning or worse.
    Warning,
    /// Anything.
    Advice,
    /// Nothing: findings never fail the run.
    Never,
}

/// Checks what was asked for, compares it with what was there before where that is wanted, and writes the report.
pub fn run(arguments: CheckArguments, color: ColorChoice) -> Result<Exit, Failure> {
    if arguments.outcomes && !arguments.outputs.ask_for(Format::Json) {
        return Err(Failure::Usage("`--outcomes` is for `--format json`".to_owned()));
    }
    arguments.asked.examine(|lints, options| {
        let quiet = arguments.quiet || arguments.allow_empty;
        let mut report =
            arguments.asked.report(lints, options, &arguments.stdin_filename, arguments.outcomes, quiet)?;
        if report.files.is_empty() {
            return if arguments.allow_empty { Ok(Exit::Clean) } else { Ok(nothing()) };
        }
        arguments.comparing.apply(&mut report, &arguments.asked, options)?;
        arguments.outputs.write(&report, &|to_terminal| Style {
            verbose: arguments.verbose,
            show_waived: arguments.show_waived,
            explain_skipped: arguments.explain_skipped,
            outcomes: arguments.outcomes,
            quiet: arguments.quiet,
            ..terminal::style(color, to_terminal)
        })?;
        Ok(exit_of(&report, arguments.fail_on))
    })
}

impl Asked {
    /// Loads the lints, and does `work` with how to check.
    pub(super) fn examine<T>(
        &self,
        work: impl FnOnce(&LintSet, &Options<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let lints = LintSet::load(&self.lints)?;
        let levels = Levels { set: self.level.clone() };
        let selection = Selection { select: self.select.clone(), skip: self.skip.clone() };
        hold_to_names(&levels, &selection, &lints)?;
        let options = Options {
            schema: &built_in::MANIFEST,
            lints: &lints.lints,
            tables: &lints.tables,
            today: today::today(self.today)?,
            set: &SetOptions::default(),
            levels: &levels,
            selection: &selection,
            limits: Limits::default(),
        };
        work(&lints, &options)
    }

    /// The folders that were searched.
    pub(super) fn searched(&self) -> Vec<PathBuf> {
        match self.inputs.as_slice() {
            [] => vec![PathBuf::from(".")],
            inputs => inputs.iter().map(PathBuf::from).filter(|path| path.is_dir()).collect(),
        }
    }

    /// Checks everything that was asked for.
    pub(super) fn report(
        &self,
        lints: &LintSet,
        options: &Options<'_>,
        stdin_filename: &str,
        outcomes: bool,
        quiet: bool,
    ) -> Result<Report, Failure> {
        let files = check_inputs(&self.inputs, stdin_filename, options, outcomes, quiet)?;
        let run = Run {
            today: options.today.to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lints_digest: lints.digest(),
            inputs: files.len(),
            complete: true,
            checkout: workspace::checkout().map(|(root, folder)| Checkout { root, folder }).unwrap_or_default(),
            lints: lints.lints.iter().map(page).collect(),
            ..Run::default()
        };
        Ok(Report::new(files, run))
    }
}

/// Checks the manifests behind `inputs`; `-` is standard input, reported as `stdin_filename`. That an input led to nothing
/// is said, unless it has to be quiet.
pub(super) fn check_inputs(
    inputs: &[String],
    stdin_filename: &str,
    options: &Options<'_>,
    outcomes: bool,
    quiet: bool,
) -> Result<Vec<FileReport>, Failure> {
    let stdin = inputs.iter().any(|input| input == "-");
    let paths: Vec<String> = inputs.iter().filter(|input| *input != "-").cloned().collect();
    let discovery = if stdin && paths.is_empty() {
        Default::default()
    } else {
        workspace::discover(&paths).map_err(Failure::Usage)?
    };
    for empty in discovery.empty.iter().filter(|_| !quiet) {
        let _ = writeln!(io::stderr(), "note: {empty}");
    }
    let mut files = check_files(&discovery.files, options, outcomes);
    for (path, why) in &discovery.unreadable {
        let name = workspace::shown(path);
        files.push(check_input(workspace::unreadable(&name, why), &name, path, options, outcomes));
    }
    if stdin {
        let name = stdin_filename.replace('\\', "/");
        files.push(check_input(workspace::read_stdin(&name), &name, Path::new(&name), options, outcomes));
    }
    Ok(files)
}

/// Says that no manifest was found.
pub(super) fn nothing() -> Exit {
    let _ = writeln!(io::stderr(), "nothing to check: no mlsystem.yaml, mlsystem.yml or *.mlsystem.yaml was found");
    Exit::Nothing
}

/// What was given as a name must be one.
fn hold_to_names(levels: &Levels, selection: &Selection, lints: &LintSet) -> Result<(), Failure> {
    let words = levels.set.iter().map(|(name, _)| name).chain(&selection.select).chain(&selection.skip);
    for word in words {
        if !check::known(word, &lints.lints) {
            let names = lints.lints.iter().flat_map(|lint| [lint.name, lint.category]);
            let near = units::nearest(word, names).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::Usage(format!("`{word}` is no lint, category or kind{near}")));
        }
    }
    Ok(())
}

/// Checks files side by side; the reports come in the order of the files.
fn check_files(files: &[PathBuf], options: &Options<'_>, outcomes: bool) -> Vec<FileReport> {
    let check = |path: &PathBuf| {
        let name = workspace::shown(path);
        check_input(workspace::read(path, &name), &name, path, options, outcomes)
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len() / 4);
    if threads < 2 {
        return files.iter().map(check).collect();
    }
    let next = AtomicUsize::new(0);
    let reports = Mutex::new(Vec::with_capacity(files.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut own = Vec::new();
                while let Some((index, path)) = take(files, &next) {
                    own.push((index, check(path)));
                }
                reports.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
            });
        }
    });
    let mut reports = reports.into_inner().unwrap_or_else(PoisonError::into_inner);
    reports.sort_by_key(|(index, _)| *index);
    reports.into_iter().map(|(_, report)| report).collect()
}

fn take<'f>(files: &'f [PathBuf], next: &AtomicUsize) -> Option<(usize, &'f PathBuf)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    files.get(index).map(|path| (index, path))
}

pub(super) fn check_input(input: Input, name: &str, path: &Path, options: &Options<'_>, outcomes: bool) -> FileReport {
    let root = workspace::root_of(path.parent().unwrap_or(Path::new(".")));
    let path = workspace::below(&root, path);
    match input {
        Input::Text(source) => {
            let checked = check::check(&source, options);
            let outcomes = if outcomes { checked.outcomes(options) } else { Vec::new() };
            let skipped = checked.skipped.into_iter().map(|(lint, wants)| Skipped { lint: lint.to_owned(), wants });
            FileReport {
                name: name.to_owned(),
                path,
                findings: checked.findings,
                failed: checked.failed,
                skipped: skipped.collect(),
                outcomes,
            }
        }
        Input::Unreadable(finding) => {
            FileReport { name: name.to_owned(), path, findings: vec![*finding], failed: true, ..FileReport::default() }
        }
    }
}

fn exit_of(report: &Report, fail_on: FailOn) -> Exit {
    if report.files.iter().any(|file| file.failed) {
        return Exit::Unreadable;
    }
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Advice => Severity::Advice,
        FailOn::Never => return Exit::Clean,
    };
    let fails = |finding: &Finding| finding.suppression.is_none() && finding.severity >= least;
    if report.files.iter().flat_map(|file| &file.findings).any(fails) { Exit::Findings } else { Exit::Clean }
}

/// A lint, as reports describe it.
fn page(lint: &Lint) -> LintPage {
    LintPage {
        name: lint.name,
        category: lint.category,
        kind: lint.kind,
        severity: lint.severity,
        title: lint.title,
        page: lint.page,
        sources: lint.sources,
        tags: lint.frameworks.iter().map(|(framework, _)| *framework).collect(),
    }
}

fn parse_level(text: &str) -> Result<(String, Level), String> {
    let (name, level) = text.split_once('=').ok_or("write NAME=error, NAME=warning, NAME=advice or NAME=off")?;
    let level = Level::from_word(level).ok_or_else(|| format!("`{level}` is none of error, warning, advice, off"))?;
    Ok((name.to_owned(), level))
}
