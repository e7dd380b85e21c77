//! `mlsystem check`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::{DateArguments, LINTS, LevelArguments, LintArguments, OUTPUT, PathArguments, StdinArguments};
use super::check_run::{self, CheckRun};
use super::compare::CompareArguments;
use super::fix_arguments::FixArguments;
use super::output::Outputs;
use super::{Exit, Failure, print, stderr, terminal, values};
use crate::address::Address;
use crate::check::{Level, Selection};
use crate::finding::{Finding, Reader, Severity};
use crate::lint::{Lint, Registry};
use crate::project::{CheckRequest, Group, GroupReport, LintSet};
use crate::report::{self, Checkout, ColorChoice, FileReport, Format, LintPage, Report, Run, Style};
use crate::workspace::{self, WORKSPACE_FILE};

/// What is checked, and how: what every command that checks takes.
#[derive(Debug, Args)]
pub struct InputArguments {
    #[command(flatten)]
    pub(super) paths: PathArguments,
    #[command(flatten)]
    levels: LevelArguments,
    /// Report only these lints, categories or kinds.
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = LINTS)]
    select: Vec<String>,
    /// Do not report these lints, categories or kinds.
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = LINTS)]
    skip: Vec<String>,
    #[command(flatten)]
    lints: LintArguments,
    #[command(flatten)]
    date: DateArguments,
}

/// The arguments of `mlsystem check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    asked: InputArguments,
    #[command(flatten)]
    fix: FixArguments,
    #[command(flatten)]
    comparing: CompareArguments,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    stdin: StdinArguments,
    /// Exit with code 1 if a finding is at or above this severity [default: from the workspace file, or error].
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Exit with code 0 and print nothing if there is nothing to check, for hooks.
    #[arg(long)]
    allow_empty: bool,
    /// Show waived findings in full.
    #[arg(long, help_heading = OUTPUT)]
    show_waived: bool,
    /// List the lints that could not be assessed, and the fields that each needs.
    #[arg(long, help_heading = OUTPUT)]
    explain_skipped: bool,
    /// List the outcome of every lint: pass, fail, not applicable or not assessed; requires `--format json`.
    #[arg(long, help_heading = OUTPUT)]
    outcomes: bool,
    /// Show every finding in full and by itself, instead of the worst twelve with all places of a lint in one.
    #[arg(long, visible_alias = "verbose", short = 'v', help_heading = OUTPUT)]
    all: bool,
    /// Report what this reader wants to see: the author of the design, a reviewer, or an auditor, who sees everything
    /// [default: from the workspace file, or author].
    #[arg(long = "for", value_name = "READER", value_parser = values::reader(), help_heading = OUTPUT)]
    reader: Option<Reader>,
    /// Do not report findings that are milder than this.
    #[arg(long, value_name = "SEVERITY", value_parser = values::min_severity(), help_heading = OUTPUT)]
    min_severity: Option<Severity>,
    /// Show how often each lint reports instead of its findings; with `--format json`, in addition to them.
    #[arg(long, help_heading = OUTPUT)]
    statistics: bool,
    /// Do not print the summary.
    #[arg(long, short, help_heading = OUTPUT)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Advice,
    /// Never: findings do not change the exit code.
    Never,
}

