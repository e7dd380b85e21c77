//! Oversight, security and privacy.

use super::Edit::{Add, Cut, Set, Text};
use super::{HELPDESK, LOANS, PARCELS, RANKER, Row, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    // Oversight.
    row(RANKER, &[Cut("oversight.override")], &[("no-human-oversight", "/purpose/automation")]),
    row(LOANS, &[Cut("oversight.override")], &[("no-human-oversight", "/risk")]),
    row(HELPDESK, &[Set("oversight.reviewers", "3")], &[("review-capacity-insufficient", "/oversight/review_share")]),
    row(PARCELS, &[Set("oversight.reviewers", "14")], &[("review-capacity-insufficient", "/oversight/review_share")]),
    row(LOANS, &[Set("oversight.hours_per_day", "6")], &[("review-capacity-insufficient", "/oversight/review_share")]),
    row(
        HELPDESK,
        &[Cut("oversight.against_automation_bias")],
        &[("automation-bias-unaddressed", "/purpose/automation")],
    ),
    row(HELPDESK, &[Cut("oversight.disclosure")], &[("users-not-told", "/oversight/disclosure")]),
    row(RANKER, &[Cut("oversight.appeal")], &[("no-redress", "/oversight/appeal")]),
    row(LOANS, &[Cut("oversight.appeal")], &[("no-redress", "/oversight/appeal")]),
    row(RANKER, &[Cut("feedback.collected")], &[("no-way-to-report-errors", "/purpose/users")]),
    // Security.
    row(HELPDESK, &[Cut("security.threats")], &[("no-threat-model", "/security/threats")]),
    row(HELPDESK, &[Cut("security.rate_limit")], &[("public-endpoint-unprotected", "/serving/exposure")]),
    row(RANKER, &[Cut("security.access")], &[("access-not-limited", "/security/access")]),
    row(
        HELPDESK,
        &[Text("rev: \"sha256:41ce\"", "rev: v1.5")],
        &[("artefacts-not-verified", "/models/embedder/base/rev")],
    ),
    row(
        RANKER,
        &[
            Add("data.sources.catalogue", "writable_by: untrusted"),
            Set("feedback.collected", "{none: clicks are logged by the app}"),
            Cut("feedback.abuse_checks"),
            Set("data.datasets.impressions.checks", "{none: the sources check themselves}"),
        ],
        &[("training-data-open-to-write", "/data/sources/catalogue/writable_by")],
    ),
    row(
        RANKER,
        &[Add("security.threats", "evasion: none seen so far")],
        &[("robustness-untested-against-adversary", "/security/threats/evasion")],
    ),
    row(
        LOANS,
        &[Text("    - {kind: adversarial, path: tests/overstated_income/}\n", "")],
        &[("robustness-untested-against-adversary", "/security/threats/evasion")],
    ),
    row(
        RANKER,
        &[Set("data.sources.catalogue.fallback", "https://partner:Xk29-qqT7wLm@files.example.com/catalogue")],
        &[("secret-in-manifest", "/data/sources/catalogue/fallback")],
    ),
    // Privacy.
    row(HELPDESK, &[Cut("privacy.minimised")], &[("personal-data-without-basis", "/privacy/minimised")]),
    row(
        RANKER,
        &[Set("data.sources.orders.consent_for", "[service]")],
        &[("consent-purpose-mismatch", "/data/sources/orders/consent_for")],
    ),
    row(
        HELPDESK,
        &[Set("data.sources.tickets.consent_for", "[service]")],
        &[("consent-purpose-mismatch", "/data/sources/tickets/consent_for")],
    ),
    row(
        RANKER,
        &[Set("data.datasets.impressions.retention", "1y")],
        &[("retention-conflict", "/data/datasets/impressions/retention")],
    ),
    row(
        RANKER,
        &[Set("data.sources.app_events.retention", "30d")],
        &[("retention-conflict", "/data/datasets/impressions/retention")],
    ),
    row(
        RANKER,
        &[Set("privacy.deletion.reaches", "[datasets, features]")],
        &[("no-deletion-path", "/privacy/deletion/reaches")],
    ),
    row(HELPDESK, &[Cut("privacy.deletion")], &[("no-deletion-path", "/privacy/deletion")]),
    row(
        HELPDESK,
        &[Set("models.answerer.base.provider_region", "US")],
        &[("data-leaves-its-region", "/models/answerer/base/provider_region")],
    ),
    row(RANKER, &[Set("serving.regions", "[KR, JP]")], &[("data-leaves-its-region", "/serving/regions/1")]),
    row(
        RANKER,
        &[Set("monitoring.logging.redacted", "false"), Cut("monitoring.logging.access")],
        &[("personal-data-in-logs", "/monitoring/logging/what")],
    ),
];
