//! Outlines of what is missing: keys without values, each with its question in a comment.
//!
//! An outline says nothing of the system, so that it takes no finding away and brings none.

use std::sync::Arc;

use super::apply::apply;
use super::candidates::helped;
use super::insertion_point::Gap;
use super::{Diagnosed, Judge, Judged};
use crate::edit::{Change, YamlValue};
use crate::finding::{Applicability, Edit, Finding, Fix, Kind};
use crate::lint::Lint;
use crate::manifest::Manifest;
use crate::publish::question;
use crate::schema::{Field, Type};
use crate::source::Source;

/// The most keys of a record that nothing else asks for.
const MAX_KEYS: usize = 6;

/// A text to which outlines were added.
#[derive(Debug)]
pub struct Outlined {
    /// The text; the one that was given where nothing was missing.
    pub source: Arc<Source>,
    /// The places that were added, as people write them.
    pub added: Vec<String>,
}

/// The outline of what a finding misses, where that is a place without a key: untried.
pub fn outline(finding: &Finding, known: &Diagnosed<'_>) -> Option<Fix> {
    let manifest = known.manifest?;
    let candidates = candidates(finding, manifest, known.lints);
    let (places, changes) = candidates.iter().find_map(|entries| write(manifest, entries))?;
    let edit = |(span, text): Change| Edit { source: Arc::clone(known.source), span, text };
    let title = format!("outline {}", quoted(&places));
    Some(Fix { title, applicability: Applicability::Unsafe, edits: changes.into_iter().map(edit).collect() })
}

/// Adds an outline for each finding that is `wanted` and for each of `places`, if nothing is written there. What takes a
/// finding away or brings one is left out.
pub fn outline_all(
    source: &Arc<Source>,
    lints: &[Lint],
    places: &[Vec<String>],
    wanted: &dyn Fn(&Finding) -> bool,
    judge: &Judge<'_>,
) -> Outlined {
    let mut outlined = Outlined { source: Arc::clone(source), added: Vec::new() };
    let first = judge(source);
    let mut judged = judge(source);
    let mut open: Vec<&Finding> =
        first.findings.iter().filter(|finding| finding.suppression.is_none() && wanted(finding)).collect();
    // What lies deeper says more of a section than the section itself.
    open.sort_by_key(|finding| std::cmp::Reverse(finding.pointer.steps().len()));
    let of_findings = |manifest: &Manifest, finding: &Finding| candidates(finding, manifest, lints);
    for finding in open {
        let Some(manifest) = &judged.reading.manifest else { break };
        let candidates = of_findings(manifest, finding);
        add(&mut outlined, &mut judged, &candidates, lints, judge);
    }
    for place in places {
        let Some(manifest) = &judged.reading.manifest else { break };
        let candidates: Vec<Entries> = by_type(manifest, place).into_iter().collect();
        add(&mut outlined, &mut judged, &candidates, lints, judge);
    }
    outlined
}

/// Values to write, each with its place.
type Entries = Vec<(Vec<String>, YamlValue)>;

fn add(outlined: &mut Outlined, judged: &mut Judged, candidates: &[Entries], lints: &[Lint], judge: &Judge<'_>) {
    for entries in candidates {
        let Some(manifest) = &judged.reading.manifest else { return };
        let Some((places, changes)) = write(manifest, entries) else { continue };
        let edit = |(span, text): Change| Edit { source: Arc::clone(&outlined.source), span, text };
        let fix = Fix {
            title: String::new(),
            applicability: Applicability::Unsafe,
            edits: changes.into_iter().map(edit).collect(),
        };
        let text = apply(outlined.source.original(), &[&fix]);
        let new = Source::new(outlined.source.name(), &*text);
        let after = judge(&new);
        if !after.reading.failed && keeps(&judged.findings, &after.findings, lints) {
            outlined.source = new;
            outlined.added.extend(places.iter().map(|place| place.join(".")));
            *judged = after;
            return;
        }
    }
}

/// Whether the same is found, apart from what the text holds in place of answers.
pub(super) fn keeps(before: &[Finding], after: &[Finding], lints: &[Lint]) -> bool {
    let counts = |finding: &&Finding| lints.iter().any(|lint| lint.name == finding.name && !lint.cases.is_empty());
    let open = |findings: &[Finding]| {
        let mut keys: Vec<(String, String)> = findings
            .iter()
            .filter(|finding| counts(finding) || finding.name != "placeholder-text")
            .map(|finding| (finding.name.to_string(), finding.message.clone()))
            .collect();
        keys.sort_unstable();
        keys
    };
    open(before) == open(after)
}

