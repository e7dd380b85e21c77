//! What may be written for a finding, untried.
//!
//! What the finding itself carries comes first. Then, where its lint says `fix: help`, what its help proposes in backticks,
//! the values that the good examples of
//! its lint have at its place, and at last a sample of the type. No lint is named here.

use super::Diagnosed;
use super::insertion_point::{Gap, below};
use super::sample::{fill, sample};
use crate::edit::{Change, YamlValue};
use crate::finding::{Applicability, Edit, Finding, Fix, Kind};
use crate::lint::{self, Lint, examples};
use crate::manifest::Manifest;
use crate::schema::Type;
use crate::source::{Source, Span};
use crate::tree::{Limits, NodeId, Shape, Tree, cut, parse};

/// More candidates than this are not tried.
const MAX_CANDIDATES: usize = 12;

/// A value and the place at which it is to be written.
type Proposal = (Vec<String>, YamlValue);

/// The candidates for one finding, the likeliest first.
pub(super) fn of(finding: &Finding, known: &Diagnosed<'_>) -> Vec<Fix> {
    let mut fixes = finding.fixes.clone();
    let Some(manifest) = known.manifest else { return fixes };
    if finding.primary.source.name() != known.source.name() {
        return fixes;
    }
    let place: Vec<String> = finding.pointer.steps().iter().map(|step| step.text().into_owned()).collect();
    let lint = known.lints.iter().find(|lint| lint.name == finding.name);
    let gap = Gap::follow(manifest, &place);
    // Of two places that contradict each other the author alone knows which is right; only what is missing is proposed.
    let mut proposals: Vec<Vec<Proposal>> = match lint {
        Some(lint) if lint.fix_in_help => helped(finding, manifest, &place),
        _ => Vec::new(),
    };
    if let (Some(gap), Some(lint)) = (gap.as_ref().filter(|gap| gap.open() && asks(finding, lint)), lint) {
        proposals.extend(shown(lint, manifest, &place).into_iter().map(|proposal| vec![proposal]));
        proposals.extend(sample(manifest, gap.of, gap.meaning()).map(|value| vec![(place.clone(), value)]));
    }
    let mut tried: Vec<Vec<Change>> = Vec::new();
    for proposal in proposals {
        let Some(changes) = write(manifest, &proposal).filter(|changes| !tried.contains(changes)) else { continue };
        fixes.push(fix(known, title(&proposal), &changes));
        tried.push(changes);
        if tried.len() == MAX_CANDIDATES {
            break;
        }
    }
    fixes.extend(gap.and_then(|gap| without(known, manifest, &gap)));
    fixes
}

/// Whether a finding asks for what is not written: one about a missing piece, and one of the reader.
fn asks(finding: &Finding, lint: Option<&Lint>) -> bool {
    finding.kind == Kind::MissingPiece || lint.is_some_and(|lint| lint.cases.is_empty())
}

/// The changes that write all of these values.
fn write(manifest: &Manifest, proposals: &[Proposal]) -> Option<Vec<Change>> {
    let mut changes: Vec<Change> = Vec::new();
    for (place, value) in proposals {
        let gap = Gap::follow(manifest, place)?;
        let value = fill(manifest, value.clone(), gap.of, gap.meaning())?;
        changes.extend(gap.write(&value)?);
    }
    changes.sort_by_key(|(span, _)| *span);
    let apart = changes.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
    apart.then_some(changes)
}

fn fix(known: &Diagnosed<'_>, title: String, changes: &[Change]) -> Fix {
    let edit = |(span, text): &Change| Edit { source: known.source.clone(), span: *span, text: text.clone() };
    Fix { title, applicability: Applicability::Unsafe, edits: changes.iter().map(edit).collect() }
}

fn title(proposals: &[Proposal]) -> String {
    let places: Vec<String> = proposals.iter().map(|(place, _)| format!("`{}`", place.join("."))).collect();
    format!("add {}", places.join(" and "))
}

/// Takes out a value that decides nothing, where the finding is about a placeholder.
fn without(known: &Diagnosed<'_>, manifest: &Manifest, gap: &Gap<'_>) -> Option<Fix> {
    let (key, value) = gap.written_text().filter(|_| gap.open())?;
    if value.is_empty() {
        return None;
    }
    let flow = in_flow(&manifest.tree, key);
    let span = cut(known.source.text(), key.start as usize, value.end as usize, flow)?;
    Some(fix(known, "delete the key".to_owned(), &[(span, String::new())]))
}

