//! Expressions over real manifests, by the public interface alone.

use std::sync::Arc;

use mlsystem::built_in::MANIFEST;
use mlsystem::expression::{
    Cell, Column, Compiled, ConditionText, Conditions, Frame, Place, Problem, Row, Scope, Spec, Table, Type, Unknown,
    Value, compile, compile_conditions, evaluate, items, place, placeholder, reasons, show,
};
use mlsystem::manifest::{self, Manifest};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};
use mlsystem::units::Date;

const RECOMMENDER: &str = include_str!("expression/recommender.yaml");

const TABLES: &[Table] = &[Table {
    name: "areas",
    meaning: "what a domain implies",
    columns: &[
        Column { name: "tier", of: Type::Text },
        Column { name: "adversarial", of: Type::Bool },
        Column { name: "points", of: Type::List(&Type::Text) },
    ],
    rows: &[
        Row { word: "credit", cells: &[Cell::Text("high"), Cell::Bool(false), Cell::Texts(&["5(b)", "6"])] },
        Row { word: "fraud", cells: &[Cell::Empty, Cell::Bool(true), Cell::Empty] },
    ],
}];

fn read(text: &str) -> Manifest {
    let parsed = tree::parse(&Source::new("mlsystem.yaml", text), &Limits::default());
    let tree = parsed.tree.unwrap_or_else(|| panic!("{:?}", parsed.findings));
    manifest::read(&Arc::new(tree), &MANIFEST).0
}

fn conditions() -> Conditions {
    let texts = [
        ConditionText { name: "production", of: None, is: "stage == \"production\"", means: "in production" },
        ConditionText {
            name: "own",
            of: Some("model in models"),
            is: "!decided(model.base) || decided(model.trained_on)",
            means: "the model is trained here",
        },
        ConditionText {
            name: "label_age",
            of: None,
            is: "sum(written([data.labels.window, data.labels.delay]))",
            means: "",
        },
        ConditionText { name: "trains", of: None, is: "models.exists(m, own(m)) || decided(data.labels)", means: "" },
    ];
    compile_conditions(&texts, &MANIFEST, TABLES).unwrap()
}

fn frame(manifest: &Manifest) -> Frame<'_> {
    Frame::new(&MANIFEST, manifest, Date::parse("2026-11-24").unwrap()).with_tables(TABLES).keeping_wants()
}

fn compiled(text: &str) -> Compiled {
    let conditions = conditions();
    let scope = Scope::new().with_conditions(&conditions).with_tables(TABLES);
    compile(text, &MANIFEST, &scope).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"))
}

fn problems(text: &str) -> Vec<Problem> {
    let conditions = conditions();
    let scope = Scope::new().with_conditions(&conditions).with_tables(TABLES);
    match compile(text, &MANIFEST, &scope) {
        Ok(compiled) => panic!("{text} is accepted, as {:?}", compiled.of),
        Err(problems) => problems,
    }
}

/// What an expression shows as; `?` and the reason where it is unknown.
fn shown(text: &str, frame: &Frame<'_>) -> String {
    match evaluate(compiled(text).expr, frame) {
        Ok(value) => show(&value, frame, Spec::Plain),
        Err(unknown) => format!("? {}", unknown.words()),
    }
}

#[track_caller]
fn table(manifest: &str, rows: &[(&str, &str)]) {
    let manifest = read(manifest);
    let frame = frame(&manifest);
    for (text, wanted) in rows {
        assert_eq!(shown(text, &frame), *wanted, "{text}");
    }
}

const ABSENT: &str = "? a value is not written";
const UNREADABLE: &str = "? a value cannot be read";
const INCOMPARABLE: &str = "? values cannot be compared";

