//! What a type asks for, in words for people.

use crate::schema::{Kind, Type};

/// "a mapping", "a duration such as `80ms`", "one of `a`, `b`": for messages and the reference page.
pub fn wanted(of: Type) -> String {
    match of {
        Type::Record(_) => "a mapping".to_owned(),
        Type::List(of) => match of {
            Type::Record(_) => "a list of mappings".to_owned(),
            of => format!("{}, or a list of such", wanted(*of)),
        },
        Type::Map(..) => "a mapping from names to values".to_owned(),
        Type::Either(types) => alternatives(&types.iter().map(|of| wanted(*of)).collect::<Vec<_>>(), "or"),
        Type::Scalar(of) => {
            let example = of.examples().first().map(|example| format!(" such as `{example}`")).unwrap_or_default();
            format!("{}{example}", with_article(of.word()))
        }
        Type::Words { words: [one], .. } => format!("`{one}`"),
        Type::Words { words, .. } => format!("one of {}", quoted(words)),
        Type::Reference { kinds, .. } => format!("the name of {}", kinds_in_words(kinds)),
        Type::Any => "anything".to_owned(),
    }
}

/// "a source or a dataset".
pub fn kinds_in_words(kinds: &[Kind]) -> String {
    let named: Vec<String> = kinds.iter().map(|kind| with_article(kind.word())).collect();
    alternatives(&named, "or")
}

/// "`a`, `b`, `c`".
pub fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// "a, b or c".
pub fn alternatives(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

/// "a duration", "an interval".
pub fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
