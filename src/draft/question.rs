//! What no file tells and a design needs first: the places that a first manifest asks for, in the words of the format.

use super::builder::DraftBuilder;
use super::field_type::meaning;
use crate::schema::Type;

/// The most words of an enumeration that a question lists.
const MAX_WORDS: usize = 6;

/// What every system has to say.
const ALWAYS: [&[&str]; 13] = [
    &["summary"],
    &["owner"],
    &["risk"],
    &["affects"],
    &["purpose", "problem"],
    &["purpose", "decision"],
    &["purpose", "automation"],
    &["purpose", "intended_use"],
    &["purpose", "alternatives"],
    &["task", "type"],
    &["data", "datasets"],
    &["models"],
    &["evaluation", "metrics"],
];

/// What a system has to say that is, or is to be, in use.
const IN_USE: [&[&str]; 9] = [
    &["stakeholders"],
    &["data", "labels"],
    &["serving", "pattern"],
    &["serving", "latency"],
    &["serving", "fallback"],
    &["release", "rollback"],
    &["monitoring", "signals"],
    &["updating", "retrain"],
    &["oversight", "mode"],
];

/// Asks for what is not known yet.
pub fn ask(page: &mut DraftBuilder, in_use: bool) {
    for path in ALWAYS.into_iter().chain(IN_USE.into_iter().filter(|_| in_use)) {
        if let Some(question) = question(page, path) {
            page.ask(path, &question);
        }
    }
}

/// What the format says of a place, as a question; with the words that it admits, where they are few.
fn question(page: &DraftBuilder, path: &[&str]) -> Option<String> {
    let (meaning, of) = meaning(page.schema, path)?;
    let asked = meaning.split("; e.g.").next().unwrap_or(meaning);
    let words = match of {
        Type::Words { words, open: false } => words,
        Type::List(Type::Words { words, open: false }) => *words,
        _ => &[],
    };
    // A meaning that explains each of its words has named them.
    let explained = words.first().is_some_and(|first| asked.contains(&format!("{first}:")));
    if words.is_empty() || words.len() > MAX_WORDS || explained {
        return Some(format!("? {asked}"));
    }
    let first = asked.split(';').next().unwrap_or(asked);
    Some(format!("? {} ({})", if first.contains(':') { asked } else { first }, words.join(", ")))
}
