//! Each lint against a good manifest with one thing changed: exactly what was broken is reported, at its place.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use mlsystem::built_in::LINTS;
use mlsystem::finding::Finding;
use mlsystem::source::ColumnUnit;

use Edit::{Add, Cut, Set, Text};
use support::edit::{Edit, edited, sections};
use support::{findings, fixture, identities, is_lint, lines};

/// A change of a good manifest, and what is to be reported of it.
struct Row {
    system: &'static str,
    edits: &'static [Edit],
    /// The findings: lint and place. The first is the one that the row is about.
    found: &'static [(&'static str, &'static str)],
    /// Why there is more than one.
    because: &'static str,
}

const RANKER: &str = "systems/restaurant-ranker/mlsystem.yaml";
const HELPDESK: &str = "systems/partner-helpdesk/mlsystem.yaml";

/// One finding.
const fn row(system: &'static str, edits: &'static [Edit], found: &'static [(&'static str, &'static str)]) -> Row {
    Row { system, edits, found, because: "" }
}

/// Several findings of one root.
const fn root(
    system: &'static str,
    edits: &'static [Edit],
    found: &'static [(&'static str, &'static str)],
    because: &'static str,
) -> Row {
    Row { system, edits, found, because }
}

/// No finding: the change is as good as what it replaces.
const fn good(system: &'static str, edits: &'static [Edit]) -> Row {
    Row { system, edits, found: &[], because: "" }
}

/// Waivers for findings that a row provokes.
const VALID_WAIVER: Edit = Add(
    "",
    "waivers:\n  - check: interpretability-not-considered\n    reason: The vendor shows nothing; asked for it.\n    owner: support-ml\n    until: 2027-01-31",
);
const EXPIRED_WAIVER: Edit = Add(
    "",
    "waivers:\n  - check: interpretability-not-considered\n    reason: The vendor shows nothing; asked for it.\n    owner: support-ml\n    until: 2026-11-24",
);
const THIN_WAIVER: Edit = Add(
    "",
    "waivers:\n  - check: interpretability-not-considered\n    reason: TBD\n    owner: support-ml\n    until: 2027-01-31",
);
const WAIVER_BY_NOBODY: Edit =
    Add("", "waivers:\n  - check: interpretability-not-considered\n    reason: The vendor shows nothing.");
const NEEDLESS_WAIVER: Edit = Add(
    "",
    "waivers:\n  - check: no-fallback\n    reason: Left from last year.\n    owner: support-ml\n    until: 2027-01-31",
);
const MISNAMED_WAIVER: Edit = Add(
    "",
    "waivers:\n  - check: no-falback\n    reason: Tickets wait anyway.\n    owner: support-ml\n    until: 2027-01-31",
);

