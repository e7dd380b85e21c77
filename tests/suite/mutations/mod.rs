//! Each lint against a good manifest with one thing changed: exactly what was broken is reported, at its place. The changes
//! are rows under `## Mutations` of the pages of the lints.
pub mod row;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mlsystem::built_in::LINTS;
use mlsystem::check::{Levels, Selection, check};
use mlsystem::finding::{Finding, Kind};
use mlsystem::lint::{Lint, SetOptions};
use mlsystem::source::{ColumnUnit, Source};

use self::row::Row;
use crate::support::edit::{Edit, sections};
use crate::support::{findings, fixture, identities, lines, options};

/// Orders restaurants; trained on what it showed.
const RANKER: &str = "systems/restaurant-ranker/mlsystem.yaml";
/// Answers with a hosted language model, and may move money.
const HELPDESK: &str = "systems/partner-helpdesk/mlsystem.yaml";
/// Runs on devices by day and in a batch by night, on labels that people made.
const PARCELS: &str = "systems/parcel-damage/mlsystem.yaml";
/// Advises on loans, at high risk in the European Union.
const LOANS: &str = "systems/loan-scorer/mlsystem.yaml";

const SYSTEMS: [&str; 4] = [RANKER, HELPDESK, PARCELS, LOANS];

/// The rows of all lints.
fn rows() -> Vec<Row> {
    Row::all().unwrap_or_else(|wrong| panic!("\n{wrong}"))
}

fn systems() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/systems")
}

#[test]
fn what_was_broken_is_reported_and_nothing_else() {
    let wrong: String = rows().iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is wrong with a row, in words: its change cannot be made, or what is found is not what it says.
fn difference(row: &Row) -> Option<String> {
    let manifest = match row.manifest(&systems()) {
        Ok(manifest) => manifest,
        Err(why) => return Some(format!("{}: {why}\n", row.place)),
    };
    let found = findings(&manifest);
    let wanted = row.findings();
    let said: String = wanted.iter().map(|(name, at)| format!("  {name} {at}\n")).collect();
    let nothing = |list: String| if list.is_empty() { "  nothing\n".to_owned() } else { list };
    let words = || format!("{}: the row says\n{}and found is\n{}", row.place, nothing(said), nothing(lines(&found)));
    (identities(&found) != wanted).then(words)
}

/// Every lint has a row of its own, but those whose page says that no manifest can show them, those between manifests, which
/// are broken in a workspace of their own: `fixtures/workspace`, and those that need files beside the manifest.
#[test]
fn every_lint_has_a_row() {
    let rows = rows();
    let covered: BTreeSet<&str> = rows.iter().filter(|row| row.reports()).map(|row| &*row.lint).collect();
    let wanted: BTreeSet<&str> = LINTS.iter().filter(|lint| in_one_manifest(lint)).map(|lint| lint.name).collect();
    let missing: Vec<_> = wanted.difference(&covered).collect();
    assert!(missing.is_empty(), "no row under `## Mutations` of their pages: {missing:?}; CONTRIBUTING.md says how");
    let needless: Vec<_> = covered.difference(&wanted).collect();
    assert!(needless.is_empty(), "no manifest alone shows these, and their pages have rows: {needless:?}");
}

fn in_one_manifest(lint: &Lint) -> bool {
    lint.untestable.is_none() && lint.category != "workspace" && lint.kind != Kind::Evidence
}

/// Sections whose absence no lint minds in any of the systems.
const OPTIONAL: [&str; 11] = [
    "summary",
    "risk_reason",
    "domain",
    "regions",
    "languages",
    "reviewed",
    "review_every",
    "economics",
    "task",
    "depends_on",
    "consumers",
];

/// Sections that only these systems need.
const NEEDED_BY: [(&str, &[&str]); 5] = [
    // Somebody has no other voice.
    ("requirements", &[RANKER, HELPDESK, LOANS]),
    // Two objectives pull one output.
    ("tradeoffs", &[RANKER]),
    // It learns from its own output, or has users.
    ("feedback", &[RANKER, PARCELS, LOANS]),
    // Nothing is trained in the other, and its answers are read by those who asked.
    ("updating", &[RANKER, PARCELS, LOANS]),
    ("explanations", &[RANKER, PARCELS, LOANS]),
];

#[test]
fn a_section_that_the_lints_need_is_missed() {
    let mut wrong = String::new();
    for system in SYSTEMS {
        let text = fixture(system);
        for section in sections(&text) {
            let mut without = findings(&Edit::Cut(section).apply(&text).unwrap());
            // A waiver for something in the section falls with it.
            without.retain(|finding| finding.name != "waiver-matches-nothing");
            let needed = match NEEDED_BY.iter().find(|(name, _)| *name == section) {
                Some((_, systems)) => systems.contains(&system),
                None => !OPTIONAL.contains(&section),
            };
            if without.is_empty() == needed {
                wrong += &format!("{system} without {section}, which is needed: {needed}\n{}", lines(&without));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Nonsense in place of any one value is reported at most once, and on its own line: nothing else in the file becomes
/// unreadable by it.
#[test]
fn nonsense_is_reported_once_and_where_it_stands() {
    let mut wrong = String::new();
    // What other categories have to say would be dropped below, and is not worked out.
    let (set, levels) = (SetOptions::default(), Levels::default());
    let selection = Selection { select: vec!["format".to_owned()], ..Selection::default() };
    let options = options(&set, &levels, &selection);
    for system in SYSTEMS {
        let text = fixture(system);
        let all: Vec<&str> = text.lines().collect();
        for (number, line) in all.iter().enumerate() {
            let Some((key, value)) = line.split_once(": ") else { continue };
            if key.contains(['#', '{']) || value.trim_start().starts_with('#') {
                continue;
            }
            let written = format!("{key}: {}", ["qqq", "12", "TODO", "none"][number % 4]);
            let mut edited = all.clone();
            edited[number] = &written;
            let mut found = check(&Source::new(system, edited.join("\n") + "\n"), &options).findings;
            found.retain(|finding| {
                finding.suppression.is_none()
                    && finding.category == "format"
                    && from_the_reader(finding)
                    && !elsewhere(finding)
            });
            let there = |finding: &Finding| {
                let position = finding.primary.source.position(finding.primary.span.start as usize, ColumnUnit::Bytes);
                position.line as usize == number + 1
            };
            if found.len() > 1 || !found.iter().all(there) {
                wrong += &format!("{system}:{}: {written}, for {value}\n{}", number + 1, lines(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Whether a finding is about how the text reads, not about what it says: its lint has no condition of its own.
fn from_the_reader(finding: &Finding) -> bool {
    LINTS.iter().any(|lint| lint.name == finding.name && lint.cases.is_empty())
}

/// Of two values of one metric either may be the wrong one; a metric that nothing declares any more is missed where it is
/// used. That a placeholder is no value is said twice of a key that has to be there, which is once too often.
fn elsewhere(finding: &Finding) -> bool {
    finding.message.starts_with("two values of")
        || finding.name == "undefined-reference"
            && finding.pointer.to_string() == "/purpose/alternatives/metrics/resolved"
        || finding.name == "placeholder-text"
}
