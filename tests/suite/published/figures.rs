//! The verdicts, counted by lint and by case.

use std::collections::{BTreeMap, BTreeSet};

use mlsystem::built_in;
use mlsystem::check::{Options, check};
use mlsystem::finding::Finding;
use mlsystem::lint::{Lint, Registry};
use mlsystem::publish::Judged;
use mlsystem::source::Source;

use super::verdicts::{System, Word};
use crate::support::options;

/// The figures of each lint, by its name of today.
pub fn by_lint(systems: &[System]) -> BTreeMap<String, Judged> {
    let mut figures: BTreeMap<String, Judged> = BTreeMap::new();
    for system in systems {
        for one in &system.findings {
            let Some(word) = one.verdict else { continue };
            count(figures.entry(one.finding.name.to_string()).or_default(), word, &system.name);
        }
        for verdict in system.verdicts.iter().filter(|one| one.verdict <= Word::Duplicate && !one.raised.get()) {
            if let Some(lint) = Registry::of(built_in::LINTS).lint(&verdict.name) {
                figures.entry(lint.name.to_owned()).or_default().fixed += 1;
            }
        }
    }
    figures
}

fn count(figures: &mut Judged, word: Word, system: &str) {
    figures.judged += 1;
    figures.right += usize::from(word >= Word::Minor);
    figures.worth_it += usize::from(word == Word::True);
    if !figures.systems.iter().any(|known| known == system) {
        figures.systems.push(system.to_owned());
    }
}

/// A table of every case of every lint that reports anything, with what nobody has judged yet below it.
pub fn by_case(systems: &[System]) -> String {
    let mut figures: BTreeMap<(String, usize), Judged> = BTreeMap::new();
    let mut unjudged = BTreeSet::new();
    for system in systems {
        for one in &system.findings {
            let case = (one.finding.name.to_string(), case(&one.finding));
            match one.verdict {
                Some(word) => count(figures.entry(case).or_default(), word, &system.name),
                None => _ = unjudged.insert(line(&system.name, &one.finding)),
            }
        }
    }
    let mut text = String::from("lint and case | judged | right | worth it | systems\n");
    let mut all = Judged::default();
    for ((lint, case), one) in &figures {
        let (judged, right, worth_it) = (one.judged, one.right, one.worth_it);
        text.push_str(&format!("{lint} {case} | {judged} | {right} | {worth_it} | {}\n", one.systems.join(", ")));
        all.judged += judged;
        all.right += right;
        all.worth_it += worth_it;
    }
    text.push_str(&format!("all: {}; {} not judged\n", all.sentence(), unjudged.len()));
    text.extend(unjudged.iter().map(String::as_str));
    for system in systems {
        for verdict in system.verdicts.iter().filter(|one| !one.raised.get()) {
            text.push_str(&format!("gone: {} {} {} {}\n", system.name, verdict.verdict, verdict.name, verdict.at));
        }
    }
    text
}

fn line(system: &str, finding: &Finding) -> String {
    format!("not judged: {system} {} {} {}\n", finding.name, finding.pointer, finding.message)
}

/// Which case of its lint raised a finding, from 1; 0 for what the reader raises.
fn case(finding: &Finding) -> usize {
    let Some(lint) = built_in::LINTS.iter().find(|lint| lint.name == finding.name) else { return 0 };
    if lint.cases.len() < 2 {
        return lint.cases.len();
    }
    let source = Source::new("mlsystem.yaml", finding.primary.source.original());
    let raises = |case: &mlsystem::lint::Case<'_>| {
        let alone = [Lint { cases: std::slice::from_ref(case), ..*lint }];
        let (set, levels, selection) = Default::default();
        let options = Options { lints: &alone, ..options(&set, &levels, &selection) };
        let found = check(&source, &options).findings;
        found.iter().any(|one| one.pointer == finding.pointer && one.message == finding.message)
    };
    lint.cases.iter().position(raises).map_or(0, |position| position + 1)
}
