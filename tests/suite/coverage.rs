//! What `mlsystem coverage` says of whole manifests, and the outcomes that it rests on.

use std::collections::BTreeMap;

use crate::support::json::drawn;
use crate::support::{fixture, fixtures, outcomes};
use mlsystem::built_in::{DIGEST, FRAMEWORKS, LINTS};
use mlsystem::coverage::{self, ClauseStatus, Coverage, Form, SystemCoverage};
use mlsystem::framework::Framework;
use mlsystem::lint::Verdict;
use mlsystem::report::{FileReport, Style};
use serde_json::Value;

const GOOD: &str = "systems/restaurant-ranker/mlsystem.yaml";
const MINIMAL: &str = "minimal/mlsystem.yaml";

fn report(name: &str, text: &str) -> FileReport {
    let (checked, outcomes) = outcomes(name, text);
    FileReport { name: name.to_owned(), failed: checked.failed, outcomes, ..FileReport::default() }
}

fn all() -> Vec<(String, String)> {
    [fixtures("systems/*/mlsystem.yaml"), fixtures("minimal/*.yaml")].concat()
}

fn written(name: &str, text: &str, ids: &[&str], form: Form, style: &Style) -> String {
    let file = report(name, text);
    let frameworks: Vec<&Framework> =
        FRAMEWORKS.iter().filter(|framework| ids.is_empty() || ids.contains(&framework.id)).collect();
    let coverage = Coverage {
        today: crate::support::TODAY,
        version: "0.0.0",
        lints_digest: DIGEST,
        systems: vec![SystemCoverage::of(&file, &frameworks, LINTS)],
    };
    let mut out = Vec::new();
    coverage::write(&coverage, form, style, &mut out).unwrap();
    String::from_utf8(out).unwrap().replace(DIGEST, "DIGEST").replace(&DIGEST[..12], "DIGEST")
}

fn json(name: &str, text: &str, ids: &[&str]) -> Value {
    serde_json::from_str(&written(name, text, ids, Form::Json, &Style::default())).unwrap()
}

/// The smallest manifest in each form, for a framework that is short.
#[test]
fn it_reads_well() {
    let text = fixture(MINIMAL);
    let table = written(MINIMAL, &text, &["ml-test-score"], Form::Table, &Style::default());
    let markdown = written(MINIMAL, &text, &["ml-test-score"], Form::Markdown, &Style::default());
    let json = drawn(&json(MINIMAL, &text, &["owasp-ml"]));
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/coverage", omit_expression => true }, {
        insta::assert_snapshot!("minimal", table);
        insta::assert_snapshot!("minimal.markdown", markdown);
        insta::assert_snapshot!("minimal.json", json);
    });
}

/// How each clause stands in each manifest, one line a clause.
#[test]
fn clauses_stand_as_they_did() {
    let manifests = all();
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in &manifests {
        let document = json(name, text, &["ml-test-score", "eu-ai-act"]);
        let list = |value: &Value| value.as_array().unwrap().clone();
        for framework in list(&document["systems"][0]["frameworks"]) {
            for clause in list(&framework["sections"]).iter().flat_map(|section| list(&section["clauses"])) {
                let called = format!("{} {}", framework["id"].as_str().unwrap(), clause["id"].as_str().unwrap());
                lines.entry(called).or_default().push(clause["standing"].as_str().unwrap().to_owned());
            }
        }
    }
    let row = |first: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("  {cell:<18}")).collect();
        format!("{first:<28}{}\n", cells.trim_end())
    };
    let names = manifests.iter().map(|(name, _)| name.rsplit('/').nth(1).unwrap().to_owned());
    let table = row("clause", &names.collect::<Vec<_>>());
    let table = lines.iter().fold(table, |table, (called, standings)| table + &row(called, standings));
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/coverage", omit_expression => true }, {
        insta::assert_snapshot!("standings", table);
    });
}