const ROWS: &[Row] = &[
    // Purpose.
    row(RANKER, &[Cut("purpose.why_ml")], &[("no-reason-for-ml", "/purpose/why_ml")]),
    good(RANKER, &[Set("purpose.why_ml", "{none: the order is a rule; the model only breaks ties}")]),
    row(RANKER, &[Cut("purpose.alternatives")], &[("no-simpler-alternative-tried", "/purpose/alternatives")]),
    row(
        RANKER,
        &[Cut("purpose.alternatives.0.metrics")],
        &[("no-simpler-alternative-tried", "/purpose/alternatives/popular-nearby")],
    ),
    row(RANKER, &[Set("economics.value", "12000 USD/month")], &[("cost-exceeds-value", "/economics/value")]),
    row(RANKER, &[Set("economics.per_prediction", "0.0012 USD")], &[("cost-exceeds-value", "/economics/value")]),
    row(
        RANKER,
        &[Set("purpose.why_ml.cost_of_error", "high")],
        &[("catastrophic-error-fully-automatic", "/purpose/why_ml/cost_of_error")],
    ),
    good(HELPDESK, &[Set("purpose.automation", "automatic")]),
    // Stakeholders.
    root(
        HELPDESK,
        &[Cut("stakeholders")],
        &[
            ("no-stakeholders", "/stakeholders"),
            ("undefined-reference", "/objectives/resolved/for"),
            ("undefined-reference", "/objectives/grounded/for"),
            ("undefined-reference", "/objectives/wrong_refunds/for"),
            ("undefined-reference", "/requirements/serving.latency.p95 at most 8s/from"),
        ],
        "objectives and a requirement name those who are gone",
    ),
    row(RANKER, &[Cut("tradeoffs")], &[("unresolved-objective-conflict", "/objectives/relevance")]),
    row(
        RANKER,
        &[Cut("tradeoffs"), Cut("objectives.relevance.conflicts_with")],
        &[("unresolved-objective-conflict", "/objectives/relevance/output")],
    ),
    row(
        RANKER,
        &[Add("objectives", "cheap: {for: diners, metric: mean_ticket, better: lower}")],
        &[("unresolved-objective-conflict", "/objectives/ticket/better")],
    ),
    row(
        RANKER,
        &[Set("serving.latency.p99", "120ms")],
        &[("requirement-not-met-by-design", "/requirements/serving.latency.p99 at most 100ms/must")],
    ),
    row(
        RANKER,
        &[Set("serving.availability", "99.5%")],
        &[("requirement-not-met-by-design", "/requirements/serving.availability at least 99.9%/must")],
    ),
    row(
        RANKER,
        &[Set("release.rollback.time", "15m")],
        &[("requirement-not-met-by-design", "/requirements/release.rollback.time at most 10m/must")],
    ),
    row(
        HELPDESK,
        &[Set("requirements.0.must", "serving.latency.p95 at most 5s")],
        &[("requirement-not-met-by-design", "/requirements/serving.latency.p95 at most 5s/must")],
    ),
    good(HELPDESK, &[Set("requirements.0.must", "serving.regions includes EU")]),
    row(
        HELPDESK,
        &[Set("requirements.0.must", "serving.exposure is internal")],
        &[("requirement-not-met-by-design", "/requirements/serving.exposure is internal/must")],
    ),
    // Data, labels, split.
    row(
        RANKER,
        &[Cut("data.datasets.impressions.version")],
        &[("dataset-not-versioned", "/data/datasets/impressions/version")],
    ),
    row(
        HELPDESK,
        &[Cut("data.datasets.golden.version")],
        &[("dataset-not-versioned", "/data/datasets/golden/version")],
    ),
    row(RANKER, &[Cut("data.datasets.impressions.checks")], &[("no-data-checks", "/data/datasets/impressions/checks")]),
    row(
        RANKER,
        &[Set("task.type", "classification"), Cut("data.imbalance")],
        &[("imbalance-unhandled", "/data/imbalance")],
    ),
    good(RANKER, &[Cut("data.imbalance")]),
    row(RANKER, &[Cut("data.split.test")], &[("no-test-set", "/data/datasets/impressions/roles")]),
    row(HELPDESK, &[Set("data.datasets.golden.roles", "[reference]")], &[("no-test-set", "/data/datasets")]),
    row(RANKER, &[Set("data.split.method", "random")], &[("random-split-on-time-data", "/data/split/method")]),
    // Features.
    row(RANKER, &[Cut("features.parity")], &[("no-train-serve-parity", "/features/parity")]),
    good(RANKER, &[Set("features.parity", "{none: one SQL view is read by both}")]),
    row(
        RANKER,
        &[Set("features.list.orders_7d.available_after", "1h")],
        &[("feature-not-available-at-serving", "/features/list/orders_7d/available_after")],
    ),
    row(
        RANKER,
        &[Set("features.list.orders_7d.from", "labels")],
        &[("feature-not-available-at-serving", "/features/list/orders_7d/from")],
    ),
    row(RANKER, &[Set("data.sources.orders.updates", "nightly")], &[("bad-quantity", "/data/sources/orders/updates")]),
    row(
        RANKER,
        &[Set("data.sources.orders.updates", "daily")],
        &[("feature-staler-than-needed", "/features/list/orders_7d/freshness")],
    ),
    row(
        RANKER,
        &[Add("features.list.orders_7d", "every: 1h")],
        &[("feature-staler-than-needed", "/features/list/orders_7d/freshness")],
    ),
    // Evaluation.
    good(RANKER, &[Cut("evaluation.baselines")]),
    row(HELPDESK, &[Cut("evaluation.baselines")], &[("no-baseline", "/evaluation/metrics/groundedness/primary")]),
    root(
        HELPDESK,
        &[Cut("evaluation.baselines"), Cut("purpose.alternatives.metrics")],
        &[
            ("no-baseline", "/evaluation/baselines"),
            ("no-simpler-alternative-tried", "/purpose/alternatives/search-only help centre"),
        ],
        "the figure of the alternative was the other baseline",
    ),
    row(
        RANKER,
        &[Add("evaluation.metrics", "accuracy: {better: higher, target: at least 96%}")],
        &[("target-below-trivial-baseline", "/evaluation/metrics/accuracy/target")],
    ),
    good(RANKER, &[Add("evaluation.metrics", "accuracy: {better: higher, target: at least 97.5%}")]),
    row(RANKER, &[Cut("evaluation.gate")], &[("no-quality-gate", "/evaluation/gate")]),
    row(HELPDESK, &[Set("evaluation.gate.blocks", "false")], &[("no-quality-gate", "/evaluation/gate/blocks")]),
    row(HELPDESK, &[Cut("evaluation.gate.against")], &[("no-quality-gate", "/evaluation/gate/against")]),
    // Fairness and explanations.
    row(RANKER, &[Cut("fairness")], &[("fairness-not-considered", "/fairness")]),
    good(RANKER, &[Set("fairness", "{not_applicable: it orders machines by their age}")]),
    good(HELPDESK, &[Cut("fairness"), Set("affects", "{nobody: a test bench without people}")]),
    row(
        RANKER,
        &[Set("privacy.never_collect", "[religion, district]")],
        &[("group-cannot-be-measured", "/fairness/groups/outer-districts/attribute")],
    ),
    row(
        RANKER,
        &[Set("fairness.groups.0.attribute", "age_days")],
        &[("group-cannot-be-measured", "/fairness/groups/new-restaurants/attribute")],
    ),
    good(RANKER, &[Set("fairness.groups.0.attribute", "age_days"), Add("fairness", "attribute_data: catalogue")]),
    row(HELPDESK, &[Cut("explanations")], &[("interpretability-not-considered", "/explanations")]),
    good(HELPDESK, &[Cut("explanations"), Add("models.embedder", "interpretable: true")]),
    // Serving.
    row(RANKER, &[Cut("serving.latency")], &[("no-latency-target", "/serving/latency")]),
    row(RANKER, &[Set("serving.latency", "{mean: 40ms}")], &[("no-latency-target", "/serving/latency")]),
    row(RANKER, &[Cut("serving.fallback")], &[("no-fallback", "/serving/fallback")]),
    row(RANKER, &[Set("serving.path.2.p99", "40ms")], &[("latency-budget-exceeded", "/serving/latency/p99")]),
    row(RANKER, &[Set("serving.path.2.p99", "200ms")], &[("latency-budget-exceeded", "/serving/path/candidates/p99")]),
    good(RANKER, &[Text("step: ticket_value, p50: 7ms, p99: 19ms", "step: ticket_value, p50: 7ms, p99: 39ms")]),
    row(
        RANKER,
        &[Set("serving.path.1.availability", "99.8%")],
        &[("availability-above-dependencies", "/serving/availability")],
    ),
    row(
        RANKER,
        &[Set("serving.availability", "99.95%")],
        &[("availability-above-dependencies", "/serving/availability")],
    ),
    // Release.
    row(RANKER, &[Cut("release.rollback")], &[("no-rollback", "/release/rollback")]),
    row(RANKER, &[Set("release.rollback.keep_versions", "1")], &[("no-rollback", "/release/rollback/keep_versions")]),
    row(
        HELPDESK,
        &[Set("serving.availability", "99.99%")],
        &[("rollback-slower-than-error-budget", "/release/rollback/time")],
    ),
    row(
        HELPDESK,
        &[Set("release.rollback.time", "4h")],
        &[("rollback-slower-than-error-budget", "/release/rollback/time")],
    ),
    root(
        RANKER,
        &[Set("serving.availability", "99.99%")],
        &[
            ("rollback-slower-than-error-budget", "/release/rollback/time"),
            ("availability-above-dependencies", "/serving/availability"),
        ],
        "one promise is more than both the rollback and the parts can keep",
    ),
    row(HELPDESK, &[Cut("release.strategy"), Cut("release.canary")], &[("no-gradual-rollout", "/release/strategy")]),
    row(
        HELPDESK,
        &[Set("release.strategy", "blue-green"), Cut("release.canary")],
        &[("no-gradual-rollout", "/release/strategy")],
    ),
    // Monitoring, updating, feedback.
    root(
        HELPDESK,
        &[Cut("monitoring.signals")],
        &[
            ("no-monitoring", "/monitoring/signals"),
            ("undefined-reference", "/release/canary/watch/0"),
            ("undefined-reference", "/release/canary/watch/1"),
            ("undefined-reference", "/fairness/monitored_by"),
        ],
        "the canary and the fairness section name signals that are gone",
    ),
    row(RANKER, &[Cut("monitoring.logging")], &[("predictions-not-logged", "/monitoring/logging")]),
    row(
        RANKER,
        &[Set("monitoring.logging.what", "[inputs, predictions]")],
        &[("predictions-not-logged", "/monitoring/logging/what")],
    ),
    row(RANKER, &[Set("monitoring.logging.sample", "0%")], &[("predictions-not-logged", "/monitoring/logging/sample")]),
    row(
        RANKER,
        &[Cut("monitoring.signals.score_shift"), Set("monitoring.signals.orders_per_session.window", "1h")],
        &[("monitor-faster-than-truth", "/monitoring/signals/orders_per_session/window")],
    ),
    good(RANKER, &[Set("monitoring.signals.orders_per_session.window", "1h")]),
    row(RANKER, &[Cut("updating")], &[("no-drift-plan", "/updating")]),
    good(RANKER, &[Cut("updating"), Set("purpose.why_ml.changes", "never")]),
    row(RANKER, &[Set("data.labels.window", "14d")], &[("retrains-faster-than-labels", "/updating/retrain/every")]),
    row(RANKER, &[Cut("feedback.loops")], &[("undeclared-direct-loop", "/data/datasets/impressions/collected_by")]),
    good(RANKER, &[Set("feedback.loops", "{none: the order is drawn by lot}")]),
    // Governance.
    row(RANKER, &[Cut("owner")], &[("no-owner", "/owner/team")]),
    row(RANKER, &[Cut("owner.contact")], &[("no-owner", "/owner/team")]),
    good(RANKER, &[Set("owner", "\"#discovery-ml\"")]),
    row(RANKER, &[Cut("risk")], &[("risk-tier-contradicts-use", "/risk")]),
    row(HELPDESK, &[Set("domain", "credit")], &[("risk-tier-contradicts-use", "/risk")]),
    row(HELPDESK, &[Set("risk", "minimal")], &[("risk-tier-contradicts-use", "/risk")]),
    good(RANKER, &[Set("domain.area", "credit")]),
    // Waivers. The finding that a waiver accepts does not count.
    good(HELPDESK, &[Cut("explanations"), VALID_WAIVER]),
    root(
        HELPDESK,
        &[Cut("explanations"), EXPIRED_WAIVER],
        &[
            ("waiver-expired", "/waivers/interpretability-not-considered/until"),
            ("interpretability-not-considered", "/explanations"),
        ],
        "what an expired waiver accepted counts again",
    ),
    root(
        HELPDESK,
        &[Cut("explanations"), WAIVER_BY_NOBODY],
        &[
            ("waiver-without-reason", "/waivers/interpretability-not-considered"),
            ("interpretability-not-considered", "/explanations"),
        ],
        "a waiver without an owner and a date accepts nothing",
    ),
    row(HELPDESK, &[NEEDLESS_WAIVER], &[("waiver-matches-nothing", "/waivers/no-fallback")]),
    row(HELPDESK, &[MISNAMED_WAIVER], &[("waiver-matches-nothing", "/waivers/no-falback")]),
    // The format.
    row(
        RANKER,
        &[Text("  retirement: fallback", "  retirment: fallback")],
        &[("unknown-key", "/governance/retirment")],
    ),
    good(RANKER, &[Text("  retirement: fallback", "  x-retirement: fallback")]),
    row(
        RANKER,
        &[Text("{hardware: 32 cores, duration: 4h", "{hardware: 32 cores, no GPU, duration: 4h")],
        &[("unknown-key", "/models/p_order/training/no GPU")],
    ),
    root(
        HELPDESK,
        &[Text("\nexplanations:\n", "\nexplanation:\n")],
        &[("unknown-key", "/explanation"), ("interpretability-not-considered", "/explanations")],
        "a misspelt section is not read",
    ),
    row(RANKER, &[Set("serving.availability", "99.9")], &[("bad-quantity", "/serving/availability")]),
    row(RANKER, &[Set("serving.timeout", "120")], &[("bad-quantity", "/serving/timeout")]),
    row(RANKER, &[Set("economics.budget", "30000 USD")], &[("bad-quantity", "/economics/budget")]),
    row(RANKER, &[Set("reviewed", "2026-11")], &[("bad-quantity", "/reviewed")]),
    row(
        RANKER,
        &[Set("requirements.1.must", "serving.availability at least three nines")],
        &[("bad-quantity", "/requirements/serving.availability at least three nines/must")],
    ),
    row(
        RANKER,
        &[Set("evaluation.metrics.mean_ticket.achieved", "17.6")],
        &[("bad-quantity", "/evaluation/metrics/mean_ticket/achieved")],
    ),
    row(
        RANKER,
        &[Set("evaluation.metrics.mean_ticket.dataset", "impresions")],
        &[("undefined-reference", "/evaluation/metrics/mean_ticket/dataset")],
    ),
    row(
        RANKER,
        &[Set("requirements.0.must", "serving.latncy.p99 at most 100ms")],
        &[("undefined-reference", "/requirements/serving.latncy.p99 at most 100ms/must")],
    ),
    row(
        RANKER,
        &[Set("evaluation.gate.require", "ndgc@10 at least 0.319")],
        &[("undefined-reference", "/evaluation/gate/require")],
    ),
    root(
        RANKER,
        &[Set("tradeoffs.0.between", "[relevance, tickets]")],
        &[
            ("undefined-reference", "/tradeoffs/0/between/1"),
            ("unresolved-objective-conflict", "/objectives/relevance"),
        ],
        "a trade-off with a misspelt name joins nothing",
    ),
    row(RANKER, &[Set("data.split.dedup", "yes")], &[("wrong-type", "/data/split/dedup")]),
    row(RANKER, &[Set("name", "Restaurant Ranker")], &[("wrong-type", "/name")]),
    row(RANKER, &[Set("serving.latency", "95ms")], &[("wrong-type", "/serving/latency")]),
    row(RANKER, &[Cut("name")], &[("missing-key", "/name")]),
    row(
        RANKER,
        &[Text("{name: per-district, rows: 1.2M}", "{rows: 1.2M}")],
        &[("missing-key", "/evaluation/slices/3/name")],
    ),
    row(RANKER, &[Set("summary", "TODO")], &[("placeholder-text", "/summary")]),
    row(RANKER, &[Set("domain.area", "recomendation")], &[("unknown-word", "/domain/area")]),
    row(RANKER, &[Cut("mlsystem")], &[("unsupported-format-version", "/mlsystem")]),
    row(RANKER, &[Set("mlsystem", "2")], &[("unsupported-format-version", "/mlsystem")]),
    row(
        RANKER,
        &[Set("data.datasets.impressions.roles", "[train, validation, test, train]")],
        &[("duplicate-key", "/data/datasets/impressions/roles")],
    ),
    row(
        RANKER,
        &[Set("evaluation.slices", "[rainy-evenings, new-diners, rainy-evenings]")],
        &[("contradictory-duplicate", "/evaluation/slices")],
    ),
    row(RANKER, &[Add("serving", "exposure: public")], &[("duplicate-key", "/serving/exposure")]),
    root(
        RANKER,
        &[Set("owner.team", "*discovery-ml")],
        &[("unknown-alias", "/owner/team"), ("no-owner", "/owner/team")],
        "an alias of nothing names no team",
    ),
    row(RANKER, &[Add("governance", "<<: policies")], &[("merge-not-mapping", "/governance")]),
    row(RANKER, &[Add("governance", "? [policies]\n: docs/policies.md")], &[("key-not-text", "/governance")]),
    row(
        RANKER,
        &[Set("governance.risks", "&risks\n    - {name: a risk of itself, x-same: *risks}")],
        &[("recursive-alias", "/governance/risks/0/x-same")],
    ),
    row(
        RANKER,
        &[Add("fairness", "not_applicable: ranks restaurants only")],
        &[("contradictory-duplicate", "/fairness")],
    ),
    row(RANKER, &[Set("stage", "prod")], &[("wrong-type", "/stage")]),
    root(
        HELPDESK,
        &[Cut("explanations"), THIN_WAIVER],
        &[
            ("waiver-without-reason", "/waivers/interpretability-not-considered"),
            ("interpretability-not-considered", "/explanations"),
        ],
        "a thin waiver accepts nothing",
    ),
    row(HELPDESK, &[Set("stage", "TODO")], &[("missing-key", "/stage")]),
    row(RANKER, &[Set("requirements.0.must", "none")], &[("missing-key", "/requirements/0/must")]),
    row(
        RANKER,
        &[Set("requirements.0.must", "serving.latency.p99 at most 100")],
        &[("bad-quantity", "/requirements/serving.latency.p99 at most 100/must")],
    ),
    row(
        RANKER,
        &[Set("monitoring.signals.latency.alert_if", "above 95")],
        &[("bad-quantity", "/monitoring/signals/latency/alert_if")],
    ),
    row(RANKER, &[Cut("serving")], &[("no-serving-pattern", "/serving/pattern")]),
    row(RANKER, &[Add("", "---\nmlsystem: 1")], &[("several-documents", "")]),
    row(RANKER, &[Set("owner.team", "@discovery-ml")], &[("invalid-yaml", "")]),
    row(RANKER, &[Text("  team: discovery-ml", "\tteam: discovery-ml")], &[("invalid-yaml", "")]),
];

