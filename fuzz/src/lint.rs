//! Pages of own lints that load: the text is what stands between the keys that every page has, so that most of what is
//! tried is evaluated.

use std::sync::atomic::{AtomicUsize, Ordering};

use mlsystem::arena::Arena;
use mlsystem::built_in;
use mlsystem::check::judge;
use mlsystem::report::FileReport;
use mlsystem::source::Source;

use crate::{findings, outputs, turn, world};

/// How many pages were tried, and how many of them loaded.
pub static LOADED: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

/// The keys that a page needs, as far as the text does not have them.
const KEYS: [(&str, &str); 5] = [
    ("severity", "warning"),
    ("kind", "contradiction"),
    ("since", "0.1.0"),
    ("sources", "[\"a book\"]"),
    ("message", "something is wrong"),
];

const BODY: &str = "\n# A page\n\nWhy it matters.\n\n## Bad\n\n```yaml\nstage: production\n```\n\n\
                    ## Good\n\n```yaml\nstage: research\n```\n";

/// Compiles the page, and runs it on every manifest of the world.
pub fn hold(text: &str) -> bool {
    let page = page(text);
    let world = world::world();
    let arena = Arena::new();
    let library = world::library(&arena);
    let file = Source::new("lints/own/fuzzed-page.md", &*page);
    LOADED[0].fetch_add(1, Ordering::Relaxed);
    let lints = match library.lints(&built_in::MANIFEST, std::slice::from_ref(&file), built_in::LINTS) {
        Ok(lints) => lints,
        Err(found) => {
            assert!(!found.is_empty(), "refused without a word: {page:?}");
            findings::lie_in_their_texts(&found);
            outputs::hold(&page, vec![report(found)], &[]);
            return false;
        }
    };
    LOADED[1].fetch_add(1, Ordering::Relaxed);
    let mut reports = Vec::new();
    for member in &world.members {
        let options = world::with(&lints, member.view.as_ref());
        let first = judge(&member.reading, member.facts, &options).findings;
        findings::lie_in_their_texts(&first);
        let first = report(first);
        if turn(text) == 0 {
            let second = report(judge(&member.reading, member.facts, &options).findings);
            assert_eq!(outputs::json(vec![first.clone()]), outputs::json(vec![second]), "another answer: {page:?}");
        }
        reports.push(first);
    }
    reports.retain(|report| !report.findings.is_empty());
    reports.truncate(2);
    outputs::hold("", reports, &lints);
    true
}

/// The page of a text.
fn page(text: &str) -> String {
    if text.starts_with("---\n") {
        return text.to_owned();
    }
    let says = |key: &str| {
        text.lines().any(|line| {
            line.trim_start().trim_start_matches("- ").strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
        })
    };
    let keys: String =
        KEYS.iter().filter(|(key, _)| !says(key)).map(|(key, value)| format!("{key}: {value}\n")).collect();
    format!("---\n{keys}{}\n---\n{BODY}", text.trim_end())
}

fn report(findings: Vec<mlsystem::finding::Finding>) -> FileReport {
    FileReport { name: "a.yaml".to_owned(), path: "a.yaml".to_owned(), findings, ..FileReport::default() }
}
