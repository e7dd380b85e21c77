//! SARIF 2.1.0, as GitHub's code scanning wants it: one run, relative paths, a rule for each lint that found something.
//!
//! The run names no category of its own: the action that uploads a file gives it one only where there is none, and two
//! uploads of one category replace each other. Columns count UTF-16, which is also what readers assume that do not ask.

mod result;
mod rule;

use std::collections::BTreeMap;
use std::io;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use self::result::{Artifact, Message, ResultOf};
use self::rule::Rule;
use super::{Report, Style, json};
use crate::finding::Finding;

/// The most results that GitHub takes in one run.
const MAX_RESULTS: usize = 25_000;
/// The most results of a run that GitHub shows.
const SHOWN: usize = 5_000;

/// The name of the root that paths count from.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    results: Results<'a>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    semantic_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification<'a> {
    level: &'static str,
    message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<SarifLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
}

#[derive(Serialize)]
struct Base {
    description: Message<'static>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    today: &'a str,
    lints_digest: &'a str,
}

/// Written one by one, so that a long report is never in memory twice.
struct Results<'a> {
    report: &'a Report,
    findings: Vec<(&'a Finding, String)>,
    rules: BTreeMap<&'a str, usize>,
}

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let mut findings = Vec::new();
    for file in &report.files {
        let wanted = |finding: &Finding| style.show_waived || finding.suppression.is_none();
        findings.extend(file.fingerprinted(|finding| file.shows(finding) && wanted(finding)));
    }
    let notifications = notifications(report, style, findings.len());
    if findings.len() > SHOWN {
        findings.sort_by_key(|(finding, _)| {
            let counted = finding.suppression.is_none();
            std::cmp::Reverse(counted.then_some(finding.severity))
        });
        findings.truncate(MAX_RESULTS);
    }

    let by_name: BTreeMap<&str, &Finding> = findings.iter().map(|(finding, _)| (&*finding.name, *finding)).collect();
    let page = |name: &str| report.run.lints.iter().find(|lint| lint.name == name);
    let rules: Vec<Rule<'_>> =
        by_name.iter().map(|(name, finding)| Rule::of(finding, page(name), &report.run)).collect();
    let indices = by_name.keys().enumerate().map(|(index, name)| (*name, index)).collect();

    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "mlsystem",
                version: &report.run.version,
                semantic_version: &report.run.version,
                information_uri: report.run.address.map(|address| address.home()),
                rules,
            },
        },
        invocations: [Invocation {
            execution_successful: report.run.complete,
            tool_execution_notifications: notifications,
        }],
        column_kind: "utf16CodeUnits",
        newline_sequences: ["\r\n", "\n", "\r"],
        original_uri_base_ids: [(ROOT, Base { description: Message::new("The root of the repository.") })].into(),
        results: Results { report, findings, rules: indices },
        properties: Properties { today: &report.run.today, lints_digest: &report.run.lints_digest },
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    json::write_value(&Log { schema, version: "2.1.0", runs: [run] }, out)
}

/// What is to be known about the run itself: inputs that failed, results that were left out, lints that wanted more.
fn notifications<'a>(report: &'a Report, style: &Style, findings: usize) -> Vec<Notification<'a>> {
    let note = |level, text: String, file: Option<&str>| Notification {
        level,
        message: Message::new(text),
        locations: file
            .map(|name| SarifLocation {
                physical_location: PhysicalLocation { artifact_location: Artifact::of(name, report) },
            })
            .into_iter()
            .collect(),
    };
    let mut notes = Vec::new();
    for name in &report.run.failed_inputs {
        notes.push(note("error", format!("`{name}` could not be read or parsed."), Some(name)));
    }
    if findings > MAX_RESULTS {
        let text = format!("There are {findings} findings. This file holds the worst {MAX_RESULTS}.");
        notes.push(note("warning", text, None));
    } else if findings > SHOWN {
        let text = format!("There are {findings} findings, the worst first. GitHub shows {SHOWN}.");
        notes.push(note("note", text, None));
    }
    if style.explain_skipped {
        for file in &report.files {
            for skipped in &file.skipped {
                let wants = skipped.wants.join(", ");
                let text = format!("`{}` was not assessed; it wants: {wants}.", skipped.lint);
                notes.push(note("note", text, Some(&file.name)));
            }
        }
    }
    notes
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.findings.len()))?;
        for (finding, fingerprint) in &self.findings {
            let rule = self.rules.get(&*finding.name).copied().unwrap_or_default();
            list.serialize_element(&ResultOf::new(finding, fingerprint, rule, self.report))?;
        }
        list.end()
    }
}
