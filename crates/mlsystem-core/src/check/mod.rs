//! The one check: texts go in, findings come out. No files are read here and nothing is printed.
//!
//! It has two steps, because lints look across the manifests of a workspace: every manifest is read, and then each is
//! judged with the facts of all. The command line, the editor and the tests call the same functions.

use std::sync::Arc;

use crate::edit;
use crate::expression::{Frame, Table};
use crate::facts::{self, Facts, RepositoryView};
use crate::finding::{Applicability, Finding, Fix, Kind, Pointer, Severity, raised};
use crate::lint::{self, Claim, Lint, SetOptions, SeverityContext, Verdict};
use crate::manifest::{self, Manifest, Value};
use crate::schema::{FieldPath, Schema, field_path};
use crate::source::Source;
use crate::tree::{self, Limits, Tree};
use crate::units::Date;

mod ineffective_settings;
mod levels;
mod lint_names;
mod outcome;
mod said_once;
mod secrets;
mod waivers;
mod workspace_config;

pub use ineffective_settings::Paths;
pub use levels::{Level, Levels, Selection, apply as settle};
pub use outcome::Outcome;
pub use workspace_config::WorkspaceConfig;

/// How to check.
#[derive(Debug, Clone)]
pub struct Options<'o> {
    /// The format of manifests.
    pub schema: &'static Schema,
    /// The lints to run, those of the reader's pages among them.
    pub lints: &'o [Lint<'o>],
    /// The tables that the lints were compiled with.
    pub tables: &'o [Table<'o>],
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
    /// What the manifest sees of its repository; none where that is not known, so that nothing is said of evidence.
    pub view: Option<&'o RepositoryView<'o>>,
}

/// What a manifest is called where its secrets are reported.
const FILE: &str = "the manifest";

/// What one manifest came to.
#[derive(Debug, Default)]
pub struct Checked {
    /// Everything that was found, waived findings among them, by position and name.
    pub findings: Vec<Finding>,
    /// Whether the text could not be parsed, so that nothing else is known of it.
    pub failed: bool,
    /// The lints that could not judge, with the places of the format that they wanted.
    pub skipped: Vec<(String, Vec<String>)>,
    /// The verdict on each lint of the options, in their order; none when the manifest could not be judged.
    verdicts: Vec<Verdict>,
    /// Whether there are waivers that lints could judge.
    waivers: bool,
}

/// A manifest that was read and not yet judged.
#[derive(Debug)]
pub struct Reading {
    /// The typed manifest; none where the text could not be parsed, or is of another version of the format.
    pub manifest: Option<Arc<Manifest>>,
    /// Whether the text could not be parsed.
    pub failed: bool,
    findings: Vec<Finding>,
}

/// Checks one manifest that belongs to no workspace.
pub fn check(source: &Arc<Source>, options: &Options<'_>) -> Checked {
    judge(&read(source, options), None, options)
}

/// Checks manifests as those of one workspace, each with the same options. The results come in the order of the texts.
pub fn check_together(
    sources: &[Arc<Source>],
    workspace_config: Option<&WorkspaceConfig>,
    options: &Options<'_>,
) -> Vec<Checked> {
    let readings: Vec<Reading> = sources.iter().map(|source| read(source, options)).collect();
    let facts = facts_of(&readings, workspace_config, options.schema, true);
    readings.iter().map(|reading| judge(reading, Some(&facts), options)).collect()
}

/// The first step: reads one manifest.
pub fn read(source: &Arc<Source>, options: &Options<'_>) -> Reading {
    let parsed = tree::parse(source, &options.limits);
    let mut findings = parsed.findings;
    let Some(tree) = parsed.tree else {
        findings.extend(secrets::findings(source, None, FILE));
        return Reading { manifest: None, failed: true, findings };
    };
    findings.iter_mut().for_each(|finding| locate(finding, &tree));
    let (manifest, wrong) = manifest::read(&Arc::new(tree), options.schema);
    findings.extend(wrong);
    let readable = readable_version(&manifest, &mut findings);
    findings.extend(secrets::findings(source, Some(&manifest.tree), FILE));
    Reading { manifest: readable.then(|| Arc::new(manifest)), failed: false, findings }
}

/// The facts that the manifests of a workspace make together; `complete` says whether all of them could be read as text.
pub fn facts_of<'r>(
    readings: impl IntoIterator<Item = &'r Reading>,
    workspace_config: Option<&WorkspaceConfig>,
    schema: &'static Schema,
    complete: bool,
) -> Facts {
    let manifests: Vec<Option<Arc<Manifest>>> = readings.into_iter().map(|reading| reading.manifest.clone()).collect();
    let complete = complete && manifests.iter().all(Option::is_some);
    let workspace_file = workspace_config.map(|workspace_config| Arc::clone(&workspace_config.manifest));
    Facts::new(schema, manifests.into_iter().flatten(), workspace_file, complete)
}

