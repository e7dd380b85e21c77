//! The rows of `tests/data/arithmetic/cases.tsv`: a changed manifest, and what is to be found in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::{Levels, Options, Selection, WorkspaceConfig};
use mlsystem::examples::{Parts, check_parts};
use mlsystem::finding::{Finding, Kind, Severity};
use mlsystem::lint::SetOptions;
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits, Tree};
use mlsystem::units::Date;

use super::patch;

/// The day on which the rows are read.
pub const TODAY: &str = "2026-11-28";

const MANIFEST: &str = "mlsystem.yaml";
const WORKSPACE: &str = "mlsystem-workspace.yaml";

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    pub case: String,
    pub base: String,
    pub class: String,
    pub kind: String,
    pub expectations: Vec<String>,
    pub why: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Row {
    /// All rows, in the order of the table.
    pub fn all() -> Vec<Row> {
        let text = read(&root().join("tests/data/arithmetic/cases.tsv"));
        text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(Self::parse).collect()
    }

    fn parse(line: &str) -> Row {
        let columns: Vec<&str> = line.split('\t').collect();
        let [case, base, class, kind, expectation, why] = columns[..] else { panic!("not six columns: {line}") };
        Row {
            case: case.to_owned(),
            base: base.to_owned(),
            class: class.to_owned(),
            kind: kind.to_owned(),
            expectations: expectation.split(" & ").map(str::to_owned).collect(),
            why: why.to_owned(),
        }
    }

    /// The files of the row, changed.
    pub fn files(&self) -> Result<BTreeMap<String, String>, String> {
        let patch = read(&root().join("tests/data/arithmetic/patches").join(format!("{}.diff", self.case)));
        patch::apply(&patch, &self.unchanged())
    }

    fn unchanged(&self) -> BTreeMap<String, String> {
        if self.base == "-" {
            return BTreeMap::new();
        }
        let path = root().join("fixtures/systems").join(&self.base).join(MANIFEST);
        BTreeMap::from([(MANIFEST.to_owned(), read(&path))])
    }

    /// What the changed manifest raises and the unchanged one does not.
    pub fn findings(&self) -> Result<Vec<Finding>, String> {
        let before: Vec<_> = found(&self.unchanged()).iter().map(identity).collect();
        let mut after = found(&self.files()?);
        after.retain(|finding| !before.contains(&identity(finding)));
        Ok(after)
    }

    /// What does not hold, and what was found instead; none where all holds.
    pub fn difference(&self) -> Option<String> {
        let findings = match self.findings() {
            Ok(findings) => findings,
            Err(why) => return Some(format!("{}: {why}\n", self.case)),
        };
        let broken: Vec<&str> =
            self.expectations.iter().filter(|wanted| !holds(wanted, &findings)).map(String::as_str).collect();
        if broken.is_empty() {
            return None;
        }
        let mut text = format!("{} ({}): {}\n  since {}\n", self.case, self.kind, broken.join(" & "), self.why);
        for finding in &findings {
            let _ =
                writeln!(text, "  found {} {} {}: {}", finding.severity, finding.name, finding.pointer, said(finding));
        }
        Some(text)
    }
}

fn identity(finding: &Finding) -> (String, String, String) {
    (finding.name.to_string(), finding.pointer.to_string(), finding.message.clone())
}

/// All words of a finding.
fn said(finding: &Finding) -> String {
    let labels = finding.labels.iter().map(|label| label.text.as_str());
    let parts = std::iter::once(finding.message.as_str())
        .chain([finding.primary.text.as_str()])
        .chain(labels)
        .chain(finding.notes.iter().map(String::as_str))
        .chain(finding.help.as_deref());
    parts.collect::<Vec<_>>().join(" | ")
}

fn holds(expectation: &str, findings: &[Finding]) -> bool {
    let raised =
        |lint: &str| findings.iter().filter(|finding| finding.name == lint).map(|finding| finding.severity).max();
    let (form, rest) = expectation.split_once(':').unwrap_or((expectation, ""));
    match (form, rest.split_once("<="), rest.split_once('=')) {
        ("quiet", ..) if rest.is_empty() => findings.is_empty(),
        ("quiet", ..) => raised(rest).is_none(),
        ("speaks", ..) if rest.starts_with('/') => {
            let hard = findings.iter().filter(|finding| finding.severity >= Severity::Warning);
            let places: Vec<String> = hard.flat_map(places).collect();
            rest.split('|').any(|wanted| places.iter().any(|place| lies_in(place, wanted)))
        }
        ("speaks", ..) => raised(rest).is_some(),
        ("severity", Some((lint, level)), _) => raised(lint).is_none_or(|raised| raised <= severity(level)),
        ("severity", None, Some((lint, level))) => raised(lint) == Some(severity(level)),
        ("message-lacks", ..) => !findings.iter().any(|finding| said(finding).contains(rest)),
        _ => panic!("not an expectation: {expectation}"),
    }
}

fn severity(level: &str) -> Severity {
    [Severity::Advice, Severity::Warning, Severity::Error]
        .into_iter()
        .find(|severity| severity.to_string() == level)
        .unwrap_or_else(|| panic!("not a severity: {level}"))
}

fn lies_in(place: &str, wanted: &str) -> bool {
    place.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The pointers of a finding and of its labels, with items of lists by number.
fn places(finding: &Finding) -> Vec<String> {
    let mut places = vec![finding.pointer.to_string()];
    for label in std::iter::once(&finding.primary).chain(&finding.labels) {
        if let Some(tree) = tree(&label.source) {
            places.push(tree.way_to(label.span.start).iter().map(|part| format!("/{part}")).collect());
        }
    }
    places
}

fn tree(source: &Arc<Source>) -> Option<Tree> {
    tree::parse(source, &Limits::default()).tree
}

/// What is found in the files, waived findings and evidence aside.
pub fn found(files: &BTreeMap<String, String>) -> Vec<Finding> {
    let (set, levels, selection) = (SetOptions::default(), Levels::default(), Selection::default());
    let options = Options {
        schema: &built_in::MANIFEST,
        lints: built_in::LINTS,
        tables: built_in::TABLES,
        today: Date::parse(TODAY).unwrap(),
        set: &set,
        levels: &levels,
        selection: &selection,
        limits: Limits::default(),
        view: None,
    };
    let sources = |keep: bool| {
        files
            .iter()
            .filter(move |(name, _)| (*name == WORKSPACE) != keep)
            .map(|(name, text)| Source::new(name, text.clone()))
    };
    let config = sources(false).next().map(|source| {
        let read =
            WorkspaceConfig::read(&source, &built_in::WORKSPACE).and_then(|config| config.settle(built_in::LINTS));
        read.unwrap_or_else(|findings| panic!("{}: {findings:?}", source.name()))
    });
    let parts = Parts { files: sources(true).collect(), workspace_config: None, beside: Vec::new() };
    let mut found = check_parts(&parts, config.as_ref(), &built_in::EVIDENCE, &options);
    found.retain(|finding| finding.suppression.is_none() && finding.kind != Kind::Evidence);
    found
}
