//! Where a design stands: the last lines of a page for people.
//!
//! Counts by section, the three next steps that are worth most, what is undecided, and how to see the rest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::entry::{self, Class, Entry};
use super::{FileReport, Report, Style, clean, plain_text, pretty};
use crate::finding::{Finding, PointerStep, Severity, raised};

/// The steps that are proposed.
const STEPS: usize = 3;
/// The lines that a step may take.
const LINES: usize = 2;
/// The sections that are counted by name.
const SECTIONS: usize = 8;

/// Something to do next.
pub(super) struct Step {
    /// Where, in files of several; a command has no place.
    place: Option<String>,
    /// What to write, or the command.
    text: String,
    /// The findings that it answers.
    findings: usize,
    /// The sum of their weights.
    worth: usize,
}

/// The lines; none where nothing is found.
pub(super) fn lines(report: &Report, style: &Style) -> Vec<String> {
    let entries = entry::entries(report, &Style { all: false, show_waived: false, ..style.clone() });
    if entries.is_empty() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    // What fits on a screen says by itself where it stands.
    let many = entries.len() > STEPS;
    if many {
        lines.push(wrapped("sections", &sections(&entries), style));
    }
    for (index, step) in steps(&entries).iter().filter(|_| many).enumerate() {
        let name = if index == 0 { "next" } else { "" };
        lines.push(wrapped(name, &step.words(), style));
    }
    lines.extend(undecided(report).map(|text| wrapped("open", &text, style)));
    lines.push(wrapped("more", &more(&entries, style), style));
    lines
}

/// How many findings there are in each section of the manifest.
fn sections(entries: &[Entry<'_>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in entries.iter().flat_map(Entry::findings) {
        *counts.entry(section(finding)).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let rest: usize = counts.iter().skip(SECTIONS).map(|(_, count)| count).sum();
    let mut words: Vec<String> =
        counts.iter().take(SECTIONS).map(|(section, count)| format!("{section} {count}")).collect();
    if rest > 0 {
        words.push(format!("others {rest}"));
    }
    words.join(", ")
}

/// The section of the manifest that a finding is about.
fn section(finding: &Finding) -> &str {
    let first = match finding.pointer.steps().first() {
        Some(PointerStep::Key(section)) if !section.is_empty() => Some(&**section),
        _ => None,
    };
    finding.missing_section.as_deref().or(first).unwrap_or("manifest")
}

/// The steps that answer most, weighed by how bad and how sure each finding is.
pub(super) fn steps(entries: &[Entry<'_>]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut sections: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let safe: Vec<&Finding> = entries
        .iter()
        .flat_map(Entry::findings)
        .filter(|finding| plain_text::safe_fixes(finding).next().is_some())
        .collect();
    if !safe.is_empty() {
        let worth = safe.iter().map(|finding| weight(finding)).sum();
        let text = "run `mlsystem check --fix`".to_owned();
        steps.push(Step { place: None, text, findings: safe.len(), worth });
    }
    for entry in entries {
        let findings = 1 + entry.others.len();
        let worth = entry.findings().map(weight).sum();
        let file = entry.first.primary.source.name();
        if let Some(section) = &entry.first.missing_section {
            if let Some(known) = sections.get(&(file, section.as_str())) {
                steps[*known].findings += findings;
                steps[*known].worth += worth;
                continue;
            }
            sections.insert((file, section), steps.len());
        }
        if plain_text::safe_fixes(entry.first).next().is_some() {
            continue;
        }
        let help = entry.first.help.as_deref().and_then(|help| help.lines().next());
        let text = help.unwrap_or(&entry.first.message).to_owned();
        steps.push(Step { place: Some(plain_text::place(&entry.first.primary)), text, findings, worth });
    }
    steps.sort_by_key(|step| Reverse(step.worth));
    steps.truncate(STEPS);
    steps
}

/// What it is worth to answer a finding.
fn weight(finding: &Finding) -> usize {
    let severity = match finding.severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Advice => 1,
    };
    match Class::of(finding) {
        Class::Unusable => 4 * severity,
        Class::Impossible => 3 * severity,
        Class::Unborne => 2 * severity,
        Class::Missing => severity,
    }
}

impl Step {
    /// What to do, and what it answers.
    pub(super) fn words(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let answers = if self.findings > 1 { format!(" (answers {})", self.findings) } else { String::new() };
        format!("{place}{}{answers}", self.text)
    }
}

/// What nobody has decided yet.
fn undecided(report: &Report) -> Option<String> {
    let placeholders =
        |file: &FileReport| file.findings.iter().filter(|finding| finding.name == raised::PLACEHOLDER_TEXT).count();
    let placeholders: usize = report.files.iter().map(placeholders).sum();
    let places = if placeholders == 1 { "place holds" } else { "places hold" };
    (placeholders > 0).then(|| format!("{placeholders} {places} a placeholder, which decides nothing"))
}

/// How to see the rest.
fn more(entries: &[Entry<'_>], style: &Style) -> String {
    let folded = !style.all && (entries.len() > entry::IN_FULL || entries.iter().any(|one| !one.others.is_empty()));
    let all = if folded { "`--all` shows each in full, " } else { "" };
    format!("{all}`mlsystem explain NAME` says why")
}

/// A line with its name in front, broken at the width; what is longer than a step may be is cut.
fn wrapped(name: &str, text: &str, style: &Style) -> String {
    let text = clean::line(text, style.unicode);
    let head = if name.is_empty() { String::new() } else { format!("{name}:") };
    if style.narrated {
        return format!("{head} {text}").trim_start().to_owned();
    }
    let indent = " ".repeat(10);
    let filled = pretty::wrap(&text, &indent, &indent, style.width);
    let mut lines: Vec<&str> = filled.lines().collect();
    let cut = lines.len() > LINES;
    lines.truncate(LINES);
    let last = lines.pop().unwrap_or_default();
    let last = if cut { format!("{last}{}", style.ellipsis()) } else { last.to_owned() };
    let last = pretty::clipped(&last, style.width, style);
    let joined = lines.iter().map(|line| format!("{line}\n")).chain([last]).collect::<String>();
    format!("{head:<10}{}", joined.get(10..).unwrap_or_default()).trim_end().to_owned()
}
