//! How often each lint speaks, in place of what it says.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::{Report, Style, clean};
use crate::finding::{Finding, Reader, Severity};

/// How often a lint speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Count<'a> {
    name: &'a str,
    category: &'a str,
    #[serde(serialize_with = "severity_word")]
    severity: Severity,
    #[serde(serialize_with = "reader_word")]
    reader: Reader,
    findings: usize,
    files: usize,
}

fn severity_word<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.word())
}

fn reader_word<S: serde::Serializer>(reader: &Reader, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(reader.word())
}

/// The lints that speak, the most frequent first: findings that `wanted` admits and nothing accepts. The severity is the
/// worst of them, the reader the first.
pub(super) fn counts(report: &Report, wanted: impl Fn(&super::FileReport, &Finding) -> bool) -> Vec<Count<'_>> {
    let mut counts: BTreeMap<&str, Count<'_>> = BTreeMap::new();
    for file in &report.files {
        let mut before: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in file.findings.iter().filter(|one| one.suppression.is_none() && wanted(file, one)) {
            let count = counts.entry(&finding.name).or_insert_with(|| Count {
                name: &finding.name,
                category: &finding.category,
                severity: finding.severity,
                reader: finding.reader,
                findings: 0,
                files: 0,
            });
            count.findings += 1;
            count.severity = count.severity.max(finding.severity);
            count.reader = count.reader.min(finding.reader);
            let here = before.entry(&finding.name).or_default();
            count.files += usize::from(*here == 0);
            *here += 1;
        }
    }
    let mut counts: Vec<Count<'_>> = counts.into_values().collect();
    counts.sort_by_key(|count| (Reverse(count.findings), Reverse(count.severity), count.name));
    counts
}

/// Writes a line for each lint.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let counts = counts(report, super::FileReport::shows);
    let digits = counts.first().map_or(1, |count| count.findings.to_string().len());
    let several = report.files.len() > 1;
    for count in &counts {
        let head = clean::line(&format!("{}[{}]", count.severity, count.name), style.unicode).into_owned();
        let files = match (several, count.files) {
            (false, _) => String::new(),
            (true, 1) => " in 1 file".to_owned(),
            (true, files) => format!(" in {files} files"),
        };
        let head = style.paint(count.severity, false, &head);
        writeln!(out, "{:>digits$}  {head}{files}", count.findings)?;
    }
    if !counts.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}
