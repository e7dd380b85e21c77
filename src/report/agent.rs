//! A short list for an agent that writes the design: a line for each lint, the worst first, and what to do next.
//!
//! Twelve lines and their like take less than three kilobytes, whatever the manifest; the last line always says what is
//! left, since an agent takes silence for a failure.

use std::io;

use super::entry::{self, Entry};
use super::{Report, Style, Summary, clean, plain_text, standing, summary};

/// The most bytes of a line for a lint, and of a step.
const LINE: usize = 190;
const STEP: usize = 130;
/// The most bytes of the last line.
const REST: usize = 250;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let entries = entry::entries(report, &Style { all: false, show_waived: false, ..style.clone() });
    for entry in entries.iter().take(entry::IN_FULL) {
        writeln!(out, "{}", clipped(&line(entry), LINE))?;
    }
    for step in standing::steps(&entries) {
        writeln!(out, "{}", clipped(&format!("next: {}", step.words()), STEP))?;
    }
    writeln!(out, "{}", clipped(&format!("rest: {}", rest(report, &entries)), REST))
}

/// What is wrong, where, and what to write.
fn line(entry: &Entry<'_>) -> String {
    let first = entry.first;
    let severity = entry.severity().unwrap_or(first.severity);
    let also = entry.places().map(|places| format!(" ({places})")).unwrap_or_default();
    let help = first.help.as_deref().map(|help| format!("; {}", one_line(help))).unwrap_or_default();
    format!("{severity}[{}] {}{also}: {}{help}", first.name, plain_text::place(&first.primary), first.message)
}

/// What is not in the list, and how it is seen.
fn rest(report: &Report, entries: &[Entry<'_>]) -> String {
    let summary = Summary::of(report);
    let mut parts = Vec::new();
    match entries.len().saturating_sub(entry::IN_FULL) {
        0 if entries.is_empty() => parts.push("no findings".to_owned()),
        0 => parts.push("no more lints".to_owned()),
        more => parts.push(format!("{more} more lints, `mlsystem check --all`")),
    }
    parts.extend(summary::later(&summary));
    if summary.not_assessed > 0 {
        parts.push(format!("{} lints not assessed", summary.not_assessed));
    }
    if !report.run.failed_inputs.is_empty() {
        parts.push(format!("{} could not be read", report.run.failed_inputs.len()));
    }
    if let Some(entry) = entries.first() {
        parts.push(format!("`mlsystem explain {}` says why", entry.first.name));
    }
    parts.join("; ")
}

/// Words on one line, with single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As much of `text` as fits into so many bytes, without what a terminal would act upon.
fn clipped(text: &str, most: usize) -> String {
    let text = clean::line(text, false);
    if text.len() <= most {
        return text.into_owned();
    }
    let end = (0..=most - 3).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}...", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_at_a_letter() {
        assert_eq!(clipped("short", 10), "short");
        assert_eq!(clipped("가나다라마", 10), "가나...");
        assert_eq!(clipped("one two three", 8), "one t...");
    }
}