/// Lints of the first wave that judge the manifest alone. Three more of that wave read the repository.
const FIRST: [&str; 41] = [
    "availability-above-dependencies",
    "bad-quantity",
    "catastrophic-error-fully-automatic",
    "cost-exceeds-value",
    "dataset-not-versioned",
    "fairness-not-considered",
    "feature-not-available-at-serving",
    "feature-staler-than-needed",
    "group-cannot-be-measured",
    "imbalance-unhandled",
    "interpretability-not-considered",
    "latency-budget-exceeded",
    "monitor-faster-than-truth",
    "no-baseline",
    "no-data-checks",
    "no-drift-plan",
    "no-fallback",
    "no-gradual-rollout",
    "no-latency-target",
    "no-monitoring",
    "no-owner",
    "no-quality-gate",
    "no-reason-for-ml",
    "no-rollback",
    "no-simpler-alternative-tried",
    "no-stakeholders",
    "no-test-set",
    "no-train-serve-parity",
    "predictions-not-logged",
    "random-split-on-time-data",
    "requirement-not-met-by-design",
    "retrains-faster-than-labels",
    "risk-tier-contradicts-use",
    "rollback-slower-than-error-budget",
    "target-below-trivial-baseline",
    "undeclared-direct-loop",
    "undefined-reference",
    "unknown-key",
    "unresolved-objective-conflict",
    "waiver-expired",
    "waiver-without-reason",
];

