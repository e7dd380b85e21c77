//! The inputs of a check by the workspace that they belong to. Facts come from every manifest of a workspace; what was
//! asked for is judged.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::lints::LintSet;
use super::repositories::Repositories;
use super::{Exit, Failure, threads};
use crate::built_in;
use crate::check::{self, House, Level, Levels, Options, Reading, Selection, Workspace};
use crate::finding::Finding;
use crate::report::{FileReport, Report, Skipped};
use crate::tree::Limits;
use crate::units::Date;
use crate::workspace::{self, Input, WORKSPACE_FILE};

/// What the command line says of a check.
pub struct Wishes<'w> {
    /// Folders of own lints.
    pub lints: &'w [PathBuf],
    /// Levels, which win over those of workspace files; none where every lint is run, whatever its level.
    pub levels: Option<&'w [(String, Level)]>,
    /// Which lints are wanted.
    pub selection: &'w Selection,
    /// The day that dates are compared with.
    pub today: Date,
    /// Whether what each lint came to is wanted.
    pub outcomes: bool,
}

/// What a check came to, and how it was made.
pub struct Round {
    /// What is reported.
    pub report: Report,
    /// The inputs.
    pub groups: Vec<Group>,
    /// For each file by its name, the mildest finding that fails a run, where its workspace file says it.
    pub fail_on: HashMap<String, &'static str>,
}

/// Something to be checked.
struct Asked {
    /// Where it lies, or is said to lie.
    path: PathBuf,
    /// Its content, where it does not come from there.
    given: Option<Input>,
}

/// Inputs that share a workspace file, or that have none.
pub struct Group {
    root: Option<PathBuf>,
    house: Option<House>,
    /// The lints of the group.
    pub lints: LintSet,
    asked: Vec<Asked>,
    /// Whether facts also come from the manifests of the workspace that nobody asked for.
    whole: bool,
}

/// What a group came to.
pub struct Judged {
    /// The inputs, and what else of the workspace has something to be told of.
    pub files: Vec<FileReport>,
    /// The mildest finding that fails a run, as the workspace file has it.
    pub fail_on: Option<&'static str>,
    /// The workspace file.
    pub config: Option<String>,
}

/// Finds the manifests behind `inputs`, in groups; `-` is standard input, reported as `stdin_filename`. That an input led to
/// nothing is said, unless it has to be quiet.
pub fn gather(
    inputs: &[String],
    stdin_filename: &str,
    wishes: &Wishes<'_>,
    quiet: bool,
) -> Result<Vec<Group>, Failure> {
    let stdin = inputs.iter().any(|input| input == "-");
    let paths: Vec<String> = inputs.iter().filter(|input| *input != "-").cloned().collect();
    let discovery = if stdin && paths.is_empty() {
        Default::default()
    } else {
        workspace::discover(&paths).map_err(Failure::Usage)?
    };
    let mut asked: Vec<Asked> = discovery.files.into_iter().map(|path| Asked { path, given: None }).collect();
    for (path, why) in discovery.unreadable {
        asked.push(Asked { given: Some(workspace::unreadable(&workspace::shown(&path), &why)), path });
    }
    if stdin {
        let name = stdin_filename.replace('\\', "/");
        asked.push(Asked { given: Some(workspace::read_stdin(&name)), path: PathBuf::from(name) });
    }
    let groups = groups(asked, &discovery.folders, wishes)?;
    let mut empty = discovery.empty;
    let below = |path: &Path, folder: &Path| workspace::absolute(path).starts_with(folder);
    for folder in &discovery.folders {
        let whole = workspace::absolute(folder);
        if !groups.iter().flat_map(|group| &group.asked).any(|one| below(&one.path, &whole)) {
            empty.push(format!("no manifest in `{}`", folder.display()));
        }
    }
    for note in empty.iter().filter(|_| !quiet) {
        let _ = writeln!(io::stderr(), "note: {note}");
    }
    Ok(groups)
}

