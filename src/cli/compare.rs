//! Comparing what is found with what was found before: `--baseline` and `--since`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::check::InputArguments;
use super::check_run::CheckRun;
use super::{Failure, stderr};
use crate::baseline::{self, Baseline, Compared, FilePresence};
use crate::built_in;
use crate::check::{Options, WorkspaceConfig, settle};
use crate::lint::Registry;
use crate::project::{self, CheckRequest, Group};
use crate::report::{Before, Comparison, FileReport, Identity, Report};
use crate::secret::{is_masked, redacted};
use crate::source::Source;
use crate::workspace::{self, Input, Old, Revisions, WORKSPACE_FILE};

/// The heading of the options about what was there before.
const COMPARISON: &str = "Comparison options";

/// The arguments about what was there before.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// Count only findings that are not in this baseline, and report entries that it no longer needs.
    #[arg(long, value_name = "FILE", conflicts_with = "since", help_heading = COMPARISON)]
    baseline: Option<PathBuf>,
    /// Count only findings that are new since this git revision, and list those that were fixed.
    #[arg(long, value_name = "REV", help_heading = COMPARISON)]
    since: Option<String>,
}

impl CompareArguments {
    /// The baseline that is read.
    pub(super) fn baseline(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// Marks in `report` what was there before.
    pub(super) fn apply(
        &self,
        round: &mut CheckRun,
        asked: &InputArguments,
        request: &CheckRequest,
    ) -> Result<(), Failure> {
        let CheckRun { report, groups, .. } = round;
        // Of several workspaces, the first says which lints run.
        let Some(first) = groups.first() else { return Ok(()) };
        let options = first.rules.options(request);
        self.compare(report, groups, asked, request, &options.options())
    }

    fn compare(
        &self,
        report: &mut Report,
        groups: &[Group],
        asked: &InputArguments,
        request: &CheckRequest,
        options: &Options<'_>,
    ) -> Result<(), Failure> {
        if let Some(path) = &self.baseline {
            let source = read(path)?;
            let before = Baseline::read(&source).map_err(Failure::Usage)?;
            let origin = format!("in the baseline `{}`", source.name());
            let trees = Trees::of(asked, &report.files);
            let compared = apply_baseline(&mut report.files, &before, &trees, request, options, &origin);
            let mut findings = baseline::findings(&source, source.name(), &compared, &|path| trees.lack(path));
            settle(&mut findings, options);
            if !findings.is_empty() {
                let root = workspace::root_of(path.parent().unwrap_or(Path::new(".")));
                let (name, path) = (source.name().to_owned(), redacted(&workspace::below(&root, path)).into_owned());
                report.files.push(FileReport { name, path, findings, ..FileReport::default() });
            }
            finish(report, Before::Baseline(source.name().to_owned()), compared);
        }
        if let Some(name) = &self.since {
            let before = at_revision(name, report, groups, asked, request)?;
            let origin = format!("as at `{name}`");
            let (mut files, mut all) = (Vec::new(), Compared::default());
            // Two repositories have files of the same path.
            let mut by_root: BTreeMap<PathBuf, (Vec<FileReport>, Vec<FileReport>)> = BTreeMap::new();
            for file in std::mem::take(&mut report.files) {
                by_root.entry(root_of(&file)).or_default().0.push(file);
            }
            for file in before {
                by_root.entry(root_of(&file)).or_default().1.push(file);
            }
            for (root, (mut now, then)) in by_root {
                let trees = Trees::of(asked, &now).within(&root);
                let compared = apply_baseline(&mut now, &Baseline::of(&then), &trees, request, options, &origin);
                all.new += compared.new;
                all.unchanged += compared.unchanged;
                all.gone.extend(compared.gone);
                files.extend(now);
            }
            report.files = files;
            finish(report, Before::Revision(name.clone()), all);
        }
        Ok(())
    }
}

/// The text of a baseline.
pub(super) fn read(path: &Path) -> Result<Arc<Source>, Failure> {
    let name = workspace::shown(path);
    match workspace::read(path, &name) {
        Input::Text(source) => Ok(source),
        Input::Unreadable(finding) => {
            let why = finding.message.trim_start_matches("the file cannot be read: ");
            Err(Failure::Usage(format!("the baseline `{name}` cannot be read: {why}; `mlsystem baseline` writes one")))
        }
    }
}

/// Compares the files with what was there before.
pub(super) fn apply_baseline(
    files: &mut [FileReport],
    before: &Baseline,
    trees: &Trees,
    request: &CheckRequest,
    options: &Options<'_>,
    origin: &str,
) -> Compared {
    let runs = |name: &str| {
        let lint = options.lints.iter().find(|lint| lint.name == name);
        lint.is_some_and(|lint| options.selection.admits(lint) && !options.levels.off(lint))
    };
    let registry = Registry::of(options.lints);
    let current = |name: &str| registry.remark(name)?.name().map(str::to_owned);
    let (before, former) = before.clone().renamed(&current);
    let others = trees.others(files, &before, request);
    let (missing, absent) = (|path: &str| trees.lack(path), |path: &str| trees.lost(path));
    let judge = FilePresence { missing: &missing, absent: &absent, others: &others, runs: &runs, origin };
    Compared { former, ..baseline::compare(files, &before, &judge) }
}

fn finish(report: &mut Report, with: Before, compared: Compared) {
    let fixed: Vec<Identity> = compared.gone.into_iter().map(|(identity, _)| identity).collect();
    let mut run = std::mem::take(&mut report.run);
    run.comparison = Some(Comparison { with, new: compared.new, unchanged: compared.unchanged, fixed });
    *report = Report::new(std::mem::take(&mut report.files), run);
}

/// What was found at the revision `name`, in the files of the report and in manifests that are not there any more. The
/// workspace files of today say how to judge, and the facts are those of the manifests of then.
fn at_revision(
    name: &str,
    report: &Report,
    groups: &[Group],
    asked: &InputArguments,
    request: &CheckRequest,
) -> Result<Vec<FileReport>, Failure> {
    let mut files: Vec<PathBuf> = report.files.iter().map(|file| PathBuf::from(&file.name)).collect();
    let mut searched = asked.searched();
    for group in groups {
        files.extend(group.members());
        searched.extend(group.rules.workspace().map(|(root, _)| root.to_owned()));
    }
    let revisions = Revisions::open(name, &files, &searched).map_err(Failure::Usage)?;
    let (mut texts, mut before) = (Vec::new(), Vec::new());
    for file in &report.files {
        if let Some(why) = revisions.refusal(Path::new(&file.name)) {
            stderr::line(format_args!("note: `{}` is not compared, and does not count: {why}", file.name));
            before.push(file.clone());
        }
    }
    for Old { path, input } in revisions.manifests(&files, &searched).map_err(Failure::Usage)? {
        match path.file_name().is_some_and(|name| name == WORKSPACE_FILE) {
            true => before.extend(workspace_findings(input, groups, request)),
            false => texts.push((path, input)),
        }
    }
    for group in project::given(texts, false, request)? {
        let judged = group.check(request);
        let manifests = judged.files.into_iter().filter(|file| judged.config.as_ref() != Some(&file.name));
        for file in manifests {
            if file.failed {
                let shown = &file.name;
                stderr::line(format_args!("note: `{shown}` could not be read at `{name}`: all of it counts as new"));
            } else {
                before.push(file);
            }
        }
    }
    Ok(Report::new(before, Default::default()).files)
}

/// What there was to say of a workspace file, which may well have been an error.
fn workspace_findings(input: Input, groups: &[Group], request: &CheckRequest) -> Option<FileReport> {
    let Input::Text(source) = input else { return None };
    let lints = groups.first().map(|group| group.rules.lints.lints()).unwrap_or_default();
    let workspace_config = WorkspaceConfig::read(&source, &built_in::WORKSPACE)
        .and_then(|workspace_config| workspace_config.settle(lints));
    let findings = workspace_config.map_or_else(
        |findings| findings,
        |workspace_config| {
            groups.first().map_or(Vec::new(), |group| group.rules.findings_of(&workspace_config, request))
        },
    );
    let (name, path) = (source.name().to_owned(), WORKSPACE_FILE.to_owned());
    Some(FileReport { name, path, findings, ..FileReport::default() })
}

/// The root that the path of a report counts from.
fn root_of(file: &FileReport) -> PathBuf {
    let name = workspace::absolute(Path::new(&file.name));
    let root = name.ancestors().nth(Path::new(&file.path).components().count());
    match root.filter(|_| name.ends_with(&file.path)) {
        Some(root) => workspace::real(root),
        None => workspace::real(&workspace::root_of(name.parent().unwrap_or(Path::new("/")))),
    }
}

/// The repositories that a run looks at.
pub(super) struct Trees {
    /// Their roots.
    roots: BTreeSet<PathBuf>,
    /// The folders that were searched: each root, and the path from there.
    searched: Vec<(PathBuf, String)>,
}

impl Trees {
    /// Those of what was asked for.
    pub(super) fn of(asked: &InputArguments, files: &[FileReport]) -> Self {
        let rooted = |folder: PathBuf| {
            let root = workspace::root_of(&folder);
            let below = workspace::below(&root, &folder);
            (root, below)
        };
        let searched: Vec<_> = asked.searched().into_iter().map(rooted).collect();
        let searched: Vec<_> = searched.into_iter().map(|(root, below)| (workspace::real(&root), below)).collect();
        let roots = files.iter().map(root_of).chain(searched.iter().map(|(root, _)| root.clone()));
        Self { roots: roots.collect(), searched }
    }

