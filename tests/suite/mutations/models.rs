//! Features and models.

use super::Edit::{Add, Cut, Set, Text};
use super::{HELPDESK, RANKER, Row, good, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
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
    good(RANKER, &[Cut("evaluation.baselines")]),
    row(RANKER, &[Cut("features.list.distance.owner")], &[("feature-without-owner", "/features/list/distance")]),
    row(
        RANKER,
        &[Cut("features.schema"), Cut("features.list.distance.type"), Cut("features.list.distance.range")],
        &[("no-input-schema", "/features/list/distance")],
    ),
    row(
        RANKER,
        &[Set("features.count", "312"), Cut("features.list.orders_7d.importance")],
        &[("feature-worth-unknown", "/features/count")],
    ),
    row(
        RANKER,
        &[Cut("features.list.distance.on_missing")],
        &[("no-missing-value-plan", "/features/list/distance/on_missing")],
    ),
    row(
        RANKER,
        &[Set("features.list.eta_minutes.on_missing", "fail")],
        &[("no-missing-value-plan", "/features/list/eta_minutes/on_missing")],
    ),
    row(RANKER, &[Cut("features.tests")], &[("feature-code-untested", "/features/tests")]),
    // Models.
    row(RANKER, &[Cut("models.p_order.seed")], &[("training-not-reproducible", "/models/p_order")]),
    row(
        RANKER,
        &[Set("models.p_order.version", "latest")],
        &[("no-model-registry-or-version", "/models/p_order/version")],
    ),
    row(
        RANKER,
        &[Cut("models.ticket_value.registry")],
        &[("no-model-registry-or-version", "/models/ticket_value/version")],
    ),
    row(
        HELPDESK,
        &[Cut("models.answerer.base.licence")],
        &[("base-model-unpinned-or-unlicensed", "/models/answerer/base")],
    ),
    row(
        HELPDESK,
        &[Text("rev: \"sha256:41ce\"", "rev: main")],
        &[("base-model-unpinned-or-unlicensed", "/models/embedder/base/rev")],
    ),
    row(
        HELPDESK,
        &[Text("licence: Apache-2.0", "licence: CC-BY-NC-4.0")],
        &[("base-model-unpinned-or-unlicensed", "/models/embedder/base/licence")],
    ),
    row(RANKER, &[Set("models.p_order.size", "9GB")], &[("oversized-model-unjustified", "/models/p_order/size")]),
    row(RANKER, &[Cut("models.p_order.tuned")], &[("hyperparameters-untracked", "/models/p_order")]),
    row(
        RANKER,
        &[Cut("models.p_order.tests"), Cut("models.p_order.reviewed_by")],
        &[("model-spec-unreviewed-untested", "/models/p_order")],
    ),
];
