//! Holds all values of one metric to one dimension, and gives bare numbers the dimension of their metric.
//!
//! A metric has the dimension of the first of its values that is written: target, achieved, promise of an objective. A
//! bare number in `interval`, in a baseline or in an alternative is read in that dimension; a value of another dimension
//! is reported with a label on both places.

use std::collections::{HashMap, HashSet};

use super::reporter::Reporter;
use super::{Item, Manifest, Value};
use crate::finding::{Finding, Kind, Severity};
use crate::schema::Schema;
use crate::source::Span;
use crate::tree::NodeId;
use crate::units::{Comparison, Dimension, Quantity, Scalar, dimension_word};

/// Where values of metrics stand: the place, which of its `*` names the metric, and whether a bare number takes the
/// metric's dimension.
const PLACES: [(&str, usize, bool); 9] = [
    ("evaluation.metrics.*.target", 0, false),
    ("evaluation.metrics.*.achieved", 0, false),
    ("llm.retrieval.metrics.*.target", 0, false),
    ("llm.retrieval.metrics.*.achieved", 0, false),
    ("fairness.metrics.*.must", 0, false),
    ("fairness.metrics.*.achieved", 0, false),
    ("evaluation.metrics.*.interval", 0, true),
    ("evaluation.baselines.*.*", 1, true),
    ("purpose.alternatives[].metrics.*", 0, true),
];

/// The first value of a metric, which says what the metric measures.
struct Measured {
    dimension: Dimension,
    span: Span,
}

/// What each metric measures.
type MeasuredMetrics = HashMap<Box<str>, Measured>;

/// Settles the dimensions of all metrics.
pub fn settle(manifest: &mut Manifest, schema: &'static Schema) -> Vec<Finding> {
    let tree = std::sync::Arc::clone(&manifest.tree);
    let mut known = MeasuredMetrics::new();
    let mut reporter = Reporter::new(&tree);
    for (place, star, bare) in PLACES {
        let steps: Vec<&str> = place.split('.').collect();
        each(&mut manifest.root, schema, &steps, &mut Vec::new(), &mut |names, item| {
            if let Some(metric) = names.get(star) {
                let slot = Slot { place, names, item: item.node };
                one_value(&mut known, &mut reporter, metric, item, bare, &slot);
            }
        });
    }
    objectives(manifest, schema, &mut known, &mut reporter);
    bare_targets(manifest, schema, &mut reporter);
    reporter.finish()
}

struct Slot<'s> {
    place: &'s str,
    names: &'s [Box<str>],
    item: NodeId,
}

/// Notes the dimension of one value of a metric, converts a bare number, or reports that it does not fit.
fn one_value(
    known: &mut MeasuredMetrics,
    reporter: &mut Reporter<'_>,
    metric: &str,
    item: &mut Item,
    bare: bool,
    slot: &Slot<'_>,
) {
    let Some(quantity) = quantity_mut(&mut item.value) else { return };
    let span = reporter.tree.span(slot.item);
    let Some(measured) = known.get(metric) else {
        let is_number = quantity.dimension == Dimension::Number;
        // A bare number in a place that takes its metric's dimension says nothing about that dimension.
        if !(bare && is_number) {
            known.insert(metric.into(), Measured { dimension: quantity.dimension, span });
        }
        return;
    };
    if quantity.dimension == measured.dimension {
        return;
    }
    if bare && quantity.dimension == Dimension::Number {
        if let Some(converted) = Quantity::new(quantity.amount, measured.dimension) {
            *quantity = converted;
        }
        return;
    }
    let found = dimension_word(quantity.dimension);
    report_mismatch(reporter, slot, metric, found, span, measured);
}

fn report_mismatch(
    reporter: &mut Reporter<'_>,
    slot: &Slot<'_>,
    metric: &str,
    found: &str,
    span: Span,
    measured: &Measured,
) {
    let mut names = slot.names.iter();
    let steps: Vec<&str> = slot.place.split('.').map(|step| step.trim_end_matches("[]")).collect();
    let pointer = steps.iter().fold(crate::finding::Pointer::default(), |pointer, step| match *step {
        "*" => pointer.child(names.next().map_or("*", |name| name)),
        key => pointer.child(key),
    });
    let message = format!("two values of `{metric}` differ in dimension");
    let label = format!("this is {}", article(found));
    reporter.report_at(pointer, "bad-quantity", Kind::Quantity, Severity::Error, message, span, &label);
    reporter.label(measured.span, format!("but this is {}", article(dimension_word(measured.dimension))));
    reporter.help("all values of one metric have one dimension");
}

