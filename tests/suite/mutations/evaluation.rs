//! Evaluation, fairness and explanations.

use super::Edit::{Add, Cut, Set, Text};
use super::{HELPDESK, LOANS, PARCELS, RANKER, Row, good, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    // Evaluation.
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
    row(
        PARCELS,
        &[Add("evaluation.metrics", "accuracy: {dataset: graded, better: higher, target: at least 93%}")],
        &[("target-below-trivial-baseline", "/evaluation/metrics/accuracy/target")],
    ),
    row(RANKER, &[Cut("evaluation.gate")], &[("no-quality-gate", "/evaluation/gate")]),
    row(HELPDESK, &[Set("evaluation.gate.blocks", "false")], &[("no-quality-gate", "/evaluation/gate/blocks")]),
    row(HELPDESK, &[Cut("evaluation.gate.against")], &[("no-quality-gate", "/evaluation/gate/against")]),
    row(RANKER, &[Set("task.type", "regression")], &[("metric-does-not-fit-task", "/evaluation/metrics/ndcg@10")]),
    row(
        RANKER,
        &[Set("evaluation.metrics.ndcg@10.interval", "0.006")],
        &[("test-set-too-small-for-claim", "/evaluation/metrics/ndcg@10/achieved")],
    ),
    row(
        HELPDESK,
        &[Set("evaluation.metrics.groundedness.interval", "0.02")],
        &[("test-set-too-small-for-claim", "/evaluation/metrics/groundedness/achieved")],
    ),
    row(
        HELPDESK,
        &[Cut("evaluation.slices"), Set("fairness", "{not_applicable: answers are the same for all}")],
        &[("no-slices", "/evaluation")],
    ),
    row(RANKER, &[Cut("evaluation.online_link")], &[("offline-online-link-unknown", "/evaluation")]),
    row(
        RANKER,
        &[Set("evaluation.gate.require", "ndcg@10 at least 0.30")],
        &[("gate-looser-than-target", "/evaluation/gate/require/0")],
    ),
    row(HELPDESK, &[Cut("evaluation.tests")], &[("no-behavioural-tests", "/evaluation")]),
    row(RANKER, &[Cut("purpose.limits")], &[("known-limits-not-stated", "/purpose")]),
    row(
        RANKER,
        &[Set("evaluation.metrics.mean_ticket.achieved", "16.2 USD")],
        &[("target-not-reached", "/evaluation/metrics/mean_ticket/achieved")],
    ),
    row(
        HELPDESK,
        &[Set("evaluation.metrics.recall@8.achieved", "0.90")],
        &[("target-not-reached", "/evaluation/metrics/recall@8/achieved")],
    ),
    row(
        HELPDESK,
        &[Add("task", "threshold: {value: 0.7, chosen_by: the team, revisit: 90d}")],
        &[("uncalibrated-scores-used-as-probabilities", "/task/threshold")],
    ),
    row(
        RANKER,
        &[Text("    - new-diners\n", "    - {name: new-diners, achieved: 0.30}\n")],
        &[("slice-behind-baseline", "/evaluation/slices/new-diners/achieved")],
    ),
    row(
        HELPDESK,
        &[Text("    - german\n", "    - {name: german, achieved: 0.94}\n")],
        &[("slice-behind-baseline", "/evaluation/slices/german/achieved")],
    ),
    row(
        PARCELS,
        &[Text(", achieved: 0.81, target: at least 0.75}", ", achieved: 0.81}")],
        &[("slice-behind-baseline", "/evaluation/slices/dusk/achieved")],
    ),
    // Fairness.
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
    root(
        LOANS,
        &[Cut("fairness.attribute_data")],
        &[
            ("group-cannot-be-measured", "/fairness/groups/women/attribute"),
            ("group-cannot-be-measured", "/fairness/groups/men/attribute"),
            ("defined-but-unused", "/data/sources/survey"),
        ],
        "the survey alone told them apart, and was for nothing else",
    ),
    row(HELPDESK, &[Cut("fairness.metrics")], &[("no-fairness-metric-or-threshold", "/fairness/groups")]),
    row(
        RANKER,
        &[Set("fairness.policy", "exclude-sensitive")],
        &[("sensitive-feature-against-policy", "/models/p_order/inputs")],
    ),
    row(
        RANKER,
        &[Cut("features.list.district.reason")],
        &[("sensitive-feature-against-policy", "/features/list/district/sensitive")],
    ),
    row(
        LOANS,
        &[Set("fairness.policy", "exclude-sensitive")],
        &[("sensitive-feature-against-policy", "/models/pd/inputs")],
    ),
    row(RANKER, &[Cut("fairness.examined")], &[("training-bias-not-examined", "/fairness")]),
    root(
        RANKER,
        &[Cut("fairness.mitigations"), Cut("feedback.loops.0.mitigation")],
        &[
            ("training-bias-not-examined", "/data/datasets/impressions/known_biases"),
            ("loop-without-counter-measure", "/feedback/loops/0"),
        ],
        "what is done against the loop was done against the bias",
    ),
    row(HELPDESK, &[Cut("fairness.monitored_by")], &[("fairness-only-offline", "/fairness/metrics")]),
    row(
        HELPDESK,
        &[Set("fairness.metrics.groundedness_gap", "{of: groundedness, as: gap, must: at most 0.01}")],
        &[("group-too-small-to-judge", "/fairness/groups/english/rows")],
    ),
    root(
        RANKER,
        &[Set("objectives.new_exposure.for", "management")],
        &[
            ("provider-side-fairness-missing", "/stakeholders/restaurant-partners/role"),
            ("stakeholder-without-voice", "/stakeholders/restaurant-partners"),
        ],
        "the one objective of the partners was the measure of their share",
    ),
    // Explanations.
    row(HELPDESK, &[Cut("explanations")], &[("interpretability-not-considered", "/explanations")]),
    row(
        HELPDESK,
        &[Add("models.answerer", "interpretable: true")],
        &[("interpretable-claim-contradicts-family", "/models/answerer/interpretable")],
    ),
    row(
        RANKER,
        &[
            Set("explanations.method", "deep-shap"),
            Set("models.p_order.family", "tree"),
            Set("models.ticket_value.family", "tree"),
        ],
        &[("interpretable-claim-contradicts-family", "/explanations/method")],
    ),
    row(
        LOANS,
        &[Set("models.pd.family", "deep"), Set("explanations.method", "integrated-gradients")],
        &[("interpretable-claim-contradicts-family", "/models/pd/interpretable")],
    ),
    row(
        RANKER,
        &[Set("domain.area", "credit"), Set("risk", "high")],
        &[("no-explanation-for-affected-person", "/domain/area")],
    ),
    row(
        LOANS,
        &[Set("explanations.for", "[operator]"), Cut("requirements.2")],
        &[("no-explanation-for-affected-person", "/domain/area")],
    ),
];
