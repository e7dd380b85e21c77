//! SARIF, by its schema and by what GitHub refuses or drops.

use std::collections::HashSet;
use std::sync::OnceLock;

use mlsystem::finding::Severity;
use mlsystem::report::{Format, Report, Style};
use serde_json::Value;

use crate::support::json::drawn;

use super::{Unit, assert_place, findings, number, page, sample, schema, text};

/// The document, valid by the schema and acceptable to GitHub.
fn document(report: &Report, style: &Style, what: &str) -> Value {
    static VALIDATOR: OnceLock<jsonschema::Validator> = OnceLock::new();
    let validator = VALIDATOR.get_or_init(|| {
        let schema = schema("sarif/sarif-schema-2.1.0.json");
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
    });
    let document = serde_json::from_str(&text(report, Format::Sarif, style)).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
    github(&document, what);
    document
}

/// What GitHub's documentation asks for beyond the schema.
fn github(document: &Value, what: &str) {
    let runs = document["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1, "{what}");
    let rules = runs[0]["tool"]["driver"]["rules"].as_array().unwrap();
    let names: HashSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(names.len(), rules.len(), "{what}: a rule twice");
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            let text = rule[text]["text"].as_str().unwrap();
            assert!(!text.is_empty(), "{what}");
        }
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024, "{what}");
        assert!(!rule["help"]["markdown"].as_str().unwrap().is_empty(), "{what}");
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 20, "{what}");
    }
    let results = runs[0]["results"].as_array().unwrap();
    assert!(results.len() <= 25_000, "{what}");
    for result in results {
        assert_eq!(rules[number(&result["ruleIndex"]) as usize]["id"], result["ruleId"], "{what}");
        let location = &result["locations"][0]["physicalLocation"];
        let uri = location["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.starts_with(['/', '.']) && !uri.contains(['\\', ' ']) && uri.is_ascii(), "{what}: {uri}");
        assert!(number(&location["region"]["startLine"]) >= 1, "{what}");
        assert_eq!(result["partialFingerprints"].as_object().unwrap().len(), 1, "{what}");
        assert!(result["relatedLocations"].as_array().is_none_or(|places| places.len() < 1000), "{what}");
    }
}

fn region(location: &Value) -> [u64; 4] {
    let region = &location["physicalLocation"]["region"];
    ["startLine", "startColumn", "endLine", "endColumn"].map(|key| number(&region[key]))
}

pub fn hold(report: &Report, style: &Style, what: &str) {
    let document = document(report, style, what);
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"][0]["executionSuccessful"], report.run.complete, "{what}");
    let results = run["results"].as_array().unwrap();
    let findings = findings(report, style);
    assert_eq!(results.len(), findings.len(), "{what}");
    for (result, finding) in results.iter().zip(findings) {
        assert_eq!(result["ruleId"], *finding.name);
        assert_place(&finding.primary, region(&result["locations"][0]), Unit::Utf16);
        for (index, label) in finding.labels.iter().enumerate() {
            assert_place(label, region(&result["relatedLocations"][index]), Unit::Utf16);
        }
        let accepted = &result["suppressions"][0];
        match &finding.suppression {
            Some(waiver) => assert!(accepted["justification"].as_str().unwrap().contains(&waiver.reason), "{what}"),
            None => assert!(accepted.is_null(), "{what}"),
        }
    }
}

#[test]
fn a_report_in_full() {
    let mut report = sample::ordinary();
    report.run.lints = vec![page()];
    let style = Style { show_waived: true, explain_skipped: true, ..Style::default() };
    insta::assert_snapshot!(drawn(&document(&report, &style, "ordinary")));
}

#[test]
fn a_sum_is_gone_through_step_by_step() {
    let document = document(&sample::documents(), &Style::default(), "documents");
    let result = &document["runs"][0]["results"][1];
    let steps = result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let texts: Vec<&str> = steps.iter().map(|step| step["location"]["message"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["8ms", "18ms", "70ms, most of it", "90ms is promised"]);
    assert!(document["runs"][0]["results"][0]["codeFlows"].is_null());
}

#[test]
fn waived_findings_are_there_when_they_are_asked_for() {
    let count =
        |style: &Style| document(&sample::ordinary(), style, "waived")["runs"][0]["results"].as_array().unwrap().len();
    assert_eq!(count(&Style { show_waived: true, ..Style::default() }), count(&Style::default()) + 1);
}

#[test]
fn an_unreadable_file_is_a_result_and_a_notification() {
    let document = document(&sample::unreadable(), &Style::default(), "unreadable");
    let notes = &document["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notes[0]["level"], "error");
    assert_eq!(notes[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "broken.yaml");
    assert_eq!(document["runs"][0]["results"][0]["ruleId"], "unreadable-file");
}

/// As many findings as asked for, every hundredth an error.
fn many(count: usize) -> Report {
    let mut report = sample::documents();
    let file = &mut report.files[0];
    let advice = file.findings[0].clone();
    file.findings = vec![advice; count];
    for (index, finding) in file.findings.iter_mut().enumerate() {
        finding.severity = if index % 100 == 99 { Severity::Error } else { Severity::Advice };
    }
    report
}

#[test]
fn too_many_findings_are_cut_with_the_worst_first_and_a_word_about_it() {
    for (count, kept, level) in [(5_000, 5_000, None), (5_001, 5_001, Some("note")), (25_100, 25_000, Some("warning"))]
    {
        // The schema is asked of the smallest alone: the entries are alike.
        let text = text(&many(count), Format::Sarif, &Style::default());
        let document: Value = serde_json::from_str(&text).unwrap();
        github(&document, "many");
        let run = &document["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), kept);
        let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
        assert_eq!(notes.first().map(|note| note["level"].as_str().unwrap()), level);
        if level.is_some() {
            let errors = count / 100;
            assert!(results[..errors].iter().all(|result| result["level"] == "error"));
            assert!(results[errors..].iter().all(|result| result["level"] == "note"));
        }
    }
}
