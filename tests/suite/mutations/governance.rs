//! Governance, infrastructure and waivers.

use super::Edit::{Add, Cut, Set, Text};
use super::{Edit, HELPDESK, LOANS, PARCELS, RANKER, Row, good, root, row};

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

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    // Governance.
    row(RANKER, &[Cut("owner")], &[("no-owner", "/owner/team")]),
    row(RANKER, &[Cut("owner.contact")], &[("no-owner", "/owner/team")]),
    good(RANKER, &[Set("owner", "\"#discovery-ml\"")]),
    row(RANKER, &[Cut("risk")], &[("risk-tier-contradicts-use", "/risk")]),
    row(HELPDESK, &[Set("domain", "credit")], &[("risk-tier-contradicts-use", "/risk")]),
    row(HELPDESK, &[Set("risk", "minimal")], &[("risk-tier-contradicts-use", "/risk")]),
    good(RANKER, &[Set("domain.area", "credit")]),
    row(LOANS, &[Set("risk", "limited")], &[("risk-tier-contradicts-use", "/risk")]),
    row(HELPDESK, &[Cut("governance.risks")], &[("no-risk-register", "/governance/risks")]),
    row(
        HELPDESK,
        &[Cut("governance.risks.0.residual")],
        &[("no-risk-register", "/governance/risks/wrong refund paid")],
    ),
    row(RANKER, &[Cut("governance.impact_assessment")], &[("no-impact-assessment", "/governance/impact_assessment")]),
    row(LOANS, &[Cut("governance.impact_assessment")], &[("no-impact-assessment", "/governance/impact_assessment")]),
    row(RANKER, &[Cut("models.ticket_value.card")], &[("no-model-card", "/models/ticket_value/card")]),
    row(RANKER, &[Cut("governance.incident")], &[("no-incident-process", "/governance/incident")]),
    row(RANKER, &[Cut("governance.retirement")], &[("no-retirement-plan", "/governance/retirement")]),
    row(
        HELPDESK,
        &[Cut("governance.third_parties.0.contingency")],
        &[("third-party-responsibility-unassigned", "/governance/third_parties/ExampleAI/contingency")],
    ),
    row(
        LOANS,
        &[Text("    8: docs/technical-file/declaration.pdf\n", "")],
        &[("technical-file-incomplete", "/governance/technical_file")],
    ),
    row(LOANS, &[Cut("governance.technical_file")], &[("technical-file-incomplete", "/governance/technical_file")]),
    // Infrastructure.
    row(RANKER, &[Set("infrastructure.deployment", "manual")], &[("manual-deployment", "/infrastructure/deployment")]),
    row(HELPDESK, &[Set("llm.prompts.versioned", "false")], &[("configuration-unowned", "/llm/prompts/versioned")]),
    row(PARCELS, &[Cut("task.threshold.chosen_by")], &[("configuration-unowned", "/task/threshold/value")]),
    row(
        RANKER,
        &[Set("release.approval.by", "model-committee")],
        &[("bottleneck-team-dependency", "/release/approval/by/0")],
    ),
    row(
        LOANS,
        &[
            Set("infrastructure.environments", "{training: python 3.12, serving: onnx}"),
            Text("    - {kind: parity, path: tests/parity/}\n", ""),
        ],
        &[("environments-differ", "/infrastructure/environments/serving")],
    ),
    row(
        RANKER,
        &[Set("economics.budget", "12000 USD/month"), Set("monitoring.signals.spend.alert_if", "above 390 USD")],
        &[("cost-over-budget", "/economics/budget")],
    ),
    row(
        HELPDESK,
        &[Set("economics.budget", "9000 EUR/month"), Set("monitoring.signals.spend.alert_if", "above 290 EUR")],
        &[("cost-over-budget", "/economics/budget")],
    ),
    row(
        PARCELS,
        &[Set("economics.budget", "30000 EUR/month"), Set("monitoring.signals.spend.alert_if", "above 900 EUR")],
        &[("cost-over-budget", "/economics/budget")],
    ),
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
    root(
        HELPDESK,
        &[Cut("explanations"), THIN_WAIVER],
        &[
            ("waiver-without-reason", "/waivers/interpretability-not-considered"),
            ("interpretability-not-considered", "/explanations"),
        ],
        "a thin waiver accepts nothing",
    ),
    row(HELPDESK, &[NEEDLESS_WAIVER], &[("waiver-matches-nothing", "/waivers/no-fallback")]),
    row(HELPDESK, &[MISNAMED_WAIVER], &[("waiver-matches-nothing", "/waivers/no-falback")]),
];
