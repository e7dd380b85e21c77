//! What no file tells and a design needs first: the places that a first manifest asks for, in the words of the format.

use super::builder::DraftBuilder;
use super::field_type::meaning;
use crate::schema::{FieldPath, Type, field_path};

/// The most words of an enumeration that a question lists.
const MAX_WORDS: usize = 6;

/// What every system has to say.
const ALWAYS: [FieldPath; 13] = [
    field_path!(manifest: "summary"),
    field_path!(manifest: "owner"),
    field_path!(manifest: "risk"),
    field_path!(manifest: "affects"),
    field_path!(manifest: "purpose.problem"),
    field_path!(manifest: "purpose.decision"),
    field_path!(manifest: "purpose.automation"),
    field_path!(manifest: "purpose.intended_use"),
    field_path!(manifest: "purpose.alternatives"),
    field_path!(manifest: "task.type"),
    field_path!(manifest: "data.datasets"),
    field_path!(manifest: "models"),
    field_path!(manifest: "evaluation.metrics"),
];

/// What a system has to say that is, or is to be, in use.
const IN_USE: [FieldPath; 9] = [
    field_path!(manifest: "stakeholders"),
    field_path!(manifest: "data.labels"),
    field_path!(manifest: "serving.pattern"),
    field_path!(manifest: "serving.latency"),
    field_path!(manifest: "serving.fallback"),
    field_path!(manifest: "release.rollback"),
    field_path!(manifest: "monitoring.signals"),
    field_path!(manifest: "updating.retrain"),
    field_path!(manifest: "oversight.mode"),
];

/// Asks for what is not known yet.
pub fn ask(page: &mut DraftBuilder, in_use: bool) {
    for path in ALWAYS.into_iter().chain(IN_USE.into_iter().filter(|_| in_use)) {
        let place = path.with(&[]);
        if let Some(question) = question(page, &place) {
            page.ask(&place, &question);
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
