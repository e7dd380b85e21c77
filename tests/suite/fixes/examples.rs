//! Every fix of every finding of every bad example.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::WorkspaceConfig;
use mlsystem::examples::{Formats, Tried, try_examples};
use mlsystem::finding::{Applicability, Finding, Fix};
use mlsystem::fix;
use mlsystem::lint::Lint;
use mlsystem::source::Source;
use mlsystem::units::Date;

use crate::fixes::support::{judge, options};

fn tried(lint: &Lint) -> Vec<Tried> {
    let path = format!("lints/{}/{}.md", lint.category, lint.name);
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    let today = Date::parse("2026-11-24").unwrap();
    try_examples(lint, &Source::new(path, text), formats, built_in::LINTS, built_in::TABLES, today)
}

/// The lints that an example of `lint` is judged by: itself, and for what the reader raises all of them.
fn judges<'l>(lint: &'l Lint<'l>) -> &'l [Lint<'l>] {
    if lint.cases.is_empty() { built_in::LINTS } else { std::slice::from_ref(lint) }
}

/// Every finding of a bad example, with the fixes that are offered for it, and the text of its file.
fn each(
    lint: &Lint,
    mut found: impl FnMut(&Arc<Source>, &fix::Judged, &Finding, &[Fix], &dyn Fn(&Arc<Source>) -> fix::Judged),
) {
    for example in tried(lint).iter().filter(|example| !example.good) {
        let workspace_config = example
            .parts
            .workspace_config
            .as_ref()
            .map(|file| WorkspaceConfig::read(file, &built_in::WORKSPACE).unwrap());
        options(judges(lint), |options| {
            for (at, file) in example.parts.files.iter().enumerate() {
                let again =
                    |source: &Arc<Source>| judge(&example.parts.files, at, source, workspace_config.as_ref(), options);
                let judged = again(file);
                let known = judged.known(file, options.lints);
                for finding in judged.findings.iter().filter(|finding| finding.name == lint.name) {
                    found(file, &judged, finding, &fix::of(finding, &known, &again), &again);
                }
            }
        });
    }
}

/// What is offered for the bad examples, counted.
#[derive(Debug)]
struct Offered {
    /// Lints with a fix.
    lints: usize,
    /// Lints with a safe fix.
    lints_safely: usize,
    /// Findings with a fix.
    findings: usize,
    /// Fixes.
    fixes: usize,
    /// Safe ones.
    safe: usize,
}

/// The least that is offered. Where a change offers more, the floor is raised with it.
const FLOOR: Offered = Offered { lints: 10, lints_safely: 7, findings: 16, fixes: 22, safe: 8 };

impl Offered {
    fn is_at_least(&self, floor: &Self) -> bool {
        self.lints >= floor.lints
            && self.lints_safely >= floor.lints_safely
            && self.findings >= floor.findings
            && self.fixes >= floor.fixes
            && self.safe >= floor.safe
    }
}

#[test]
fn what_is_offered_is_sound() {
    let (mut findings, mut with, mut applied, mut safe) = (0, 0, 0, 0);
    let mut unsound = Vec::new();
    let mut lints: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for lint in built_in::LINTS {
        each(lint, |file, before, finding, fixes, again| {
            findings += 1;
            with += usize::from(!fixes.is_empty());
            for fix in fixes {
                applied += 1;
                safe += usize::from(fix.applicability == Applicability::Safe);
                let text = fix::apply(file.text(), &[fix]);
                let after = again(&Source::new(file.name(), &*text));
                let stays = |other: &&Finding| {
                    other.name == finding.name && other.pointer == finding.pointer && other.message == finding.message
                };
                // Fewer findings than before: of the lint, or of the reader where it hid what lints have to say.
                let raised = |name: &str| built_in::LINTS.iter().any(|one| one.name == name && one.cases.is_empty());
                let counts = |judged: &fix::Judged| {
                    let counted = judged.findings.iter().filter(|one| !lint.cases.is_empty() || raised(&one.name));
                    counted.filter(|one| one.suppression.is_none()).count()
                };
                let fewer = before.reading.failed || counts(&after) < counts(before);
                if !fewer || after.reading.failed || after.findings.iter().any(|other| stays(&other)) {
                    unsound.push(format!("{}: {}:\n{text}", lint.name, fix.title));
                }
            }
            let entry = lints.entry(lint.name).or_default();
            entry.0 |= !fixes.is_empty();
            entry.1 |= fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
        });
    }
    let carry = lints.values().filter(|(any, _)| *any).count();
    let offers = |lint: &&Lint<'_>| lints.get(lint.name).is_some_and(|(any, _)| *any);
    let listed = built_in::LINTS
        .iter()
        .filter(offers)
        .map(|lint| format!("{}/{}{}\n", lint.category, lint.name, if lint.fix_in_help { " (help)" } else { "" }));
    insta::assert_snapshot!("lints_with_a_fix", listed.collect::<String>());
    assert!(unsound.is_empty(), "{}", unsound.join("\n"));
    let safely = lints.values().filter(|(_, safe)| *safe).count();
    let counted = Offered { lints: carry, lints_safely: safely, findings: with, fixes: applied, safe };
    assert!(counted.is_at_least(&FLOOR), "fewer fixes than {FLOOR:?}: {counted:?}, of {findings} findings");
}
