//! Holds all values of one metric to one dimension, and gives bare numbers the dimension of their metric.
//!
//! A metric has the dimension of the first of its values that is written: target, achieved, promise of an objective. A
//! bare number in `interval`, in a baseline or in an alternative is read in that dimension; a value of another dimension
//! is reported with a label on both places. Which fields these are, the format says by the roles of its fields.

use std::collections::HashMap;
use std::sync::Arc;

use super::expected::with_article;
use super::reporter::Reporter;
use super::{Manifest, Route, Selected, Value};
use crate::finding::{Finding, Kind, Severity};
use crate::schema::{FieldPath, Role, Schema};
use crate::source::Span;
use crate::units::{Better, Comparison, Dimension, Quantity, Scalar, dimension_word};

/// Which values of each metric are better, where a manifest says so, by the name of the metric.
#[derive(Debug, Default)]
pub struct Directions(Vec<(Box<str>, Option<Better>)>);

/// The first value of a metric, which says what the metric measures.
struct Measured {
    dimension: Dimension,
    span: Span,
}

/// What each metric measures.
type MeasuredMetrics = HashMap<Box<str>, Measured>;

impl Directions {
    fn of(manifest: &Manifest) -> Self {
        let mut stated: Vec<(Box<str>, Option<Better>)> = Vec::new();
        for path in in_order(manifest.schema, &[Role::Direction]) {
            manifest.select(path, |direction| {
                let better = match direction.item.value {
                    Value::Word(Some("higher")) => Some(Better::Higher),
                    Value::Word(Some("lower")) => Some(Better::Lower),
                    _ => None,
                };
                stated.extend(metric_or_item(direction).map(|name| (name.into(), better)));
            });
        }
        Self(stated)
    }

    /// Which values of a metric are better: what the metric itself says comes before what an objective says.
    pub fn better(&self, metric: &str) -> Option<Better> {
        self.0.iter().filter(|(name, _)| **name == *metric).find_map(|(_, better)| *better)
    }

    /// Whether anything is written about it, legible or not.
    fn state(&self, metric: &str) -> bool {
        self.0.iter().any(|(name, _)| **name == *metric)
    }
}

/// The places that have these roles: those of the metrics themselves before those whose records name their metric.
fn in_order(schema: &'static Schema, roles: &[Role]) -> Vec<FieldPath> {
    let mut places: Vec<FieldPath> =
        schema.roles.iter().filter(|(role, _)| roles.contains(role)).map(|(_, path)| *path).collect();
    places.sort_by_key(|path| schema.with_role(Role::Metric).any(|metric| metric.parent() == path.parent()));
    places
}

/// The metric that the record around a value names; none where records of its sort name none.
fn named_metric<'m>(value: Selected<'_, 'm>) -> Option<Option<&'m str>> {
    let Value::Record(id, _) = value.around().value else { return None };
    value.home.schema.record(id).with_role(Role::Metric)?;
    let named = value.home.field_with(value.around(), Role::Metric);
    Some(named.and_then(|named| value.home.tree.text(named.node)).map(str::trim))
}

/// The metric that the record around a value names, else the item that the value is written in.
fn metric_or_item<'m>(value: Selected<'_, 'm>) -> Option<&'m str> {
    named_metric(value).flatten().or_else(|| value.name())
}

/// Settles the dimensions of all metrics.
pub fn settle(manifest: &mut Manifest) -> Vec<Finding> {
    let tree = Arc::clone(&manifest.tree);
    manifest.directions = Directions::of(manifest);
    let mut settling = Settling { measured: MeasuredMetrics::new(), reporter: Reporter::new(&tree), bare: Vec::new() };
    let schema = manifest.schema;
    let (own, others): (Vec<FieldPath>, Vec<FieldPath>) = in_order(schema, &[Role::Target, Role::Achieved])
        .into_iter()
        .partition(|path| schema.with_role(Role::Metric).all(|metric| metric.parent() != path.parent()));
    let measured = in_order(schema, &[Role::Measured]);
    let places = [(own, false), (measured, true), (others, false)];
    for (path, bare) in places.iter().flat_map(|(paths, bare)| paths.iter().map(move |path| (*path, *bare))) {
        manifest.select(path, |value| settling.value(value, bare));
    }
    for path in schema.with_role(Role::Target) {
        manifest.select(path, |target| settling.target(target));
    }
    let Settling { reporter, bare, .. } = settling;
    for (route, dimension) in bare {
        let quantity = manifest.root.at_mut(&route).and_then(|item| quantity_mut(&mut item.value));
        if let Some(quantity) = quantity
            && let Some(converted) = Quantity::new(quantity.amount, dimension)
        {
            *quantity = converted;
        }
    }
    reporter.finish()
}

struct Settling<'t> {
    measured: MeasuredMetrics,
    reporter: Reporter<'t>,
    /// Bare numbers that take the dimension of their metric.
    bare: Vec<(Route, Dimension)>,
}

