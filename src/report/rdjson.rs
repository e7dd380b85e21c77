//! reviewdog's diagnostic format: one object, or one diagnostic a line. Columns count bytes.

use std::io;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::{FileReport, Report, Run, Style, json, plain_text};
use crate::finding::{Finding, Fix, Label, Severity};
use crate::source::{ColumnUnit, Source, Span};

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Origin,
    diagnostics: Diagnostics<'a>,
}

#[derive(Serialize)]
struct Origin {
    name: &'static str,
}

struct Diagnostics<'a> {
    report: &'a Report,
    show_waived: bool,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Origin>,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

/// What reviewdog offers to write by a click. One suggestion is one edit.
#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    message: &'a str,
    location: Location<'a>,
}

const ORIGIN: Origin = Origin { name: "mlsystem" };

/// One object.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let diagnostics = Diagnostics { report, show_waived: style.show_waived };
    json::write_value(&DiagnosticResult { source: ORIGIN, diagnostics }, out)
}

/// One diagnostic a line.
pub(super) fn write_lines(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in (Diagnostics { report, show_waived: style.show_waived }).shown() {
        json::write_value(&Diagnostic { source: Some(ORIGIN), ..Diagnostic::new(finding, &report.run) }, out)?;
    }
    Ok(())
}

impl<'a> Diagnostics<'a> {
    fn shown(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let show_waived = self.show_waived;
        let findings = self.report.files.iter().flat_map(FileReport::shown);
        findings.filter(move |finding| show_waived || finding.suppression.is_none())
    }
}

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for finding in self.shown() {
            list.serialize_element(&Diagnostic::new(finding, &self.report.run))?;
        }
        list.end()
    }
}

impl<'a> Diagnostic<'a> {
    fn new(finding: &'a Finding, run: &Run) -> Self {
        let lines: Vec<String> =
            std::iter::once(plain_text::headline(finding)).chain(plain_text::rest(finding)).collect();
        Self {
            message: lines.join("\n"),
            location: Location::of(&finding.primary),
            severity: match finding.severity {
                _ if finding.suppression.is_some() => "INFO",
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Advice => "INFO",
            },
            source: None,
            code: Code { value: &finding.name, url: run.page(&finding.name) },
            related_locations: finding
                .labels
                .iter()
                .map(|label| Related { message: &label.text, location: Location::of(label) })
                .collect(),
            suggestions: plain_text::safe_fixes(finding).filter_map(Suggestion::of).collect(),
        }
    }
}

impl<'a> Location<'a> {
    fn of(label: &'a Label) -> Self {
        Self { path: label.source.name(), range: Range::of(&label.source, label.span) }
    }
}

impl<'a> Suggestion<'a> {
    fn of(fix: &'a Fix) -> Option<Self> {
        let [edit] = fix.edits.as_slice() else { return None };
        Some(Self { range: Range::of(&edit.source, edit.span), text: &edit.text })
    }
}

impl Range {
    fn of(source: &Source, span: Span) -> Self {
        Self { start: Position::of(source, span.start), end: Position::of(source, span.end) }
    }
}

impl Position {
    fn of(source: &Source, offset: u32) -> Self {
        let position = source.position(offset as usize, ColumnUnit::Bytes);
        Self { line: position.line, column: position.column }
    }
}
