//! Each lint against a good manifest with one thing changed: exactly what was broken is reported, at its place.
mod data;
mod evaluation;
mod format;
mod governance;
mod llm;
mod models;
mod operation;
mod people;
mod purpose;
mod release;
mod serving;

use std::collections::BTreeSet;

use mlsystem::built_in::LINTS;
use mlsystem::check::{Levels, Selection, check};
use mlsystem::finding::{Finding, Kind};
use mlsystem::lint::{Lint, SetOptions};
use mlsystem::source::{ColumnUnit, Source};

use crate::support::edit::{Edit, edited, sections};
use crate::support::{findings, fixture, identities, lines, options};

/// A change of a good manifest, and what is to be reported of it.
struct Row {
    system: &'static str,
    edits: &'static [Edit],
    /// The first is the one that the row is about.
    found: Found,
    /// Why there is more than one.
    because: &'static str,
}

/// The findings: lint and place.
type Found = &'static [(&'static str, &'static str)];

/// Orders restaurants; trained on what it showed.
const RANKER: &str = "systems/restaurant-ranker/mlsystem.yaml";
/// Answers with a hosted language model, and may move money.
const HELPDESK: &str = "systems/partner-helpdesk/mlsystem.yaml";
/// Runs on devices by day and in a batch by night, on labels that people made.
const PARCELS: &str = "systems/parcel-damage/mlsystem.yaml";
/// Advises on loans, at high risk in the European Union.
const LOANS: &str = "systems/loan-scorer/mlsystem.yaml";

const SYSTEMS: [&str; 4] = [RANKER, HELPDESK, PARCELS, LOANS];

/// One finding.
const fn row(system: &'static str, edits: &'static [Edit], found: Found) -> Row {
    Row { system, edits, found, because: "" }
}

/// Several findings of one root.
const fn root(system: &'static str, edits: &'static [Edit], found: Found, because: &'static str) -> Row {
    Row { system, edits, found, because }
}

/// No finding: the change is as good as what it replaces.
const fn good(system: &'static str, edits: &'static [Edit]) -> Row {
    Row { system, edits, found: &[], because: "" }
}

/// All rows, by what they are about.
const ROWS: [&[Row]; 11] = [
    purpose::ROWS,
    data::ROWS,
    models::ROWS,
    evaluation::ROWS,
    serving::ROWS,
    release::ROWS,
    operation::ROWS,
    people::ROWS,
    governance::ROWS,
    llm::ROWS,
    format::ROWS,
];

#[test]
fn what_was_broken_is_reported_and_nothing_else() {
    let mut wrong = String::new();
    for Row { system, edits, found, because } in ROWS.into_iter().flatten() {
        assert_eq!(found.len() > 1, !because.is_empty(), "more than one finding wants a reason, and only that");
        wrong += &difference(system, edits, found).unwrap_or_default();
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is found of an edited system, in words, where it is not what is wanted.
fn difference(system: &str, edits: &[Edit], wanted: &[(&str, &str)]) -> Option<String> {
    let all = findings(&edited(&fixture(system), edits));
    let mut sorted: Vec<_> = wanted.iter().map(|(name, at)| ((*name).to_owned(), (*at).to_owned())).collect();
    sorted.sort();
    let edits: Vec<String> = edits.iter().map(Edit::to_string).collect();
    let words = || format!("{system}: {}\nwanted {wanted:?}, found\n{}\n", edits.join("; "), lines(&all));
    (identities(&all) != sorted).then(words)
}

/// Every lint has a row of its own, but those whose page says that no manifest can show them, those between manifests, which
/// are broken in a workspace of their own: `fixtures/workspace`, and those that need files beside the manifest.
#[test]
fn every_lint_has_a_row() {
    let firsts = ROWS.into_iter().flatten().filter_map(|row| row.found.first());
    let covered: BTreeSet<&str> = firsts.map(|(name, _)| *name).collect();
    let wanted: BTreeSet<&str> = LINTS.iter().filter(|lint| in_one_manifest(lint)).map(|lint| lint.name).collect();
    let difference: Vec<_> = covered.symmetric_difference(&wanted).collect();
    assert!(difference.is_empty(), "no row, or no lint: {difference:?}");
}

fn in_one_manifest(lint: &Lint) -> bool {
    lint.untestable.is_none() && lint.category != "workspace" && lint.kind != Kind::Evidence
}

/// Sections whose absence no lint minds in any of the systems.
const OPTIONAL: [&str; 12] = [
    "summary",
    "risk_reason",
    "domain",
    "affects",
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
const NEEDED_BY: [(&str, &[&str]); 3] = [
    // Somebody has no other voice.
    ("requirements", &[RANKER, HELPDESK, LOANS]),
    // Two objectives pull one output.
    ("tradeoffs", &[RANKER]),
    // It learns from its own output, or has users.
    ("feedback", &[RANKER, PARCELS, LOANS]),
];

#[test]
fn a_section_that_the_lints_need_is_missed() {
    let mut wrong = String::new();
    for system in SYSTEMS {
        let text = fixture(system);
        for section in sections(&text) {
            let mut without = findings(&Edit::Cut(section.to_owned().leak()).apply(&text));
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
        || finding.name == "undefined-reference" && finding.pointer.0 == "/purpose/alternatives/metrics/resolved"
        || finding.name == "placeholder-text"
}