fn article(word: &str) -> String {
    if word == "money" {
        return "a sum of money".to_owned();
    }
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// The promise of an objective is a value of the metric that it names.
fn objectives(
    manifest: &mut Manifest,
    schema: &'static Schema,
    known: &mut MeasuredMetrics,
    reporter: &mut Reporter<'_>,
) {
    let tree = std::sync::Arc::clone(&manifest.tree);
    let Some(record) = schema.records().iter().find(|record| record.path == "objectives.*") else { return };
    let (Some((metric, _)), Some((target, _))) = (record.field("metric"), record.field("target")) else { return };
    each(&mut manifest.root, schema, &["objectives", "*"], &mut Vec::new(), &mut |names, item| {
        let Value::Record(_, members) = &mut item.value else { return };
        let Some(named) = members.iter().find(|member| member.field == metric) else { return };
        let name = tree.text(named.item.node).unwrap_or_default().trim().to_owned();
        let Some(promise) = members.iter_mut().find(|member| member.field == target) else { return };
        if !name.contains(['.', '[']) {
            let slot = Slot { place: "objectives.*.target", names, item: promise.item.node };
            one_value(known, reporter, &name, &mut promise.item, false, &slot);
        }
    });
}

/// A bare target needs the metric's direction; without one it is neither a floor nor a ceiling.
fn bare_targets(manifest: &mut Manifest, schema: &'static Schema, reporter: &mut Reporter<'_>) {
    let tree = std::sync::Arc::clone(&manifest.tree);
    let directed = directed_metrics(manifest, schema);
    for (path, target) in
        [("evaluation.metrics.*", "target"), ("objectives.*", "target"), ("fairness.metrics.*", "must")]
    {
        let steps: Vec<&str> = path.split('.').collect();
        each(&mut manifest.root, schema, &steps, &mut Vec::new(), &mut |names, item| {
            let Value::Record(id, members) = &item.value else { return };
            let record = schema.record(*id);
            let member =
                |name: &str| record.field(name).and_then(|(index, _)| members.iter().find(|one| one.field == index));
            let Some(bare) = member(target) else { return };
            let Value::Scalar(Scalar::Comparison(wanted)) = &bare.item.value else { return };
            if !matches!(**wanted, Comparison::Bare(_)) {
                return;
            }
            let metric = member("metric").and_then(|metric| tree.text(metric.item.node)).map(str::trim);
            let name = metric.or(names.last().map(|name| &**name)).unwrap_or_default();
            if directed.contains(name) || member("better").is_some() {
                return;
            }
            let text = tree.text(bare.item.node).unwrap_or_default().trim();
            let pointer = steps
                .iter()
                .filter(|step| **step != "*")
                .fold(crate::finding::Pointer::default(), |at, key| at.child(key));
            let pointer = names.iter().fold(pointer, |at, name| at.child(name)).child(target);
            let message = format!("`{text}` is neither a floor nor a ceiling");
            let span = tree.span(bare.item.node);
            reporter.report_at(pointer, "bad-quantity", Kind::Quantity, Severity::Error, message, span, "");
            reporter.help(format!("write `at least {text}` or `at most {text}`, or say `better:`"));
            reporter.rewrite(span, &[(&format!("at least {text}"), false), (&format!("at most {text}"), false)]);
        });
    }
}

/// The metrics whose `better` is written, in `evaluation` or by an objective.
fn directed_metrics(manifest: &mut Manifest, schema: &'static Schema) -> HashSet<String> {
    let tree = std::sync::Arc::clone(&manifest.tree);
    let mut directed = HashSet::new();
    for path in ["evaluation.metrics.*", "objectives.*"] {
        let steps: Vec<&str> = path.split('.').collect();
        each(&mut manifest.root, schema, &steps, &mut Vec::new(), &mut |names, item| {
            let Value::Record(id, members) = &item.value else { return };
            let record = schema.record(*id);
            let member =
                |name: &str| record.field(name).and_then(|(index, _)| members.iter().find(|one| one.field == index));
            if member("better").is_some() {
                let metric = member("metric").and_then(|metric| tree.text(metric.item.node));
                directed.extend(metric.map(str::trim).or(names.last().map(|name| &**name)).map(str::to_owned));
            }
        });
    }
    directed
}

fn quantity_mut(value: &mut Value) -> Option<&mut Quantity> {
    match value {
        Value::Scalar(Scalar::Quantity(quantity)) => Some(quantity),
        Value::Scalar(Scalar::Comparison(comparison)) => match &mut **comparison {
            Comparison::Bound { value, .. } | Comparison::Bare(value) => Some(value),
            Comparison::Within(_) => None,
        },
        _ => None,
    }
}

/// Calls `found` with every item at a place of the format and the names of the items on the way to it.
fn each(
    item: &mut Item,
    schema: &'static Schema,
    steps: &[&str],
    names: &mut Vec<Box<str>>,
    found: &mut dyn FnMut(&[Box<str>], &mut Item),
) {
    let Some((step, rest)) = steps.split_first() else { return found(names, item) };
    match &mut item.value {
        Value::Map(named) if *step == "*" => {
            for named in named {
                names.push(named.name.clone());
                each(&mut named.item, schema, rest, names, found);
                names.pop();
            }
        }
        Value::Record(id, members) => {
            let Some((index, _)) = schema.record(*id).field(step.trim_end_matches("[]")) else { return };
            let Some(member) = members.iter_mut().find(|member| member.field == index) else { return };
            match &mut member.item.value {
                Value::List(items) if step.ends_with("[]") => {
                    items.iter_mut().for_each(|item| each(item, schema, rest, names, found));
                }
                _ => each(&mut member.item, schema, rest, names, found),
            }
        }
        _ => {}
    }
}
