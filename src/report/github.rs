//! Workflow commands of GitHub Actions: annotations beside the lines that they are about.
//!
//! GitHub shows the first ten of a kind for each step, so that the worst come first. Lines and columns count code
//! points; columns are left out where a place goes over several lines, since the runner drops them there.

use std::io;

use super::group::{self, Group};
use super::{Report, Style, clean, plain_text, summary};
use crate::finding::Severity;
use crate::source::ColumnUnit;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let mut entries: Vec<Group<'_>> = report.files.iter().flat_map(|file| group::entries(file, style)).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.severity()));
    for entry in &entries {
        writeln!(out, "{}", command(entry, report))?;
    }
    if !style.quiet {
        let line = summary::line(report, &Style { color: false, ..style.clone() });
        // A runner looks for commands of this form anywhere in a line that is none.
        writeln!(out, "{}", line.replace("##[", "## ["))?;
    }
    Ok(())
}

fn command(entry: &Group<'_>, report: &Report) -> String {
    let word = match entry.severity() {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Advice) | None => "notice",
    };
    let (finding, title, headline, rest) = match entry {
        Group::One(finding) => {
            (*finding, finding.name.to_string(), plain_text::headline(finding), plain_text::rest(finding))
        }
        Group::Section { section, findings } => {
            let (headline, rest) = plain_text::section(section, findings);
            (findings[0], section.to_string(), headline, rest)
        }
    };
    let mut text = headline;
    for line in rest {
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
        property(&format!("mlsystem ({title})")),
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
