//! Reads one scalar as a value of any type but records, lists and maps.

use super::expected::{kinds_in_words, quoted, wanted};
use super::{Reference, Value};
use crate::schema::{Kind as NameKind, Type};
use crate::units::{self, ScalarError, ScalarType};

/// Reads a scalar of any type but records, lists and maps.
pub fn leaf(text: &str, of: Type) -> Result<Value, ScalarError> {
    match of {
        Type::Scalar(of) => units::read(of, text).map(Value::Scalar),
        Type::Words { words, open } => word(text, words, open),
        Type::Reference { kinds, soft } => reference(text, kinds, soft),
        Type::Either(types) => either(text, types),
        Type::Any => Ok(Value::Any),
        Type::Record(_) | Type::List(_) | Type::Map(..) => {
            Err(simple_wrong(format!("`{}` is a text", shortened(text))))
        }
    }
}

/// The first alternative that reads the text. Names are tried last, because nearly everything is a name.
fn either(text: &str, types: &'static [Type]) -> Result<Value, ScalarError> {
    let is_name = |of: &Type| matches!(of, Type::Reference { .. });
    let is_other_place = |of: &Type| matches!(of, Type::Scalar(ScalarType::Field)) && !text.contains(['.', '[']);
    let scalars = || types.iter().copied().filter(|of| !takes_mapping(*of) && !is_other_place(of));
    let in_order = || scalars().filter(|of| !is_name(of)).chain(scalars().filter(is_name));
    // What is wrong with the text as one alternative is worked out only when it is none of them.
    let good = |of: Type| match of {
        Type::Scalar(of) => units::parse(of, text).map(Value::Scalar),
        _ => leaf(text, of).ok(),
    };
    if let Some(value) = in_order().find_map(good) {
        return Ok(value);
    }
    let mut first_error: Option<ScalarError> = None;
    for of in in_order() {
        match leaf(text, of) {
            Ok(value) => return Ok(value),
            Err(wrong) if first_error.as_ref().is_none_or(|first| first.proposals.is_empty()) => {
                first_error = Some(wrong)
            }
            Err(_) => {}
        }
    }
    let words: Vec<String> = types.iter().map(|of| wanted(*of)).collect();
    let mut wrong = first_error.unwrap_or_else(|| simple_wrong(String::new()));
    wrong.message = format!("`{}` does not fit here", shortened(text));
    wrong.part = None;
    wrong.advice = Some(format!("expected {}", super::expected::alternatives(&words, "or")));
    Err(wrong)
}

fn word(text: &str, words: &'static [&'static str], open: bool) -> Result<Value, ScalarError> {
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Ok(Value::Word(Some(word)));
    }
    let same = words.iter().find(|word| units::same_word(word, text));
    if open {
        if let Some(word) = same {
            return Ok(Value::Word(Some(word)));
        }
        if let Some((_, wrong)) = units::disguised_word(text, words.iter().copied()) {
            return Err(wrong);
        }
        return units::read(ScalarType::Label, text).map(|_| Value::Word(None));
    }
    if let Some((_, mut wrong)) = units::disguised_word(text, words.iter().copied()) {
        wrong.advice = Some(format!("the words are {}", quoted(words)));
        return Err(wrong);
    }
    let mut wrong = simple_wrong(format!("`{}` is not a word of this field", shortened(text)));
    if let Some(word) = same {
        wrong.proposals.push(units::Proposal::new(*word, true));
    } else if let Some(word) = units::nearest(text, words.iter().copied()) {
        wrong.proposals.push(units::Proposal::new(word, false));
    }
    wrong.advice = Some(format!("the words are {}", quoted(words)));
    Err(wrong)
}

/// Reads `kind:system/name`, of which only the name must be there. A soft reference may be any label.
fn reference(text: &str, kinds: &'static [NameKind], soft: bool) -> Result<Value, ScalarError> {
    let text = &*units::normal_form(text);
    let mut respelt = None;
    let (kind, rest) = match text.split_once(':').map(|(kind, rest)| (NameKind::from_word(kind), rest)) {
        Some((Some(kind), rest)) => (Some(kind), rest.trim()),
        _ => (None, text),
    };
    let (system, name) = match rest.split_once('/') {
        Some((system, name)) if units::read(ScalarType::SystemName, system).is_ok() => (Some(system), name),
        _ => (None, rest),
    };
    let is_field = kinds.contains(&NameKind::Field) && text.contains(['.', '[']);
    if !soft && !is_field {
        if let Some(kind) = kind.filter(|kind| !kinds.contains(kind)) {
            let mut wrong = simple_wrong(format!("a {} cannot stand here", kind.word()));
            wrong.advice = Some(format!("expected the name of {}", kinds_in_words(kinds)));
            return Err(wrong);
        }
        if name.is_empty() || units::parse(ScalarType::Name, name).is_none() {
            respelt = units::meant_name(name).map(|meant| meant.into_owned());
            if respelt.is_none() {
                return Err(no_name(text, kinds));
            }
        }
    }
    if soft {
        units::read(ScalarType::Label, text)?;
    }
    let (name, system) = if soft && kind.is_none() && system.is_none() { (text, None) } else { (name, system) };
    Ok(Value::Reference(Reference {
        number: 0,
        respelt: respelt.is_some(),
        name: respelt.as_deref().unwrap_or(name).into(),
        system: system.map(Into::into),
        asked: kind,
        kind: None,
        kinds,
        soft,
    }))
}

/// The error for a text that is not a valid name where a name of one of these kinds is expected.
pub fn no_name(text: &str, kinds: &'static [NameKind]) -> ScalarError {
    let mut wrong = simple_wrong(format!("`{}` is no name", shortened(text)));
    wrong.advice = Some(format!("expected the name of {}", kinds_in_words(kinds)));
    wrong
}

fn simple_wrong(message: String) -> ScalarError {
    ScalarError { message, proposals: Vec::new(), advice: None, part: None }
}

/// Whether a value of this type, or an item of a list of it, is written as a mapping.
pub fn takes_mapping(of: Type) -> bool {
    match of {
        Type::Record(_) | Type::Map(..) => true,
        Type::List(of) => takes_mapping(*of),
        _ => false,
    }
}

/// Whether a value of this type is written as a list.
pub fn takes_list(of: Type) -> bool {
    match of {
        Type::List(_) | Type::Any => true,
        Type::Either(types) => types.iter().any(|of| takes_list(*of)),
        _ => false,
    }
}

/// Whether an error in a value of this type is one of quantity.
pub fn quantity(of: Type) -> bool {
    match of {
        Type::Scalar(of) => of.is_quantity(),
        Type::Either(types) => types.iter().any(|of| quantity(*of)),
        _ => false,
    }
}

/// The text, cut where it is too long for a headline.
pub fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 28 && line.len() == text.len() {
        return line.to_owned();
    }
    let cut: String = line.chars().take(27).collect();
    format!("{}…", cut.trim_end())
}