    /// The same for one of the roots.
    fn within(mut self, root: &Path) -> Self {
        self.roots = BTreeSet::from([root.to_owned()]);
        self.searched.retain(|(searched, _)| searched == root);
        self
    }

    /// Whether the file would have been found in a folder that was searched, if it were there. Of a path that is masked nobody
    /// can say.
    pub(super) fn lack(&self, path: &str) -> bool {
        !is_masked(path)
            && self.searched.iter().any(|(root, below)| {
                let inside = below.is_empty() || path.strip_prefix(below).is_some_and(|rest| rest.starts_with('/'));
                inside && !workspace::is_taken(&root.join(path))
            })
    }

    /// Whether the file is not there any more, whatever was looked at.
    fn lost(&self, path: &str) -> bool {
        !is_masked(path)
            && !self.roots.is_empty()
            && self.roots.iter().all(|root| !workspace::is_taken(&root.join(path)))
    }

    /// The manifests that nobody asked for and `before` does not know, where a file that it knows is lost: that may have
    /// become one of them.
    fn others(&self, files: &[FileReport], before: &Baseline, request: &CheckRequest) -> Vec<FileReport> {
        let known: BTreeSet<&str> = before.entries.keys().map(|identity| &*identity.path).collect();
        let looked_at: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
        let fresh = looked_at.iter().any(|path| !known.contains(path));
        if !fresh || known.iter().all(|path| looked_at.contains(path) || !self.lost(path)) {
            return Vec::new();
        }
        let roots: Vec<String> = self.roots.iter().filter_map(|root| root.to_str().map(str::to_owned)).collect();
        let found = workspace::discover(&roots).map(|found| found.files).unwrap_or_default();
        let masked = |path: &Path| redacted(&workspace::shown(path)).into_owned();
        let path_of = |path: &Path| self.roots.iter().find_map(|root| Some(masked(path.strip_prefix(root).ok()?)));
        let is_other = |path: &String| !known.contains(&**path) && !looked_at.contains(&**path);
        let others = found.into_iter().filter(|file| path_of(&file.path).as_ref().is_some_and(is_other));
        let others: Vec<String> = others.filter_map(|file| file.path.to_str().map(str::to_owned)).collect();
        if others.is_empty() {
            return Vec::new();
        }
        let groups = project::gather(&others, "", request).map(|gathered| gathered.groups).unwrap_or_default();
        let files = groups.iter().flat_map(|group| group.check(request).files);
        files.filter(|file| is_other(&file.path)).collect()
    }
}
