//! Argo `Rollout` objects. See <https://argoproj.github.io/argo-rollouts/features/specification/>.

use super::figure::{duration, short};
use super::kubernetes::{named, objects, replicated};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Argo rollout",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["kind: Rollout", "\"Rollout\""],
    shows: &[fact!("rollouts"), fact!("deployments")],
    read: rollouts,
}];

fn rollouts(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    objects(
        page,
        |kind, group| kind == "Rollout" && group == "argoproj.io",
        |object| {
            let spec = object.get("spec");
            let strategy = spec.get("strategy");
            let mut fact = named(object);
            let span = if strategy.exists() { spec.key_span("strategy") } else { object.get("kind").span() };
            fact.say(fact!("rollouts[].analysed"), if is_analysed(strategy) { "true" } else { "false" }, span);
            fact.inside(fact!("rollouts[].steps"), steps(strategy.get("canary")));
            builder.add(fact!("rollouts"), fact);
            builder.add(fact!("deployments"), replicated(object));
        },
    )
}

/// Whether figures decide on the way: by an analysis beside the steps, among them, or around a switch of colours.
fn is_analysed(strategy: YamlCursor<'_>) -> bool {
    let canary = strategy.get("canary");
    let colours = strategy.get("blueGreen");
    let among = |step: YamlCursor<'_>| step.get("analysis").exists() || step.at("experiment.analyses").exists();
    canary.get("analysis").exists()
        || canary.get("steps").items().any(among)
        || ["prePromotionAnalysis", "postPromotionAnalysis"].iter().any(|key| colours.get(key).exists())
}

/// The shares of the traffic, each with the pauses up to the next.
fn steps(canary: YamlCursor<'_>) -> Vec<Fact> {
    // Weights are parts of a hundred, unless the router counts in finer ones.
    let whole = canary.at("trafficRouting.maxTrafficWeight").number().filter(|whole| *whole > 0.0).unwrap_or(100.0);
    let mut steps: Vec<(Fact, Option<Hold<'_>>)> = Vec::new();
    for step in canary.get("steps").items() {
        let weight = step.get("setWeight");
        if let Some(number) = weight.number() {
            let mut fact = Fact::at(weight.span());
            fact.say(fact!("rollouts[].steps[].share"), format!("{}%", short(number / whole * 100.0)), weight.span());
            steps.push((fact, None));
        } else if let Some((_, hold)) = steps.last_mut()
            && step.get("pause").exists()
        {
            *hold = Some(Hold::of(hold.take(), step.get("pause")));
        }
    }
    let with_hold = |(mut fact, hold): (Fact, Option<Hold<'_>>)| {
        if let Some(Hold::For(part, text)) = hold {
            fact.say(fact!("rollouts[].steps[].hold"), text, part.span());
        }
        fact
    };
    steps.into_iter().map(with_hold).collect()
}

/// How long a step lasts.
enum Hold<'p> {
    /// One pause of a known length.
    For(YamlCursor<'p>, String),
    /// Until a person goes on, or for several pauses in turn.
    Unknown,
}

impl<'p> Hold<'p> {
    fn of(before: Option<Self>, pause: YamlCursor<'p>) -> Self {
        let length = pause.get("duration");
        let text = match length.number() {
            Some(seconds) => Some(format!("{seconds}s")),
            None => length.text().and_then(duration),
        };
        match (before, text) {
            (None, Some(text)) => Hold::For(length, text),
            _ => Hold::Unknown,
        }
    }
}
