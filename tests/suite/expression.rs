//! Expressions over real manifests, by the public interface alone.

use std::sync::Arc;

use mlsystem::arena::Arena;
use mlsystem::built_in::MANIFEST;
use mlsystem::expression::{
    Cell, Column, Compiled, ConditionText, Conditions, Frame, Location, Problem, Row, Scope, Spec, Table, Type,
    Unknown, compile, compile_conditions, evaluate, items, location, placeholder, reasons, show,
};
use mlsystem::manifest::{self, Manifest};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};
use mlsystem::units::Date;

const RECOMMENDER: &str = include_str!("../../crates/mlsystem-core/tests/recommender.yaml");

const TABLES: &[Table<'_>] = &[Table {
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

/// Memory for what a test compiles, which lives as long as the test program.
fn arena() -> &'static Arena {
    Box::leak(Box::default())
}

fn read(text: &str) -> Manifest {
    let parsed = tree::parse(&Source::new("mlsystem.yaml", text), &Limits::default());
    let tree = parsed.tree.unwrap_or_else(|| panic!("{:?}", parsed.findings));
    manifest::read(&Arc::new(tree), &MANIFEST).0
}

fn conditions() -> Conditions<'static> {
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
    compile_conditions(arena(), Conditions::default(), &texts, &MANIFEST, TABLES).unwrap()
}

fn frame(manifest: &Manifest) -> Frame<'_> {
    Frame::new(&MANIFEST, manifest, Date::parse("2026-11-24").unwrap()).with_tables(TABLES).noting_missing_inputs()
}

fn compiled(text: &str) -> Compiled<'static> {
    let conditions = conditions();
    let scope = Scope::new(arena()).with_conditions(&conditions).with_tables(TABLES);
    compile(text, &MANIFEST, &scope).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"))
}