#[test]
fn places_and_their_states() {
    table(
        RECOMMENDER,
        &[
            ("stage", "production"),
            ("stage == \"production\"", "true"),
            ("serving.latency.p99", "100ms"),
            ("serving.latency.p50", ABSENT),
            ("has(serving.latency.p50)", "false"),
            ("has(serving.latency)", "true"),
            ("has(explanations)", "true"),
            ("decided(explanations)", "false"),
            ("against(explanations)", "true"),
            ("has(explanations.latency)", "true"),
            ("explanations.latency < duration(\"1s\")", ABSENT),
            ("has(llm)", "false"),
            ("has(llm.retrieval.sources)", "false"),
            ("llm.agent.max_steps > 3", ABSENT),
            ("has(serving.error_rate)", "true"),
            ("serving.error_rate < 0.01", UNREADABLE),
            ("serving.pattern", "online, batch"),
            ("\"online\" in serving.pattern", "true"),
            ("\"edge\" in serving.pattern", "false"),
            ("\"EU\" in regions", ABSENT),
            ("has(regions) && \"EU\" in regions", "false"),
            ("size(serving.pattern)", "2"),
            ("size(depends_on)", "0"),
            ("depends_on.exists(d, has(d.version))", "false"),
            ("depends_on.all(d, has(d.version))", "true"),
            ("monitoring.signals.exists(s, \"page\" == s.severity)", "true"),
            ("monitoring.signals.exists(s, s.for == duration(\"15m\"))", "true"),
            ("monitoring.signals.all(s, s.for == duration(\"15m\"))", ABSENT),
            ("monitoring.signals.map(s, name(s))", "errors, freshness"),
            ("data.sources[\"clicks\"].owner", "data-platform"),
            ("data.sources[\"nothing\"].owner", ABSENT),
            ("has(data.sources[\"nothing\"])", "false"),
            ("\"clicks\" in data.sources", "true"),
            ("models[\"ranker\"].trained_on.all(d, d in data.datasets)", "true"),
            ("models[\"ranker\"].trained_on.exists(d, d in data.sources)", "false"),
            ("data.datasets[models[\"ranker\"].trained_on[0]].rows", "12000000"),
            ("serving.path[\"features\"].p99", "18ms"),
            ("serving.path[0].p99", "8ms"),
            ("[\"p95\", \"p99\"].map(q, serving.latency[q])", "?, 100ms"),
            ("written([\"p95\", \"p99\"].map(q, serving.latency[q]))", "100ms"),
            ("evaluation.gate.in", "ci/gate.yaml"),
            ("at(monitoring.signals[\"freshness\"].of[0])", "1h"),
            ("at(models[\"ranker\"].trained_on[0]).rows", "12000000"),
            ("areas[domain.area[0]].tier", "high"),
            ("areas[\"fraud\"].tier", ABSENT),
            ("areas[\"fraud\"].adversarial", "true"),
            ("areas[\"credit\"].points", "5(b), 6"),
            ("\"credit\" in areas", "true"),
            ("areas.exists(a, name(a) == \"fraud\")", "true"),
            ("own(models[\"ranker\"])", "true"),
            ("models.exists(m, !own(m))", "false"),
            ("trains && production", "true"),
            ("label_age", "8d"),
            ("has(label_age)", "true"),
        ],
    );
}

