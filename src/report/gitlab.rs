//! GitLab's Code Quality report: a list that the merge request compares with that of its target.
//!
//! GitLab keeps one entry for each fingerprint, so that two files with one path in their workspaces are told apart.

use std::collections::HashSet;
use std::io;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::{FileReport, Report, Style, json, plain_text};
use crate::finding::{Finding, Severity};
use crate::source::ColumnUnit;

struct Issues<'a> {
    report: &'a Report,
    show_waived: bool,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    json::write_value(&Issues { report, show_waived: style.show_waived }, out)
}

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut seen = HashSet::new();
        for file in &self.report.files {
            for (finding, fingerprint) in file.fingerprinted(|finding| file.shows(finding)) {
                if finding.suppression.is_some() && !self.show_waived {
                    continue;
                }
                let path = self.report.run.checkout.path(finding.primary.source.name());
                let fingerprint = unique(fingerprint, &path, &mut seen);
                list.serialize_element(&Issue::new(finding, file, path, fingerprint))?;
            }
        }
        list.end()
    }
}

impl<'a> Issue<'a> {
    fn new(finding: &'a Finding, file: &FileReport, path: String, fingerprint: String) -> Self {
        let headline = plain_text::headline(finding);
        // GitLab shows no name of a check.
        let description = match &finding.suppression {
            Some(waiver) => format!("{}: {headline} ({})", finding.name, waiver.sentence()),
            None => format!("{}: {headline}", finding.name),
        };
        let severity = match finding.severity {
            _ if finding.suppression.is_some() => "info",
            Severity::Error if file.failed => "blocker",
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Advice => "info",
        };
        let span = plain_text::without_break(&finding.primary);
        let line = |offset: u32| finding.primary.source.position(offset as usize, ColumnUnit::CodePoints).line;
        let lines = Lines { begin: line(span.start), end: line(span.end) };
        Self { description, check_name: &finding.name, fingerprint, severity, location: Location { path, lines } }
    }
}

/// The fingerprint, made from the path as well where another finding has it already.
fn unique(mut fingerprint: String, path: &str, seen: &mut HashSet<String>) -> String {
    while !seen.insert(fingerprint.clone()) {
        let digest = Sha256::digest(format!("{fingerprint} {path}"));
        fingerprint = format!("v1:{}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
    fingerprint
}
