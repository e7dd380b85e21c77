//! How many of what: the last line of a report.

use serde::Serialize;

use super::{Before, FileReport, Report, Style, clean, plain_text};
use crate::finding::{Finding, Reader, Severity, Suppression};

/// The counts of a report. Waived findings count as waived and as nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Findings of severity error.
    pub error: usize,
    /// Findings of severity warning.
    pub warning: usize,
    /// Findings of severity advice.
    pub advice: usize,
    /// Findings that a waiver accepts.
    pub waived: usize,
    /// Findings that were there before, by a baseline or at the revision that is compared with. JSON has them in its comparison.
    #[serde(skip)]
    pub unchanged: usize,
    /// Lints that could not be assessed, once for each file.
    pub not_assessed: usize,
    /// Findings that `--fix` can repair, as far as is known before it is tried; waived ones aside.
    pub fixable: usize,
    /// The files that were looked at.
    pub files: usize,
    /// The findings that are shown, and count for the exit code, waived ones aside.
    pub shown: usize,
    /// All findings by their reader, waived ones aside.
    pub readers: Readers,
    /// Findings that are milder than was asked for, waived ones aside.
    #[serde(skip)]
    pub milder: usize,
}

/// Counts by reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Readers {
    /// Findings for the author.
    pub author: usize,
    /// Findings for a reviewer.
    pub reviewer: usize,
    /// Findings for an auditor.
    pub auditor: usize,
    /// Those for a reviewer that are not shown.
    #[serde(skip)]
    pub later_reviewer: usize,
    /// Those for an auditor that are not shown.
    #[serde(skip)]
    pub later_auditor: usize,
}

impl Summary {
    /// The counts of what `report` shows.
    pub fn of(report: &Report) -> Self {
        Self::counted(report, FileReport::shows)
    }

    /// The counts of all that `report` holds, for later readers too.
    pub fn of_all(report: &Report) -> Self {
        Self::counted(report, FileReport::is_grave)
    }

    fn counted(report: &Report, wanted: fn(&FileReport, &Finding) -> bool) -> Self {
        // A baseline that has something to be told of was not looked at as a manifest is.
        let is_baseline = |name: &str| {
            let with = report.run.comparison.as_ref().map(|comparison| &comparison.with);
            matches!(with, Some(Before::Baseline(baseline)) if baseline == name)
        };
        let files = report.files.iter().filter(|file| !is_baseline(&file.name)).count();
        let mut summary = Self { files, ..Self::default() };
        for file in &report.files {
            summary.not_assessed += file.skipped.len();
            for finding in &file.findings {
                summary.count_reader(file, finding);
                if !wanted(file, finding) {
                    continue;
                }
                summary.fixable += usize::from(plain_text::safe_fixes(finding).next().is_some());
                *match finding.severity {
                    _ if finding.suppression.as_ref().is_some_and(Suppression::is_baseline) => &mut summary.unchanged,
                    _ if finding.suppression.is_some() => &mut summary.waived,
                    Severity::Error => &mut summary.error,
                    Severity::Warning => &mut summary.warning,
                    Severity::Advice => &mut summary.advice,
                } += 1;
            }
        }
        summary
    }

    fn count_reader(&mut self, file: &FileReport, finding: &Finding) {
        if finding.suppression.is_some() {
            return;
        }
        if !file.is_grave(finding) {
            self.milder += 1;
            return;
        }
        let shown = file.shows(finding);
        self.shown += usize::from(shown);
        let readers = &mut self.readers;
        match finding.reader {
            Reader::Author => readers.author += 1,
            Reader::Reviewer => {
                readers.reviewer += 1;
                readers.later_reviewer += usize::from(!shown);
            }
            Reader::Auditor => {
                readers.auditor += 1;
                readers.later_auditor += usize::from(!shown);
            }
        }
    }

    /// The findings that are not waived.
    pub fn findings(&self) -> usize {
        self.error + self.warning + self.advice
    }
}

/// How many fixed findings are listed by name.
const MAX_FIXED: usize = 20;

