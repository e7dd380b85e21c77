//! GitLab's Code Quality report.

use std::collections::HashSet;

use mlsystem::report::{FileReport, Format, Report, Style};
use serde_json::Value;

use super::{assert_valid, findings, number, sample, schema, text};

fn document(report: &Report, style: &Style, what: &str) -> Vec<Value> {
    let document = serde_json::from_str(&text(report, Format::Gitlab, style)).unwrap();
    assert_valid(&schema("gitlab/code-quality.schema.json"), &document, what);
    document.as_array().unwrap().clone()
}

pub fn hold(report: &Report, style: &Style, what: &str) {
    let issues = document(report, style, what);
    let findings = findings(report, style);
    assert_eq!(issues.len(), findings.len(), "{what}");
    let distinct: HashSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(distinct.len(), issues.len(), "{what}: GitLab shows one entry for each fingerprint");
    for (issue, finding) in issues.iter().zip(findings) {
        let lines = &issue["location"]["lines"];
        let (begin, end) = (number(&lines["begin"]), number(&lines["end"]));
        let all = finding.primary.source.line_count() as u64;
        assert!(begin <= end && end <= all, "{what}: {lines}");
        assert!(issue["description"].as_str().unwrap().contains(&finding.message), "{what}");
    }
}

#[test]
fn a_report_in_full() {
    insta::assert_json_snapshot!(document(&sample::ordinary(), &Style::default(), "ordinary"));
}

#[test]
fn what_cannot_be_read_blocks() {
    assert_eq!(document(&sample::unreadable(), &Style::default(), "unreadable")[0]["severity"], "blocker");
}

#[test]
fn files_with_one_path_in_two_workspaces_are_told_apart() {
    let [one, two] = ["a/mlsystem.yaml", "b/mlsystem.yaml"].map(|name| {
        let source = mlsystem::source::Source::new(name, "system: a\n");
        FileReport { path: "mlsystem.yaml".into(), ..sample::file(&source, sample::missing_section(&source)) }
    });
    hold(&sample::report(vec![one, two]), &Style::default(), "two workspaces");
}
