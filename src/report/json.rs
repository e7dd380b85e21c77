//! The JSON document: our own contract, described by the schema beside this file.
//!
//! Text is given as it is, whatever it holds; only its spelling is safe, since characters that a terminal would act upon
//! are written as `\u` escapes.

use std::io;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;

use super::statistics::{self, Count};
use super::{Before, FileReport, Report, Style, Summary, clean};
use crate::check::Outcome;
use crate::finding::{Edit, Finding, Fix, Label};
use crate::secret::redacted;
use crate::source::{ColumnUnit, Source, Span};

/// The JSON Schema (2020-12) of the document.
pub const SCHEMA: &str = include_str!("output.schema.json");

/// The version of the document. It changes when a reader could break.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    run: Run<'a>,
    summary: Summary,
    diagnostics: Diagnostics<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<Vec<Skipped<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcomes: Option<Vec<Outcomes<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<Count<'a>>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    lints_digest: &'a str,
}

#[derive(Serialize)]
struct Run<'a> {
    today: &'a str,
    config: &'a [String],
    inputs: usize,
    failed_inputs: &'a [String],
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison<'a>>,
}

#[derive(Serialize)]
struct Comparison<'a> {
    kind: &'static str,
    with: &'a str,
    new: usize,
    unchanged: usize,
    fixed: Vec<Fixed<'a>>,
}

#[derive(Serialize)]
struct Fixed<'a> {
    name: &'a str,
    path: &'a str,
    document: usize,
    pointer: String,
    fingerprint: String,
}

/// Written one by one, so that a long report is never in memory twice.
struct Diagnostics<'a>(&'a Report);

/// A finding, as the document has it.
#[derive(Serialize)]
pub(super) struct Diagnostic<'a> {
    name: &'a str,
    category: &'a str,
    kind: &'static str,
    severity: &'static str,
    reader: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    notes: &'a [String],
    url: Option<String>,
    path: &'a str,
    document: usize,
    pointer: String,
    location: Location,
    labels: Vec<LabelOf<'a>>,
    related: Vec<Related<'a>>,
    fixes: Vec<FixOf<'a>>,
    applies_because: Vec<Because<'a>>,
    suppression: Option<Suppression<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Location {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct LabelOf<'a> {
    role: &'static str,
    message: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    path: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct FixOf<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditOf<'a>>,
}

#[derive(Serialize)]
struct EditOf<'a> {
    path: &'a str,
    location: Location,
    text: &'a str,
}

#[derive(Serialize)]
struct Because<'a> {
    pointer: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'a str,
    reason: &'a str,
    owner: Option<&'a str>,
    until: Option<&'a str>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    name: &'a str,
    path: &'a str,
    wants: &'a [String],
}

#[derive(Serialize)]
struct Outcomes<'a> {
    path: &'a str,
    lints: Vec<OutcomeOf<'a>>,
}

#[derive(Serialize)]
struct OutcomeOf<'a> {
    name: &'a str,
    outcome: &'static str,
    waived: bool,
    wants: &'a [String],
}

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let run = &report.run;
    let document = Document {
        version: VERSION,
        tool: Tool { name: "mlsystem", version: &run.version, lints_digest: &run.lints_digest },
        run: Run {
            today: &run.today,
            config: &run.config,
            inputs: run.inputs,
            failed_inputs: &run.failed_inputs,
            complete: run.complete,
            comparison: run.comparison.as_ref().map(Comparison::new),
        },
        summary: Summary::of_all(report),
        diagnostics: Diagnostics(report),
        skipped: style.explain_skipped.then(|| skipped(&report.files)),
        statistics: style.statistics.then(|| statistics::counts(report, FileReport::is_grave)),
        outcomes: style.outcomes.then(|| report.files.iter().map(Outcomes::of).collect()),
    };
    write_value(&document, out)
}

/// Writes one value on one line, in the safe spelling: what a terminal would act upon is escaped.
pub fn write_value(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Escaping))?;
    out.write_all(b"\n")
}

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq;

        let mut list = serializer.serialize_seq(None)?;
        for file in &self.0.files {
            for (finding, fingerprint) in file.fingerprinted(|finding| file.is_grave(finding)) {
                list.serialize_element(&Diagnostic::new(finding, &fingerprint, &self.0.run))?;
            }
        }
        list.end()
    }
}

