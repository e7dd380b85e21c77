//! Workflow commands of GitHub Actions: annotations beside the lines that they are about.
//!
//! GitHub shows the first ten of a kind for each step, so that the worst come first. Lines and columns count code
//! points; columns are left out where a place goes over several lines, since the runner drops them there.

use std::io;

use super::entry::{self, Entry};
use super::{Report, Style, clean, plain_text, summary};
use crate::finding::Severity;
use crate::source::ColumnUnit;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for entry in &entry::entries(report, style) {
        writeln!(out, "{}", command(entry, report))?;
    }
    if !style.quiet {
        let line = summary::line(report, &Style { color: false, ..style.clone() });
        // A runner looks for commands of this form anywhere in a line that is none.
        writeln!(out, "{}", line.replace("##[", "## ["))?;
    }
    Ok(())
}

fn command(entry: &Entry<'_>, report: &Report) -> String {
    let word = match entry.severity() {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Advice) | None => "notice",
    };
    let finding = entry.first;
    let mut text = plain_text::headline(finding);
    for line in plain_text::rest_of_entry(entry) {
        text.push('\n');
        text.push_str(&line);
    }
    let source = &finding.primary.source;
    let span = plain_text::without_break(&finding.primary);
    let start = source.position(span.start as usize, ColumnUnit::CodePoints);
    let end = source.position(span.end as usize, ColumnUnit::CodePoints);
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    format!(
        "::{word} title={},file={},line={},endLine={}{columns}::{}",
        property(&format!("mlsystem ({})", finding.name)),
        property(&report.run.checkout.path(source.name())),
        start.line,
        end.line,
        data(&clean::block(&text, true)),
    )
}

/// The escapes of a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(&clean::line(text, true)).replace(':', "%3A").replace(',', "%2C")
}