/// What the repository says to each claim of a manifest that a wanted lint of evidence looks at.
pub fn claims(reading: &Reading, facts: Option<&Facts>, options: &Options<'_>) -> Vec<Claim> {
    let Some(manifest) = &reading.manifest else { return Vec::new() };
    let frame = Frame::new(options.schema, manifest, options.today).with_tables(options.tables);
    let frame = frame.within(facts).seeing(options.view);
    let mut frame = frame.noting_missing_inputs().noting_evidence();
    let asks =
        |lint: &&Lint| lint.kind == Kind::Evidence && options.selection.admits(lint) && !options.levels.off(lint);
    options.lints.iter().filter(asks).flat_map(|lint| lint::claims(lint, options.set, &mut frame)).collect()
}

/// The second step: judges a manifest, with the facts of the workspace that it belongs to.
pub fn judge(reading: &Reading, facts: Option<&Facts>, options: &Options<'_>) -> Checked {
    let mut findings = reading.findings.clone();
    let mut checked = Checked { failed: reading.failed, ..Checked::default() };
    if let Some(manifest) = &reading.manifest {
        if let Some(facts) = facts {
            findings.extend(facts::unresolved(manifest, facts));
            findings.extend(facts::name_taken(manifest, facts));
        }
        let unjudged = run_lints(manifest, facts, options, &mut findings, &mut checked);
        checked.waivers = waivers::apply(manifest, options, &unjudged, &mut findings);
    }
    secrets::keep(&mut findings);
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
    if finding.name == raised::DUPLICATE_KEY {
        let key = finding.primary.source.slice(finding.primary.span).trim_matches(['"', '\'']);
        finding.pointer = finding.pointer.child(key);
    }
}

fn position(finding: &Finding) -> (u32, u32, &str, &Pointer) {
    (finding.primary.span.start, finding.primary.span.end, &finding.name, &finding.pointer)
}

/// Runs every wanted lint; what it found, what it could not judge and what it came to is added. Lints that ask for other
/// systems or for files where no workspace or no repository is known are unjudged.
fn run_lints<'m>(
    manifest: &'m Manifest,
    facts: Option<&'m Facts>,
    options: &'m Options<'_>,
    findings: &mut Vec<Finding>,
    checked: &mut Checked,
) -> Vec<&'m str> {
    let standing = SeverityContext {
        stage: word(manifest, field_path!(manifest: "stage")),
        risk: word(manifest, field_path!(manifest: "risk")),
    };
    let frame = Frame::new(options.schema, manifest, options.today).with_tables(options.tables);
    let mut frame = frame.within(facts).seeing(options.view).noting_missing_inputs();
    let mut unjudged = Vec::new();
    let mut told = Vec::new();
    let first = findings.len();
    checked.verdicts.reserve_exact(options.lints.len());
    for lint in options.lints {
        if lint.cases.is_empty() || !options.selection.admits(lint) || options.levels.off(lint) {
            checked.verdicts.push(Verdict::NotApplicable);
            continue;
        }
        let mut outcome = lint::run(lint, options.set, standing, &mut frame);
        let lacks_context = frame.take_lacks_context();
        checked.verdicts.push(match outcome.verdict() {
            // What asks for files applies nowhere without a repository.
            Verdict::NotAssessable if lacks_context => Verdict::NotApplicable,
            verdict => verdict,
        });
        if lacks_context {
            unjudged.push(lint.name);
        } else if outcome.unknown && outcome.findings.is_empty() {
            unjudged.push(lint.name);
            checked.skipped.push((lint.name.to_owned(), outcome.missing_inputs));
        }
        told.extend(outcome.subjects.into_iter().map(|subject| said_once::Told { lint, subject }));
        findings.append(&mut outcome.findings);
        if outcome.spent {
            findings.push(too_many_steps(manifest, lint.name));
            break;
        }
    }
    // A waiver of what another lint says is left alone.
    unjudged.extend(said_once::silence(findings, first, &told));
    unjudged
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
fn word(manifest: &Manifest, field: FieldPath) -> Option<&'static str> {
    match manifest.section(field)?.value {
        Value::Word(word) => word,
        _ => None,
    }
}

/// Whether the file is of a version that this program reads. A newer file read by older rules would give false
/// confidence, so that of such a file nothing else is said.
fn readable_version(manifest: &Manifest, findings: &mut Vec<Finding>) -> bool {
    let field = manifest.schema.version_field();
    let Some(version) = manifest.version().filter(|version| version.decided()) else { return true };
    let text = manifest.text(version);
    if text == Schema::VERSION.to_string() {
        return true;
    }
    let span = manifest.tree.span(version.node);
    let label = crate::finding::Label::new(manifest.source(), span, "this program reads format 1");
    let version: String = text.chars().take_while(|letter| !letter.is_control()).take(20).collect();
    let message = format!("format version `{version}` is not known");
    findings.clear();
    findings.push(
        Finding::new("unsupported-format-version", "format", Kind::Quantity, Severity::Error, message, label)
            .at(Pointer::default().child(field))
            .with_help(format!("write `{field}: {}`, or use a newer release of this program", Schema::VERSION))
            .with_note("nothing else in this file was checked")
            .with_fix(edit::in_place_of(manifest.source().slice(span), &Schema::VERSION.to_string()).map(|one| {
                // `v1` and `1.0` are other spellings of the one version that there is.
                let same = matches!(text, "1.0" | "v1" | "V1" | "v1.0" | "1.0.0");
                Fix::write(format!("write `{one}`"), Applicability::when(same), manifest.source(), span, one)
            })),
    );
    false
}