impl<'a> Diagnostic<'a> {
    pub(super) fn new(finding: &'a Finding, fingerprint: &'a str, run: &super::Run) -> Self {
        let source = &finding.primary.source;
        let (here, elsewhere): (Vec<&Label>, Vec<&Label>) =
            finding.labels.iter().partition(|label| Arc::ptr_eq(&label.source, source));
        let secondary = here.into_iter().map(|label| LabelOf::new("secondary", label));
        Self {
            name: &finding.name,
            category: &finding.category,
            kind: finding.kind.word(),
            severity: finding.severity.word(),
            reader: finding.reader.word(),
            message: &finding.message,
            help: finding.help.as_deref(),
            notes: &finding.notes,
            url: run.page(&finding.name),
            path: source.name(),
            document: finding.document,
            pointer: finding.pointer.to_string(),
            location: Location::of(&finding.primary),
            labels: std::iter::once(LabelOf::new("primary", &finding.primary)).chain(secondary).collect(),
            related: elsewhere
                .into_iter()
                .map(|label| Related { message: &label.text, path: label.source.name(), location: Location::of(label) })
                .collect(),
            fixes: finding.fixes.iter().map(FixOf::new).collect(),
            applies_because: finding
                .because
                .iter()
                .map(|because| Because { pointer: because.pointer.to_string(), text: &because.text })
                .collect(),
            suppression: finding.suppression.as_ref().map(|suppression| Suppression {
                kind: suppression.kind,
                reason: &suppression.reason,
                owner: Some(&*suppression.owner).filter(|owner| !owner.is_empty()),
                until: Some(&*suppression.until).filter(|until| !until.is_empty()),
            }),
            fingerprint,
        }
    }
}

impl<'a> Comparison<'a> {
    fn new(comparison: &'a super::Comparison) -> Self {
        let (kind, with) = match &comparison.with {
            Before::Baseline(name) => ("baseline", name),
            Before::Revision(name) => ("revision", name),
        };
        let fixed = |gone: &'a super::Identity| Fixed {
            name: &gone.name,
            path: &gone.path,
            document: gone.document,
            pointer: gone.pointer.clone(),
            fingerprint: gone.fingerprint(),
        };
        let (new, unchanged) = (comparison.new, comparison.unchanged);
        Self { kind, with, new, unchanged, fixed: comparison.fixed.iter().map(fixed).collect() }
    }
}

impl<'a> LabelOf<'a> {
    fn new(role: &'static str, label: &'a Label) -> Self {
        Self { role, message: &label.text, location: Location::of(label) }
    }
}

impl<'a> FixOf<'a> {
    fn new(fix: &'a Fix) -> Self {
        let edit = |edit: &'a Edit| EditOf {
            path: edit.source.name(),
            location: Location::at(&edit.source, edit.span),
            text: &edit.text,
        };
        let edits = fix.edits.iter().map(edit).collect();
        Self { title: &fix.title, applicability: fix.applicability.word(), edits }
    }
}

impl Location {
    fn of(label: &Label) -> Self {
        Self::at(&label.source, label.span)
    }

    fn at(source: &Source, span: Span) -> Self {
        Self { start: Position::of(source, span.start), end: Position::of(source, span.end) }
    }
}

impl Position {
    fn of(source: &Source, offset: u32) -> Self {
        let position = source.position(offset as usize, ColumnUnit::CodePoints);
        Self { line: position.line, column: position.column, offset }
    }
}

impl<'a> Outcomes<'a> {
    fn of(file: &'a FileReport) -> Self {
        let lint = |one: &'a Outcome| OutcomeOf {
            name: &one.lint,
            outcome: one.verdict.word(),
            waived: one.waived,
            wants: &one.wants,
        };
        Self { path: &file.name, lints: file.outcomes.iter().map(lint).collect() }
    }
}

fn skipped(files: &[FileReport]) -> Vec<Skipped<'_>> {
    files
        .iter()
        .flat_map(|file| {
            file.skipped.iter().map(|lint| Skipped { name: &lint.lint, path: &file.name, wants: &lint.wants })
        })
        .collect()
}

/// Escapes what JSON would allow but a terminal would act upon.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let fragment = redacted(fragment);
        let mut rest = &*fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| clean::is_hidden(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}
