//! Alert rules of Prometheus: rule files, and `PrometheusRule` and `VMRule` objects that hold the same. See
//! <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/>.

use super::figure::{percentage, short};
use super::promql::{Side, Threshold, Unit, number_places, threshold};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::source::Span;
use crate::units::Quantity;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Prometheus rules",
    files: &["*.yaml", "*.yml", "*.rules", "*.json"],
    marks: &["alert:", "\"alert\""],
    shows: &[fact!("alerts")],
    read: rules,
}];

fn rules(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut any = false;
    for document in page.documents() {
        let kind = document.get("kind").text();
        let listed = if kind == Some("List") { document.get("items").items().collect() } else { vec![document] };
        for object in listed {
            let groups = match object.get("kind").text() {
                Some("PrometheusRule" | "VMRule") => object.at("spec.groups"),
                Some(_) => continue,
                // The Helm chart of Prometheus takes files under this key.
                None if object.get("serverFiles").exists() => object
                    .get("serverFiles")
                    .entries()
                    .map(|(_, _, file)| file.get("groups"))
                    .find(|file| file.exists())
                    .unwrap_or(object),
                None => object.get("groups"),
            };
            for rule in groups.items().flat_map(|group| group.get("rules").items()) {
                if rule.get("alert").text().is_some() && rule.get("expr").exists() {
                    any = true;
                    builder.add(fact!("alerts"), alert(page, rule));
                }
            }
        }
    }
    match page.every_document() {
        Ok(()) if !any => Err(SkipReason::Other),
        read => read,
    }
}

fn alert(page: &EvidenceFile<'_>, rule: YamlCursor<'_>) -> Fact {
    let name = rule.get("alert");
    let mut fact = Fact::at(name.span());
    fact.part(fact!("alerts[].name"), name);
    let expression = rule.get("expr");
    if let Some(found) = expression.text().and_then(threshold) {
        let text = page.source.slice(expression.span());
        let span = number_span(expression.span(), text, &found);
        if let Some(bad) = alert_if(&found) {
            fact.say(fact!("alerts[].alert_if"), bad, span);
        }
        if let Some(quantile) = found.quantile {
            fact.say(fact!("alerts[].quantile"), percentage(quantile), span);
        }
    }
    // Grafana writes `for: 0` where Prometheus leaves it out.
    if !rule.get("for").is("0") {
        fact.part(fact!("alerts[].for"), rule.get("for"));
    }
    fact.part(fact!("alerts[].severity"), rule.at("labels.severity"));
    fact
}

/// Where the number stands in the text as it is written, which may be folded or escaped; else the whole expression.
fn number_span(expression: Span, written: &str, found: &Threshold<'_>) -> Span {
    let mut places = number_places(found.written, written);
    // The same number may stand in the expression before, as `0.99` does in a quantile: count them.
    match places.nth(found.same_before) {
        Some(index) => expression.part(index..index + found.written.len()),
        None => expression,
    }
}

/// The bad side, with the unit of the figure; none where it is no value of a manifest.
fn alert_if(found: &Threshold<'_>) -> Option<String> {
    let side = match found.side {
        Side::Above => "above",
        Side::AtLeast => "at least",
        Side::Below => "below",
        Side::AtMost => "at most",
    };
    let duration = |nanoseconds: f64| (nanoseconds >= 0.0).then(|| Quantity::duration(nanoseconds).to_string());
    let value = found.value;
    let figure = match found.unit {
        Unit::Seconds => duration(value * 1e9)?,
        Unit::Milliseconds => duration(value * 1e6)?,
        Unit::Bytes => format!("{value}B"),
        Unit::Ratio => percentage(value),
        Unit::Percent => format!("{}%", short(value)),
        Unit::PerSecond => format!("{value}/s"),
        Unit::Count | Unit::Unknown => value.to_string(),
    };
    Some(format!("{side} {figure}"))
}
