//! Which findings are shown, and which of them together.
//!
//! Findings about one section that is wholly missing are one entry, unless every finding is asked for: sixteen lines of
//! a manifest can lack fifty things, and the reader needs the section's name, not fifty snippets of the same line. Both
//! formats for people do so. JSON lists every finding, and the summary counts every finding, always.

use super::{FileReport, Style};
use crate::finding::{Finding, Kind, Severity};

/// What is shown as one.
#[derive(Debug)]
pub(super) enum Group<'a> {
    /// A finding by itself.
    One(&'a Finding),
    /// Two findings or more about one missing section.
    Section {
        /// The section.
        section: &'a str,
        /// The findings, the worst first.
        findings: Vec<&'a Finding>,
    },
}

impl Group<'_> {
    /// How bad it is: the worst of its findings. `None` where all of it is waived.
    pub(super) fn severity(&self) -> Option<Severity> {
        match self {
            Self::One(finding) => finding.suppression.is_none().then_some(finding.severity),
            Self::Section { findings, .. } => findings.iter().map(|finding| finding.severity).max(),
        }
    }
}

/// The entries of `file`, each where its first finding stands.
pub(super) fn entries<'a>(file: &'a FileReport, style: &Style) -> Vec<Group<'a>> {
    let mut entries: Vec<Group<'a>> = Vec::new();
    for finding in &file.findings {
        match &finding.suppression {
            Some(suppression) if suppression.is_baseline() || !style.show_waived => continue,
            _ => {}
        }
        let section = missing_section(finding).filter(|_| !style.verbose);
        let together = section.and_then(|section| {
            entries.iter_mut().find(|entry| match entry {
                Group::One(other) => missing_section(other) == Some(section) && other.document == finding.document,
                Group::Section { section: other, findings } => {
                    *other == section && findings.iter().all(|other| other.document == finding.document)
                }
            })
        });
        match (together, section) {
            (Some(Group::Section { findings, .. }), _) => findings.push(finding),
            (Some(entry @ Group::One(_)), Some(section)) => {
                let Group::One(first) = *entry else { continue };
                *entry = Group::Section { section, findings: vec![first, finding] };
            }
            _ => entries.push(Group::One(finding)),
        }
    }
    for entry in &mut entries {
        if let Group::Section { findings, .. } = entry {
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        }
    }
    entries
}

/// Puts the worst first where the entries need more lines than the screen has. `lines` says how many each needs.
pub(super) fn fit<T>(
    shown: &mut [T],
    style: &Style,
    lines: impl Fn(&T) -> usize,
    severity: impl Fn(&T) -> Option<Severity>,
) {
    let needed: usize = shown.iter().map(lines).sum();
    if style.screen.is_some_and(|screen| needed > screen) {
        shown.sort_by_key(|entry| std::cmp::Reverse(severity(entry)));
    }
}

/// The section whose absence `finding` is about. A waived finding stays by itself, so that its waiver can be read.
fn missing_section(finding: &Finding) -> Option<&str> {
    finding.missing_section.as_deref().filter(|_| finding.kind == Kind::MissingPiece && finding.suppression.is_none())
}