/// Checks what was asked for, compares it with what was there before where that is wanted, and writes the report.
pub fn run(arguments: CheckArguments, color: ColorChoice) -> Result<Exit, Failure> {
    if arguments.outcomes && !arguments.outputs.ask_for(Format::Json) {
        return Err(Failure::Usage("`--outcomes` is for `--format json`".to_owned()));
    }
    arguments.fix.hold_together()?;
    let request = &arguments.asked.request(arguments.outcomes, arguments.reader)?;
    let quiet = arguments.quiet || arguments.allow_empty;
    let mut groups = arguments.asked.gather(request, &arguments.stdin.stdin_filename, quiet)?;
    let baseline = arguments.comparing.baseline();
    arguments.outputs.files().try_for_each(|file| check_run::hold_output(file, &groups, baseline))?;
    let fix = &arguments.fix;
    let fixed = if fix.asked() { fix.apply_fixes(&mut groups, request) } else { Vec::new() };
    let shown = fix.show(&fixed)?;
    let prints_text = fix.prints_text(&groups);
    let written = shown.is_some() || fix.write(&fixed, arguments.quiet);
    if shown.is_none() && fixed.iter().any(|one| one.path.ends_with(WORKSPACE_FILE)) {
        groups.iter_mut().for_each(|group| group.reopen(request));
    }
    if prints_text {
        groups.iter().filter_map(Group::given_text).try_for_each(|source| print(source.original()))?;
    }
    let mut round = arguments.asked.round_of(groups, request);
    if round.report.files.is_empty() {
        return Ok(if arguments.allow_empty { Exit::Clean } else { check_run::report_no_input() });
    }
    if let Some(exit) = shown {
        let failed = round.report.files.iter().any(|file| file.failed);
        return Ok(if failed { unread(round.report, color)? } else { exit });
    }
    arguments.comparing.apply(&mut round, &arguments.asked, request)?;
    round.report.files.iter_mut().for_each(|file| file.min_severity = arguments.min_severity);
    arguments.outputs.write(&round.report, prints_text, &|to_terminal| Style {
        all: arguments.all,
        statistics: arguments.statistics,
        show_waived: arguments.show_waived,
        explain_skipped: arguments.explain_skipped,
        outcomes: arguments.outcomes,
        quiet: arguments.quiet,
        ..terminal::style(color, to_terminal)
    })?;
    Ok(if written { exit_of(&round, arguments.fail_on) } else { Exit::Usage })
}

impl InputArguments {
    /// How to check.
    pub(super) fn request(&self, outcomes: bool, reader: Option<Reader>) -> Result<CheckRequest, Failure> {
        let selection = Selection { select: self.select.clone(), skip: self.skip.clone() };
        let levels = Some(self.levels.level.clone());
        Ok(CheckRequest { levels, selection, outcomes, reader, ..self.lints.request(&self.date)? })
    }

    /// The folders that were searched.
    pub(super) fn searched(&self) -> Vec<PathBuf> {
        match self.paths.inputs.as_slice() {
            [] => vec![PathBuf::from(".")],
            inputs => inputs.iter().map(PathBuf::from).filter(|path| workspace::is_folder(path)).collect(),
        }
    }

    /// Checks everything that was asked for.
    pub(super) fn round(&self, request: &CheckRequest, stdin_filename: &str, quiet: bool) -> Result<CheckRun, Failure> {
        Ok(self.round_of(self.gather(request, stdin_filename, quiet)?, request))
    }

    /// Finds everything that was asked for.
    fn gather(&self, request: &CheckRequest, stdin_filename: &str, quiet: bool) -> Result<Vec<Group>, Failure> {
        let groups = check_run::gather(&self.paths.inputs, stdin_filename, request, quiet)?;
        hold_to_names(&self.levels.level, &request.selection, &groups, &self.lints.lints)?;
        Ok(groups)
    }

    fn round_of(&self, groups: Vec<Group>, request: &CheckRequest) -> CheckRun {
        let judged: Vec<GroupReport> = groups.iter().map(|group| group.check(request)).collect();
        let config: Vec<String> = judged.iter().filter_map(|judged| judged.config.clone()).collect();
        let of_file = |judged: &GroupReport| {
            let word = judged.fail_on?;
            Some(judged.files.iter().map(move |file| (file.name.clone(), word)).collect::<Vec<_>>())
        };
        let fail_on = judged.iter().filter_map(of_file).flatten().collect();
        let files: Vec<FileReport> = judged.into_iter().flat_map(|judged| judged.files).collect();
        let run = Run {
            today: request.today.to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lints_digest: digest(&groups),
            inputs: files.iter().filter(|file| !config.contains(&file.name)).count(),
            config,
            complete: true,
            checkout: workspace::checkout().map(|(root, folder)| Checkout { root, folder }).unwrap_or_default(),
            address: Address::of_project(),
            lints: pages(&groups, &files),
            ..Run::default()
        };
        CheckRun { report: Report::new(files, run), groups, fail_on }
    }
}