#[test]
fn quantities_are_typed() {
    table(
        RECOMMENDER,
        &[
            ("serving.latency.p99 < duration(\"1s\")", "true"),
            ("duration(\"1m30s\") + duration(\"30s\")", "2m"),
            ("data.labels.window + data.labels.delay", "8d"),
            ("serving.throughput.average * duration(\"1d\")", "30240000"),
            ("economics.infrastructure * duration(\"60d\")", "8400 USD"),
            ("economics.per_prediction * serving.throughput.average", "362880 USD/month"),
            ("economics.per_prediction * data.datasets[\"train\"].rows", "4800 USD/prediction"),
            ("1 - serving.availability", "0.1%"),
            ("2 * serving.availability > 1", "true"),
            ("serving.replicas - 1", "? the operator does not take these values"),
            ("max(serving.replicas) - 1", "7"),
            ("min(serving.replicas)", "2"),
            ("max([1, 2.5, 2])", "2.5"),
            ("sum([1, 2, 3])", "6"),
            ("sum([0.1, 0.2]) == 0.3", "false"),
            ("today - reviewed", "30d"),
            ("reviewed + duration(\"30d\") == today", "true"),
            ("today - reviewed > duration(\"4w\")", "true"),
            ("review_every > duration(\"10y\")", "true"),
            ("review_every == \"never\"", "true"),
            ("review_every + duration(\"1d\") > duration(\"1d\")", "true"),
            ("data.sources[\"clicks\"].updates == \"hourly\"", "true"),
            ("data.sources[\"clicks\"].updates + duration(\"30m\")", "1h30m"),
            ("data.datasets[\"train\"].period.end < today", "true"),
            ("data.datasets[\"train\"].period.start", "2026-01-01"),
            ("data.datasets[\"train\"].retention > duration(\"10y\")", "true"),
            ("data.datasets[\"train\"].retention == \"forever\"", "true"),
            ("economics.budget < economics.infrastructure", INCOMPARABLE),
            ("evaluation.metrics[\"ndcg\"].target.bound", "at least"),
            ("evaluation.metrics[\"ndcg\"].target.value + 1", "1.31"),
            ("evaluation.metrics[\"mape\"].target.bound", ABSENT),
            ("has(evaluation.metrics[\"mape\"].target.bound)", "false"),
            ("task.classes.map(share, name(share))", "rare, common"),
            ("sum(task.classes.map(share, share))", "100%"),
            ("min(task.classes.map(share, share))", "20%"),
            (
                "requirements.map(r, r.must.subject)",
                "serving.latency.p99, serving.pattern, ndcg, serving.pattern, serving.throughput.peak",
            ),
        ],
    );
}

#[test]
fn functions_of_the_trade() {
    table(
        RECOMMENDER,
        &[
            ("critical_steps(serving.path, \"p99\")", "8ms, 18ms, 40ms, 30ms, 8ms"),
            ("critical_path(serving.path, \"p99\")", "104ms"),
            ("critical_items(serving.path, \"p99\").map(step, name(step))", "gateway, features, slow, ranker, policy"),
            ("critical_path(serving.path, \"p50\")", ABSENT),
            ("requirements.map(r, met(r.must))", "true, true, false, false, ?"),
            ("requirements.map(r, actual(r.must))", "100ms, online, batch, 0.29, online, batch, ?"),
            ("holds(evaluation.metrics[\"ndcg\"].target, evaluation.metrics[\"ndcg\"].achieved)", "false"),
            ("holds(evaluation.metrics[\"mape\"].target, evaluation.metrics[\"mape\"].achieved)", "true"),
            ("looser(monitoring.signals[\"errors\"].alert_if, evaluation.metrics[\"ndcg\"].target)", "true"),
            ("error_budget(serving.availability, duration(\"30d\"))", "43m12s"),
            ("half_width(0.5, 9604)", "0.01"),
            ("half_width(0.5, 9604, 9604)", "0.0141421"),
            ("half_width(0.5, 0)", "? division by zero"),
            // Kohavi, Tang & Xu 2020, section 17.6: about 16 σ²/δ²; exactly 15.698.
            ("sample_size(0.05, 0.01, 0.05, 0.8)", "7457"),
            ("sample_size(0.05, 0, 0.05, 0.8)", "? division by zero"),
            ("sample_size(5, 0.01, 0.05, 0.8)", "? a share lies between 0 and 1"),
            ("pow(2, 10)", "1024"),
            ("pow(0.99, 10) < 0.905", "true"),
            ("pow(serving.availability, 2)", "99.8001%"),
            ("product(serving.path.filter(s, has(s.availability)).map(s, s.availability))", "99.8501%"),
            ("ascending([1, 2, 2, 3])", "true"),
            ("ascending([serving.latency.p99, duration(\"10ms\")])", "false"),
            ("covers([\"EU\", \"en\"], \"DE\")", "true"),
            ("covers([\"EU\", \"en\"], \"en-GB\")", "true"),
            ("covers([\"DE\"], \"EU\")", "false"),
            ("floating(\"latest\")", "true"),
            ("floating(models[\"ranker\"].version)", "false"),
            ("\"a b\".split(\" \")", "a, b"),
            ("data.sources[\"clicks\"].owner.startsWith(\"data\")", "true"),
            ("size(\"πέντε\")", "5"),
        ],
    );
}
