//! A finding in plain lines, for the formats that draw nothing.

use std::sync::Arc;

use super::entry::Entry;
use crate::finding::{Applicability, Finding, Fix, Label, Pointer};
use crate::schema::field_path;
use crate::source::{ColumnUnit, Position, Source, Span};

/// The message and the fact of the primary place: `online serving has no fallback: requests wait for this model`.
pub(super) fn headline(finding: &Finding) -> String {
    match finding.primary.text.as_str() {
        "" => finding.message.clone(),
        text => format!("{}: {text}", finding.message),
    }
}

/// Everything that belongs below the headline: the waiver, the other places, notes, why the lint applies, help.
pub(super) fn rest(finding: &Finding) -> Vec<String> {
    below(finding, Vec::new())
}

/// The same for the first finding of an entry, with the places of the others.
pub(super) fn rest_of_entry(entry: &Entry<'_>) -> Vec<String> {
    below(entry.first, entry.elsewhere())
}

fn below(finding: &Finding, elsewhere: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = finding.suppression.iter().map(|waiver| waiver.sentence()).collect();
    let source = &finding.primary.source;
    lines.extend(finding.labels.iter().filter(|label| !label.text.is_empty()).map(|label| related(label, source)));
    lines.extend(elsewhere.into_iter().map(|place| format!("also: {place}")));
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(because(finding).map(|text| format!("note: {text}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines
}

/// Why a finding applies: every fact once. That it does so at this stage goes without saying.
pub fn because(finding: &Finding) -> Option<String> {
    let mut facts: Vec<&str> = Vec::new();
    let stage = Pointer::default().child(field_path!(manifest: "stage").text());
    for because in finding.because.iter().filter(|because| because.pointer != stage) {
        if !facts.contains(&because.text.as_str()) {
            facts.push(&because.text);
        }
    }
    let (last, rest) = facts.split_last()?;
    Some(match rest {
        [] => format!("applies because {last}"),
        rest => format!("applies because {} and {last}", rest.join(", ")),
    })
}

/// The place of a label, for people: `mlsystem.yaml:5:12`.
pub(super) fn place(label: &Label) -> String {
    format!("{}:{}", label.source.name(), position(label))
}

/// The place of a label in its file: `5:12`.
pub(super) fn position(label: &Label) -> String {
    let Position { line, column } = label.source.position(label.span.start as usize, ColumnUnit::CodePoints);
    format!("{line}:{column}")
}

fn related(label: &Label, home: &Arc<Source>) -> String {
    let at = label.source.position(label.span.start as usize, ColumnUnit::CodePoints);
    if Arc::ptr_eq(&label.source, home) {
        format!("line {}: {}", at.line, label.text)
    } else {
        format!("{}: {}", place(label), label.text)
    }
}

/// The span of a label without line breaks at its end, so that it ends on the last line that has a part of it.
pub(super) fn without_break(label: &Label) -> Span {
    let text = label.source.slice(label.span);
    let kept = text.trim_end_matches(['\n', '\r']).len();
    if kept == 0 { label.span } else { label.span.part(0..kept) }
}

/// The fixes of a finding that may be made without asking; of a waived finding none.
pub(super) fn safe_fixes(finding: &Finding) -> impl Iterator<Item = &Fix> {
    let open = finding.suppression.is_none();
    finding.fixes.iter().filter(move |fix| open && fix.applicability == Applicability::Safe)
}

/// The help of a finding, and below it the line as it stands and as the first safe fix writes it, where that is one short
/// line.
pub(super) fn help_with_change(finding: &Finding) -> Option<String> {
    let help = finding.help.clone()?;
    let Some((old, new)) = safe_fixes(finding).next().and_then(|fix| change(finding, fix)) else { return Some(help) };
    Some(format!("{help}\n  - {old}\n  + {new}"))
}

/// The line that a fix changes, before and after.
fn change(finding: &Finding, fix: &Fix) -> Option<(String, String)> {
    const MAX_LINE_CHARS: usize = 60;
    let [edit] = fix.edits.as_slice() else { return None };
    // The text that may be shown is that of the label.
    let source = &finding.primary.source;
    let line = source.position(edit.span.start as usize, ColumnUnit::Bytes).line;
    let whole = source.line(line);
    if source.name() != edit.source.name() || edit.span.end > whole.end || edit.text.is_empty() {
        return None;
    }
    let (before, after) = (Span { end: edit.span.start, ..whole }, Span { start: edit.span.end, ..whole });
    let new = format!("{}{}{}", source.slice(before), edit.text, source.slice(after));
    let (old, new) = (source.slice(whole).trim().to_owned(), new.trim().to_owned());
    let short = |text: &str| text.chars().count() <= MAX_LINE_CHARS && !text.contains('\n');
    (short(&old) && short(&new)).then_some((old, new))
}
