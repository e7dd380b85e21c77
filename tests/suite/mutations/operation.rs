//! Monitoring, updating and feedback.

use super::Edit::{Add, Cut, Set};
use super::{HELPDESK, LOANS, PARCELS, RANKER, Row, good, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    // Monitoring.
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
    row(RANKER, &[Set("monitoring.logging.sample", "0%")], &[("predictions-not-logged", "/monitoring/logging/sample")]),
    good(RANKER, &[Set("monitoring.signals.orders_per_session.window", "1h")]),
    row(
        RANKER,
        &[Set("monitoring.logging.what", "[inputs, predictions, propensity]")],
        &[("predictions-not-logged", "/monitoring/logging/what")],
    ),
    row(RANKER, &[Cut("monitoring.signals.score_shift")], &[("missing-signal-kind", "/monitoring/signals")]),
    row(HELPDESK, &[Cut("monitoring.signals.spend")], &[("missing-signal-kind", "/monitoring/signals")]),
    row(RANKER, &[Cut("monitoring.signals.skew.to")], &[("alert-reaches-nobody", "/monitoring/signals/skew")]),
    row(
        RANKER,
        &[Cut("monitoring.signals.errors.runbook")],
        &[("alert-reaches-nobody", "/monitoring/signals/errors/severity")],
    ),
    row(
        RANKER,
        &[Set("monitoring.signals.latency.alert_if", "above 150ms")],
        &[("alert-looser-than-promise", "/monitoring/signals/latency/alert_if")],
    ),
    row(
        RANKER,
        &[Set("monitoring.signals.orders_per_session.alert_if", "below 3.5%")],
        &[("alert-looser-than-promise", "/monitoring/signals/orders_per_session/alert_if")],
    ),
    row(
        HELPDESK,
        &[Set("monitoring.signals.spend.alert_if", "above 500 EUR")],
        &[("alert-looser-than-promise", "/monitoring/signals/spend/alert_if")],
    ),
    row(
        HELPDESK,
        &[Set("monitoring.signals.wrong_refunds.alert_if", "above 1%")],
        &[("alert-looser-than-promise", "/monitoring/signals/wrong_refunds/alert_if")],
    ),
    row(
        RANKER,
        &[Set("monitoring.logging.retention", "60d")],
        &[("log-retention-too-short", "/monitoring/logging/retention")],
    ),
    row(
        RANKER,
        &[Set("monitoring.logging.retention", "90d")],
        &[("log-retention-too-short", "/monitoring/logging/retention")],
    ),
    row(
        HELPDESK,
        &[Set("monitoring.logging.retention", "12h")],
        &[("log-retention-too-short", "/monitoring/logging/retention")],
    ),
    row(
        LOANS,
        &[Set("monitoring.logging.retention", "120d"), Cut("requirements.1")],
        &[("log-retention-too-short", "/monitoring/logging/retention")],
    ),
    row(
        RANKER,
        &[Set("monitoring.logging.retention", "10d"), Set("features.parity", "shared-code")],
        &[("log-retention-too-short", "/monitoring/logging/retention")],
    ),
    row(
        PARCELS,
        &[Set("risk", "high"), Add("governance", "role: deployer")],
        &[("log-retention-too-short", "/monitoring/logging/retention")],
    ),
    row(
        RANKER,
        &[Cut("monitoring.signals.skew"), Cut("monitoring.signals.score_shift.reference")],
        &[("no-train-serve-skew-signal", "/monitoring/signals/input_health")],
    ),
    row(
        HELPDESK,
        &[Set("monitoring.signals.question_shift.kind", "drift"), Cut("monitoring.signals.question_shift.reference")],
        &[("no-reference-for-drift-test", "/monitoring/signals/question_shift")],
    ),
    row(
        RANKER,
        &[Add(
            "monitoring.signals",
            "shift:\n  kind: drift\n  of: features\n  reference: impressions\n  method: psi\n  window: 1d\n  alert_if: above 0.3\n  to: discovery-ml\n  triggers: review",
        )],
        &[("no-reference-for-drift-test", "/monitoring/signals/shift/reference")],
    ),
    row(
        PARCELS,
        &[Set("monitoring.signals.photos.reference", "last 30d")],
        &[("no-reference-for-drift-test", "/monitoring/signals/photos/reference")],
    ),
    row(RANKER, &[Cut("data.sources.orders.on_change")], &[("dependency-change-unannounced", "/data/sources/orders")]),
    root(
        LOANS,
        &[
            Cut("monitoring.signals.scores"),
            Set("release.canary.watch", "[answers, approvals_by_group]"),
            Set("monitoring.signals.losses.window", "30d"),
        ],
        &[
            ("monitor-faster-than-truth", "/monitoring/signals/losses/window"),
            ("missing-signal-kind", "/monitoring/signals"),
        ],
        "a prediction signal bridges the time until the truth is known, and it is gone",
    ),
    good(LOANS, &[Set("monitoring.signals.losses.window", "30d")]),
    // Updating.
    row(RANKER, &[Cut("updating")], &[("no-drift-plan", "/updating")]),
    good(RANKER, &[Cut("updating"), Set("purpose.why_ml.changes", "never")]),
    row(RANKER, &[Set("updating.retrain.every", "14d")], &[("retrains-slower-than-world", "/updating/retrain/every")]),
    row(
        HELPDESK,
        &[Set("llm.retrieval.refresh", "monthly")],
        &[("retrains-slower-than-world", "/llm/retrieval/refresh")],
    ),
    row(RANKER, &[Set("updating.retrain.every", "4d")], &[("retraining-does-not-fit", "/updating/retrain/every")]),
    row(RANKER, &[Cut("updating.staleness")], &[("staleness-effect-unknown", "/updating/staleness")]),
    row(LOANS, &[Set("updating.retrain.every", "180d")], &[("retrains-faster-than-labels", "/updating/retrain/every")]),
    root(
        RANKER,
        &[
            Set("evaluation.gate.blocks", "false"),
            Set("release.strategy", "blue-green"),
            Cut("release.shadow"),
            Cut("release.canary"),
            Cut("release.approval"),
            Set("updating.retrain.approval", "auto"),
        ],
        &[
            ("automatic-retrain-without-gate", "/updating/retrain/trigger"),
            ("no-approval-or-kill-switch", "/release"),
            ("no-quality-gate", "/evaluation/gate/blocks"),
        ],
        "a model goes live unseen where neither gate, nor canary, nor person stops it",
    ),
    row(
        RANKER,
        &[Add(
            "monitoring.signals",
            "drift: {kind: drift, of: features, method: psi, reference: 2026-06-01..2026-08-31, window: 1d, alert_if: above 0.2, to: discovery-ml, severity: ticket}",
        )],
        &[("drift-signal-with-no-action", "/monitoring/signals/drift/kind")],
    ),
    row(
        PARCELS,
        &[Cut("monitoring.signals.photos.triggers"), Set("updating.retrain.trigger", "schedule")],
        &[("drift-signal-with-no-action", "/monitoring/signals/photos/kind")],
    ),
    // Feedback.
    row(RANKER, &[Cut("feedback.loops")], &[("undeclared-direct-loop", "/data/datasets/impressions/collected_by")]),
    good(RANKER, &[Set("feedback.loops", "{none: the order is drawn by lot}")]),
    row(LOANS, &[Cut("feedback.loops")], &[("undeclared-direct-loop", "/data/datasets/loans/collected_by")]),
    row(RANKER, &[Cut("feedback.loops.0.mitigation")], &[("loop-without-counter-measure", "/feedback/loops/0")]),
    row(
        RANKER,
        &[Set("feedback.loops.0.mitigation", "[exploration, propensity]")],
        &[("no-hold-out", "/feedback/loops/0/mitigation")],
    ),
    row(
        RANKER,
        &[Set("feedback.loops.0.exploration", "0%")],
        &[("exploration-unbudgeted", "/feedback/loops/0/exploration")],
    ),
    row(RANKER, &[Cut("feedback.abuse_checks")], &[("feedback-trusted-blindly", "/feedback/collected")]),
];