/// Shows what could not be read, where nothing else is shown.
fn unread(report: Report, color: ColorChoice) -> Result<Exit, Failure> {
    let mut out = stderr::stream();
    let files: Vec<FileReport> = report.files.into_iter().filter(|file| file.failed).collect();
    let style = Style { quiet: true, ..terminal::style(color, stderr::is_terminal()) };
    report::write(&Report::new(files, Run::default()), Format::Pretty, &style, &mut out)?;
    out.flush()?;
    Ok(Exit::Unreadable)
}

/// A digest of the lints of all groups.
fn digest(groups: &[Group]) -> String {
    let mut digests: Vec<String> = groups.iter().map(|group| group.rules.lints.digest()).collect();
    digests.sort();
    digests.dedup();
    digests.join("+")
}

/// The lints of all groups that have found something, each once.
fn pages(groups: &[Group], files: &[FileReport]) -> Vec<LintPage> {
    let findings = files.iter().flat_map(|file| &file.findings);
    let mut wanted: BTreeSet<&str> = findings.map(|finding| &*finding.name).collect();
    let lints = groups.iter().flat_map(|group| group.rules.lints.lints());
    lints.filter(|lint| wanted.remove(lint.name)).map(page).collect()
}

/// What was given as a name must be one.
fn hold_to_names(
    levels: &[(String, Level)],
    selection: &Selection,
    groups: &[Group],
    own: &[PathBuf],
) -> Result<(), Failure> {
    let own = if groups.is_empty() { Some(LintSet::load(own)?) } else { None };
    let given = groups.iter().flat_map(|group| group.rules.lints.lints());
    let lints: Vec<Lint<'_>> = given.chain(own.iter().flat_map(LintSet::lints)).copied().collect();
    let words = levels.iter().map(|(name, _)| name).chain(&selection.select).chain(&selection.skip);
    hold_to_lints(words, &lints)
}

/// Each word must be a lint, a category or a kind. Names that are not to be given any more are remarked upon.
pub(super) fn hold_to_lints<'w>(words: impl Iterator<Item = &'w String>, lints: &[Lint]) -> Result<(), Failure> {
    let registry = Registry::of(lints);
    let words: BTreeSet<&String> = words.collect();
    for word in &words {
        if registry.named(word).is_none() {
            let near = registry.nearest(word).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::Usage(format!("`{word}` is not a lint, category or kind{near}")));
        }
    }
    words.iter().filter_map(|word| registry.remark(word)).for_each(super::remark);
    Ok(())
}

fn exit_of(round: &CheckRun, fail_on: Option<FailOn>) -> Exit {
    if round.report.files.iter().any(|file| file.failed) {
        return Exit::Unreadable;
    }
    let fails = |file: &FileReport| {
        let configured = round.fail_on.get(&file.name).and_then(|word| FailOn::from_str(word, false).ok());
        let least = match fail_on.or(configured).unwrap_or(FailOn::Error) {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Advice => Severity::Advice,
            FailOn::Never => return false,
        };
        file.shown().any(|finding: &Finding| finding.suppression.is_none() && finding.severity >= least)
    };
    if round.report.files.iter().any(fails) { Exit::Findings } else { Exit::Clean }
}

/// A lint, as reports describe it.
fn page(lint: &Lint<'_>) -> LintPage {
    LintPage {
        name: lint.name.to_owned(),
        category: lint.category.to_owned(),
        kind: lint.kind,
        severity: lint.severity,
        title: lint.title.to_owned(),
        page: lint.page.to_owned(),
        sources: lint.sources.iter().map(|source| (*source).to_owned()).collect(),
        formerly: lint.formerly.iter().map(|name| (*name).to_owned()).collect(),
        tags: lint.frameworks.iter().map(|(framework, _)| (*framework).to_owned()).collect(),
    }
}