/// The outlines of what a finding misses, the fullest first.
fn candidates(finding: &Finding, manifest: &Manifest, lints: &[Lint]) -> Vec<Entries> {
    if finding.kind != Kind::MissingPiece || finding.primary.source.name() != manifest.source().name() {
        return Vec::new();
    }
    let place: Vec<String> = finding.pointer.steps().iter().map(|step| step.text().into_owned()).collect();
    let near = |at: &[String]| at.starts_with(&place) || place.starts_with(at) && at.len() + 1 >= place.len();
    let in_help = lints.iter().any(|lint| lint.name == finding.name && lint.fix_in_help);
    let proposed = if in_help { helped(finding, manifest, &place) } else { Vec::new() };
    let asked: Entries = proposed
        .into_iter()
        .filter(|(at, _)| near(at))
        .filter_map(|(at, value)| {
            let gap = Gap::follow(manifest, &at).filter(Gap::vacant)?;
            Some((at, opened(manifest, &value, gap.of, gap.meaning())))
        })
        .collect();
    let whole = by_type(manifest, &place);
    let bare = Gap::follow(manifest, &place).filter(Gap::vacant).map(|gap| {
        let value = YamlValue::Open(question(gap.meaning(), gap.of));
        vec![(place.clone(), value)]
    });
    [asked].into_iter().filter(|asked| !asked.is_empty()).chain(whole).chain(bare).collect()
}

/// A place as its type has it: of a record the keys that are asked for, of anything else the key alone.
fn by_type(manifest: &Manifest, place: &[String]) -> Option<Entries> {
    let gap = Gap::follow(manifest, place).filter(Gap::vacant)?;
    let value = match record_of(gap.of) {
        Some(id) => {
            let record = manifest.schema.record(id);
            let asked: Vec<&Field> = record.fields.iter().filter(|field| field.demanded || field.wanted).collect();
            let simple = |field: &&Field| !matches!(field.of, Type::Record(_) | Type::Map(..));
            let fields: Vec<&Field> = match asked.is_empty() {
                true => record.fields.iter().filter(simple).take(MAX_KEYS).collect(),
                false => asked,
            };
            let entry = |field: &&Field| (field.name.to_owned(), YamlValue::Open(question(field.meaning, field.of)));
            YamlValue::Map(fields.iter().map(entry).collect())
        }
        None => YamlValue::Open(question(gap.meaning(), gap.of)),
    };
    Some(vec![(place.to_vec(), value)])
}

/// The record that alone may stand for a type.
fn record_of(of: Type) -> Option<crate::schema::RecordId> {
    match of {
        Type::Record(id) => Some(id),
        _ => None,
    }
}

/// The shape of a proposed value without anything that it says: keys of records with the questions of the format. Names
/// and items are as much for the author to say as values.
fn opened(manifest: &Manifest, value: &YamlValue, of: Type, meaning: &str) -> YamlValue {
    match (value, of) {
        (YamlValue::Map(entries), Type::Record(id)) => {
            let record = manifest.schema.record(id);
            let inner = |(key, value): &(String, YamlValue)| {
                let (_, field) = record.field(key)?;
                Some((key.clone(), opened(manifest, value, field.of, field.meaning)))
            };
            match entries.iter().filter_map(inner).collect::<Vec<_>>() {
                inner if inner.is_empty() => YamlValue::Open(question(meaning, of)),
                inner => YamlValue::Map(inner),
            }
        }
        (value, Type::Either(types)) if matches!(value, YamlValue::Map(_)) => {
            match types.iter().find(|of| matches!(of, Type::Record(_))) {
                Some(of) => opened(manifest, value, *of, meaning),
                None => YamlValue::Open(question(meaning, of)),
            }
        }
        _ => YamlValue::Open(question(meaning, of)),
    }
}

/// The changes that write all of these values, and the places that they add.
fn write(manifest: &Manifest, entries: &Entries) -> Option<(Vec<Vec<String>>, Vec<Change>)> {
    let mut changes: Vec<Change> = Vec::new();
    let mut places: Vec<Vec<String>> = Vec::new();
    for (place, value) in entries {
        let gap = Gap::follow(manifest, place)?;
        changes.extend(gap.write(value)?);
        places.push(place.clone());
    }
    changes.sort_by_key(|(span, _)| *span);
    let apart = changes.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
    (apart && !changes.is_empty()).then_some((places, changes))
}

fn quoted(places: &[Vec<String>]) -> String {
    places.iter().map(|place| format!("`{}`", place.join("."))).collect::<Vec<_>>().join(" and ")
}
