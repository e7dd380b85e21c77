//! Comparing what is found with what was found before: `--baseline` and `--since`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::Failure;
use super::check::Asked;
use super::round::Round;
use crate::baseline::{self, Baseline, Compared, Judge};
use crate::built_in;
use crate::check::{House, Options, settle};
use crate::report::{Before, Comparison, FileReport, Identity, Report};
use crate::source::Source;
use crate::workspace::{self, Group, Input, Old, Revision, WORKSPACE_FILE, Wishes};

/// The arguments about what was there before.
#[derive(Debug, Args)]
pub struct Comparing {
    /// Count only what this baseline does not know, and report entries that it no longer needs.
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    baseline: Option<PathBuf>,
    /// Count only what was not found at this git revision, and list what was fixed since.
    #[arg(long, value_name = "REV")]
    since: Option<String>,
}

impl Comparing {
    /// Marks in `report` what was there before.
    pub(super) fn apply(&self, round: &mut Round, asked: &Asked, wishes: &Wishes<'_>) -> Result<(), Failure> {
        let Round { report, groups, .. } = round;
        // Of several workspaces, the first says which lints run.
        let Some(first) = groups.first() else { return Ok(()) };
        first.rules.options(wishes, |options| self.compare(report, groups, asked, wishes, options))
    }

    fn compare(
        &self,
        report: &mut Report,
        groups: &[Group],
        asked: &Asked,
        wishes: &Wishes<'_>,
        options: &Options<'_>,
    ) -> Result<(), Failure> {
        if let Some(path) = &self.baseline {
            let source = read(path)?;
            let before = Baseline::read(&source).map_err(Failure::Usage)?;
            let whence = format!("in the baseline `{}`", source.name());
            let missing = Missing::below(asked);
            let compared = hold(&mut report.files, &before, &missing, options, &whence);
            let mut findings = baseline::findings(&source, source.name(), &compared, &|path| missing.lacks(path));
            settle(&mut findings, options);
            if !findings.is_empty() {
                let root = workspace::root_of(path.parent().unwrap_or(Path::new(".")));
                let (name, path) = (source.name().to_owned(), workspace::below(&root, path));
                report.files.push(FileReport { name, path, findings, ..FileReport::default() });
            }
            conclude(report, Before::Baseline(source.name().to_owned()), compared);
        }
        if let Some(name) = &self.since {
            let before = at_revision(name, report, groups, asked, wishes)?;
            let missing = Missing::below(asked);
            let compared = hold(&mut report.files, &before, &missing, options, &format!("as at `{name}`"));
            conclude(report, Before::Revision(name.clone()), compared);
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
pub(super) fn hold(
    files: &mut [FileReport],
    before: &Baseline,
    missing: &Missing,
    options: &Options<'_>,
    whence: &str,
) -> Compared {
    let runs = |name: &str| {
        let lint = options.lints.iter().find(|lint| lint.name == name);
        lint.is_some_and(|lint| options.selection.admits(lint) && !options.levels.off(lint))
    };
    baseline::compare(files, before, &Judge { missing: &|path| missing.lacks(path), runs: &runs, whence })
}

fn conclude(report: &mut Report, with: Before, compared: Compared) {
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
    asked: &Asked,
    wishes: &Wishes<'_>,
) -> Result<Baseline, Failure> {
    let mut files: Vec<PathBuf> = report.files.iter().map(|file| PathBuf::from(&file.name)).collect();
    let mut searched = asked.searched();
    let folder = searched.first().map(PathBuf::as_path).or_else(|| files.first().and_then(|file| file.parent()));
    let revision = Revision::open(folder.unwrap_or(Path::new(".")), name).map_err(Failure::Usage)?;
    for group in groups {
        files.extend(group.members());
        searched.extend(group.rules.workspace().map(|(root, _)| root.to_owned()));
    }
    let (mut texts, mut before) = (Vec::new(), Vec::new());
    for Old { path, input } in revision.manifests(&files, &searched).map_err(Failure::Usage)? {
        match path.file_name().is_some_and(|name| name == WORKSPACE_FILE) {
            true => before.extend(workspace_findings(input, groups)),
            false => texts.push((path, input)),
        }
    }
    for group in workspace::given(texts, false, wishes)? {
        let judged = group.check(wishes);
        let manifests = judged.files.into_iter().filter(|file| judged.config.as_ref() != Some(&file.name));
        for file in manifests {
            if file.failed {
                let shown = &file.name;
                let _ =
                    writeln!(io::stderr(), "note: `{shown}` could not be read at `{name}`: all of it counts as new");
            } else {
                before.push(file);
            }
        }
    }
    Ok(Baseline::of(&Report::new(before, Default::default()).files))
}

/// What there was to say of a workspace file, which may well have been an error.
fn workspace_findings(input: Input, groups: &[Group]) -> Option<FileReport> {
    let Input::Text(source) = input else { return None };
    let lints = groups.first().map(|group| group.rules.lints.lints()).unwrap_or_default();
    let house = House::read(&source, &built_in::WORKSPACE).and_then(|house| house.settle(lints));
    let findings = house.map_or_else(|findings| findings, |house| house.findings);
    let (name, path) = (source.name().to_owned(), WORKSPACE_FILE.to_owned());
    Some(FileReport { name, path, findings, ..FileReport::default() })
}

/// Which files of the workspace are not there any more, as far as folders were searched.
pub(super) struct Missing(Vec<(PathBuf, String)>);

impl Missing {
    /// The folders that were asked for.
    pub(super) fn below(asked: &Asked) -> Self {
        let rooted = |folder: PathBuf| {
            let root = workspace::root_of(&folder);
            let below = workspace::below(&root, &folder);
            (root, below)
        };
        Self(asked.searched().into_iter().map(rooted).collect())
    }

    /// Whether the file would have been found in a folder that was searched, if it were there.
    pub(super) fn lacks(&self, path: &str) -> bool {
        self.0.iter().any(|(root, below)| {
            let inside = below.is_empty() || path.strip_prefix(below).is_some_and(|rest| rest.starts_with('/'));
            inside && root.join(path).symlink_metadata().is_err()
        })
    }
}
