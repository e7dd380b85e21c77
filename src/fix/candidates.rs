//! What the help of a finding proposes to write, and where: the shape of an outline.
//!
//! No lint is named here, and no value of an example is kept: what is written is for the author to say.

use super::insertion_point::{Gap, below};
use crate::edit::YamlValue;
use crate::finding::Finding;
use crate::lint;
use crate::manifest::Manifest;
use crate::schema::Type;
use crate::source::Source;
use crate::tree::{Limits, parse};

/// A value and the place at which it is to be written.
pub(super) type Proposal = (Vec<String>, YamlValue);

/// What the help proposes: each `key: value` in backticks, with the place at which it belongs.
pub(super) fn helped(finding: &Finding, manifest: &Manifest, place: &[String]) -> Vec<Proposal> {
    let Some(help) = &finding.help else { return Vec::new() };
    // Another place that the help names, as in "under `data.labels`".
    let named: Vec<Vec<String>> =
        lint::quoted(help).map(|text| text.split('.').map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut proposed = Vec::new();
    for text in lint::proposed(help) {
        let parsed = parse(&Source::new("help", text), &Limits::default());
        let Some(tree) = parsed.tree.filter(|_| parsed.findings.is_empty()) else { continue };
        let YamlValue::Map(entries) = YamlValue::of(&tree, tree.root()) else { continue };
        if !entries.iter().all(|(_, value)| decides(value)) {
            continue;
        }
        let placed = entries.into_iter().map(|(key, value)| Some((home(manifest, place, &named, &key)?, value)));
        if let Some(placed) = placed.collect::<Option<Vec<Proposal>>>() {
            proposed.extend(placed);
        }
    }
    proposed
}

/// Where a key that the help proposes belongs: at the place of the finding or around it, below it, beside it, in another
/// place that the help names, or at the top.
fn home(manifest: &Manifest, place: &[String], named: &[Vec<String>], key: &str) -> Option<Vec<String>> {
    let with = |place: &[String]| [place, &[key.to_owned()]].concat();
    let exists = |place: &Vec<String>| Gap::follow(manifest, place).is_some();
    if let Some(index) = place.iter().rposition(|name| name == key) {
        return Some(place[..=index].to_vec());
    }
    let beside = place.split_last().map_or(&[][..], |(_, around)| around);
    let record = |place: &[String]| matches!(type_at(manifest, place), Some(Type::Record(_)));
    // Of a map every name is a place, so that it is taken only where the help speaks of it.
    let spoken = place.last().is_some_and(|last| named.iter().any(|named| named.last() == Some(last)));
    let map = spoken && matches!(type_at(manifest, place), Some(Type::Map(..)));
    let inside = [place, beside].into_iter().filter(|around| record(around) || map && *around == place).map(with);
    let elsewhere = named.iter().map(|place| with(place));
    inside.chain(elsewhere).chain([with(&[])]).find(exists)
}

fn type_at(manifest: &Manifest, place: &[String]) -> Option<Type> {
    place.iter().try_fold(Type::Record(manifest.schema.root), |of, name| Some(below(manifest, of, name)?.1))
}

/// Whether a value is one, and no reasoned "none": that decision is nobody else's.
fn decides(value: &YamlValue) -> bool {
    match value {
        YamlValue::Map(entries) => {
            let against = |(key, value): &(String, YamlValue)| crate::manifest::is_none_word(key) || !decides(value);
            !entries.iter().any(against) && !entries.is_empty()
        }
        YamlValue::List(items) => !items.is_empty() && items.iter().all(decides),
        YamlValue::Scalar(text) => !text.is_empty(),
        YamlValue::Open(_) => false,
    }
}
