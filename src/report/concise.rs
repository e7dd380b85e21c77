//! One line for each entry, for other programs that read lines: `path:line:column: severity[name] message`.
//!
//! The other places of a lint follow its message.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::entry::{self, Entry};
use super::{Report, Style, clean, statistics, summary};
use crate::finding::Finding;
use crate::source::ColumnUnit;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    if style.statistics {
        statistics::write(report, style, out)?;
    } else {
        entry::by_file(report, style).iter().try_for_each(|entry| writeln!(out, "{}", line(entry, style)))?;
    }
    if style.explain_skipped {
        for file in &report.files {
            for skipped in &file.skipped {
                let wants = match skipped.wants.join(", ") {
                    wants if wants.is_empty() => "values that can be compared".to_owned(),
                    wants => wants,
                };
                let text = format!("{}: not assessed[{}] wants {wants}", begin(&file.name), skipped.lint);
                writeln!(out, "{}", clean::line(&text, style.unicode))?;
            }
        }
    }
    if !style.quiet {
        for line in summary::fixed(report, style) {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "{}", summary::line(report, style))?;
    }
    Ok(())
}

fn line(entry: &Entry<'_>, style: &Style) -> String {
    let (finding, severity) = (entry.first, entry.severity());
    let word = match severity {
        Some(severity) => severity.word().to_owned(),
        None => format!("waived {}", finding.severity),
    };
    let source = &finding.primary.source;
    let position = source.position(finding.primary.span.start as usize, ColumnUnit::CodePoints);
    let place = format!("{}:{}:{}", begin(source.name()), position.line, position.column);
    let clean = |text: &str| clean::line(text, style.unicode).into_owned();
    let also = entry.places().map(|places| format!(" ({places})")).unwrap_or_default();
    let rest = format!("{}{also}{}", message(finding), elsewhere(finding));
    let head = clean(&format!("{word}[{}]", finding.name));
    let head = style.paint(severity.unwrap_or(finding.severity), severity.is_none(), &head);
    format!("{}: {head} {}", clean(&place), clean(&rest))
}

/// A name at the beginning of a line: one with two colons is a command to a runner of GitHub Actions.
fn begin(name: &str) -> Cow<'_, str> {
    if name.trim_start().starts_with("::") { Cow::Owned(format!("./{name}")) } else { Cow::Borrowed(name) }
}

/// The places of a finding in other files.
fn elsewhere(finding: &Finding) -> String {
    let mut places = Vec::new();
    for label in finding.labels.iter().filter(|label| !Arc::ptr_eq(&label.source, &finding.primary.source)) {
        let position = label.source.position(label.span.start as usize, ColumnUnit::CodePoints);
        let place = format!("{}:{}:{}", label.source.name(), position.line, position.column);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() { String::new() } else { format!(" (see {})", places.join(", ")) }
}

fn message(finding: &Finding) -> String {
    match &finding.suppression {
        Some(waiver) => format!("{} ({})", finding.message, waiver.sentence()),
        None => finding.message.clone(),
    }
}
