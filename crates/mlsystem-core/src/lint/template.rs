//! Texts with values in them: `dataset {dataset} has no version`.

use std::ops::Range;

use super::{Part, Template};
use crate::arena::Arena;
use crate::expression::{Compiled, Frame, Problem, Spec, placeholder};

/// Reads a text. `compile` compiles the expressions between braces; it is told where each begins in the text.
pub fn read<'a>(
    arena: &'a Arena,
    text: &str,
    mut compile: impl FnMut(&str, usize) -> Result<Compiled<'a>, Vec<Problem>>,
) -> Result<Template<'a>, Vec<Problem>> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut problems = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((offset, letter)) = rest.next() {
        let doubled = rest.peek().is_some_and(|(_, next)| *next == letter);
        match letter {
            '{' | '}' if doubled => {
                rest.next();
                words.push(letter);
            }
            '{' => {
                let Some(length) = length_of_placeholder(&text[offset + 1..]) else {
                    problems.push(problem(offset..text.len(), "a `{` is not closed"));
                    break;
                };
                let (code, spec) = split_spec(&text[offset + 1..offset + 1 + length]);
                match compile(code, offset + 1) {
                    Ok(compiled) => {
                        if !words.is_empty() {
                            parts.push(Part::Text(arena.text(&std::mem::take(&mut words))));
                        }
                        parts.push(Part::Value(*compiled.expr, spec));
                    }
                    Err(mut found) => {
                        // Most often YAML to paste was meant.
                        if let (true, Some(first)) = (code.contains(": "), found.first_mut()) {
                            first.help = Some("braces that are no placeholder are written `{{` and `}}`".to_owned());
                        }
                        problems.extend(found);
                    }
                }
                while rest.next_if(|(at, _)| *at <= offset + 1 + length).is_some() {}
            }
            '}' => problems.push(problem(offset..offset + 1, "a `}` closes nothing; `}}` is a brace")),
            _ => words.push(letter),
        }
    }
    if !words.is_empty() {
        parts.push(Part::Text(arena.text(&words)));
    }
    if problems.is_empty() { Ok(Template { parts: arena.list(&parts) }) } else { Err(problems) }
}

impl<'a> Template<'a> {
    /// The text with the values that `frame` gives; what is unknown shows as `?`.
    pub fn fill(&'a self, frame: &Frame<'a>) -> String {
        self.fill_known(frame).0
    }

    /// The same, and whether every value was known.
    pub fn fill_known(&'a self, frame: &Frame<'a>) -> (String, bool) {
        let mut filled = String::new();
        let mut known = true;
        for part in self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Value(expr, spec) => {
                    let shown = placeholder(expr, frame, *spec);
                    known &= shown.is_some();
                    filled.push_str(shown.as_deref().unwrap_or(UNKNOWN));
                }
            }
        }
        (filled, known)
    }
}

/// What an unknown value shows as.
const UNKNOWN: &str = "?";

/// The length of a placeholder, up to its closing brace; braces inside texts do not count.
fn length_of_placeholder(text: &str) -> Option<usize> {
    let mut quote = None;
    for (offset, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '}') => return Some(offset),
            (None, _) => {}
        }
    }
    None
}

fn split_spec(code: &str) -> (&str, Spec) {
    for (mark, spec) in [(":+", Spec::Plus), (":*", Spec::Times), (":>", Spec::Way), (":%", Spec::Percent)] {
        if let Some(code) = code.strip_suffix(mark) {
            return (code, spec);
        }
    }
    (code, Spec::Plain)
}

fn problem(span: Range<usize>, message: &str) -> Problem {
    Problem { span, message: message.to_owned(), help: None }
}
