//! Expressions: parsed, checked, and evaluated on every manifest of the world.

use mlsystem::arena::Arena;
use mlsystem::built_in;
use mlsystem::expression::{
    Compiled, Expr, Frame, Spec, Type, compile, evaluate, foreseen, holds, items, location, placeholder, reasons,
};
use mlsystem::lint::Library;

use crate::world::{Member, library, today, world};

/// Whether the text is an expression, about which everything was asked.
pub fn hold(text: &str) -> bool {
    let arena = Arena::new();
    let library = library(&arena);
    let scope = library.scope();
    let compiled = match compile(text, &built_in::MANIFEST, &scope) {
        Ok(compiled) => compiled,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word: {text:?}");
            for problem in problems {
                assert!(text.get(problem.span.clone()).is_some(), "{text:?}: {problem:?}");
                assert!(!problem.message.is_empty(), "{text:?}: {problem:?}");
            }
            return false;
        }
    };
    let again = |text: String| compile(&text, &built_in::MANIFEST, &scope).ok();
    let inside = again(format!("({text}\n)"));
    let denied = (compiled.of == Type::Bool).then(|| again(format!("!({text}\n)"))).flatten();
    for member in &world().members {
        ask(text, compiled.expr, &library, member);
        for (other, sign) in [(inside, ""), (denied, "!")] {
            let Some(Compiled { expr, .. }) = other else { continue };
            let (one, other) = (value(compiled.expr, &frame(member)), value(expr, &frame(member)));
            let same = match (sign, &one, &other) {
                (_, None, _) | (_, _, None) => true,
                ("", one, other) => one == other,
                _ => holds(compiled.expr, &frame(member)) == holds(expr, &frame(member)).map(|truth| !truth),
            };
            assert!(same, "{text:?} is {one:?}, but {sign}({text}) is {other:?}");
        }
    }
    true
}

fn frame<'f>(member: &'static Member) -> Frame<'f> {
    let manifest = member.reading.manifest.as_deref().expect("the manifests of the world can be read");
    let frame = Frame::new(&built_in::MANIFEST, manifest, today()).with_tables(built_in::TABLES);
    frame.within(member.facts).seeing(member.view.as_ref()).noting_missing_inputs()
}

/// What an expression comes to; none where the frame has no steps left.
fn value<'f>(expr: &'f Expr<'f>, frame: &Frame<'f>) -> Option<String> {
    let value = evaluate(expr, frame).map(|value| mlsystem::expression::show(&value, frame, Spec::Plain));
    (!frame.is_spent()).then(|| format!("{value:?}"))
}

/// Asks everything that can be asked. What was kept of an earlier question changes no answer.
fn ask<'f>(text: &str, expr: &'f Expr<'f>, library: &Library<'f>, member: &'static Member) {
    let (fresh, used) = (frame(member), frame(member));
    let first = value(expr, &fresh);
    for condition in library.conditions.all().filter(|condition| condition.parameter.is_none()) {
        let _ = evaluate(&condition.body, &used);
    }
    let _ = value(expr, &used);
    let kept = value(expr, &used);
    if let (Some(first), Some(kept)) = (first, kept) {
        assert_eq!(first, kept, "what was kept changes the answer: {text:?}");
    }
    let truth = holds(expr, &frame(member));
    if let Some(expected) = foreseen(expr, &frame(member)) {
        assert_eq!(truth, Some(expected), "foreseen otherwise: {text:?}");
    }
    let _ = items(expr, &frame(member));
    let wanted = frame(member);
    let _ = holds(expr, &wanted);
    assert!(wanted.take_missing_inputs().iter().all(|want| !want.is_empty()), "{text:?}");
    for reason in reasons(expr, &frame(member)) {
        assert!(!reason.text.is_empty(), "{text:?}");
    }
    for spec in [Spec::Plain, Spec::Plus, Spec::Percent] {
        let _ = placeholder(expr, &frame(member), spec);
    }
    if let Some(place) = location(expr, &frame(member)) {
        assert!(place.source.text().get(place.span.range()).is_some(), "{text:?}");
    }
}
