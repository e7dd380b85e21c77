//! Flagger `Canary` objects. See <https://docs.flagger.app/usage/deployment-strategies>.

use super::figure::{duration, short};
use super::kubernetes::{named, objects};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Flagger canary",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["kind: Canary", "\"Canary\""],
    shows: &[fact!("rollouts")],
    read: canaries,
}];

/// The most steps that are made of a width and an end.
const MAX_STEPS: usize = 100;

fn canaries(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    objects(
        page,
        |kind, group| kind == "Canary" && group == "flagger.app",
        |object| {
            let spec = object.get("spec");
            // The key had another name before version 1.0.
            let key = if spec.get("analysis").exists() { "analysis" } else { "canaryAnalysis" };
            let analysis = spec.get(key);
            let mut fact = named(object);
            let judged = analysis.get("metrics").items().next().is_some();
            let span = if analysis.exists() { spec.key_span(key) } else { object.get("kind").span() };
            fact.say(fact!("rollouts[].analysed"), if judged { "true" } else { "false" }, span);
            fact.inside(fact!("rollouts[].steps"), steps(analysis));
            builder.add(fact!("rollouts"), fact);
        },
    )
}

/// The shares of the traffic, each held for one interval. A canary that counts iterations has none.
fn steps(analysis: YamlCursor<'_>) -> Vec<Fact> {
    let mut shares: Vec<(f64, Span)> = Vec::new();
    let width = analysis.get("stepWeight");
    if analysis.get("stepWeights").exists() {
        let weights = analysis.get("stepWeights").items();
        shares.extend(weights.filter_map(|weight| Some((weight.number()?, weight.span()))));
    } else if let Some(step) = width.number().filter(|step| *step > 0.0) {
        let end = analysis.get("maxWeight").number().unwrap_or(100.0);
        let all = (1..=MAX_STEPS).map(|count| count as f64 * step).take_while(|share| *share <= end);
        shares.extend(all.map(|share| (share, width.span())));
    }
    let interval = analysis.get("interval");
    let hold = interval.text().and_then(duration);
    let step = |(share, span): (f64, Span)| {
        let mut fact = Fact::at(span);
        fact.say(fact!("rollouts[].steps[].share"), format!("{}%", short(share)), span);
        if let Some(hold) = &hold {
            fact.say(fact!("rollouts[].steps[].hold"), hold.as_str(), interval.span());
        }
        fact
    };
    shares.into_iter().map(step).collect()
}
