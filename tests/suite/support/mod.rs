//! What the tests over whole manifests share: reading fixtures, checking a text, and editing one as a person would.
#![allow(dead_code, clippy::unwrap_used, reason = "each test binary uses a part, and a test may panic")]

pub mod edit;
pub mod json;

use std::path::{Path, PathBuf};

use mlsystem::built_in;
use mlsystem::check::{Checked, Levels, Options, Outcome, Selection, check};
use mlsystem::finding::{Finding, Reader};
use mlsystem::lint::SetOptions;
use mlsystem::report::{FileReport, Format, Report, Run, Skipped, Style, write};
use mlsystem::source::Source;
use mlsystem::tree::Limits;
use mlsystem::units::Date;

/// The day on which the fixtures are read.
pub const TODAY: &str = "2026-11-24";

/// A finding by what identifies it in one file: the lint and the place.
pub type Identity = (String, String);

/// The text of a fixture, byte for byte.
pub fn fixture(path: &str) -> String {
    let path = root().join("fixtures").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fixtures that match a pattern below `fixtures/`, by name, each with its text.
pub fn fixtures(pattern: &str) -> Vec<(String, String)> {
    let base = root().join("fixtures");
    let found: Vec<_> = glob::glob(&base.join(pattern).to_string_lossy())
        .unwrap()
        .map(|path| {
            let path = path.unwrap();
            let name = path.strip_prefix(&base).unwrap().to_string_lossy().replace('\\', "/");
            let text = fixture(&name);
            (name, text)
        })
        .collect();
    assert!(!found.is_empty(), "no fixture matches {pattern}");
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Checks a text with every built-in lint.
pub fn checked(name: &str, text: &str) -> Checked {
    check(&Source::new(name, text), &options(&SetOptions::default(), &Levels::default(), &Selection::default()))
}

/// Checks a text with every built-in lint, and gives the outcome of each as well.
pub fn outcomes(name: &str, text: &str) -> (Checked, Vec<Outcome>) {
    let (set, levels, selection) = Default::default();
    let options = options(&set, &levels, &selection);
    let checked = check(&Source::new(name, text), &options);
    let outcomes = checked.outcomes(&options);
    (checked, outcomes)
}

/// How the fixtures are checked.
pub fn options<'o>(set: &'o SetOptions, levels: &'o Levels, selection: &'o Selection) -> Options<'o> {
    Options {
        schema: &built_in::MANIFEST,
        lints: built_in::LINTS,
        tables: built_in::TABLES,
        today: Date::parse(TODAY).unwrap(),
        set,
        levels,
        selection,
        limits: Limits::default(),
        view: None,
    }
}

/// The findings of a text that count, waived ones aside.
pub fn findings(text: &str) -> Vec<Finding> {
    let mut findings = checked("mlsystem.yaml", text).findings;
    findings.retain(|finding| finding.suppression.is_none());
    findings
}

/// The lint and place of each finding, in order.
pub fn identities(findings: &[Finding]) -> Vec<Identity> {
    let mut all: Vec<_> = findings.iter().map(|f| (f.name.to_string(), f.pointer.to_string())).collect();
    all.sort();
    all
}

/// Findings as lines for the messages of failing tests.
pub fn lines(findings: &[Finding]) -> String {
    let line = |f: &Finding| format!("  {} {} — {}: {}\n", f.name, f.pointer, f.message, f.primary.text);
    findings.iter().map(line).collect()
}

/// Whether the program has a lint of this name.
pub fn is_lint(name: &str) -> bool {
    built_in::LINTS.iter().any(|lint| lint.name == name)
}

/// What the command line prints of one text to an auditor: 80 columns, no colours.
pub fn printed(name: &str, text: &str, format: Format) -> String {
    printed_as(name, text, format, false)
}

/// The same, with every finding in full and by itself.
pub fn printed_in_full(name: &str, text: &str, format: Format) -> String {
    printed_as(name, text, format, true)
}

fn printed_as(name: &str, text: &str, format: Format, all: bool) -> String {
    let checked = checked(name, text);
    let skipped = checked.skipped.into_iter().map(|(lint, wants)| Skipped { lint: lint.to_owned(), wants });
    let file = FileReport {
        name: name.to_owned(),
        path: name.to_owned(),
        findings: checked.findings,
        failed: checked.failed,
        skipped: skipped.collect(),
        reader: Reader::Auditor,
        ..FileReport::default()
    };
    let run = Run { today: TODAY.to_owned(), inputs: 1, complete: true, ..Run::default() };
    let style = Style { unicode: true, width: 80, all, ..Style::default() };
    let mut out = Vec::new();
    write(&Report::new(vec![file], run), format, &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