/// Inputs whose content is given, in groups. With `whole`, facts also come from the other manifests of their workspaces, as
/// they lie on the disk.
pub fn given(inputs: Vec<(PathBuf, Input)>, whole: bool, wishes: &Wishes<'_>) -> Result<Vec<Group>, Failure> {
    let asked = inputs.into_iter().map(|(path, input)| Asked { path, given: Some(input) }).collect();
    let mut groups = groups(asked, &[], wishes)?;
    groups.iter_mut().for_each(|group| group.whole = whole);
    Ok(groups)
}

/// Says that no manifest was found.
pub fn nothing() -> Exit {
    let _ = writeln!(io::stderr(), "nothing to check: no mlsystem.yaml, mlsystem.yml or *.mlsystem.yaml was found");
    Exit::Nothing
}

/// Sorts inputs into groups, and adds the manifests that workspace files name below the folders that are to be searched.
fn groups(asked: Vec<Asked>, folders: &[PathBuf], wishes: &Wishes<'_>) -> Result<Vec<Group>, Failure> {
    let mut roots = Roots::default();
    let mut by_root: BTreeMap<Option<PathBuf>, Vec<Asked>> = BTreeMap::new();
    for one in asked {
        let root = roots.of(one.path.parent().unwrap_or(Path::new("")));
        by_root.entry(root).or_default().push(one);
    }
    for folder in folders {
        if let Some(root) = roots.of(folder) {
            by_root.entry(Some(root)).or_default();
        }
    }
    let mut broken = Vec::new();
    let mut groups = Vec::new();
    for (root, mut asked) in by_root {
        let Some(root) = root else {
            groups.push(Group { root: None, house: None, lints: LintSet::load(wishes.lints)?, asked, whole: true });
            continue;
        };
        let opened = open(&root).and_then(|house| {
            let lints = LintSet::load(&lint_folders(&root, &house, wishes.lints))?;
            let house = house.settle(&lints.lints).map_err(Failure::Workspace)?;
            Ok((house, lints))
        });
        let (house, lints) = match opened {
            Ok(opened) => opened,
            Err(Failure::Workspace(findings)) => {
                broken.extend(findings);
                continue;
            }
            Err(other) => return Err(other),
        };
        let mut known: BTreeSet<PathBuf> = asked.iter().map(|one| workspace::absolute(&one.path)).collect();
        let folders: Vec<PathBuf> = folders.iter().map(|folder| workspace::absolute(folder)).collect();
        for member in members(&root, &house) {
            if folders.iter().any(|folder| member.starts_with(folder)) && known.insert(member.clone()) {
                asked.push(Asked { path: workspace::from_here(&member), given: None });
            }
        }
        if !asked.is_empty() {
            groups.push(Group { root: Some(root), house: Some(house), lints, asked, whole: true });
        }
    }
    if broken.is_empty() { Ok(groups) } else { Err(Failure::Workspace(broken)) }
}

/// The workspace of each folder, looked for once.
#[derive(Default)]
struct Roots {
    known: HashMap<PathBuf, Option<PathBuf>>,
}

impl Roots {
    fn of(&mut self, folder: &Path) -> Option<PathBuf> {
        let folder = workspace::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        self.known.entry(folder.clone()).or_insert_with(|| workspace::workspace_of(&folder)).clone()
    }
}

fn open(root: &Path) -> Result<House, Failure> {
    let path = workspace::from_here(&root.join(WORKSPACE_FILE));
    match workspace::read(&path, &workspace::shown(&path)) {
        Input::Text(source) => House::read(&source, &built_in::WORKSPACE).map_err(Failure::Workspace),
        Input::Unreadable(finding) => Err(Failure::Workspace(vec![*finding])),
    }
}

