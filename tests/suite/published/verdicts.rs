//! The verdicts of readers, and the findings of today that they speak of.

use std::cell::Cell;
use std::fmt;

use mlsystem::built_in;
use mlsystem::finding::Finding;
use mlsystem::lint::Registry;
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};
use serde::Deserialize;

use crate::support::{checked, fixtures};

/// What a reader said of a finding. The order is that of worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// Wrong for this system, or contradicted by its manifest.
    False,
    /// Another finding of the same run says it.
    Duplicate,
    /// Right and of little weight.
    Minor,
    /// What a reviewer would raise.
    True,
}

/// One verdict as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    pub name: String,
    pub at: String,
    pub verdict: Word,
    /// The message, where one lint says two things of one place.
    #[serde(default)]
    pub message: Option<String>,
    /// Where a finding went that was right: the lint that says it today, and the place.
    #[serde(default)]
    pub now: Option<Place>,
    #[serde(default, rename = "severity")]
    _severity: Option<String>,
    #[serde(rename = "why")]
    _why: String,
    #[serde(skip)]
    pub raised: Cell<bool>,
}

/// A lint and a place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    findings: Vec<Verdict>,
    #[serde(rename = "missed")]
    _missed: serde_yaml::Value,
}

/// A finding of today with the best verdict on what it says.
pub struct JudgedFinding {
    pub finding: Finding,
    pub verdict: Option<Word>,
}

/// A published system: its verdicts, and what is found today.
pub struct System {
    pub name: String,
    pub verdicts: Vec<Verdict>,
    pub findings: Vec<JudgedFinding>,
}

/// Every published system, by name.
pub fn systems() -> Vec<System> {
    let verdicts = fixtures("published/*/verdicts.yaml");
    let manifests = fixtures("published/*/mlsystem.yaml");
    assert_eq!(verdicts.len(), manifests.len());
    verdicts
        .into_iter()
        .zip(manifests)
        .map(|((path, verdicts), (_, manifest))| system(&path, &verdicts, &manifest))
        .collect()
}

fn system(path: &str, verdicts: &str, manifest: &str) -> System {
    let name = path.split('/').nth(1).unwrap().to_owned();
    let file: File = serde_yaml::from_str(verdicts).unwrap_or_else(|error| panic!("{path}: {error}"));
    let findings = checked("mlsystem.yaml", manifest).findings;
    let findings = findings.into_iter().map(|finding| judge(finding, &file.findings)).collect();
    System { name, verdicts: file.findings, findings }
}

/// The place of a finding and those of its further labels.
fn places(finding: &Finding) -> (String, Vec<String>) {
    let source = Source::new("mlsystem.yaml", finding.primary.source.original());
    let tree = tree::parse(&source, &Limits::default()).tree.unwrap();
    let pointer = |start| {
        let way = tree.way_to(start);
        way.iter().fold(mlsystem::finding::Pointer::default(), |pointer, step| pointer.child(step)).to_string()
    };
    let labels = finding.labels.iter().map(|label| pointer(label.span.start));
    (finding.pointer.to_string(), labels.collect())
}

/// Whether a label is at a place, or on the item in which the place is missing.
fn holds(label: &str, at: &str) -> bool {
    let inside = at.strip_prefix(label).is_some_and(|rest| rest.starts_with('/'));
    at == label || inside && label.matches('/').count() >= 2
}

fn judge(finding: Finding, verdicts: &[Verdict]) -> JudgedFinding {
    let (primary, labels) = places(&finding);
    let of: Vec<&Verdict> = verdicts.iter().filter(|verdict| verdict.speaks_of(&finding, &primary, &labels)).collect();
    let best = of.iter().map(|verdict| verdict.verdict).max();
    for verdict in of {
        // A copy that became a part of what it repeated is said once.
        if verdict.verdict != Word::Duplicate || best == Some(Word::Duplicate) {
            verdict.raised.set(true);
        }
    }
    JudgedFinding { finding, verdict: best }
}

impl Verdict {
    /// Whether this was said of what the finding says: of its place, or of one that it has a label on.
    fn speaks_of(&self, finding: &Finding, primary: &str, labels: &[String]) -> bool {
        let now = self.now.as_ref();
        let name = now.and_then(|now| now.name.as_deref()).unwrap_or(&self.name);
        let at = now.and_then(|now| now.at.as_ref()).unwrap_or(&self.at);
        let name = Registry::of(built_in::LINTS).lint(name).map(|lint| lint.name);
        name == Some(&*finding.name)
            && (at == primary || self.verdict != Word::Duplicate && labels.iter().any(|label| holds(label, at)))
            && self.message.as_ref().is_none_or(|message| *message == finding.message)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::False => "false",
            Self::Duplicate => "duplicate",
            Self::Minor => "minor",
            Self::True => "true",
        })
    }
}
