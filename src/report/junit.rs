//! JUnit's XML: a suite for each file, a case for each finding. A waived finding is a skipped case, and a file without
//! findings is one that passed.

use std::collections::HashMap;
use std::io;

use super::{FileReport, Report, clean, plain_text};
use crate::finding::Finding;
use crate::source::ColumnUnit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Failure,
    Error,
    Skipped,
}

#[derive(Debug, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut all = Counts::default();
    for file in &report.files {
        let counts = Counts::of(file);
        all.tests += counts.tests;
        all.failures += counts.failures;
        all.errors += counts.errors;
        all.skipped += counts.skipped;
    }
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"mlsystem\" {}>", all.attributes())?;
    for file in &report.files {
        write_suite(file, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(file: &FileReport, out: &mut dyn io::Write) -> io::Result<()> {
    let counts = Counts::of(file);
    writeln!(out, "  <testsuite name={} {} time=\"0\">", attribute(&file.name), counts.attributes())?;
    let class = file.name.rsplit_once('.').map_or(file.name.as_str(), |(class, _)| class);
    let class = attribute(if class.is_empty() { &file.name } else { class });
    if file.shown().next().is_none() {
        writeln!(out, "    <testcase name=\"mlsystem\" classname={class} time=\"0\"/>")?;
    }
    let mut seen = HashMap::new();
    for finding in file.shown() {
        let mut name = format!("{} {}", finding.name, finding.pointer);
        // Those who compare two runs know a case by its name.
        let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1_usize);
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
        let at = finding.primary.source.position(finding.primary.span.start as usize, ColumnUnit::CodePoints);
        writeln!(
            out,
            "    <testcase name={} classname={class} file={} line=\"{}\" column=\"{}\" time=\"0\">",
            attribute(name.trim_end()),
            attribute(finding.primary.source.name()),
            at.line,
            at.column
        )?;
        write_outcome(finding, Outcome::of(finding, file), out)?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_outcome(finding: &Finding, outcome: Outcome, out: &mut dyn io::Write) -> io::Result<()> {
    if let (Outcome::Skipped, Some(waiver)) = (outcome, &finding.suppression) {
        let message = format!("{} ({})", finding.message, waiver.sentence());
        return writeln!(out, "      <skipped message={}/>", attribute(&message));
    }
    let element = if outcome == Outcome::Error { "error" } else { "failure" };
    let place = plain_text::place(&finding.primary);
    let mut text = format!("{place}: {}[{}] {}", finding.severity, finding.name, plain_text::headline(finding));
    for line in plain_text::rest(finding) {
        text.push('\n');
        text.push_str(&line);
    }
    let message = attribute(&plain_text::headline(finding));
    let text = escaped(&clean::block(&text, true));
    writeln!(out, "      <{element} message={message} type=\"{}\">{text}</{element}>", finding.severity)
}

impl Outcome {
    fn of(finding: &Finding, file: &FileReport) -> Self {
        match &finding.suppression {
            Some(_) => Self::Skipped,
            None if file.failed => Self::Error,
            None => Self::Failure,
        }
    }
}

impl Counts {
    fn of(file: &FileReport) -> Self {
        let mut counts = Self { tests: file.shown().count().max(1), ..Self::default() };
        for finding in file.shown() {
            *match Outcome::of(finding, file) {
                Outcome::Failure => &mut counts.failures,
                Outcome::Error => &mut counts.errors,
                Outcome::Skipped => &mut counts.skipped,
            } += 1;
        }
        counts
    }

    fn attributes(&self) -> String {
        let Self { tests, failures, errors, skipped } = self;
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"")
    }
}

/// The value of an attribute, on one line and in quotes.
fn attribute(text: &str) -> String {
    format!("\"{}\"", escaped(&clean::line(text, true)))
}

/// Text as XML 1.0 allows it. Controls are pictures by now; two characters that are none have no picture.
fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            // A raw line feed could begin a line that whoever reads the log obeys.
            '\n' => result.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => result.push('\u{fffd}'),
            c => result.push(c),
        }
    }
    result
}