#[test]
fn what_was_broken_is_reported_and_nothing_else() {
    let mut wrong = String::new();
    for Row { system, edits, found, because } in ROWS {
        assert_eq!(found.len() > 1, !because.is_empty(), "more than one finding wants a reason, and only that");
        wrong += &difference(system, edits, found).unwrap_or_default();
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is found of an edited system, in words, where it is not what is wanted.
fn difference(system: &str, edits: &[Edit], wanted: &[(&str, &str)]) -> Option<String> {
    let all = findings(&edited(&fixture(system), edits));
    let mut sorted: Vec<_> = wanted.iter().map(|(name, at)| ((*name).to_owned(), (*at).to_owned())).collect();
    sorted.sort();
    let edits: Vec<String> = edits.iter().map(Edit::to_string).collect();
    let words = || format!("{system}: {}\nwanted {wanted:?}, found\n{}\n", edits.join("; "), lines(&all));
    (identities(&all) != sorted).then(words)
}

#[test]
fn every_lint_of_the_first_wave_has_a_row() {
    let rows = ROWS.iter().map(|row| row.found);
    let covered: BTreeSet<&str> = rows.filter_map(|found| found.first()).map(|(name, _)| *name).collect();
    let raised_by_the_reader =
        LINTS.iter().filter(|lint| lint.cases.is_empty() && lint.untestable.is_none() && lint.category != "workspace");
    let raised_by_the_reader = raised_by_the_reader.map(|lint| lint.name);
    let wanted = FIRST.into_iter().chain(raised_by_the_reader);
    let missing: Vec<_> = wanted.filter(|name| !covered.contains(name) || !is_lint(name)).collect();
    assert!(missing.is_empty(), "no row, or no lint: {missing:?}");
}

/// Sections whose absence no lint of the first wave minds.
const OPTIONAL: [&str; 20] = [
    "summary",
    "risk_reason",
    "domain",
    "affects",
    "regions",
    "languages",
    "reviewed",
    "review_every",
    "economics",
    "requirements",
    "task",
    "oversight",
    "security",
    "privacy",
    "governance",
    "infrastructure",
    "depends_on",
    "consumers",
    "llm",
    "feedback",
];

#[test]
fn a_section_that_the_lints_need_is_missed() {
    let mut wrong = String::new();
    for system in [RANKER, HELPDESK] {
        let text = fixture(system);
        for section in sections(&text) {
            let mut without = findings(&Edit::Cut(section.to_owned().leak()).apply(&text));
            // A waiver for something in the section falls with it.
            without.retain(|finding| finding.name != "waiver-matches-nothing");
            let needed = match section {
                // Only where the system learns from its own output.
                "feedback" => system == RANKER,
                _ => !OPTIONAL.contains(&section),
            };
            if without.is_empty() == needed {
                wrong += &format!("{system} without {section}, which is needed: {needed}\n{}", lines(&without));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Nonsense in place of any one value is reported at most once, and on its own line: nothing else in the file becomes
/// unreadable by it.
#[test]
fn nonsense_is_reported_once_and_where_it_stands() {
    let mut wrong = String::new();
    for system in [RANKER, HELPDESK] {
        let text = fixture(system);
        let all: Vec<&str> = text.lines().collect();
        for (number, line) in all.iter().enumerate() {
            let Some((key, value)) = line.split_once(": ") else { continue };
            if key.contains(['#', '{']) || value.trim_start().starts_with('#') {
                continue;
            }
            let written = format!("{key}: {}", ["qqq", "12", "TODO", "none"][number % 4]);
            let mut edited = all.clone();
            edited[number] = &written;
            let mut found = findings(&(edited.join("\n") + "\n"));
            found.retain(|finding| finding.category == "format" && !elsewhere(finding));
            let there = |finding: &Finding| {
                let position = finding.primary.source.position(finding.primary.span.start as usize, ColumnUnit::Bytes);
                position.line as usize == number + 1
            };
            if found.len() > 1 || !found.iter().all(there) {
                wrong += &format!("{system}:{}: {written}, for {value}\n{}", number + 1, lines(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Of two values of one metric either may be the wrong one; a metric that nothing declares any more is missed where it is
/// used. That a placeholder is no value is said twice of a key that has to be there, which is once too often.
fn elsewhere(finding: &Finding) -> bool {
    finding.message.starts_with("two values of")
        || finding.name == "undefined-reference" && finding.pointer.0 == "/purpose/alternatives/metrics/resolved"
        || finding.name == "placeholder-text"
}
