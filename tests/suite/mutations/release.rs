//! Release.

use super::Edit::{Cut, Set};
use super::{HELPDESK, RANKER, Row, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
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
        &[Set("serving.availability", "99.99%"), Set("monitoring.signals.errors.alert_if", "below 99.99%")],
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
    row(
        RANKER,
        &[Set("serving.throughput.average", "2/s")],
        &[("canary-cannot-see-failure", "/release/canary/abort_if/0")],
    ),
    row(RANKER, &[Set("release.canary.hold", "1h")], &[("canary-cannot-see-failure", "/release/canary/hold")]),
    row(HELPDESK, &[Cut("release.canary.watch")], &[("canary-watches-nothing", "/release/canary")]),
    row(
        RANKER,
        &[Set("release.experiment.units_per_day", "2000")],
        &[("experiment-underpowered", "/release/experiment/duration")],
    ),
    row(
        RANKER,
        &[Set("release.experiment.unit", "request")],
        &[("experiment-unit-interferes", "/release/experiment/unit")],
    ),
    row(RANKER, &[Cut("release.experiment.spillover")], &[("experiment-unit-interferes", "/release/experiment")]),
    row(RANKER, &[Cut("release.approval")], &[("no-approval-or-kill-switch", "/release")]),
    row(HELPDESK, &[Cut("release.kill_switch"), Cut("oversight.stop")], &[("no-approval-or-kill-switch", "/release")]),
    row(RANKER, &[Cut("release.rollback.tested")], &[("rollback-untested", "/release/rollback")]),
    row(
        HELPDESK,
        &[Set("release.rollback.tested", "2026-01-20")],
        &[("rollback-untested", "/release/rollback/tested")],
    ),
];
