//! No expression can make the evaluator panic or hang, even one whose kinds do not fit.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::{Frame, Scope, Spec, compile, evaluate, items, location, placeholder, reasons};
use crate::arena::Arena;
use crate::manifest::{self, Manifest};
use crate::schema::{Schema, outline};
use crate::source::Source;
use crate::tree::{self, Limits};
use crate::units::Date;

/// The format, read from its declaration: tests of this module use nothing that is built from it.
pub(super) static FORMAT: LazyLock<Schema> =
    LazyLock::new(|| outline::read(include_str!("../schema/format.outline")).unwrap());

fn read() -> Manifest {
    let source = Source::new("mlsystem.yaml", include_str!("../../tests/recommender.yaml"));
    manifest::read(&Arc::new(tree::parse(&source, &Limits::default()).tree.unwrap()), &FORMAT).0
}

/// Whole expressions that proptest puts into each other.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("serving.latency.p99".to_owned()),
        Just("serving.timeout".to_owned()),
        Just("serving.path".to_owned()),
        Just("data.sources".to_owned()),
        Just("economics.budget".to_owned()),
        Just("reviewed".to_owned()),
        Just("today".to_owned()),
        Just("review_every".to_owned()),
        Just("stage".to_owned()),
        Just("requirements[0].must".to_owned()),
        Just("task.classes".to_owned()),
        Just("duration(\"99y\")".to_owned()),
        Just("9223372036854775807".to_owned()),
        Just("1e308".to_owned()),
        Just("\"never\"".to_owned()),
        Just("v".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            (pair.clone(), prop::sample::select(&["+", "-", "*", "/", "%", "==", "<", "in", "&&", "||"][..]))
                .prop_map(|((a, b), sign)| format!("({a} {sign} {b})")),
            (pair.clone(), prop::sample::select(&["exists", "all", "map", "filter", "exists_one"][..]))
                .prop_map(|((a, b), name)| format!("{a}.{name}(v, {b})")),
            (
                inner.clone(),
                prop::sample::select(
                    &[
                        "sum",
                        "written",
                        "max",
                        "min",
                        "size",
                        "has",
                        "decided",
                        "name",
                        "at",
                        "product",
                        "ascending",
                        "met",
                        "floating",
                        "!",
                        "-"
                    ][..]
                )
            )
                .prop_map(|(a, name)| format!("{name}({a})")),
            pair.clone().prop_map(|(a, b)| format!("{a}[{b}]")),
            pair.clone().prop_map(|(a, b)| format!("[{a}, {b}]")),
            pair.prop_map(|(a, b)| format!("pow({a}, {b})")),
            inner.prop_map(|a| format!("{a}.p99")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_expression_is_survived(text in expression()) {
        let manifest = read();
        let frame = Frame::new(&FORMAT, &manifest, Date::from_days(20_000).unwrap()).noting_missing_inputs();
        let arena = Arena::new();
        for scope in [Scope::new(&arena), Scope::new(&arena).names_alone()] {
            let Ok(compiled) = compile(&text, &FORMAT, &scope) else { continue };
            let _ = evaluate(compiled.expr, &frame);
            let _ = items(compiled.expr, &frame);
            let _ = reasons(compiled.expr, &frame);
            let _ = placeholder(compiled.expr, &frame, Spec::Plus);
            if let Some(place) = location(compiled.expr, &frame) {
                prop_assert!(manifest.source().text().get(place.span.range()).is_some());
            }
        }
    }
}