/// What is no longer found since the revision that was compared with, a line each. What is gone from a baseline is
/// reported as findings of the baseline itself.
pub(super) fn fixed(report: &Report, style: &Style) -> Vec<String> {
    let Some(comparison) = &report.run.comparison else { return Vec::new() };
    let Before::Revision(_) = comparison.with else { return Vec::new() };
    let line = |gone: &super::Identity| {
        let place = if gone.pointer.is_empty() { String::new() } else { format!(" at {}", gone.pointer) };
        clean::line(&format!("fixed: {}: {}{place}", gone.path, gone.name), style.unicode).into_owned()
    };
    let mut lines: Vec<String> = comparison.fixed.iter().take(MAX_FIXED).map(line).collect();
    if comparison.fixed.len() > MAX_FIXED {
        lines.push(format!("fixed: {} more, which the JSON report lists", comparison.fixed.len() - MAX_FIXED));
    }
    lines
}

/// What there is for later readers, and how it is seen.
pub(super) fn later(summary: &Summary) -> Option<String> {
    let Readers { later_reviewer, later_auditor, .. } = summary.readers;
    Some(match (later_reviewer, later_auditor) {
        (0, 0) => return None,
        (reviewer, 0) => format!("{reviewer} more for a reviewer (`--for reviewer`)"),
        (0, auditor) => format!("{auditor} more for an auditor (`--for auditor`)"),
        (reviewer, auditor) => format!("{reviewer} more for a reviewer and {auditor} for an auditor (`--for`)"),
    })
}

/// The counts as a sentence. That there are no findings is said only where everything could be loaded.
pub(super) fn line(report: &Report, style: &Style) -> String {
    let summary = Summary::of(report);
    let failed = report.run.failed_inputs.len();
    let mut parts = Vec::new();
    for (count, one, many, severity) in [
        (summary.error, "error", "errors", Severity::Error),
        (summary.warning, "warning", "warnings", Severity::Warning),
        (summary.advice, "advice", "advice", Severity::Advice),
    ] {
        if count > 0 {
            let words = format!("{count} {}", if count == 1 { one } else { many });
            parts.push(style.paint(severity, false, &words).into_owned());
        }
    }
    if parts.is_empty() && failed == 0 && report.run.complete {
        parts.push(if report.run.comparison.is_some() { "no new findings" } else { "no findings" }.to_owned());
    }
    parts.extend(later(&summary));
    if summary.milder > 0 {
        parts.push(format!("{} milder", summary.milder));
    }
    if summary.fixable > 0 {
        parts.push(format!("{} fixable with `--fix`", summary.fixable));
    }
    if let Some(comparison) = &report.run.comparison {
        let (before, fixed) = match &comparison.with {
            Before::Baseline(name) => (format!("in the baseline `{name}`"), 0),
            Before::Revision(name) => (format!("as at `{name}`"), comparison.fixed.len()),
        };
        parts.push(format!("{} {}", summary.unchanged, clean::line(&before, style.unicode)));
        if fixed > 0 {
            parts.push(format!("{fixed} fixed"));
        }
    }
    if summary.waived > 0 {
        parts.push(format!("{} waived", summary.waived));
    }
    if summary.not_assessed > 0 {
        let hint = if style.explain_skipped { "" } else { " (`--explain-skipped` says why)" };
        parts.push(format!("{} not assessed{hint}", summary.not_assessed));
    }
    if failed > 0 {
        parts.push(format!("{failed} could not be read"));
    } else if !report.run.complete {
        parts.push("not everything could be loaded".to_owned());
    }
    let files = if summary.files == 1 { "file" } else { "files" };
    format!("{} {files}: {}", summary.files, parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FileReport, Run, Skipped};

    fn report(run: Run) -> Report {
        let file = FileReport { name: "mlsystem.yaml".into(), ..FileReport::default() };
        Report { files: vec![file], run }
    }

    #[test]
    fn no_findings_is_said_only_when_everything_was_loaded() {
        let complete = Run { complete: true, ..Run::default() };
        assert_eq!(line(&report(complete.clone()), &Style::default()), "1 file: no findings");
        let failed = Run { failed_inputs: vec!["a".into()], ..complete };
        assert_eq!(line(&report(failed), &Style::default()), "1 file: 1 could not be read");
        assert_eq!(line(&report(Run::default()), &Style::default()), "1 file: not everything could be loaded");
    }

    #[test]
    fn what_was_not_assessed_is_counted() {
        let mut report = report(Run { complete: true, ..Run::default() });
        report.files[0].skipped.push(Skipped { lint: "late-answer".into(), wants: vec!["serving.deadline".into()] });
        let text = line(&report, &Style::default());
        assert_eq!(text, "1 file: no findings, 1 not assessed (`--explain-skipped` says why)");
    }
}
