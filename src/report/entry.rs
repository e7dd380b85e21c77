//! What is shown as one, and in which order.
//!
//! A lint speaks once for a document of a file, with all its places, unless every finding is asked for. The surest and
//! worst come first: what keeps a file from being read as it was meant, then what cannot hold, then what names or files
//! do not bear out, then what is missing; and what speaks to later readers follows what speaks to earlier ones. All
//! formats for people do so. JSON lists every finding, and counts are of findings, always.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{FileReport, Report, Style, plain_text};
use crate::finding::{Finding, Kind, Severity, raised};

/// The entries that are shown in full, where not all are asked for.
pub(super) const IN_FULL: usize = 12;

/// The places of an entry that are told with their own words.
const TOLD: usize = 4;

/// The further places that are listed.
const LISTED: usize = 10;

/// What is shown as one: the findings of a lint in a document of a file.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The finding that is shown in full.
    pub first: &'a Finding,
    /// The others, in the order of their places.
    pub others: Vec<&'a Finding>,
}

/// How sure a finding is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// The file cannot be read as it was meant, or must not be passed on.
    Unusable,
    /// Two places, or two numbers, cannot both hold.
    Impossible,
    /// A name or a file does not bear it out.
    Unborne,
    /// Something is missing.
    Missing,
}

impl Class {
    /// The class of a finding.
    pub(super) fn of(finding: &Finding) -> Self {
        let raised = || raised::ALL.iter().any(|name| finding.name == *name);
        match finding.kind {
            _ if finding.severity == Severity::Error && raised() => Self::Unusable,
            Kind::Contradiction | Kind::Quantity => Self::Impossible,
            Kind::Evidence | Kind::Reference => Self::Unborne,
            Kind::MissingPiece => Self::Missing,
        }
    }
}

impl<'a> Entry<'a> {
    /// How bad it is: the worst of its findings. `None` where it is waived.
    pub(super) fn severity(&self) -> Option<Severity> {
        let worst = self.findings().map(|finding| finding.severity).max();
        worst.filter(|_| self.first.suppression.is_none())
    }

    /// All its findings.
    pub(super) fn findings(&self) -> impl Iterator<Item = &'a Finding> + '_ {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// Its other places in words, a line each.
    pub(super) fn elsewhere(&self) -> Vec<String> {
        let (mut same, other): (Vec<&Finding>, Vec<&Finding>) =
            self.others.iter().partition(|finding| finding.message == self.first.message);
        let told = |finding: &&Finding| format!("{}: {}", plain_text::place(&finding.primary), finding.message);
        let mut lines: Vec<String> = other.iter().take(TOLD).map(told).collect();
        same.extend(other.iter().skip(TOLD));
        if !same.is_empty() {
            let more = if lines.is_empty() { "" } else { "more " };
            lines.push(format!("{} {more}at {}", same.len(), positions(&same)));
        }
        lines
    }

    /// Its other places in short: `also at 40:5, 51:5`.
    pub(super) fn places(&self) -> Option<String> {
        (!self.others.is_empty()).then(|| format!("also at {}", positions(&self.others)))
    }
}

/// Lines and columns, and how many more there are.
fn positions(findings: &[&Finding]) -> String {
    let mut listed: Vec<String> =
        findings.iter().take(LISTED).map(|finding| plain_text::position(&finding.primary)).collect();
    if findings.len() > LISTED {
        listed.push(format!("and {} more", findings.len() - LISTED));
    }
    listed.join(", ")
}

/// The entries of a report, in their order.
pub(super) fn entries<'a>(report: &'a Report, style: &Style) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = report.files.iter().flat_map(|file| of_file(file, style)).collect();
    sort(&mut entries);
    entries
}

/// The entries of a report, those of each file in their order, for lines that are read by file.
pub(super) fn by_file<'a>(report: &'a Report, style: &Style) -> Vec<Entry<'a>> {
    let sorted = |file: &'a FileReport| {
        let mut entries = of_file(file, style);
        sort(&mut entries);
        entries
    };
    report.files.iter().flat_map(sorted).collect()
}

fn sort(entries: &mut [Entry<'_>]) {
    entries.sort_by_cached_key(|entry| {
        let first = entry.first;
        (entry.severity().is_none(), first.reader, Class::of(first), Reverse(entry.severity()))
    });
}

fn of_file<'a>(file: &'a FileReport, style: &Style) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut known: HashMap<(&str, usize), usize> = HashMap::new();
    for finding in file.shown() {
        match &finding.suppression {
            Some(suppression) if suppression.is_baseline() || !style.show_waived => continue,
            // A waived finding stays by itself, so that its waiver can be read, and so does what has to be mended first.
            None if !style.all && Class::of(finding) != Class::Unusable => {
                if let Some(entry) = known.get(&(&*finding.name, finding.document)) {
                    entries[*entry].others.push(finding);
                    continue;
                }
                known.insert((&*finding.name, finding.document), entries.len());
            }
            _ => {}
        }
        entries.push(Entry { first: finding, others: Vec::new() });
    }
    for entry in &mut entries {
        let worst = entry.severity();
        if let Some(other) = entry.others.iter_mut().find(|other| Some(other.severity) == worst)
            && Some(entry.first.severity) != worst
        {
            std::mem::swap(&mut entry.first, other);
        }
    }
    entries
}
