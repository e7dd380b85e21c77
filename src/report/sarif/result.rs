//! A result: one finding.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::ROOT;
use crate::finding::{Edit, Finding, Fix, Kind, Label, Severity, Suppression};
use crate::report::Report;
use crate::report::plain_text;
use crate::source::{ColumnUnit, Source, Span};

/// The most places of a result that GitHub takes.
const PLACES: usize = 1000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultOf<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    kind: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code_flows: Vec<CodeFlow<'a>>,
    partial_fingerprints: BTreeMap<String, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Accepted<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair<'a> {
    description: Message<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

/// A text; in the plain form `[words](target)` would be a link.
#[derive(Serialize)]
pub(super) struct Message<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CodeFlow<'a> {
    thread_flows: [ThreadFlow<'a>; 1],
}

#[derive(Serialize)]
struct ThreadFlow<'a> {
    locations: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    location: Location<'a>,
}

#[derive(Serialize)]
struct Accepted<'a> {
    kind: &'static str,
    status: &'static str,
    justification: String,
    properties: Terms<'a>,
}

#[derive(Serialize)]
struct Terms<'a> {
    owner: &'a str,
    until: &'a str,
}

impl<'a> ResultOf<'a> {
    pub(super) fn new(finding: &'a Finding, fingerprint: &'a str, rule: usize, report: &Report) -> Self {
        let mut home = Location::of(&finding.primary, report);
        home.message = None;
        if !finding.pointer.is_root() {
            home.logical_locations.push(Logical { fully_qualified_name: finding.pointer.to_string() });
        }
        let related = finding.labels.iter().take(PLACES - 1).enumerate();
        let version = fingerprint.split(':').next().unwrap_or_default();
        Self {
            rule_id: &finding.name,
            rule_index: rule,
            level: level(finding.severity),
            kind: "fail",
            message: Message::new(sentences(finding)),
            locations: [home],
            related_locations: related
                .map(|(index, label)| Location { id: Some(index + 1), ..Location::of(label, report) })
                .collect(),
            code_flows: chain(finding, report).into_iter().collect(),
            partial_fingerprints: [(format!("mlsystem/{version}"), fingerprint)].into(),
            fixes: plain_text::safe_fixes(finding).filter_map(|fix| Repair::of(fix, report)).collect(),
            suppressions: finding.suppression.iter().map(Accepted::of).collect(),
        }
    }
}

/// The parts of a sum, one after the other, and then the whole: a viewer goes through them step by step.
fn chain<'a>(finding: &'a Finding, report: &Report) -> Option<CodeFlow<'a>> {
    if finding.kind != Kind::Quantity || finding.labels.len() < 2 {
        return None;
    }
    let parts = finding.labels.iter().take(PLACES - 1).chain([&finding.primary]);
    let locations = parts.map(|label| Step { location: Location::of(label, report) }).collect();
    Some(CodeFlow { thread_flows: [ThreadFlow { locations }] })
}

/// The message of a finding as sentences. Where room is short a viewer shows the first.
fn sentences(finding: &Finding) -> String {
    let mut text = stopped(&plain_text::headline(finding));
    for note in finding.notes.iter().chain(&plain_text::because(finding)) {
        text.push('\n');
        text.push_str(&stopped(note));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\nhelp: {}", stopped(help)));
    }
    text
}

/// `text` with a full stop, unless it ends with a line of YAML.
fn stopped(text: &str) -> String {
    if text.ends_with('.') || text.contains('\n') { text.to_owned() } else { format!("{text}.") }
}

impl<'a> Message<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let text = if text.contains("](") { Cow::Owned(text.replace("](", "\\](")) } else { text };
        Self { text }
    }
}

impl<'a> Location<'a> {
    fn of(label: &'a Label, report: &Report) -> Self {
        Self {
            id: None,
            physical_location: Physical {
                artifact_location: Artifact::of(label.source.name(), report),
                region: Region::of(&label.source, label.span),
            },
            logical_locations: Vec::new(),
            message: (!label.text.is_empty()).then(|| Message::new(&*label.text)),
        }
    }
}

impl<'a> Repair<'a> {
    /// A fix; its edits lie in one file.
    fn of(fix: &'a Fix, report: &Report) -> Option<Self> {
        let replacement = |edit: &'a Edit| Replacement {
            deleted_region: Region::of(&edit.source, edit.span),
            inserted_content: Content { text: &edit.text },
        };
        let change = ArtifactChange {
            artifact_location: Artifact::of(fix.edits.first()?.source.name(), report),
            replacements: fix.edits.iter().map(replacement).collect(),
        };
        Some(Self { description: Message::new(&*fix.title), artifact_changes: [change] })
    }
}

impl Region {
    fn of(source: &Source, span: Span) -> Self {
        let position = |offset: u32| source.position(offset as usize, ColumnUnit::Utf16);
        let (start, end) = (position(span.start), position(span.end));
        Self { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

impl Artifact {
    /// The file that people know as `name`, as a URI.
    pub(super) fn of(name: &str, report: &Report) -> Self {
        let path = report.run.checkout.path(name);
        if path.starts_with('/') {
            return Self { uri: format!("file://{}", encoded(&path)), uri_base_id: None };
        }
        Self { uri: encoded(&path), uri_base_id: Some(ROOT) }
    }
}

impl<'a> Accepted<'a> {
    fn of(suppression: &'a Suppression) -> Self {
        Self {
            // A waiver stands in the manifest.
            kind: if suppression.kind == "waiver" { "inSource" } else { "external" },
            status: "accepted",
            justification: suppression.sentence(),
            properties: Terms { owner: &suppression.owner, until: &suppression.until },
        }
    }
}

pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A path as part of a URI: whatever is not plain is percent-encoded.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(encoded("시스템/a b:c%.yaml"), "%EC%8B%9C%EC%8A%A4%ED%85%9C/a%20b%3Ac%25.yaml");
    }

    #[test]
    fn text_makes_no_links() {
        assert_eq!(Message::new("see [here](http://evil)").text, "see [here\\](http://evil)");
        assert_eq!(Message::new("metrics[0] (one)").text, "metrics[0] (one)");
    }
}
