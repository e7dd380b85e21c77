//! The format itself.

use super::Edit::{Add, Cut, Set, Text};
use super::{HELPDESK, LOANS, RANKER, Row, good, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    row(RANKER, &[Set("data.sources.orders.updates", "nightly")], &[("bad-quantity", "/data/sources/orders/updates")]),
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
        &[Set("requirements.0.must", "serving.latency.p99 at most 100")],
        &[("bad-quantity", "/requirements/serving.latency.p99 at most 100/must")],
    ),
    row(
        RANKER,
        &[Set("monitoring.signals.latency.alert_if", "above 95")],
        &[("bad-quantity", "/monitoring/signals/latency/alert_if")],
    ),
    row(
        RANKER,
        &[Text("{hardware: 32 cores, duration: 4h", "{hardware: 32 cores, no GPU, duration: 4h")],
        &[("unknown-key", "/models/p_order/training/no GPU")],
    ),
    row(HELPDESK, &[Text("\nexplanations:\n", "\nexplanation:\n")], &[("unknown-key", "/explanation")]),
    row(
        RANKER,
        &[Text("  slos: [ops/slo-ranker.yaml]", "  sloes: [ops/slo-ranker.yaml]")],
        &[("unknown-key", "/monitoring/sloes")],
    ),
    good(RANKER, &[Text("  slos: [ops/slo-ranker.yaml]", "  x-slos: [ops/slo-ranker.yaml]")]),
    row(
        RANKER,
        &[Text("  retirement: fallback", "  retirment: fallback")],
        &[("unknown-key", "/governance/retirment")],
    ),
    row(
        LOANS,
        &[Set("models.pd.inputs", "[income, debt_ratoi, arrears_24m, years_employed]")],
        &[("undefined-reference", "/models/pd/inputs/1")],
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
    row(RANKER, &[Set("stage", "prod")], &[("wrong-type", "/stage")]),
    row(RANKER, &[Cut("name")], &[("missing-key", "/name")]),
    row(
        RANKER,
        &[Text("{name: per-district, rows: 1.2M}", "{rows: 1.2M}")],
        &[("missing-key", "/evaluation/slices/3/name")],
    ),
    row(HELPDESK, &[Set("stage", "TODO")], &[("missing-key", "/stage")]),
    row(RANKER, &[Set("requirements.0.must", "none")], &[("missing-key", "/requirements/0/must")]),
    row(RANKER, &[Set("summary", "TODO")], &[("placeholder-text", "/summary")]),
    row(RANKER, &[Set("domain.area", "recomendation")], &[("unknown-word", "/domain/area")]),
    row(RANKER, &[Cut("mlsystem")], &[("unsupported-format-version", "/mlsystem")]),
    row(RANKER, &[Set("mlsystem", "2")], &[("unsupported-format-version", "/mlsystem")]),
    row(
        RANKER,
        &[Set("data.datasets.impressions.roles", "[train, validation, test, train]")],
        &[("duplicate-key", "/data/datasets/impressions/roles")],
    ),
    row(RANKER, &[Add("serving", "exposure: public")], &[("duplicate-key", "/serving/exposure")]),
    row(
        RANKER,
        &[Set("evaluation.slices", "[rainy-evenings, new-diners, rainy-evenings]")],
        &[("contradictory-duplicate", "/evaluation/slices")],
    ),
    row(
        RANKER,
        &[Add("fairness", "not_applicable: ranks restaurants only")],
        &[("contradictory-duplicate", "/fairness")],
    ),
    root(
        RANKER,
        &[Set("owner.team", "*discovery-ml")],
        &[("unknown-alias", "/owner/team"), ("no-owner", "/owner/team")],
        "an alias of nothing names no team",
    ),
    row(RANKER, &[Add("governance", "<<: policies")], &[("merge-not-mapping", "/governance")]),
    row(RANKER, &[Add("governance", "? [policies]\n: docs/policies.md")], &[("key-not-text", "/governance")]),
    row(RANKER, &[Add("", "---\nmlsystem: 1")], &[("several-documents", "")]),
    row(RANKER, &[Set("owner.team", "@discovery-ml")], &[("invalid-yaml", "")]),
    row(RANKER, &[Text("  team: discovery-ml", "\tteam: discovery-ml")], &[("invalid-yaml", "")]),
    row(RANKER, &[Set("reviewed", "2026-08-20")], &[("stale-design-review", "/reviewed")]),
    row(HELPDESK, &[Set("reviewed", "2026-09-20")], &[("stale-design-review", "/reviewed")]),
    row(RANKER, &[Set("features.count", "3")], &[("one-fact-two-values", "/features/count")]),
    row(RANKER, &[Set("economics.per_training", "300 USD")], &[("one-fact-two-values", "/economics/per_training")]),
    row(
        RANKER,
        &[Text("popular-nearby: {ndcg@10: 0.271}", "popular-nearby: {ndcg@10: 0.281}")],
        &[("one-fact-two-values", "/purpose/alternatives/popular-nearby/metrics/ndcg@10")],
    ),
    row(
        RANKER,
        &[Set("objectives.profit.target", "at least 0.22 USD")],
        &[("one-fact-two-values", "/evaluation/metrics/profit_per_session/target")],
    ),
    row(HELPDESK, &[Set("llm.limits.steps", "5")], &[("one-fact-two-values", "/llm/agent/max_steps")]),
    row(
        RANKER,
        &[Text("inputs: [distance, orders_7d, eta_minutes, district]", "inputs: [distance, orders_7d, district]")],
        &[("defined-but-unused", "/features/list/eta_minutes")],
    ),
    row(
        RANKER,
        &[Add(
            "data.sources",
            "weather:\n  kind: first-party\n  owner: weather-desk\n  personal: none\n  on_change: \"#weather\"",
        )],
        &[("defined-but-unused", "/data/sources/weather")],
    ),
    row(RANKER, &[Set("summary", "restaurant-ranker")], &[("prose-repeats-its-key", "/summary")]),
    row(
        RANKER,
        &[Set(
            "governance.risks",
            "&risks\n    - {name: a risk, likelihood: low, impact: low, mitigation: exposure floor, residual: low, owner: discovery-ml, x-same: *risks}",
        )],
        &[("recursive-alias", "/governance/risks/0/x-same")],
    ),
];