/// Whether the mapping that has this key stands in brackets.
fn in_flow(tree: &Tree, key: Span) -> bool {
    let mut here = tree.root();
    loop {
        let entries = tree.entries(here);
        if entries.iter().any(|entry| entry.key_span == key) {
            return matches!(&tree.node(here).shape, Shape::Mapping(mapping) if mapping.flow);
        }
        let holds = |node: NodeId| tree.span(node).start <= key.start && key.end <= tree.span(node).end;
        let inner = entries.iter().map(|entry| entry.value).chain(tree.items(here).iter().copied());
        match inner.into_iter().find(|node| holds(*node)) {
            Some(inner) => here = inner,
            None => return false,
        }
    }
}

/// What the help proposes: each `key: value` in backticks by itself, and all of them together.
fn helped(finding: &Finding, manifest: &Manifest, place: &[String]) -> Vec<Vec<Proposal>> {
    let Some(help) = &finding.help else { return Vec::new() };
    // Another place that the help names, as in "under `data.labels`".
    let named: Vec<Vec<String>> =
        lint::quoted(help).map(|text| text.split('.').map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut single = Vec::new();
    for text in lint::proposed(help) {
        let parsed = parse(&Source::new("help", text), &Limits::default());
        let Some(tree) = parsed.tree.filter(|_| parsed.findings.is_empty()) else { continue };
        let YamlValue::Map(entries) = YamlValue::of(&tree, tree.root()) else { continue };
        if !entries.iter().all(|(_, value)| decides(value)) {
            continue;
        }
        let placed = entries.into_iter().map(|(key, value)| Some((home(manifest, place, &named, &key)?, value)));
        if let Some(placed) = placed.collect::<Option<Vec<Proposal>>>() {
            single.push(placed);
        }
    }
    let all: Vec<Proposal> = single.iter().flatten().cloned().collect();
    if single.len() > 1 {
        single.push(all);
    }
    single
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

/// What the good examples of a lint have at a place, or at the nearest place around it that is not written.
fn shown(lint: &Lint, manifest: &Manifest, place: &[String]) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for (_, text) in examples(lint.page).into_iter().filter(|(good, text)| *good && !text.contains("# file:")) {
        let parsed = parse(&Source::new("example", text), &Limits::default());
        let Some(tree) = parsed.tree else { continue };
        for end in (1..=place.len()).rev() {
            let open = Gap::follow(manifest, &place[..end]).is_some_and(|gap| gap.open());
            if !open {
                break;
            }
            let mut nodes = Vec::new();
            reach(manifest, &tree, tree.root(), Type::Record(manifest.schema.root), &place[..end], &mut nodes);
            for value in nodes.into_iter().map(|node| YamlValue::of(&tree, node)).filter(decides) {
                let proposal = (place[..end].to_vec(), value);
                if !found.contains(&proposal) {
                    found.push(proposal);
                }
            }
        }
    }
    // The innermost place says most about the finding.
    found.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
    found
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
    }
}

/// The values at a place of an example, in which items may be called differently.
fn reach(manifest: &Manifest, tree: &Tree, node: NodeId, of: Type, place: &[String], found: &mut Vec<NodeId>) {
    let Some((name, rest)) = place.split_first() else { return found.push(node) };
    match of {
        Type::Record(id) => {
            let record = manifest.schema.record(id);
            let Some((index, field)) = record.field(name) else { return };
            match tree.get(node, name) {
                Some(entry) => reach(manifest, tree, entry.value, field.of, rest, found),
                None if record.short == Some(index) && tree.entries(node).is_empty() => {
                    reach(manifest, tree, node, field.of, rest, found);
                }
                None => {}
            }
        }
        Type::Map(_, of) => {
            for entry in tree.entries(node) {
                reach(manifest, tree, entry.value, *of, rest, found);
            }
        }
        Type::List(of) => {
            for item in tree.items(node) {
                reach(manifest, tree, *item, *of, rest, found);
            }
        }
        Type::Either(types) => types.iter().for_each(|of| reach(manifest, tree, node, *of, place, found)),
        _ => {}
    }
}
