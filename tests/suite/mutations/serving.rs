//! Serving.

use super::Edit::{Add, Cut, Set, Text};
use super::{HELPDESK, LOANS, PARCELS, RANKER, Row, good, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    row(RANKER, &[Cut("serving.latency")], &[("no-latency-target", "/serving/latency")]),
    row(RANKER, &[Set("serving.latency", "{mean: 40ms}")], &[("no-latency-target", "/serving/latency")]),
    row(RANKER, &[Cut("serving.fallback")], &[("no-fallback", "/serving/fallback")]),
    row(RANKER, &[Set("serving.path.2.p99", "40ms")], &[("latency-budget-exceeded", "/serving/latency/p99")]),
    row(RANKER, &[Set("serving.path.2.p99", "200ms")], &[("latency-budget-exceeded", "/serving/path/candidates/p99")]),
    good(RANKER, &[Text("step: ticket_value, p50: 7ms, p99: 19ms", "step: ticket_value, p50: 7ms, p99: 39ms")]),
    row(
        RANKER,
        &[Set("explanations.where", "request"), Add("explanations", "latency: 20ms")],
        &[("latency-budget-exceeded", "/serving/latency/p99")],
    ),
    row(HELPDESK, &[Set("explanations.latency", "20s")], &[("latency-budget-exceeded", "/explanations/latency")]),
    row(LOANS, &[Set("explanations.latency", "2s")], &[("latency-budget-exceeded", "/explanations/latency")]),
    row(
        RANKER,
        &[Set("serving.path.1.availability", "99.8%")],
        &[("availability-above-dependencies", "/serving/availability")],
    ),
    row(
        RANKER,
        &[Set("serving.availability", "99.95%"), Set("monitoring.signals.errors.alert_if", "below 99.95%")],
        &[("availability-above-dependencies", "/serving/availability")],
    ),
    row(RANKER, &[Cut("serving")], &[("no-serving-pattern", "/serving/pattern")]),
    row(RANKER, &[Set("serving.timeout", "90ms")], &[("percentiles-out-of-order", "/serving/timeout")]),
    row(
        HELPDESK,
        &[Set("serving.latency", "{p50: 9s, p95: 8s, p99: 14s}")],
        &[("percentiles-out-of-order", "/serving/latency/p50")],
    ),
    row(
        RANKER,
        &[Set("serving.fallback.latency", "50ms")],
        &[("fallback-later-than-deadline", "/consumers/system:home-screen/deadline")],
    ),
    row(
        RANKER,
        &[Set("serving.retries", "1")],
        &[("fallback-later-than-deadline", "/consumers/system:home-screen/deadline")],
    ),
    row(RANKER, &[Set("serving.replicas", "6..12")], &[("peak-over-capacity", "/serving/throughput/peak")]),
    row(RANKER, &[Set("serving.replicas", "6..14")], &[("peak-over-capacity", "/serving/throughput/peak")]),
    row(HELPDESK, &[Cut("serving.availability")], &[("no-availability-target", "/serving/pattern")]),
    row(RANKER, &[Add("serving", "schedule: daily")], &[("pattern-contradicts-requirements", "/serving/schedule")]),
    row(
        PARCELS,
        &[
            Set("features.list.packaging.computed", "batch"),
            Set("privacy.deletion.reaches", "[datasets, features, logs, models]"),
        ],
        &[("pattern-contradicts-requirements", "/features/list/packaging/computed")],
    ),
    row(
        RANKER,
        &[Set("serving.pattern", "[online, edge]"), Add("serving", "device: {memory: 1GB, updates: 7d}")],
        &[("edge-model-does-not-fit", "/serving/device/memory")],
    ),
    row(PARCELS, &[Set("serving.device.memory", "128MB")], &[("edge-model-does-not-fit", "/serving/device/memory")]),
    root(
        PARCELS,
        &[Set("serving.device.download_limit", "20MB")],
        &[("edge-model-does-not-fit", "/models/door/size"), ("edge-model-does-not-fit", "/models/night/size")],
        "both are larger",
    ),
    row(
        RANKER,
        &[Set("serving.pattern", "[online, edge]"), Add("serving", "device: {memory: 4GB, updates: 30d}")],
        &[("edge-no-update-path", "/serving/device/updates")],
    ),
    row(PARCELS, &[Cut("serving.device.updates")], &[("edge-no-update-path", "/serving/pattern")]),
    row(PARCELS, &[Set("serving.device.updates", "180d")], &[("edge-no-update-path", "/serving/device/updates")]),
    row(
        PARCELS,
        &[
            Set("serving.duration", "25h"),
            Set("serving.deadline", "26h"),
            Cut("requirements.2"),
            Set("serving.freshness", "50h"),
            Text("alert_if: above 4h", "alert_if: above 25h"),
            Cut("consumers"),
        ],
        &[("batch-run-longer-than-interval", "/serving/duration")],
    ),
    row(PARCELS, &[Set("serving.deadline", "3h50m")], &[("batch-run-longer-than-interval", "/serving/duration")]),
    row(PARCELS, &[Set("serving.freshness", "1d")], &[("prediction-older-than-needed", "/serving/freshness")]),
    row(
        RANKER,
        &[Add("serving", "freshness: 5m\ncache: 15m")],
        &[("prediction-older-than-needed", "/serving/freshness")],
    ),
    row(PARCELS, &[Set("serving.rows", "2.9M")], &[("batch-throughput-impossible", "/serving/rows")]),
    row(PARCELS, &[Set("serving.replicas", "7")], &[("batch-throughput-impossible", "/serving/rows")]),
    root(
        PARCELS,
        &[
            Set("objectives.settled.kind", "model"),
            Set("objectives.at_the_door.kind", "model"),
            Set("objectives.false_alarms.kind", "model"),
            Set("objectives.small.kind", "model"),
            Set("serving", "{pattern: batch, schedule: daily}"),
            Cut("requirements"),
            Set("features.list.photo.computed", "batch"),
            Set("features.list.light.computed", "batch"),
            Set("features.list.packaging.computed", "batch"),
            Set("privacy.deletion.reaches", "[datasets, features, logs, models]"),
        ],
        &[
            ("research-priority-in-production", "/objectives/found/kind"),
            ("model-metric-not-tied-to-business", "/objectives"),
        ],
        "where only scores are wanted, no outcome is",
    ),
];
