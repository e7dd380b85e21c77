//! Functions that ask about places and names.

use super::Call;
use crate::expression::evaluate::paths::State;
use crate::expression::evaluate::targets::{Target, target};
use crate::expression::{Binding, Text, Unknown, Value};
use crate::manifest;

pub(super) fn name<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let item_ref = match call.context.local(call.argument(0)?) {
        // An item without a value has a name all the same.
        Binding::Unknown(unknown) => match call.context.named_anchor(call.argument(0)?) {
            Some(name) => return Ok(Value::Text(Text::Written(name))),
            None => return Err(unknown),
        },
        Binding::Value(Value::Row(table, row)) => {
            return table.rows.get(row).map(|row| Value::Text(Text::Written(row.word))).ok_or(Unknown::Absent);
        }
        Binding::Value(Value::Item(item_ref)) | Binding::ItemRef(item_ref) => item_ref,
        Binding::Value(Value::Reference(reference, _)) => return Ok(Value::Text(Text::Written(&reference.name))),
        Binding::Value(Value::Text(text)) => return Ok(Value::Text(text)),
        Binding::Value(_) => return Err(Unknown::Absent),
    };
    if let Some(name) = call.context.item_name(item_ref) {
        return Ok(Value::Text(Text::Written(name)));
    }
    match call.context.read(Binding::ItemRef(item_ref))? {
        Value::Reference(reference, _) => Ok(Value::Text(Text::Written(&reference.name))),
        Value::Text(text) => Ok(Value::Text(text)),
        _ => Err(Unknown::Absent),
    }
}

pub(super) fn has<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let state = call.context.state(call.argument(0)?)?;
    Ok(Value::Bool(state != State::Absent))
}

pub(super) fn decided<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let state = call.context.state(call.argument(0)?)?;
    Ok(Value::Bool(state == State::Decided))
}

pub(super) fn against<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let state = call.context.state(call.argument(0)?)?;
    Ok(Value::Bool(state == State::Against))
}

pub(super) fn at<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    if let Value::Item(_) = value {
        return Ok(value);
    }
    let target = target(call.context, &value).ok_or(Unknown::Absent)?;
    target_value(call, &target)
}

/// The value that was named; what is not written is wanted.
pub(super) fn target_value<'m>(call: &Call<'_, 'm>, target: &Target<'m>) -> Result<Value<'m>, Unknown> {
    let Some(item_ref) = target.item else {
        call.frame().trace.missing_named(|| target.path.clone());
        return Err(Unknown::Absent);
    };
    let unreadable = matches!(item_ref.item.value, manifest::Value::Unreadable);
    if unreadable {
        return Err(Unknown::Unreadable);
    }
    if !target.missing.is_empty() || !item_ref.item.decided() {
        call.frame().trace.missing_named(|| target.path.clone());
        return Err(Unknown::Absent);
    }
    call.context.read(Binding::ItemRef(item_ref))
}
