//! Why the system exists, and what its stakeholders want of it.

use super::Edit::{Add, Cut, Set};
use super::{HELPDESK, RANKER, Row, good, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
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
    root(
        RANKER,
        &[Set("economics.per_prediction", "0.0012 USD")],
        &[("cost-exceeds-value", "/economics/value"), ("cost-over-budget", "/economics/budget")],
        "what costs more than it brings costs more than the budget too",
    ),
    row(
        RANKER,
        &[Set("purpose.why_ml.cost_of_error", "high")],
        &[("catastrophic-error-fully-automatic", "/purpose/why_ml/cost_of_error")],
    ),
    good(
        HELPDESK,
        &[Set("purpose.automation", "automatic"), Add("oversight", "override: a person takes the chat over")],
    ),
    row(
        HELPDESK,
        &[Set("objectives.resolved.target", "at least 0.35")],
        &[("alternative-already-good-enough", "/purpose/alternatives/search-only help centre/metrics/resolved")],
    ),
    row(
        HELPDESK,
        &[Set("purpose.why_ml.pattern", "simple")],
        &[("pattern-static-or-simple", "/purpose/why_ml/pattern")],
    ),
    row(
        HELPDESK,
        &[Set("purpose.why_ml.data_exists", "false")],
        &[("no-data-to-learn-from", "/purpose/why_ml/data_exists")],
    ),
    row(HELPDESK, &[Cut("purpose.not_for")], &[("no-out-of-scope-uses", "/purpose/not_for")]),
    row(RANKER, &[Cut("purpose.intended_use")], &[("no-out-of-scope-uses", "/purpose/intended_use")]),
    row(RANKER, &[Set("risk", "unacceptable")], &[("unethical-or-prohibited-use", "/risk")]),
    row(
        HELPDESK,
        &[
            Set("domain", "{area: [emotion-recognition, education], audience: enterprise}"),
            Set("risk", "high"),
            Add("oversight", "override: a person answers instead"),
        ],
        &[("unethical-or-prohibited-use", "/domain/area/0")],
    ),
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
    row(
        RANKER,
        &[Cut("objectives.satisfaction.target")],
        &[("objective-without-metric", "/objectives/satisfaction/target")],
    ),
    row(HELPDESK, &[Cut("objectives.resolved.target")], &[("objective-without-metric", "/objectives/resolved/target")]),
    row(
        RANKER,
        &[Cut("objectives.relevance.proxy_for")],
        &[("model-metric-not-tied-to-business", "/evaluation/metrics/ndcg@10/primary")],
    ),
    row(
        HELPDESK,
        &[Cut("objectives.grounded.proxy_for")],
        &[("model-metric-not-tied-to-business", "/evaluation/metrics/groundedness/primary")],
    ),
    row(
        RANKER,
        &[Set("objectives.ticket.weight", "40%")],
        &[("weights-do-not-add-up", "/objectives/relevance/weight")],
    ),
    row(RANKER, &[Cut("monitoring.signals.complaints")], &[("guardrail-not-watched", "/objectives/satisfaction/kind")]),
    row(
        HELPDESK,
        &[Cut("monitoring.signals.wrong_refunds"), Set("release.canary.watch", "[grounded_sample]")],
        &[("guardrail-not-watched", "/objectives/wrong_refunds/kind")],
    ),
    row(RANKER, &[Cut("objectives.satisfaction.for")], &[("stakeholder-without-voice", "/stakeholders/diners")]),
    row(RANKER, &[Cut("requirements")], &[("stakeholder-without-voice", "/stakeholders/product")]),
    row(RANKER, &[Cut("tradeoffs.0.decided_by")], &[("tradeoff-without-owner", "/tradeoffs/0/between")]),
];
