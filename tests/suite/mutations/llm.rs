//! Language models.

use super::Edit::{Add, Cut, Set, Text};
use super::{HELPDESK, Row, root, row};

/// A change of a good manifest, and what is found of it.
pub const ROWS: &[Row] = &[
    row(
        HELPDESK,
        &[Set("models.answerer.base.context", "15k")],
        &[("context-window-overflow", "/models/answerer/base/context")],
    ),
    row(
        HELPDESK,
        &[Cut("llm.retrieval.metrics"), Cut("evaluation.metrics.recall@8")],
        &[("no-groundedness-evaluation", "/llm/retrieval")],
    ),
    row(
        HELPDESK,
        &[Cut("llm.tools.issue_refund.confirm")],
        &[("untrusted-content-meets-tools", "/llm/tools/issue_refund/effect")],
    ),
    row(
        HELPDESK,
        &[Cut("llm.tools.issue_refund.limit")],
        &[("untrusted-content-meets-tools", "/llm/tools/issue_refund/effect")],
    ),
    row(
        HELPDESK,
        &[Cut("llm.tools.escalate.scope")],
        &[("untrusted-content-meets-tools", "/llm/tools/escalate/effect")],
    ),
    row(
        HELPDESK,
        &[Set("llm.tools.issue_refund.effect", "irreversible"), Set("llm.tools.issue_refund.confirm", "false")],
        &[("irreversible-action-without-human", "/llm/tools/issue_refund/effect")],
    ),
    row(HELPDESK, &[Cut("llm.limits.spend")], &[("unbounded-consumption", "/llm/limits")]),
    row(
        HELPDESK,
        &[Set("models.answerer.base.quota", "600k/min")],
        &[("token-quota-exceeded", "/models/answerer/base/quota")],
    ),
    row(
        HELPDESK,
        &[Set("models.answerer.base.rev", "latest")],
        &[("model-alias-not-pinned", "/models/answerer/base/rev")],
    ),
    row(
        HELPDESK,
        &[Cut("llm.output.validation"), Set("llm.output.goes_to", "[user, html]")],
        &[("output-used-unchecked", "/llm/output/goes_to")],
    ),
    row(
        HELPDESK,
        &[Set("llm.retrieval.access", "per-tenant")],
        &[("retrieval-ignores-permissions", "/data/sources/payouts/access")],
    ),
    row(HELPDESK, &[Cut("llm.red_team")], &[("no-guardrails-or-redteam", "/llm/red_team")]),
    row(HELPDESK, &[Set("llm.retrieval.access", "prompt")], &[("policy-in-prompt", "/llm/retrieval/access")]),
    row(HELPDESK, &[Add("serving", "freshness: 30m")], &[("index-staler-than-promise", "/llm/retrieval/refresh")]),
    root(
        HELPDESK,
        &[Add("llm.output", "kind: [image]"), Cut("llm.output.marking"), Cut("oversight.disclosure")],
        &[("synthetic-content-not-marked", "/llm/output/kind"), ("users-not-told", "/oversight/disclosure")],
        "a disclosure would mark what is generated",
    ),
    row(
        HELPDESK,
        &[Text("step_latency: 1500ms", "step_latency: 4s")],
        &[("agent-step-budget-impossible", "/serving/timeout")],
    ),
    row(
        HELPDESK,
        &[Text("  judge: {model: other-vendor-small, agreement: 0.87}", "  judge: other-vendor-small")],
        &[("judge-unvalidated", "/llm/judge/model")],
    ),
    row(
        HELPDESK,
        &[Text("model: other-vendor-small", "model: vendor-large")],
        &[("judge-unvalidated", "/llm/judge/model")],
    ),
    row(
        HELPDESK,
        &[Text("step_latency: 1500ms}", "step_latency: 1500ms, memory: {writable_by: untrusted, scope: user}}")],
        &[("agent-memory-unprotected", "/llm/agent/memory/writable_by")],
    ),
];