impl Settling<'_> {
    /// Notes the dimension of one value of a metric, and that a bare number takes it, or reports that it does not fit.
    fn value(&mut self, value: Selected<'_, '_>, bare: bool) {
        let metric = match named_metric(value) {
            // What measures it may also be a place of the manifest.
            Some(named) => named.filter(|name| !name.contains(['.', '['])),
            None => value.name(),
        };
        let (Some(metric), Some(quantity)) = (metric, quantity(&value.item.value)) else { return };
        let span = self.reporter.tree.span(value.item.node);
        let is_number = quantity.dimension == Dimension::Number;
        match self.measured.get(metric) {
            // A bare number in a place that takes its metric's dimension says nothing about that dimension.
            None if bare && is_number => {}
            None => {
                self.measured.insert(metric.into(), Measured { dimension: quantity.dimension, span });
            }
            Some(measured) if measured.dimension == quantity.dimension => {}
            Some(measured) if bare && is_number => self.bare.push((value.route(), measured.dimension)),
            Some(measured) => {
                let message = format!("two values of `{metric}` differ in dimension");
                let label = format!("this is {}", described(quantity.dimension));
                let pointer = value.pointer();
                let reporter = &mut self.reporter;
                reporter.report_at(pointer, "bad-quantity", Kind::Quantity, Severity::Error, message, span, &label);
                reporter.label(measured.span, format!("but this is {}", described(measured.dimension)));
                reporter.help("all values of one metric have one dimension");
            }
        }
    }

    /// A bare target needs the metric's direction; without one it is neither a floor nor a ceiling.
    fn target(&mut self, target: Selected<'_, '_>) {
        let Value::Scalar(Scalar::Comparison(wanted)) = &target.item.value else { return };
        if !matches!(**wanted, Comparison::Bare(_)) {
            return;
        }
        let directed = target.home.field_with(target.around(), Role::Direction).is_some();
        if directed || metric_or_item(target).is_some_and(|metric| target.home.directions.state(metric)) {
            return;
        }
        let text = self.reporter.tree.text(target.item.node).unwrap_or_default().trim();
        let message = format!("`{text}` is neither a floor nor a ceiling");
        let span = self.reporter.tree.span(target.item.node);
        let reporter = &mut self.reporter;
        reporter.report_at(target.pointer(), "bad-quantity", Kind::Quantity, Severity::Error, message, span, "");
        reporter.help(format!("write `at least {text}` or `at most {text}`, or say `better:`"));
        reporter.rewrite(span, &[(&format!("at least {text}"), false), (&format!("at most {text}"), false)]);
    }
}

fn described(dimension: Dimension) -> String {
    match dimension_word(dimension) {
        "money" => "a sum of money".to_owned(),
        word => with_article(word),
    }
}

fn quantity(value: &Value) -> Option<&Quantity> {
    match value {
        Value::Scalar(Scalar::Quantity(quantity)) => Some(quantity),
        Value::Scalar(Scalar::Comparison(comparison)) => match &**comparison {
            Comparison::Bound { value, .. } | Comparison::Bare(value) => Some(value),
            Comparison::Within(_) => None,
        },
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{OUTLINES, outline};
    use crate::source::Source;
    use crate::tree::{Limits, parse};

    fn findings(text: &str) -> Vec<String> {
        let [schema, ..] = outline::read_all(OUTLINES).unwrap();
        let schema: &'static Schema = Box::leak(Box::new(schema));
        let head = "mlsystem: 1\nname: x\nstage: production\n";
        let tree = parse(&Source::new("m.yaml", format!("{head}{text}")), &Limits::default()).tree.unwrap();
        let (_, mut findings) = super::super::read(&Arc::new(tree), schema);
        findings.sort_by_key(|finding| finding.primary.span);
        findings.iter().map(|finding| format!("{} {}", finding.pointer, finding.message)).collect()
    }

    #[test]
    fn every_value_of_a_metric_is_held_to_its_dimension() {
        let text = "\
evaluation:
  metrics: {delay: {target: at most 40ms, achieved: 3 EUR, interval: 2}}
  baselines: {old: {delay: 5 EUR}}
purpose: {alternatives: [{name: rule, metrics: {delay: 7 EUR}}]}
llm: {retrieval: {metrics: {delay: {achieved: 1 EUR}}}}
objectives: {fast: {metric: delay, target: at most 9 EUR}}
";
        let message = "two values of `delay` differ in dimension";
        let places = [
            "/evaluation/metrics/delay/achieved",
            "/evaluation/baselines/old/delay",
            "/purpose/alternatives/rule/metrics/delay",
            "/llm/retrieval/metrics/delay/achieved",
            "/objectives/fast/target",
        ];
        assert_eq!(findings(text), places.map(|place| format!("{place} {message}")));
    }

    #[test]
    fn a_bare_target_needs_a_direction_wherever_a_target_is() {
        let message = "`0.9` is neither a floor nor a ceiling";
        let text = "llm: {retrieval: {metrics: {recall: 0.9}}}\n";
        assert_eq!(findings(text), [format!("/llm/retrieval/metrics/recall/target {message}")]);
        let stated = "objectives: {found: {metric: recall, better: higher}}\n";
        assert!(findings(&format!("{text}{stated}")).is_empty());
        assert_eq!(
            findings("objectives: {found: {metric: recall, target: 0.9}}\n"),
            [format!("/objectives/found/target {message}")]
        );
    }

    #[test]
    fn what_the_metric_says_of_itself_comes_first() {
        let text = "objectives: {a: {metric: auc, better: lower}}\nevaluation: {metrics: {auc: {better: higher}}}\n";
        let [schema, ..] = outline::read_all(OUTLINES).unwrap();
        let tree = parse(&Source::new("m.yaml", text), &Limits::default()).tree.unwrap();
        let (manifest, _) = super::super::read(&Arc::new(tree), Box::leak(Box::new(schema)));
        assert_eq!(manifest.directions.better("auc"), Some(Better::Higher));
        assert_eq!(manifest.directions.better("mae"), None);
    }
}
