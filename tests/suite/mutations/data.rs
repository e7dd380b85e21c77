//! Data, labels and the split.

use super::Edit::{Add, Cut, Set};
use super::{HELPDESK, LOANS, PARCELS, RANKER, Row, good, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    // Data.
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
        HELPDESK,
        &[Cut("data.sources.handbook.owner")],
        &[("source-without-owner-or-contract", "/data/sources/handbook")],
    ),
    row(
        RANKER,
        &[Set("data.sources.orders.allowed_uses", "[serving, commercial]")],
        &[("data-licence-forbids-use", "/data/sources/orders/allowed_uses")],
    ),
    row(
        RANKER,
        &[Add("data.sources.catalogue", "licence: CC-BY-NC-4.0")],
        &[("data-licence-forbids-use", "/data/sources/catalogue/licence")],
    ),
    row(
        RANKER,
        &[Cut("data.datasets.impressions.datasheet")],
        &[("no-datasheet", "/data/datasets/impressions/datasheet")],
    ),
    row(RANKER, &[Set("languages", "[ko, en, ja]")], &[("population-not-covered", "/languages/2")]),
    row(
        RANKER,
        &[Set("data.datasets.impressions.refresh", "30d")],
        &[("training-data-too-old", "/data/datasets/impressions/refresh")],
    ),
    row(
        RANKER,
        &[Cut("data.datasets.impressions.sampling")],
        &[("no-sampling-statement", "/data/datasets/impressions/sampling")],
    ),
    row(
        RANKER,
        &[Add("data.sources.catalogue", "required: true\navailability: 99.5%"), Cut("data.sources.catalogue.fallback")],
        &[("single-source-no-fallback", "/data/sources/catalogue/availability")],
    ),
    row(
        LOANS,
        &[Add("data.sources.payments", "required: true\navailability: 99%"), Cut("data.sources.payments.fallback")],
        &[("single-source-no-fallback", "/data/sources/payments/availability")],
    ),
    row(HELPDESK, &[Cut("data.datasets.golden.made_by")], &[("no-lineage", "/data/datasets/golden/made_by")]),
    // Labels.
    row(
        RANKER,
        &[Set("task.type", "classification"), Cut("data.imbalance")],
        &[("imbalance-unhandled", "/data/imbalance")],
    ),
    good(RANKER, &[Cut("data.imbalance")]),
    row(PARCELS, &[Cut("data.imbalance")], &[("imbalance-unhandled", "/data/imbalance")]),
    row(RANKER, &[Cut("data.labels.definition")], &[("no-label-definition", "/data/labels/definition")]),
    row(RANKER, &[Cut("data.labels.delay")], &[("label-delay-unknown", "/data/labels/window")]),
    row(RANKER, &[Set("data.labels.kind", "[natural, human]")], &[("human-labels-uncontrolled", "/data/labels/kind")]),
    good(PARCELS, &[Set("data.labels.agreement", "{none: nobody counted}")]),
    row(PARCELS, &[Cut("data.labels.guideline")], &[("human-labels-uncontrolled", "/data/labels/kind")]),
    row(PARCELS, &[Set("data.labels.annotators", "1")], &[("human-labels-uncontrolled", "/data/labels/kind")]),
    row(
        RANKER,
        &[Add("evaluation.metrics", "accuracy: {dataset: impressions, better: higher, target: at least 99.5%}")],
        &[("noise-exceeds-target-margin", "/evaluation/metrics/accuracy/target")],
    ),
    row(
        RANKER,
        &[Set("data.labels.kind", "[natural, weak]")],
        &[("synthetic-or-model-labels-unchecked", "/data/labels/kind")],
    ),
    row(
        PARCELS,
        &[Set("data.labels.kind", "[human, model]"), Cut("data.labels.audited_rows")],
        &[("synthetic-or-model-labels-unchecked", "/data/labels/kind")],
    ),
    // The split.
    row(RANKER, &[Cut("data.split.test")], &[("no-test-set", "/data/datasets/impressions/roles")]),
    row(HELPDESK, &[Set("data.datasets.golden.roles", "[reference]")], &[("no-test-set", "/data/datasets")]),
    row(RANKER, &[Set("data.split.method", "random")], &[("random-split-on-time-data", "/data/split/method")]),
    row(RANKER, &[Set("data.split.train", "80d")], &[("split-parts-do-not-fit", "/data/datasets/impressions/period")]),
    row(RANKER, &[Set("data.split.gap", "1h")], &[("gap-shorter-than-label-window", "/data/split/gap")]),
    row(LOANS, &[Set("data.split.gap", "30d")], &[("gap-shorter-than-label-window", "/data/split/gap")]),
    row(
        RANKER,
        &[
            Set("data.split.method", "stratified"),
            Set("data.labels.window", "{not_applicable: known at once}"),
            Cut("purpose.why_ml.changes"),
        ],
        &[("group-leakage", "/data/split/method")],
    ),
    row(
        RANKER,
        &[Set("data.split.preprocessing_fit_on", "all")],
        &[("preprocessing-fit-on-all-data", "/data/split/preprocessing_fit_on")],
    ),
    row(RANKER, &[Set("data.split.dedup", "false")], &[("preprocessing-fit-on-all-data", "/data/split/dedup")]),
];
