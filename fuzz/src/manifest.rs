//! Manifests through check, every format and fixes: alone, in a workspace, beside the files of a repository.

use std::cell::Cell;
use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::{Reading, WorkspaceConfig, facts_of, judge, read};
use mlsystem::finding::{Applicability, Finding};
use mlsystem::fix::{self, Fixed, Judged};
use mlsystem::report::{FileReport, Skipped};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits, NodeId, Shape, Tree};

use crate::files::Files;
use crate::token::hide_token;
use crate::{findings, outputs, turn, world};

/// Unsafe fixes try much, so that they are held only to what has few findings.
const FEW: usize = 40;

/// After so many trials nothing more is repaired.
const TRIALS: usize = 150;

/// Checks, reports and repairs.
pub fn hold(text: &str) -> bool {
    let files = Files::of(text);
    let reports = judged(&files);
    for report in &reports {
        findings::lie_in_their_texts(&report.findings);
    }
    findings::say_why_they_failed(&reports);
    let first = outputs::json(reports.clone());
    assert_eq!(first, outputs::json(judged(&files)), "the same text gives another report: {text:?}");
    outputs::hold(text, reports, built_in::LINTS);
    files.manifests.first().is_some_and(repair)
}

/// Checks the files as those of one repository.
fn judged(files: &Files) -> Vec<FileReport> {
    let mut reports = Vec::new();
    let options = world::options(built_in::LINTS);
    let config = files.workspace.as_ref().map(|file| {
        WorkspaceConfig::read(file, &built_in::WORKSPACE).and_then(|config| config.settle(built_in::LINTS)).map_err(|findings| {
            reports.push(FileReport { findings, ..named(file) });
        })
    });
    let config = config.and_then(Result::ok);
    if let (Some(config), Some(file)) = (&config, &files.workspace) {
        reports.push(FileReport { findings: config.findings.clone(), ..named(file) });
    }
    let paths: Vec<String> = files.manifests.iter().map(|file| file.name().to_owned()).collect();
    let repository = (!files.others.is_empty()).then(|| world::repository(&files.others, &paths));
    let readings: Vec<Reading> = files.manifests.iter().map(|file| read(file, &options)).collect();
    let together = config.is_some() || readings.len() > 1;
    let facts = together.then(|| facts_of(&readings, config.as_ref(), options.schema, true));
    for (file, reading) in files.manifests.iter().zip(&readings) {
        let manifest = reading.manifest.as_deref();
        let all: Vec<Arc<Source>> = files.manifests.iter().chain(&files.others).cloned().collect();
        let view = repository
            .as_ref()
            .zip(manifest)
            .map(|(repository, manifest)| world::view(repository, &all, manifest, file.name()));
        let options = world::with(built_in::LINTS, view.as_ref());
        let checked = judge(reading, facts.as_ref(), &options);
        let outcomes = checked.outcomes(&options);
        let skipped = checked.skipped.into_iter().map(|(lint, wants)| Skipped { lint: lint.to_owned(), wants });
        reports.push(FileReport {
            findings: checked.findings,
            failed: checked.failed,
            skipped: skipped.collect(),
            outcomes,
            ..named(file)
        });
    }
    reports
}

fn named(file: &Arc<Source>) -> FileReport {
    FileReport { name: file.name().to_owned(), path: file.name().to_owned(), ..FileReport::default() }
}

/// Repairs a manifest, and gives whether it could be parsed.
fn repair(source: &Arc<Source>) -> bool {
    let options = world::options(built_in::LINTS);
    let before = Judged::alone(source, &options);
    let safe = repaired(source, Applicability::Safe);
    let text = source.text();
    if !before.reading.failed {
        let new = safe.source.text();
        // What is quoted is a value now, and nothing is lost.
        let lost = comments(source).into_iter().find(|one| count(new, one) < count(text, one));
        assert!(lost.is_none(), "a safe fix deletes the comment {lost:?} of {text:?}\n{new}");
    }
    if before.findings.len() <= FEW && turn(text) == 0 {
        repaired(source, Applicability::Unsafe);
    }
    !before.reading.failed
}

/// What the fixes give can be parsed, and has nothing more that they repair.
fn repaired(source: &Arc<Source>, most: Applicability) -> Fixed {
    let options = world::options(built_in::LINTS);
    let judged = Cell::new(0);
    let judge = |source: &Arc<Source>| {
        judged.set(judged.get() + 1);
        Judged::alone(source, &options)
    };
    let wanted = |_: &Finding| true;
    let fixed = fix::all(source, most, options.lints, &wanted, &judge, &|| judged.get() > TRIALS);
    findings::lie_in_their_texts(&fixed.judged.findings);
    if !fixed.made.is_empty() {
        let text = source.text();
        let parsed = tree::parse(&fixed.source, &Limits::default());
        assert!(parsed.tree.is_some(), "fixes break {text:?}\n{}", fixed.source.text());
        let written = fixed.source.original();
        let stand_ins = source.secrets().iter().filter_map(|secret| source.text().get(secret.range.clone()));
        for stand_in in stand_ins {
            assert!(!written.contains(stand_in), "a stand-in is written in place of a secret of {text:?}\n{written}");
        }
        if judged.replace(0) <= TRIALS {
            let again = fix::all(&fixed.source, most, options.lints, &wanted, &judge, &|| judged.get() > TRIALS);
            assert!(again.made.is_empty(), "more to fix in {text:?}\n{}\n{:?}", fixed.source.text(), again.made);
        }
        let titles: String = fixed.made.iter().map(|(lint, title)| format!("{lint}: {title}\n")).collect();
        hide_token(text, "the list of fixes", &titles);
    }
    fixed
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

/// The comments of a text: what follows a `#` outside of keys and values.
fn comments(source: &Arc<Source>) -> Vec<String> {
    let Some(tree) = tree::parse(source, &Limits::default()).tree else { return Vec::new() };
    let mut covered: Vec<(usize, usize)> = Vec::new();
    cover(&tree, tree.root(), &mut covered);
    covered.sort_unstable();
    let text = source.text();
    let (mut comments, mut at) = (Vec::new(), 0);
    while let Some(hash) = text[at..].find('#').map(|offset| at + offset) {
        if let Some((_, end)) = covered.iter().find(|(start, end)| *start <= hash && hash < *end) {
            at = *end;
            continue;
        }
        let apart = text[..hash].chars().next_back().is_none_or(char::is_whitespace);
        let end = text[hash..].find(['\n', '\r']).map_or(text.len(), |length| hash + length);
        if apart {
            comments.push(text[hash..end].trim_end().to_owned());
        }
        at = if apart { end } else { hash + 1 };
    }
    comments
}

fn cover(tree: &Tree, node: NodeId, covered: &mut Vec<(usize, usize)>) {
    let mut add = |span: mlsystem::source::Span| covered.push((span.start as usize, span.end as usize));
    match &tree.node(node).shape {
        Shape::Scalar(_) => add(tree.span(node)),
        Shape::Alias(_) => {}
        Shape::Sequence(_) => tree.items(node).iter().for_each(|item| cover(tree, *item, covered)),
        Shape::Mapping(_) => {
            tree.entries(node).iter().for_each(|entry| add(entry.key_span));
            let own = tree.entries(node).iter().filter(|entry| entry.merged_by.is_none());
            own.for_each(|entry| cover(tree, entry.value, covered));
        }
    }
}
