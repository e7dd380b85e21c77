//! No text can make the parser, the checker or the evaluator panic or hang.

use std::sync::Arc;

use mlsystem::arena::Arena;
use mlsystem::built_in::MANIFEST;
use mlsystem::expression::{Frame, Scope, Spec, compile, evaluate, items, location, placeholder, reasons};
use mlsystem::manifest::{self, Manifest};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};
use mlsystem::units::Date;
use proptest::prelude::*;

fn read() -> Manifest {
    let source = Source::new("mlsystem.yaml", include_str!("../../crates/mlsystem-core/tests/recommender.yaml"));
    manifest::read(&Arc::new(tree::parse(&source, &Limits::default()).tree.unwrap()), &MANIFEST).0
}

/// Does everything that can be done with a text; problems must lie inside it.
fn exercise(text: &str, manifest: &Manifest) -> bool {
    let arena = Arena::new();
    let frame = Frame::new(&MANIFEST, manifest, Date::from_days(20_000).unwrap()).noting_missing_inputs();
    match compile(text, &MANIFEST, &Scope::new(&arena)) {
        Ok(compiled) => {
            let _ = evaluate(compiled.expr, &frame);
            let _ = items(compiled.expr, &frame);
            let _ = reasons(compiled.expr, &frame);
            let _ = placeholder(compiled.expr, &frame, Spec::Plus);
            if let Some(place) = location(compiled.expr, &frame) {
                assert!(manifest.source().text().get(place.span.range()).is_some(), "{text}");
            }
            true
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(text.get(problem.span.clone()).is_some(), "{text:?}: {problem:?}");
                assert!(!problem.message.is_empty());
            }
            false
        }
    }
}

/// Words of which many sequences nearly make an expression.
const WORDS: &[&str] = &[
    "serving",
    ".",
    "latency",
    "p99",
    "path",
    "data",
    "sources",
    "models",
    "step",
    "has",
    "decided",
    "(",
    ")",
    "[",
    "]",
    ",",
    "==",
    "!=",
    "<",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "&&",
    "||",
    "!",
    "?",
    ":",
    "in",
    "exists",
    "all",
    "map",
    "filter",
    "v",
    "1",
    "0",
    "2.5",
    "\"p99\"",
    "'x'",
    "true",
    "false",
    "sum",
    "written",
    "max",
    "duration",
    "\"30d\"",
    "today",
    "at",
    "met",
    "requirements",
    "must",
    "size",
    "stage",
    "\"production\"",
    "name",
    "reviewed",
    "for",
    "critical_path",
    "null",
    "r'",
    "\"\"\"",
    "0x",
    "9223372036854775808",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}") {
        exercise(&text, &read());
    }

    #[test]
    fn any_words_are_survived(words in prop::collection::vec(prop::sample::select(WORDS), 0..24)) {
        let manifest = read();
        exercise(&words.concat(), &manifest);
        exercise(&words.join(" "), &manifest);
    }
}
