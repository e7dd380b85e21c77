//! Text functions, and words that contain others.

use super::{Call, NO_OVERLOAD};
use crate::expression::{Binding, List, Unknown, Value};
use crate::units::{self, Scalar, ScalarType};

/// The compiler reads a literal; this reads the text of one that it could not know.
pub(super) fn duration<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    match units::read(ScalarType::Duration, call.text(0)?.trim()) {
        Ok(Scalar::Quantity(quantity)) => Ok(Value::quantity(quantity)),
        _ => Err(Unknown::Fault("this is no duration")),
    }
}

pub(super) fn starts_with<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    both(call, |text, part| text.starts_with(part))
}

pub(super) fn ends_with<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    both(call, |text, part| text.ends_with(part))
}

pub(super) fn contains<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    both(call, |text, part| text.contains(part))
}

/// Whether one of two names holds the other, letters and digits alone, in any case.
pub(super) fn alike<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let plain = |text: String| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (plain(call.text(0)?), plain(call.text(1)?));
    call.frame().steps_taken((one.len() + other.len()) / 64)?;
    // What is no name at all is like none.
    let named = !one.is_empty() && !other.is_empty();
    Ok(Value::Bool(named && (one.contains(&other) || other.contains(&one))))
}

fn both<'m>(call: &Call<'_, 'm>, test: impl Fn(&str, &str) -> bool) -> Result<Value<'m>, Unknown> {
    let (text, part) = (call.value(0)?, call.value(1)?);
    let (text, part) = (text.as_text().ok_or(NO_OVERLOAD)?, part.as_text().ok_or(NO_OVERLOAD)?);
    call.frame().steps_taken(text.len() / 64)?;
    Ok(Value::Bool(test(text, part)))
}

pub(super) fn split<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (text, separator) = (call.text(0)?, call.text(1)?);
    call.frame().steps_taken(text.len())?;
    let parts = if separator.is_empty() { text.chars().count() } else { text.matches(separator.as_str()).count() + 1 };
    // Each part is a text of its own, which takes some bytes beside its letters.
    call.frame().makes(List::bytes(parts).saturating_mul(2).saturating_add(text.len()))?;
    let part = |part: &str| Binding::Value(Value::text(part));
    // An empty separator parts a text into its characters.
    let parts: Vec<Binding<'m>> = if separator.is_empty() {
        text.chars().map(|character| Binding::Value(Value::text(character.to_string()))).collect()
    } else {
        text.split(separator.as_str()).map(part).collect()
    };
    Ok(Value::List(List::Made(parts.into())))
}

pub(super) fn covers<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let wanted = call.text(1)?;
    let list = call.values(0)?;
    let is_language = wanted != "world" && wanted.starts_with(|c: char| c.is_ascii_lowercase());
    let covered = list.iter().filter_map(Value::as_text).any(|outer| {
        if is_language { units::language_contains(outer, &wanted) } else { units::region_contains(outer, &wanted) }
    });
    Ok(Value::Bool(covered))
}

pub(super) fn floating<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    Ok(Value::Bool(units::floating(&call.text(0)?)))
}
