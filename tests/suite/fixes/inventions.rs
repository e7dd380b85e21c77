//! No fix and no outline invents a fact: nothing that they write makes a clause of a framework declared, or a finding go.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::{self, Options};
use mlsystem::coverage::{ClauseStatus, SystemCoverage};
use mlsystem::examples::{Formats, try_examples};
use mlsystem::finding::{Applicability, Finding};
use mlsystem::fix;
use mlsystem::framework::Framework;
use mlsystem::lint::Lint;
use mlsystem::report::FileReport;
use mlsystem::source::Source;

use crate::fixes::support::{judge, options};

/// The clauses that a text supports evidence for, each with its framework; none where it cannot be read.
fn declared(source: &Arc<Source>, options: &Options<'_>) -> BTreeSet<String> {
    let reading = check::read(source, options);
    let judged = check::judge(&reading, None, options);
    let file = FileReport {
        name: source.name().to_owned(),
        failed: reading.failed,
        outcomes: judged.outcomes(options),
        ..FileReport::default()
    };
    let frameworks: Vec<&Framework<'_>> = built_in::FRAMEWORKS.iter().collect();
    let covered = SystemCoverage::of(&file, &frameworks, options.lints);
    let mut clauses = BTreeSet::new();
    for framework in &covered.frameworks {
        for clause in framework.sections.iter().flat_map(|section| &section.clauses) {
            if matches!(clause.standing, ClauseStatus::Declared | ClauseStatus::Proven) {
                clauses.insert(format!("{} {}", framework.framework.id, clause.id));
            }
        }
    }
    clauses
}

/// The findings of lints, without those of the reader.
fn found(judged: &fix::Judged) -> Vec<(String, String)> {
    let by_a_lint =
        |finding: &&Finding| built_in::LINTS.iter().any(|lint| lint.name == finding.name && !lint.cases.is_empty());
    let mut found: Vec<_> =
        judged.findings.iter().filter(by_a_lint).map(|one| (one.name.to_string(), one.message.clone())).collect();
    found.sort();
    found
}

/// Every manifest of the fixtures, which all lints judge, and every example of a lint, which it judges alone.
fn texts() -> Vec<(Arc<Source>, &'static [Lint<'static>])> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for pattern in ["fixtures/**/*.yaml", "fixtures/**/*.yml"] {
        for path in glob::glob(root.join(pattern).to_str().unwrap()).unwrap().flatten() {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            if text.lines().any(|line| line.starts_with("mlsystem:")) {
                texts.push((Source::new(path.display().to_string(), text), built_in::LINTS));
            }
        }
    }
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    let today = mlsystem::units::Date::parse("2026-11-24").unwrap();
    for lint in built_in::LINTS {
        let path = format!("lints/{}/{}.md", lint.category, lint.name);
        let page = Source::new(path.clone(), std::fs::read_to_string(root.join(&path)).unwrap());
        let tried = try_examples(lint, &page, formats, built_in::LINTS, built_in::TABLES, today);
        let single = tried.into_iter().filter(|one| one.parts.files.len() == 1);
        texts.extend(single.map(|one| (one.parts.files[0].clone(), std::slice::from_ref(lint))));
    }
    texts
}

#[test]
fn nothing_that_is_written_for_an_author_declares_a_clause() {
    let (mut outlines, mut places) = (0, 0);
    let mut wrong = Vec::new();
    for (source, lints) in texts() {
        options(lints, |options| {
            let again = |text: &Arc<Source>| judge(std::slice::from_ref(text), 0, text, None, options);
            let before = again(&source);
            if before.reading.failed || before.reading.manifest.is_none() {
                return;
            }
            let clauses = declared(&source, options);
            let outlined = fix::outline_all(&source, options.lints, &[], &|_| true, &again);
            outlines += usize::from(!outlined.added.is_empty());
            places += outlined.added.len();
            let after = again(&outlined.source);
            if declared(&outlined.source, options) != clauses || found(&after) != found(&before) {
                wrong.push(format!("outlines of {}:\n{}", source.name(), outlined.source.text()));
            }
            // A fix spells anew what the author wrote, and takes away; a lint that judges the design has none.
            for finding in before.findings.iter().filter(|finding| !finding.fixes.is_empty()) {
                let raised = built_in::LINTS.iter().any(|lint| lint.name == finding.name && lint.cases.is_empty());
                if !raised {
                    wrong.push(format!("{} has a fix in {}", finding.name, source.name()));
                }
            }
            let fixed = fix::all(&source, Applicability::Unsafe, options.lints, &|_| true, &again, &|| false);
            let spelt = fixed.source.text().split(|letter: char| !letter.is_alphanumeric());
            let known: BTreeSet<String> =
                source.text().split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
            let new = spelt.filter(|word| !known.contains(&word.to_lowercase())).count();
            if new > 3 * fixed.made.len() {
                wrong.push(format!("fixes of {} write {new} new words:\n{}", source.name(), fixed.source.text()));
            }
        });
    }
    println!("{places} places outlined in {outlines} manifests");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n---\n")
    );
    assert!(outlines > 60 && places > 60, "{outlines} {places}");
}

/// The commands that a hasty author runs: nothing of what they write counts.
#[test]
fn fixing_an_empty_draft_leaves_it_empty() {
    let bare = Source::new("mlsystem.yaml", "mlsystem: 1\nname: demo\nstage: production\n");
    options(built_in::LINTS, |options| {
        let again = |text: &Arc<Source>| judge(std::slice::from_ref(text), 0, text, None, options);
        let fixed = fix::all(&bare, Applicability::Unsafe, options.lints, &|_| true, &again, &|| false);
        assert_eq!(fixed.source.text(), bare.text());
        let outlined = fix::outline_all(&bare, options.lints, &[], &|_| true, &again);
        assert!(outlined.added.len() > 10, "{:?}", outlined.added);
        assert_eq!(declared(&outlined.source, options), declared(&bare, options));
    });
}
