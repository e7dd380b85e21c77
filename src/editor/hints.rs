//! The arithmetic beside the numbers that it is about. The formulas are expressions over the functions and conditions
//! that the lints use; there is no second arithmetic here.

use std::sync::OnceLock;

use super::EditorContext;
use super::hint_rules::{FORMS, HintRule};
use crate::arena::Arena;
use crate::built_in;
use crate::expression::{Conditions, Expr, Frame, Scope, Spec, Value, compile, evaluate, location, show};
use crate::manifest::Manifest;
use crate::source::Span;

/// A result that is shown behind a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The byte behind which it is shown: the end of the value.
    pub offset: u32,
    /// The result: `path takes 76ms`.
    pub text: String,
    /// How it is computed, in Markdown.
    pub tooltip: String,
}

/// A form whose expressions are compiled.
struct Compiled {
    at: &'static Expr<'static>,
    when: &'static Expr<'static>,
    text: Vec<Part>,
    tooltip: Vec<Part>,
}

enum Part {
    Words(String),
    Value(&'static Expr<'static>, Spec),
}

/// The results that belong beside values inside `range`, in the order of the text.
pub fn hints(home: &Manifest, range: Span, around: &EditorContext<'_>) -> Vec<Hint> {
    if home.schema.root != built_in::MANIFEST.root {
        return Vec::new();
    }
    let frame = Frame::new(home.schema, home, around.today).with_tables(around.tables).within(around.facts);
    let mut found: Vec<Hint> = compiled().iter().filter_map(|form| hint(form, range, &frame)).collect();
    found.sort_by_key(|hint| hint.offset);
    found
}

fn hint(form: &Compiled, range: Span, frame: &Frame<'_>) -> Option<Hint> {
    let here = location(form.at, frame).filter(|place| place.written)?;
    let inside = range.start <= here.span.end && here.span.end <= range.end;
    if !inside || !matches!(evaluate(form.when, frame), Ok(Value::Bool(true))) {
        return None;
    }
    Some(Hint { offset: here.span.end, text: said(&form.text, frame)?, tooltip: said(&form.tooltip, frame)? })
}

/// The words with their values; none where one of the values is unknown.
fn said(parts: &[Part], frame: &Frame<'_>) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Value(expr, spec) => text.push_str(&show(&evaluate(expr, frame).ok()?, frame, *spec)),
        }
    }
    Some(text)
}

/// All forms, compiled when the first hint is asked for. One that does not compile is left out; a test holds that none is.
fn compiled() -> &'static [Compiled] {
    static COMPILED: OnceLock<Vec<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(|| {
        // The forms are those of the program, and are compiled once in its life.
        let arena: &'static Arena = Box::leak(Box::default());
        let conditions = Conditions::given(built_in::COMPILED_CONDITIONS);
        FORMS.iter().flat_map(|form| each(form, arena, &conditions)).collect()
    })
}

/// The form for each of the words that its `$` stands for.
fn each(form: &HintRule, arena: &'static Arena, conditions: &Conditions<'static>) -> Vec<Compiled> {
    form.words.iter().filter_map(|word| compile_form(form, word, arena, conditions)).collect()
}

fn compile_form(
    form: &HintRule,
    word: &str,
    arena: &'static Arena,
    conditions: &Conditions<'static>,
) -> Option<Compiled> {
    let mut scope = Scope::new(arena).with_conditions(conditions).with_tables(built_in::TABLES);
    for (name, expr) in form.lets {
        let bound = compile(&expr.replace('$', word), &built_in::MANIFEST, &scope).ok()?;
        scope.bind(*name, bound);
    }
    let expr = |text: &str| Some(compile(&text.replace('$', word), &built_in::MANIFEST, &scope).ok()?.expr);
    Some(Compiled {
        at: expr(form.at)?,
        when: expr(form.when)?,
        text: parts(form.text, &expr)?,
        tooltip: parts(form.tooltip, &expr)?,
    })
}

/// The words and the expressions in braces; a sign behind a colon says how a value is shown.
fn parts(text: &str, expr: &dyn Fn(&str) -> Option<&'static Expr<'static>>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for piece in text.split('{') {
        let Some((inner, words)) = piece.split_once('}') else {
            parts.push(Part::Words(piece.to_owned()));
            continue;
        };
        let (source, spec) = match inner.rsplit_once(':') {
            Some((source, "+")) => (source, Spec::Plus),
            Some((source, "*")) => (source, Spec::Times),
            Some((source, "%")) => (source, Spec::Percent),
            _ => (inner, Spec::Plain),
        };
        parts.push(Part::Value(expr(source)?, spec));
        parts.push(Part::Words(words.to_owned()));
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_compiles() {
        let count: usize = FORMS.iter().map(|form| form.words.len()).sum();
        assert_eq!(compiled().len(), count);
    }
}