#[test]
fn every_document_is_valid() {
    let schema: Value = serde_json::from_str(coverage::SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, text) in all().into_iter().chain([("broken.yaml".to_owned(), "a: [".to_owned())]) {
        let document = json(&name, &text, &[]);
        let errors: Vec<String> = validator.iter_errors(&document).map(|one| one.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn lines_keep_to_the_width_and_colours_are_only_where_wanted() {
    let colours = regex::Regex::new("\u{1b}\\[[0-9]*m").unwrap();
    for width in [80, 120] {
        for (name, text) in all() {
            let style = Style { width, ..Style::default() };
            let plain = written(&name, &text, &[], Form::Table, &style);
            // A name that is longer than the line is not broken.
            let long = |line: &str| textwrap::core::display_width(line) > width && line.trim().contains(' ');
            assert!(!plain.lines().any(long), "{name}: {:?}", plain.lines().find(|line| long(line)));
            assert!(!plain.contains('\u{1b}'));
            let painted = written(&name, &text, &[], Form::Table, &Style { color: true, ..style });
            let bare = colours.replace_all(&painted, "").into_owned();
            assert_eq!(bare, plain);
        }
    }
}

#[test]
fn it_says_what_it_does_not_say() {
    for (name, text) in all() {
        for form in [Form::Table, Form::Markdown, Form::Json] {
            let said = written(&name, &text, &[], form, &Style::default());
            assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains("no legal advice"));
            assert!(said.contains("from memory"));
            assert!(!said.to_lowercase().contains("complian"));
            assert!(!said.to_lowercase().contains("complies"));
        }
    }
}

#[test]
fn the_score_is_the_least_of_the_sections() {
    let document = json(GOOD, &fixture(GOOD), &["ml-test-score"]);
    let framework = &document["systems"][0]["frameworks"][0];
    let sums: Vec<f64> =
        framework["sections"].as_array().unwrap().iter().map(|one| one["points"].as_f64().unwrap()).collect();
    let declared = framework["counts"]["declared"].as_f64().unwrap();
    assert_eq!(sums.iter().sum::<f64>(), declared / 2.0);
    assert_eq!(framework["score"]["points"].as_f64().unwrap(), sums.iter().copied().fold(f64::MAX, f64::min));
    assert_eq!(
        (framework["score"]["most"].as_f64(), framework["score"]["most_declared"].as_f64()),
        (Some(7.0), Some(3.5))
    );
}

#[test]
fn a_text_that_cannot_be_read_says_nothing_of_clauses() {
    let (checked, outcomes) = outcomes("a.yaml", "a: [");
    assert!(checked.failed);
    let verdict = |name: &str| outcomes.iter().find(|one| one.lint == name).unwrap().verdict;
    assert_eq!(verdict("invalid-yaml"), Verdict::Fail);
    assert_eq!(verdict("unknown-key"), Verdict::NotAssessable);
    assert!(outcomes.iter().all(|one| matches!(one.verdict, Verdict::Fail | Verdict::NotAssessable)));
    assert!(json("a.yaml", "a: [", &[])["systems"][0]["frameworks"].as_array().unwrap().is_empty());
}

/// The outcomes are those that findings and skipped lints tell, and every lint has one.
#[test]
fn every_lint_has_one_outcome() {
    for (name, text) in all().into_iter().chain(fixtures("broken/*/mlsystem.yaml")) {
        let (checked, outcomes) = outcomes(&name, &text);
        assert_eq!(outcomes.len(), LINTS.len());
        for one in &outcomes {
            // What a lint leaves to another is a failure all the same.
            let lint = LINTS.iter().find(|lint| lint.name == one.lint).unwrap();
            let others: Vec<&str> = lint.cases.iter().flat_map(|case| case.unless.iter().copied()).collect();
            let left = checked.findings.iter().any(|finding| others.contains(&&*finding.name));
            let failed =
                checked.findings.iter().any(|finding| finding.name == one.lint) || left && one.verdict == Verdict::Fail;
            assert_eq!(failed, one.verdict == Verdict::Fail, "{name}: {}", one.lint);
            let skipped = checked.skipped.iter().any(|(lint, _)| *lint == one.lint);
            assert_eq!(skipped, one.verdict == Verdict::NotAssessable, "{name}: {}", one.lint);
            assert!(one.wants.is_empty() || skipped, "{name}: {}", one.lint);
        }
        let unknown = outcomes.iter().find(|one| one.lint == "unknown-key").unwrap();
        assert!(matches!(unknown.verdict, Verdict::Pass | Verdict::Fail));
    }
}

#[test]
fn a_waived_failure_is_a_failure_with_its_waiver() {
    let text = "mlsystem: 1\nname: a\nstage: production\nserving: {pattern: online}\nwaivers:\n- {check: no-fallback, reason: a pilot with ten users who know, owner: ml-team, until: 2027-01-01}\n";
    let file = report("a.yaml", text);
    let one = file.outcomes.iter().find(|one| one.lint == "no-fallback").unwrap();
    assert_eq!((one.verdict, one.waived), (Verdict::Fail, true));
    let rules = FRAMEWORKS.iter().find(|one| one.id == "nist-ai-rmf").unwrap();
    let lints: Vec<_> = LINTS.iter().filter(|lint| lint.name == "no-fallback").copied().collect();
    let covered = SystemCoverage::of(&file, &[rules], &lints);
    assert_eq!(covered.frameworks[0].count(ClauseStatus::Waived), 1);
}