/// The folders of own lints: those of the command line, and those of the workspace file, each once.
fn lint_folders(root: &Path, house: &House, given: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = given.to_vec();
    let mut known: BTreeSet<PathBuf> = given.iter().map(|folder| workspace::absolute(folder)).collect();
    for folder in house.lints() {
        let folder = root.join(folder);
        if known.insert(workspace::absolute(&folder)) {
            folders.push(workspace::from_here(&folder));
        }
    }
    folders
}

fn members(root: &Path, house: &House) -> Vec<PathBuf> {
    workspace::members(root, house.systems(), &|path| house.has(path))
}

impl Group {
    /// The folder of the workspace file, and the file as it was read.
    pub fn workspace(&self) -> Option<(&Path, &House)> {
        self.root.as_deref().zip(self.house.as_ref())
    }

    /// The manifests that belong to the workspace.
    pub fn members(&self) -> Vec<PathBuf> {
        let members = self.workspace().map(|(root, house)| members(root, house)).unwrap_or_default();
        members.iter().map(|member| workspace::from_here(member)).collect()
    }

    /// The folders that lints come from besides the built-in ones.
    pub fn lint_folders(&self, wishes: &Wishes<'_>) -> Vec<PathBuf> {
        match self.workspace() {
            Some((root, house)) => lint_folders(root, house, wishes.lints),
            None => wishes.lints.to_vec(),
        }
    }

    /// The frameworks whose coverage the house reports.
    pub fn frameworks(&self) -> Vec<String> {
        self.house.as_ref().map(House::frameworks).unwrap_or_default()
    }

    /// No inputs at all.
    pub fn empty(wishes: &Wishes<'_>) -> Result<Self, Failure> {
        Ok(Self { root: None, house: None, lints: LintSet::load(wishes.lints)?, asked: Vec::new(), whole: true })
    }

