//! The one check: a text goes in, findings come out. No files are read here and nothing is printed.
//!
//! The command line, the editor and the tests call the same function.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::expression::{Frame, Table};
use crate::finding::{Finding, Kind, Pointer, Severity};
use crate::lint::{self, Lint, SetOptions, Standing, Verdict};
use crate::manifest::{self, Manifest, Value};
use crate::schema::Schema;
use crate::source::Source;
use crate::tree::{self, Limits, Tree};
use crate::units::Date;

pub mod example;
mod levels;
mod outcome;
mod secrets;
mod waivers;

pub use levels::{Level, Levels, Selection, apply as settle, known};
pub use outcome::Outcome;

/// How to check.
#[derive(Debug, Clone)]
pub struct Options<'o> {
    /// The format of manifests.
    pub schema: &'static Schema,
    /// The lints to run, those of the reader's pages among them.
    pub lints: &'o [Lint],
    /// The tables that the lints were compiled with.
    pub tables: &'o [Table],
    /// The day that dates are compared with.
    pub today: Date,
    /// Options of lints that were set.
    pub set: &'o SetOptions,
    /// Severities that were set by name.
    pub levels: &'o Levels,
    /// Which lints are wanted.
    pub selection: &'o Selection,
    /// Sizes beyond which a text is not read.
    pub limits: Limits,
}

/// What one manifest came to.
#[derive(Debug, Default)]
pub struct Checked {
    /// Everything that was found, waived findings among them, by position and name.
    pub findings: Vec<Finding>,
    /// Whether the text could not be parsed, so that nothing else is known of it.
    pub failed: bool,
    /// The lints that could not judge, with the places of the format that they wanted.
    pub skipped: Vec<(&'static str, Vec<String>)>,
    /// The verdict on each lint of the options, in their order; none when the manifest could not be judged.
    verdicts: Vec<Verdict>,
    /// Whether there are waivers that lints could judge.
    waivers: bool,
}

/// Checks one manifest.
pub fn check(source: &Arc<Source>, options: &Options<'_>) -> Checked {
    let parsed = tree::parse(source, &options.limits);
    let mut findings = parsed.findings;
    let mut checked = Checked::default();
    match parsed.tree {
        Some(tree) => {
            findings.iter_mut().for_each(|finding| locate(finding, &tree));
            let (manifest, wrong) = manifest::read(&Arc::new(tree), options.schema);
            findings.extend(wrong);
            if readable_version(&manifest, options.schema, &mut findings) {
                run_lints(&manifest, options, &mut findings, &mut checked);
                let unjudged: Vec<&str> = checked.skipped.iter().map(|(lint, _)| *lint).collect();
                checked.waivers = waivers::apply(&manifest, options, &unjudged, &mut findings);
            }
            secrets::report(&manifest.tree, &mut findings);
        }
        None => checked.failed = true,
    }
    levels::apply(&mut findings, options);
    findings.sort_by(|a, b| position(a).cmp(&position(b)));
    checked.findings = findings;
    checked
}

/// Gives a finding of the tree the pointer of the place at which its label stands.
fn locate(finding: &mut Finding, tree: &Tree) {
    let way = tree.way_to(finding.primary.span.start);
    finding.pointer = way.iter().fold(Pointer::default(), |pointer, step| pointer.child(step));
    // The second of two equal keys is not in the tree.
    if finding.name == "duplicate-key" {
        let key = finding.primary.source.slice(finding.primary.span).trim_matches(['"', '\'']);
        finding.pointer = finding.pointer.child(key);
    }
}

fn position(finding: &Finding) -> (u32, u32, &str, &Pointer) {
    (finding.primary.span.start, finding.primary.span.end, &finding.name, &finding.pointer)
}

/// Runs every wanted lint; what it found, what it could not judge and what it came to is added.
fn run_lints(manifest: &Manifest, options: &Options<'_>, findings: &mut Vec<Finding>, checked: &mut Checked) {
    let standing =
        Standing { stage: word(manifest, options.schema, "stage"), risk: word(manifest, options.schema, "risk") };
    let mut frame = Frame::new(options.schema, manifest, options.today).with_tables(options.tables).keeping_wants();
    checked.verdicts.reserve_exact(options.lints.len());
    for lint in options.lints {
        if lint.cases.is_empty() || !options.selection.admits(lint) || options.levels.off(lint) {
            checked.verdicts.push(Verdict::NotApplicable);
            continue;
        }
        let mut outcome = lint::run(lint, options.set, standing, &mut frame);
        checked.verdicts.push(outcome.verdict());
        if outcome.unknown && outcome.findings.is_empty() {
            checked.skipped.push((lint.name, outcome.wants));
        }
        findings.append(&mut outcome.findings);
        if outcome.spent {
            findings.push(too_many_steps(manifest, lint.name));
            break;
        }
    }
}

/// What is said where the lints would take longer than anybody waits.
fn too_many_steps(manifest: &Manifest, lint: &str) -> Finding {
    let span = crate::source::Span::at(manifest.tree.span(manifest.root.node).start as usize);
    let label = crate::finding::Label::new(manifest.source(), span, "");
    let message = "the manifest is too large to be judged by every lint";
    Finding::new("too-many-steps", "format", Kind::Quantity, Severity::Error, message, label)
        .with_help("split the systems into manifests of their own")
        .with_note(format!("`{lint}` and the lints after it have not judged all of this file"))
}

/// The listed word that a top-level field holds.
fn word(manifest: &Manifest, schema: &'static Schema, field: &str) -> Option<&'static str> {
    let (index, _) = schema.record(Schema::ROOT).field(field)?;
    match manifest.root.member(index)?.item.value {
        Value::Word(word) => word,
        _ => None,
    }
}

/// Whether the file is of a version that this program reads. A newer file read by older rules would give false
/// confidence, so that of such a file nothing else is said.
fn readable_version(manifest: &Manifest, schema: &'static Schema, findings: &mut Vec<Finding>) -> bool {
    let member = schema.record(Schema::ROOT).field("mlsystem").and_then(|(index, _)| manifest.root.member(index));
    let Some(member) = member.filter(|member| member.item.decided()) else { return true };
    let text = manifest.text(&member.item);
    if text == "1" {
        return true;
    }
    let span = manifest.tree.span(member.item.node);
    let label = crate::finding::Label::new(manifest.source(), span, "this program reads format 1");
    let version: String = text.chars().take_while(|letter| !letter.is_control()).take(20).collect();
    let message = format!("format version `{version}` is not known");
    findings.clear();
    findings.push(
        Finding::new("unsupported-format-version", "format", Kind::Quantity, Severity::Error, message, label)
            .at(Pointer::default().child("mlsystem"))
            .with_help("write `mlsystem: 1`, or use a newer release of this program")
            .with_note("nothing else in this file was checked"),
    );
    false
}

/// The names of all lints, for those who spell one wrongly.
fn names<'o>(options: &Options<'o>) -> BTreeSet<&'o str> {
    options.lints.iter().map(|lint| lint.name).collect()
}
