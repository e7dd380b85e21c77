//! Which results are shown beside which values, as data.

/// A hint as it is declared. What stands in braces is an expression, and a hint is shown where each of them has a value.
pub(super) struct HintRule {
    /// Words for which the form is made, each in place of `$`.
    pub words: &'static [&'static str],
    /// The place of the value behind which it is shown.
    pub at: &'static str,
    /// Named expressions; each is seen by those after it.
    pub lets: &'static [(&'static str, &'static str)],
    /// When it is worth showing.
    pub when: &'static str,
    /// The words behind the value.
    pub text: &'static str,
    /// How they come about.
    pub tooltip: &'static str,
}

/// A form for one place.
const ONCE: &[&str] = &[""];

/// What a system costs in time: predictions, training and what is fixed.
const COST: &[(&str, &str)] = &[
    ("fixed", "[economics.labelling, economics.review, economics.infrastructure]"),
    ("trains_again", "decided(updating.retrain.every) && trained_again"),
    ("items", "written(trains_again ? [running_cost, training_cost] + fixed : [running_cost] + fixed)"),
];

pub(super) const FORMS: &[HintRule] = &[
    HintRule {
        words: &["p50", "p95", "p99"],
        at: "serving.latency.$",
        lets: &[
            ("path", "serving.path.filter(step, decided(step.$) || decided(step.parallel))"),
            ("steps", "critical_steps(path, \"$\")"),
            ("explained", "says(explanations.where, \"request\") && decided(explanations.latency)"),
            ("times", "explained ? steps + [explanations.latency] : steps"),
        ],
        when: "size(path) > 0",
        text: "path takes {sum(times)}",
        tooltip: "{times:+} = {sum(times)}: the critical path of `serving.path`",
    },
    HintRule {
        words: ONCE,
        at: "serving.availability",
        lets: &[],
        when: "true",
        text: "down {error_budget(serving.availability, duration(\"30d\"))} in 30d",
        tooltip: "the error budget: (100% - {serving.availability}) × 30d",
    },
    HintRule {
        words: ONCE,
        at: "serving.replicas",
        lets: &[("able", "serving.capacity * max(serving.replicas)")],
        when: "true",
        text: "sustain {able}",
        tooltip: "{max(serving.replicas)} × {serving.capacity} = {able}",
    },
    HintRule {
        words: ONCE,
        at: "serving.rows",
        lets: &[("able", "serving.capacity * max(serving.replicas)")],
        when: "true",
        text: "take {serving.rows / able}",
        tooltip: "{serving.rows} at {able}, which is {max(serving.replicas)} × {serving.capacity}",
    },
    HintRule {
        words: &["budget", "value"],
        at: "economics.$",
        lets: COST,
        when: "size(items) > 0",
        text: "costs {sum(items)}",
        tooltip: "{items:+}: what is written of predictions, training, labelling, review and infrastructure",
    },
    HintRule {
        words: ONCE,
        at: "data.labels.delay",
        lets: &[],
        when: "decided(data.labels.window)",
        text: "truth after {label_age}",
        tooltip: "{data.labels.window} until the window closes, and {data.labels.delay} until the label can be read",
    },
    HintRule {
        words: ONCE,
        at: "release.canary.hold",
        lets: &[("seen", "serving.throughput.average * release.canary.hold * sum(release.canary.steps)")],
        when: "true",
        text: "{seen} requests in all steps",
        tooltip: "{serving.throughput.average} × {release.canary.hold} × {sum(release.canary.steps)} of the traffic, over all steps",
    },
    HintRule {
        words: ONCE,
        at: "release.experiment.duration",
        lets: &[
            ("sure", "release.experiment.alpha"),
            ("sight", "release.experiment.power"),
            ("needed", "sample_size(release.experiment.base_rate, release.experiment.min_effect, sure, sight)"),
            ("share", "decided(release.experiment.split) ? release.experiment.split : 0.5"),
            ("a_day", "release.experiment.units_per_day * share * (1 - share) * 2"),
            ("days", "release.experiment.duration / duration(\"1d\")"),
        ],
        when: "true",
        text: "{a_day * days} of {needed} units in each arm",
        tooltip: "{needed} units in each arm see {release.experiment.min_effect} of {release.experiment.base_rate}, with {sight} power at {sure}; {a_day} a day arrive",
    },
    HintRule {
        words: ONCE,
        at: "release.rollback.time",
        lets: &[("budget", "error_budget(serving.availability, duration(\"30d\"))")],
        when: "budget > duration(\"0s\")",
        text: "{release.rollback.time / budget:%} of the error budget",
        tooltip: "{release.rollback.time} of the {budget} that {serving.availability} leaves in 30 days",
    },
    HintRule {
        words: ONCE,
        at: "oversight.review_share",
        lets: &[
            ("load", "decided(serving.throughput.average) ? serving.throughput.average : purpose.why_ml.repeats"),
            ("arriving", "load * oversight.review_share * duration(\"1d\")"),
            ("capacity", "oversight.reviewers * oversight.items_per_hour * oversight.hours_per_day"),
        ],
        when: "true",
        text: "{arriving} a day, for {capacity} reviews",
        tooltip: "arriving: {load} × {oversight.review_share} × 1d; reviewed: {oversight.reviewers} × {oversight.items_per_hour} × {oversight.hours_per_day}",
    },
    HintRule {
        words: ONCE,
        at: "llm.context.max_output",
        lets: &[("parts", "written([prompt_tokens, llm.context.max_output])")],
        when: "decided(prompt_tokens)",
        text: "a call takes {sum(parts)} tokens",
        tooltip: "{parts:+}: the prompt, as far as it is written, and the answer",
    },
    HintRule {
        words: ONCE,
        at: "llm.agent.max_steps",
        lets: &[("whole", "pow(llm.agent.step_success, llm.agent.max_steps)")],
        when: "true",
        text: "all succeed in {whole:%} of tasks",
        tooltip: "{llm.agent.step_success} to the power of {llm.agent.max_steps}",
    },
];