    /// How the group is checked, as far as it is the same for all manifests.
    pub fn options<T>(&self, wishes: &Wishes<'_>, work: impl FnOnce(&Options<'_>) -> T) -> T {
        let set = self.house.as_ref().map(House::options).unwrap_or_default();
        let mut levels = Levels::default();
        if let (Some(given), house) = (wishes.levels, &self.house) {
            levels = house.as_ref().map(|house| house.levels("", &self.lints.lints)).unwrap_or_default();
            levels.set.extend(given.iter().cloned());
        }
        let options = Options {
            schema: &built_in::MANIFEST,
            lints: &self.lints.lints,
            tables: &self.lints.tables,
            today: wishes.today,
            set: &set,
            levels: &levels,
            selection: wishes.selection,
            limits: Limits::default(),
        sight: None,
        };
        work(&options)
    }

    /// Reads what the facts are made of, and judges what was asked for.
    pub fn check(&self, wishes: &Wishes<'_>) -> Judged {
        self.options(wishes, |options| self.judge(wishes, options))
    }

    fn judge(&self, wishes: &Wishes<'_>, options: &Options<'_>) -> Judged {
        let (Some(root), Some(house)) = (&self.root, &self.house) else {
            return self.alone(wishes, options);
        };
        let known: BTreeSet<PathBuf> = self.asked.iter().map(|one| workspace::absolute(&one.path)).collect();
        let others = if self.whole { members(root, house) } else { Vec::new() };
        let others = others.into_iter().filter(|member| !known.contains(member));
        let others = others.map(|member| Asked { path: workspace::from_here(&member), given: None });
        let others: Vec<Asked> = others.collect();
        let count = self.asked.len();
        let all: Vec<&Asked> = self.asked.iter().chain(&others).collect();
        let paths: Vec<String> = all.iter().map(|one| workspace::below(root, &one.path)).collect();
        let read = threads::map(&all, |one| one.read(options));
        // Facts are taken in the order of the paths, so that they do not depend on what was asked for.
        let mut order: Vec<usize> = (0..all.len()).filter(|index| house.has(&paths[*index])).collect();
        order.sort_by_key(|index| &paths[*index]);
        let unread = |index: &usize| read[*index].is_err();
        let readings = order.iter().filter(|index| !unread(index)).filter_map(|index| read[*index].as_ref().ok());
        let workspace = check::workspace(readings, Some(house), options.schema, !order.iter().any(unread));
        let repositories = Repositories::default();
        let judged: Vec<usize> = (0..count).collect();
        let mut files = threads::map(&judged, |index| {
            let belongs = house.has(&paths[*index]).then_some(&workspace);
            let mut levels = Levels::default();
            if let Some(given) = wishes.levels {
                levels = house.levels(&paths[*index], options.lints);
                levels.set.extend(given.iter().cloned());
            }
            let options = Options { levels: &levels, ..options.clone() };
            let (path, reading) = (&paths[*index], &read[*index]);
            let manifest = reading.as_ref().ok().and_then(|reading| reading.manifest.as_ref());
            repositories.seen(root, path, manifest, &options, |options| {
                report(all[*index], path, reading, belongs, options, wishes)
            })
        });
        // The facts would be wrong without what could not be read, so that it is told of although nobody asked for it.
        for index in count..all.len() {
            if read[index].as_ref().map_or(true, |reading| reading.failed) {
                files.push(report(all[index], &paths[index], &read[index], None, options, wishes));
            }
        }
        let config = house.manifest.source().name().to_owned();
        if !house.findings.is_empty() {
            let findings = house.findings.clone();
            files.push(FileReport {
                name: config.clone(),
                path: WORKSPACE_FILE.to_owned(),
                findings,
                ..FileReport::default()
            });
        }
        Judged { files, fail_on: house.fail_on(), config: Some(config) }
    }

    /// Checks manifests without a workspace, one by one: none is kept longer than it takes.
    fn alone(&self, wishes: &Wishes<'_>, options: &Options<'_>) -> Judged {
        let levels = Levels { set: wishes.levels.unwrap_or_default().to_vec() };
        let options = Options { levels: &levels, ..options.clone() };
        let repositories = Repositories::default();
        let files = threads::map(&self.asked, |one| {
            let root = workspace::root_of(one.path.parent().unwrap_or(Path::new(".")));
            let path = workspace::below(&root, &one.path);
            let reading = one.read(&options);
            let manifest = reading.as_ref().ok().and_then(|reading| reading.manifest.as_ref());
            repositories.seen(&root, &path, manifest, &options, |options| {
                report(one, &path, &reading, None, options, wishes)
            })
        });
        Judged { files, fail_on: None, config: None }
    }
}

impl Asked {
    fn read(&self, options: &Options<'_>) -> Result<Reading, Box<Finding>> {
        let read;
        let input = match &self.given {
            Some(given) => given,
            None => {
                read = workspace::read(&self.path, &workspace::shown(&self.path));
                &read
            }
        };
        match input {
            Input::Text(source) => Ok(check::read(source, options)),
            Input::Unreadable(finding) => Err(finding.clone()),
        }
    }
}

fn report(
    asked: &Asked,
    path: &str,
    read: &Result<Reading, Box<Finding>>,
    workspace: Option<&Workspace<'_>>,
    options: &Options<'_>,
    wishes: &Wishes<'_>,
) -> FileReport {
    let name = workspace::shown(&asked.path);
    let path = path.to_owned();
    match read {
        Ok(reading) => {
            let checked = check::judge(reading, workspace, options);
            let outcomes = if wishes.outcomes { checked.outcomes(options) } else { Vec::new() };
            let skipped = checked.skipped.into_iter().map(|(lint, wants)| Skipped { lint: lint.to_owned(), wants });
            let skipped = skipped.collect();
            FileReport { name, path, findings: checked.findings, failed: checked.failed, skipped, outcomes }
        }
        Err(finding) => {
            FileReport { name, path, findings: vec![*finding.clone()], failed: true, ..FileReport::default() }
        }
    }
}
