//! What the format says of a field, as a question.

use crate::schema::Type;

/// The most words of an enumeration that a question lists.
const MAX_WORDS: usize = 6;

/// The meaning of a field as what is asked, without its example; with the words that it admits, where they are few.
pub fn question(meaning: &str, of: Type) -> String {
    let asked = meaning.split("; e.g.").next().unwrap_or(meaning).trim();
    let words = match of {
        Type::Words { words, open: false } => words,
        Type::List(Type::Words { words, open: false }) => *words,
        _ => &[],
    };
    // A meaning that explains each of its words has named them.
    let explained = words.first().is_some_and(|first| asked.contains(&format!("{first}:")));
    if words.is_empty() || words.len() > MAX_WORDS || explained {
        return asked.to_owned();
    }
    let first = asked.split(';').next().unwrap_or(asked);
    format!("{} ({})", if first.contains(':') { asked } else { first }, words.join(", "))
}

/// The example that the meaning of a field gives.
pub fn example(meaning: &str) -> Option<&str> {
    let (_, rest) = meaning.split_once("e.g. \"")?;
    rest.split('"').next().filter(|text| !text.is_empty())
}