fn problems(text: &str) -> Vec<Problem> {
    let conditions = conditions();
    let scope = Scope::new(arena()).with_conditions(&conditions).with_tables(TABLES);
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
            ("wilson_low(1, 30)", "0.886483"),
            ("wilson_high(0.5, 9604)", "0.509998"),
            ("wilson_low(0.5, 0)", "? division by zero"),
            ("wilson_low(5, 100)", "? a share lies between 0 and 1"),
            ("difference_width(0.9, 90, 0.9, 4000)", "0.0642803"),
            ("paired_width(0.964, 0.941, 0.023, 1200)", "0.00848158"),
            ("waiting_chance(10, 14)", "0.174132"),
            ("waiting_chance(14, 14)", "1"),
            ("normal_quantile(0.975)", "1.95996"),
            ("ln(0)", "? a logarithm is of a number above zero"),
            ("rounded_down(2 / 3.0)", "0.666666"),
            ("rounded_up(2 / 3.0)", "0.666667"),
            // The variances of both arms: 2.8016² (0.05 × 0.95 + 0.06 × 0.94) / 0.01².
            ("sample_size(0.05, 0.01, 0.05, 0.8)", "8155"),
            ("sample_size(0.05, 0, 0.05, 0.8)", "? division by zero"),
            ("sample_size(5, 0.01, 0.05, 0.8)", "? a share lies between 0 and 1"),
            ("pow(2, 10)", "1024"),
            ("pow(0.99, 10) < 0.905", "true"),
            ("pow(serving.availability, 2)", "99.8001%"),
            ("product(serving.path.filter(s, has(s.availability)).map(s, s.availability))", "99.85%"),
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

/// What is wrong, what is underlined, and the help.
#[track_caller]
fn wrong(text: &str, rows: &[(&str, &str, &str)]) {
    let found: Vec<(String, String, String)> = problems(text)
        .into_iter()
        .map(|problem| (problem.message, text[problem.span].to_owned(), problem.help.unwrap_or_default()))
        .collect();
    let wanted: Vec<(String, String, String)> =
        rows.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn names_must_exist() {
    wrong(
        "servng.latency == 1",
        &[("`servng` is no field of the format, and no name of this expression", "servng", "write `serving`")],
    );
    wrong(
        "serving.latncy.p99 < duration(\"1s\") && has(serving.fallbak)",
        &[
            ("`serving` has no field `latncy`", "latncy", "write `latency`"),
            ("`serving` has no field `fallbak`", "fallbak", "write `fallback`"),
        ],
    );
    wrong(
        "data.datasets.exists(d, has(d.versoin))",
        &[("`data.datasets.*` has no field `versoin`", "versoin", "write `version`")],
    );
    wrong(
        "has(data.datasets.version)",
        &[(
            "`version` is no part of named items, each the record `data.datasets.*`",
            "version",
            "each item has it: `.exists(item, … item.version …)`",
        )],
    );
    wrong(
        "critical_pth(serving.path, \"p99\") < serving.timeout",
        &[("there is no function `critical_pth`", "critical_pth", "write `critical_path(…)`")],
    );
    wrong(
        "serving.latency[\"p98\"] < serving.timeout",
        &[("`serving.latency` has no field `p98`", "\"p98\"", "write \"p90\"")],
    );
    wrong("areas[\"credit\"].teir == \"high\"", &[("`areas` has no column `teir`", "teir", "write `tier`")]);
    wrong("retries > 3", &[("`retries` is no field of the format, and no name of this expression", "retries", "")]);
    wrong("error_rate > 3%", &[("the expression ends where a value is expected", "", "")]);
    wrong(
        "error_rate > 0.03",
        &[(
            "`error_rate` is no field of the format, and no name of this expression",
            "error_rate",
            "write `serving.error_rate`",
        )],
    );
}

#[test]
fn kinds_must_fit() {
    wrong(
        "serving.latency.p99 > 100",
        &[(
            "a duration cannot be compared with a whole number",
            "serving.latency.p99 > 100",
            "a duration is written `duration(\"30d\")`",
        )],
    );
    wrong(
        "serving.latency.p99 > \"100ms\"",
        &[(
            "a duration cannot be compared with the text \"100ms\"",
            "serving.latency.p99 > \"100ms\"",
            "write `duration(\"100ms\")`",
        )],
    );
    wrong(
        "stage == \"prod\"",
        &[(
            "`prod` is not a word of this field",
            "\"prod\"",
            "the words are `research`, `prototype`, `production`, `retired`",
        )],
    );
    wrong(
        "stage in [\"production\", \"prototyp\"]",
        &[("`prototyp` is not a word of this field", "[\"production\", \"prototyp\"]", "write \"prototype\"")],
    );
    wrong("\"onlin\" in serving.pattern", &[("`onlin` is not a word of this field", "\"onlin\"", "write \"online\"")]);
    wrong(
        "serving.pattern == \"online\"",
        &[(
            "a list of words of an enumeration cannot be compared with the text \"online\"",
            "serving.pattern == \"online\"",
            "`in` asks whether a list holds something; `.exists(item, …)` whether some item does",
        )],
    );
    wrong(
        "[\"p99\"].exists(q, serving.path.exists(s, s[q] > 5))",
        &[(
            "a duration cannot be compared with a whole number",
            "s[q] > 5",
            "a duration is written `duration(\"30d\")`",
        )],
    );
    wrong(
        "\"x\" in stage",
        &[(
            "`in` looks into a list or named items, and this is one of `research`, `prototype`, `production`, `retired`",
            "stage",
            "a text in a text is `.contains(…)`, equality is `==`",
        )],
    );
    wrong(
        "serving.timeout.exists(t, true)",
        &[("`exists` visits the items of a list, and this is a duration", "serving.timeout", "")],
    );
    wrong(
        "economics.budget + serving.timeout > economics.value",
        &[("a spend and a duration cannot be added", "economics.budget + serving.timeout", "")],
    );
    wrong(
        "serving.fallback && stage == \"production\"",
        &[(
            "`&&` needs true or false, and this is the record `serving.fallback`",
            "serving.fallback",
            "ask `has(…)` whether it is written",
        )],
    );
    wrong(
        "size(serving.timeout) > sum(1)",
        &[
            (
                "`list` of `size` is a list or a text, and this is a duration",
                "serving.timeout",
                "write `size(serving.path)`",
            ),
            (
                "`list` of `sum` is a list of quantities, and this is a whole number",
                "1",
                "write `sum([data.labels.window, data.labels.delay])`",
            ),
        ],
    );
    wrong("pow(2) > 1", &[("`pow` takes 2 arguments, not 1", "pow", "write `pow(base, exponent)`")]);
    wrong(
        "attempts(serving.path[0]) > 1",
        &[("`attempts` takes 2 to 3 arguments, not 1", "attempts", "write `attempts(step, percentile, retries)`")],
    );
    wrong("has(1 + 1)", &[("`has` asks about a place of the manifest", "1 + 1", "write `has(serving.fallback)`")]);
    wrong("duration(\"5min\") > serving.timeout", &[("`5min` is not a duration", "\"5min\"", "write \"5m\"")]);
    wrong(
        "own(data.sources[\"a\"])",
        &[("`own` takes the record `models.*`, and this is the record `data.sources.*`", "data.sources[\"a\"]", "")],
    );
    wrong(
        "own && production(1)",
        &[
            ("`own` needs a model", "own", "write `own(model)`"),
            ("`production` takes nothing", "production(1)", "write `production`"),
        ],
    );
    wrong(
        "critical_path(serving.path, \"p98\") > serving.timeout",
        &[("`p98` is no percentile of a step", "\"p98\"", "one of `p50`, `p95`, `p99`")],
    );
    wrong(
        "stage.startWith(\"p\")",
        &[("`.startWith(…)` is no function of a value", "startWith", "write `.startsWith(…)`")],
    );
    wrong("serving.path.sum()", &[("`.sum(…)` is no function of a value", "sum", "write `sum(…)`")]);
    wrong("contains(stage, \"p\")", &[("`contains` is called on a value", "contains", "write `text.contains(…)`")]);
    wrong(
        "stage < \"production\"",
        &[("one of `research`, `prototype`, `production`, `retired` has no order", "stage < \"production\"", "")],
    );
    wrong("\"uk\" in regions", &[("`uk` is not a region", "\"uk\"", "write \"GB\"")]);
    wrong("data.datasets.exists(1, true)", &[("a macro binds a plain name", "1", "write `.exists(item, …)`")]);

    let conditions = conditions();
    let scope = Scope::new(arena()).with_conditions(&conditions);
    let found = compile("serving.timeout", &MANIFEST, &scope).unwrap().as_condition(&MANIFEST).unwrap_err();
    assert_eq!(found[0].message, "a condition is true or false, and this is a duration");
}

#[test]
fn conditions_may_not_rest_on_themselves() {
    let text = |name, is| ConditionText { name, of: None, is, means: "" };
    let texts = [text("a", "b && true"), text("b", "c || false"), text("c", "!a"), text("d", "true")];
    let found = compile_conditions(arena(), Conditions::default(), &texts, &MANIFEST, &[]).unwrap_err();
    let messages: Vec<&str> = found.iter().map(|found| found.problem.message.as_str()).collect();
    assert_eq!(messages, ["`a` rests on itself", "`b` rests on itself", "`c` rests on itself"]);
    let faulty = [text("a", "b"), text("b", "stag == \"production\""), text("c", "1 +")];
    let found = compile_conditions(arena(), Conditions::default(), &faulty, &MANIFEST, &[]).unwrap_err();
    let at: Vec<usize> = found.iter().map(|found| found.index).collect();
    assert_eq!(at, [1, 2]);
}

#[test]
fn unknown_is_absorbed_as_errors_are_in_cel() {
    // `serving.timeout` is not written.
    let unknown = "serving.timeout > duration(\"1s\")";
    let rows = [
        ("false && ({u})", "false"),
        ("({u}) && false", "false"),
        ("true && ({u})", ABSENT),
        ("({u}) && true", ABSENT),
        ("true || ({u})", "true"),
        ("({u}) || true", "true"),
        ("false || ({u})", ABSENT),
        ("({u}) || false", ABSENT),
        ("!({u})", ABSENT),
        ("({u}) ? 1 : 2", ABSENT),
        ("true ? 1 : ({u} ? 1 : 2)", "1"),
        ("[1, 2].exists(x, x == 2 || ({u}))", "true"),
        ("[1, 2].exists(x, x == 3 || ({u}))", ABSENT),
        ("[1, 2].all(x, x == 1 || ({u}))", ABSENT),
        ("[1, 2].all(x, x == 3 && ({u}))", "false"),
        ("[1, 2].exists_one(x, x == 1 || ({u}))", ABSENT),
        ("[1, 2].filter(x, ({u}))", ABSENT),
        ("3 in [1, 2]", "false"),
        ("duration(\"1s\") in [duration(\"1s\"), serving.timeout]", "true"),
        ("duration(\"2s\") in [duration(\"1s\"), serving.timeout]", ABSENT),
        ("size([serving.timeout])", ABSENT),
        ("size(written([serving.timeout, duration(\"1s\")]))", "1"),
        ("written([serving.timeout])", ABSENT),
        ("sum([serving.timeout, duration(\"1s\")])", ABSENT),
        ("false && 1 / 0 == 1", "false"),
        ("1 / 0 == 1 || ({u})", "? division by zero"),
    ];
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    for (text, wanted) in rows {
        let text = text.replace("{u}", unknown);
        assert_eq!(shown(&text, &frame), wanted, "{text}");
    }
}

#[test]
fn what_was_wanted_is_told() {
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    for (text, wanted) in [
        (
            "serving.timeout > duration(\"1s\") && serving.cache.ttl > duration(\"1s\")",
            vec!["serving.timeout", "serving.cache.ttl"],
        ),
        ("serving.timeout > serving.cache.ttl", vec!["serving.timeout", "serving.cache.ttl"]),
        ("false && serving.timeout > duration(\"1s\")", vec![]),
        (
            "(serving.timeout > duration(\"1s\") && false) || serving.cache.ttl > duration(\"1s\")",
            vec!["serving.cache.ttl"],
        ),
        ("serving.path.all(s, s.p95 > duration(\"1s\"))", vec!["serving.path[].p95"]),
        ("data.sources.exists(s, s.availability > 0.5)", vec!["data.sources.*.availability"]),
        ("has(serving.timeout)", vec![]),
        ("critical_path(serving.path, \"p50\") > duration(\"1s\")", vec!["serving.path[].p50"]),
        ("met(requirements[4].must)", vec!["serving.throughput.peak"]),
        ("stage == \"production\"", vec![]),
        ("trains", vec![]),
    ] {
        let _ = evaluate(compiled(text).expr, &frame);
        assert_eq!(frame.take_missing_inputs(), wanted, "{text}");
    }
}

#[test]
fn steps_are_counted() {
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    let digits = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    let mut text = "true".to_owned();
    for variable in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        text = format!("{digits}.all({variable}, {text})");
    }
    assert_eq!(evaluate(compiled(&text).expr, &frame).unwrap_err(), Unknown::TooLong);
    // What is undecided for want of steps is not absorbed either.
    let text = format!("({text}) || true");
    assert_eq!(evaluate(compiled(&text).expr, &frame).unwrap_err(), Unknown::TooLong);
}

/// What doubles at each step takes few steps, and would soon take all memory.
#[test]
fn what_is_made_is_counted() {
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    let doubled = |first: &str, body: &str| format!("{first}{}", format!(".map(a, {body})").repeat(40));
    for text in [
        doubled("[\"word\"]", "a + a"),
        doubled("[[1]]", "a + a"),
        format!("{}.exists(a, a == \"\")", doubled("[\"word\"]", "a + a")),
        format!("size({})", doubled("[\"word\"]", "a + a + a")),
        doubled("[\"a b\"]", "(a + \" \" + a).split(\" \")[0] + a"),
        format!("({}).filter(a, true)", doubled("[[1, 2]]", "a + a")),
    ] {
        assert_eq!(evaluate(compiled(&text).expr, &frame).unwrap_err(), Unknown::TooLong, "{text}");
    }
    // A list may hold one list many times over, which takes little until it is written out or compared.
    let nested = doubled("[1]", "[a, a]");
    let value = evaluate(compiled(&nested).expr, &frame).unwrap();
    assert!(show(&value, &frame, Spec::Plain).len() < 100_000);
    let text = format!("{nested} == {nested}");
    assert_eq!(evaluate(compiled(&text).expr, &frame).unwrap_err(), Unknown::TooLong);
    // Nobody reads a message of a million letters.
    let long = doubled("[\"word\"]", "a + a").replace(&".map(a, a + a)".repeat(40), &".map(a, a + a)".repeat(18));
    let shown = placeholder(compiled(&format!("{long}[0]")).expr, &frame, Spec::Plain).unwrap();
    assert!(shown.len() < 30_000 && shown.ends_with('…'), "{} bytes", shown.len());
}

#[test]
fn many_conditions_are_compiled_in_the_order_in_which_they_rest_on_each_other() {
    let texts: Vec<(String, String)> = (0..20_000)
        .map(|number| match number % 4 {
            // Each rests on the next, the last of four on none.
            3 => (format!("c{number}"), "stage == \"production\"".to_owned()),
            _ => (format!("c{number}"), format!("c{}", number + 1)),
        })
        .collect();
    let texts: Vec<ConditionText<'_>> =
        texts.iter().map(|(name, is)| ConditionText { name, of: None, is, means: "" }).collect();
    let names: Vec<&str> = compile_conditions(arena(), Conditions::default(), &texts, &MANIFEST, TABLES)
        .unwrap()
        .all()
        .map(|one| one.name)
        .collect();
    assert_eq!(names.len(), 20_000);
    assert_eq!(names[..2], ["c3", "c7"]);
    assert_eq!(names[5_000..5_002], ["c2", "c6"]);
    // Of many that are wrong, some are enough.
    let wrong: Vec<ConditionText<'_>> = texts.iter().map(|text| ConditionText { is: "nothing > 1", ..*text }).collect();
    assert_eq!(compile_conditions(arena(), Conditions::default(), &wrong, &MANIFEST, TABLES).unwrap_err().len(), 100);
}

/// The underlined text, its line, the path, whether it is written, and the missing section.
fn told(text: &str, frame: &Frame<'_>) -> String {
    let Some(Location { span, pointer, path, written, missing_section, .. }) = location(compiled(text).expr, frame)
    else {
        return "no place".to_owned();
    };
    let source = frame.manifest.source();
    let line = source.position(span.start as usize, mlsystem::source::ColumnUnit::Bytes).line;
    let state = match (written, missing_section) {
        (true, None) => String::new(),
        (false, None) => ", not written".to_owned(),
        (false, Some(section)) => format!(", no {section}"),
        (true, Some(section)) => panic!("{text}: {section} is missing and written"),
    };
    if !path.contains('[') {
        assert_eq!(pointer.to_string(), format!("/{}", path.replace('.', "/")), "{text}");
    }
    format!("{line} `{}` {path}{state}", source.slice(span))
}

#[test]
fn labels_point_at_places() {
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    for (text, wanted) in [
        ("stage", "3 `production` stage"),
        ("serving", "60 `serving` serving"),
        ("serving.latency", "62 `latency` serving.latency"),
        ("serving.latency.p99", "63 `100ms` serving.latency.p99"),
        ("serving.latency.p50", "62 `latency` serving.latency.p50, not written"),
        ("serving.cache.ttl", "60 `serving` serving.cache.ttl, not written"),
        ("serving.pattern", "61 `[online, batch]` serving.pattern"),
        ("serving.fallback", "83 `fallback` serving.fallback"),
        ("serving.fallback.to", "83 `popular-nearby` serving.fallback.to"),
        ("serving.fallback.tested", "83 `fallback` serving.fallback.tested, not written"),
        ("serving.path", "69 `path` serving.path"),
        ("serving.path[\"features\"]", "73 `features` serving.path.features"),
        ("serving.path[\"features\"].p99", "74 `18ms` serving.path.features.p99"),
        ("serving.path[\"features\"].p50", "73 `features` serving.path.features.p50, not written"),
        ("serving.path[2].parallel[\"slow\"].p99", "79 `20ms` serving.path.candidates.parallel.slow.p99"),
        ("data.sources[\"clicks\"]", "31 `clicks` data.sources.clicks"),
        ("data.sources[\"menus\"].updates", "35 `menus` data.sources.menus.updates, not written"),
        ("data.sources[\"nothing\"]", "30 `sources` data.sources.nothing, not written"),
        ("data.sources[\"nothing\"].owner", "30 `sources` data.sources.nothing.owner, not written"),
        ("explanations", "59 `rankings explain themselves` explanations"),
        ("explanations.latency", "59 `explanations` explanations.latency"),
        ("llm.retrieval", "2 `restaurant-recommender` llm.retrieval, no llm"),
        ("regions", "2 `restaurant-recommender` regions, no regions"),
        ("serving.error_rate", "65 `lots` serving.error_rate"),
        ("at(requirements[0].must)", "63 `100ms` serving.latency.p99"),
        ("at(requirements[2].must)", "54 `0.29` evaluation.metrics.ndcg.achieved"),
        ("at(requirements[4].must)", "68 `throughput` serving.throughput.peak, not written"),
        (
            "requirements[0].must",
            "21 `serving.latency.p99 at most 100ms` requirements[serving.latency.p99 at most 100ms].must",
        ),
        ("at(monitoring.signals[\"freshness\"].of[0])", "64 `1h` serving.freshness"),
        ("at(monitoring.signals[\"errors\"].of[0])", "54 `ndcg` evaluation.metrics.ndcg"),
        ("at(models[\"ranker\"].trained_on[0])", "37 `train` data.datasets.train"),
        ("critical_items(serving.path, \"p99\")[2].p99", "79 `20ms` serving.path.candidates.parallel.slow.p99"),
        ("models.filter(m, own(m))[0].version", "50 `v12.3` models.ranker.version"),
        ("label_age", "no place"),
        ("1 + 1", "no place"),
    ] {
        assert_eq!(told(text, &frame), wanted, "{text}");
    }
    // A document without a name is underlined at its first key.
    let nameless = read("mlsystem: 1\nstage: production\n");
    let frame = self::frame(&nameless);
    assert_eq!(told("serving.latency", &frame), "1 `mlsystem` serving.latency, no serving");
    // One model without a name stands for a map of one.
    let single = read("mlsystem: 1\nname: a\nmodels: {family: tree, version: \"3\"}\nowner: team\n");
    let frame = self::frame(&single);
    assert_eq!(told("models[\"model\"].version", &frame), "3 `\"3\"` models.model.version");
    assert_eq!(told("models[\"model\"].seed", &frame), "3 `models` models.model.seed, not written");
    assert_eq!(told("owner.contact", &frame), "4 `owner` owner.contact, not written");
}

#[test]
fn loops_and_lets_are_seen() {
    let manifest = read(RECOMMENDER);
    let mut frame = frame(&manifest);
    let mut scope = Scope::new(arena());
    let steps = compile("serving.path", &MANIFEST, &scope).unwrap();
    scope.variable("step", steps.of.item(arena()).unwrap());
    let twice = compile("step.p99 + step.p99", &MANIFEST, &scope).unwrap();
    scope.bind("twice", twice);
    let text = compile("[1].all(x, twice > duration(\"30ms\"))", &MANIFEST, &scope).unwrap();
    let at = compile("step.p99", &MANIFEST, &scope).unwrap();
    let name = compile("step", &MANIFEST, &scope).unwrap();
    let mut rounds = Vec::new();
    for local in items(steps.expr, &frame).unwrap().iter() {
        let mut frame = frame.loop_scope();
        frame.push(local);
        let value = evaluate(text.expr, &frame).map(|value| show(&value, &frame, Spec::Plain)).unwrap_or("?".into());
        let path = location(at.expr, &frame).unwrap().path;
        rounds.push(format!("{} {value} {path}", placeholder(name.expr, &frame, Spec::Plain).unwrap_or_default()));
    }
    assert_eq!(
        rounds,
        [
            "gateway false serving.path.gateway.p99",
            "features true serving.path.features.p99",
            "candidates ? serving.path.candidates.p99",
            "ranker true serving.path.ranker.p99",
            "policy false serving.path.policy.p99",
        ]
    );
    let classes = compile("task.classes", &MANIFEST, &Scope::new(arena())).unwrap();
    let mut scope = Scope::new(arena());
    scope.variable("share", classes.of.item(arena()).unwrap());
    let share = compile("share", &MANIFEST, &scope).unwrap();
    let first = items(classes.expr, &frame).unwrap().get(0).unwrap();
    frame.push(first);
    assert_eq!(placeholder(share.expr, &frame, Spec::Plain).unwrap_or_default(), "rare");
    let value = compile("share + 0", &MANIFEST, &scope).unwrap();
    assert_eq!(placeholder(value.expr, &frame, Spec::Plain).unwrap_or_default(), "20%");
}

#[test]
fn requirements_are_held_against_the_design() {
    let requirement = |must: &str| RECOMMENDER.replace("must: serving.pattern is edge", &format!("must: {must}"));
    for (must, wanted) in [
        ("serving.latency.p99 at most 100ms", "true"),
        ("serving.latency.p99 below 100ms", "false"),
        ("serving.replicas at least 2", "true"),
        ("serving.replicas at most 4", "false"),
        ("data.datasets.train.rows at least 1M", "true"),
        ("review_every at most 1y", "false"),
        ("review_every at least 1y", "true"),
        ("data.sources.clicks.updates at most 1h", "true"),
        ("availability at least 99.9%", "true"),
        ("mape at most 5%", "true"),
        ("models.ranker.version is v12.3", "true"),
        ("models.ranker.version is v12.4", "false"),
        ("models.ranker.trained_on is train", "true"),
        ("serving.pattern is online", "false"),
        ("serving.pattern includes batch", "true"),
        ("data.sources includes clicks", "true"),
        ("data.sources includes cliks", "false"),
        ("serving.fallback is set", "true"),
        ("serving.timeout is set", ABSENT),
        ("serving.timeout at most 1s", ABSENT),
        ("explanations.latency at most 1s", ABSENT),
        ("serving.error_rate at most 1%", UNREADABLE),
        ("serving.latency.p99 at most 1GB", INCOMPARABLE),
    ] {
        let manifest = read(&requirement(must));
        let frame = frame(&manifest);
        assert_eq!(shown("met(requirements[3].must)", &frame), wanted, "{must}");
    }
}

#[test]
fn a_let_may_stand_for_a_section() {
    let manifest = read("mlsystem: 1\nname: a\ndata: {datasets: {train: {rows: 5}}}\n");
    let frame = frame(&manifest);
    let mut scope = Scope::new(arena());
    for (name, text) in [("labels", "data.labels"), ("train", "data.datasets[\"train\"]")] {
        let compiled = compile(text, &MANIFEST, &scope).unwrap();
        scope.bind(name, compiled);
    }
    let place_of = |text: &str| {
        let found = location(compile(text, &MANIFEST, &scope).unwrap().expr, &frame).unwrap();
        (found.path, manifest.source().slice(found.span).to_owned(), found.written)
    };
    assert_eq!(place_of("labels.window"), ("data.labels.window".into(), "data".into(), false));
    assert_eq!(place_of("train.rows"), ("data.datasets.train.rows".into(), "5".into(), true));
    assert_eq!(place_of("train.period"), ("data.datasets.train.period".into(), "train".into(), false));
    let written = compile("has(labels) || has(labels.window) || !has(train.rows)", &MANIFEST, &scope).unwrap();
    assert_eq!(evaluate(written.expr, &frame).map(|value| show(&value, &frame, Spec::Plain)), Ok("false".to_owned()));
}

#[test]
fn placeholders_are_for_people() {
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    for (text, spec, wanted) in [
        ("critical_steps(serving.path, \"p99\")", Spec::Plus, "8 + 18 + 40 + 30 + 8"),
        ("[duration(\"90ms\"), duration(\"2s\")]", Spec::Plus, "90ms + 2s"),
        ("[duration(\"1h30m\"), duration(\"1h30m\")]", Spec::Plus, "1h30m + 1h30m"),
        ("serving.path.map(s, s.availability)", Spec::Times, "99.95% × 99.9% × ? × ? × ?"),
        ("[0.5, serving.availability]", Spec::Percent, "50%, 99.9%"),
        ("data.sources", Spec::Plain, "clicks, menus"),
        ("data.sources[\"clicks\"]", Spec::Plain, "clicks"),
        ("serving.path[1]", Spec::Plain, "features"),
        ("models[\"ranker\"].trained_on", Spec::Plain, "train"),
        ("serving.timeout", Spec::Plain, "?"),
        ("requirements[0].must", Spec::Plain, "serving.latency.p99 at most 100ms"),
        ("0.5", Spec::Percent, "50%"),
        ("1.0 / 3.0", Spec::Plain, "0.333333"),
        ("true", Spec::Plain, "true"),
        ("today", Spec::Plain, "2026-11-24"),
    ] {
        assert_eq!(placeholder(compiled(text).expr, &frame, spec).unwrap_or_else(|| "?".to_owned()), wanted, "{text}");
    }
}

#[test]
fn reasons_are_facts_of_the_manifest() {
    let manifest = read(RECOMMENDER);
    let frame = frame(&manifest);
    for (text, wanted) in [
        (
            "stage == \"production\" && \"online\" in serving.pattern",
            vec!["`stage` is `production`", "`serving.pattern` includes `online`"],
        ),
        ("production && risk in [\"limited\", \"high\"]", vec!["`stage` is `production`", "`risk` is `limited`"]),
        ("!has(regions) && \"credit\" in domain.area", vec!["`regions` is not written", "`domain.area` is `credit`"]),
        (
            "has(serving.fallback) && against(explanations)",
            vec!["`serving.fallback` is written", "`explanations` is decided against"],
        ),
        ("!(stage == \"retired\")", vec!["`stage` is `production`"]),
        ("risk == \"high\" || stage == \"production\"", vec!["`stage` is `production`"]),
        (
            "data.sources.exists(s, decided(s.personal) && s.personal in [\"ordinary\", \"special\"])",
            vec!["`data.sources.clicks.personal` is `ordinary`"],
        ),
        ("trains", vec!["`models.ranker.base` is not written"]),
        ("serving.latency.p99 < duration(\"1s\")", vec!["`serving.latency.p99` is `100ms`"]),
        ("!depends_on.exists(d, true)", vec!["`depends_on` is not written"]),
        ("serving.throughput.average * duration(\"1d\") > 1000", vec!["`serving.throughput.average` is `350/s`"]),
        ("stage == \"production\" && production", vec!["`stage` is `production`"]),
        ("!(\"edge\" in serving.pattern)", vec!["`serving.pattern` does not include `edge`"]),
        (
            "decided(serving.pattern) && serving.pattern.exists(p, p in [\"online\", \"edge\"])",
            vec!["`serving.pattern` is `online, batch`"],
        ),
        (
            "says(serving.pattern, \"online\") && says(task.type, \"ranking\", \"retrieval\")",
            vec!["`serving.pattern` is `online, batch`", "`task.type` is `ranking`"],
        ),
        ("serving.pattern.exists(p, p in [\"batch\", \"edge\"])", vec!["`serving.pattern` includes `batch`"]),
        ("true", vec![]),
    ] {
        assert_eq!(shown(text, &frame), "true", "{text}");
        let found: Vec<String> = reasons(compiled(text).expr, &frame).into_iter().map(|because| because.text).collect();
        assert_eq!(found, wanted, "{text}");
    }
}
