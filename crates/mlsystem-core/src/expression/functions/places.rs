//! Functions that ask about places and names.

use super::Call;
use crate::expression::paths::State;
use crate::expression::subject::{Target, target};
use crate::expression::{Local, Text, Unknown, Value};
use crate::manifest;

pub(super) fn name<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let spot = match call.context.local(call.argument(0)?) {
        Local::Unknown(unknown) => return Err(unknown),
        Local::Value(Value::Row(table, row)) => {
            return table.rows.get(row).map(|row| Value::Text(Text::Written(row.word))).ok_or(Unknown::Absent);
        }
        Local::Value(Value::Item(spot)) | Local::Spot(spot) => spot,
        Local::Value(Value::Reference(reference, _)) => return Ok(Value::Text(Text::Written(&reference.name))),
        Local::Value(Value::Text(text)) => return Ok(Value::Text(text)),
        Local::Value(_) => return Err(Unknown::Absent),
    };
    if let Some(name) = call.context.spot_name(spot) {
        return Ok(Value::Text(Text::Written(name)));
    }
    match call.context.read(Local::Spot(spot))? {
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
    let Some(spot) = target.item else {
        call.frame().want_named(&target.path);
        return Err(Unknown::Absent);
    };
    let unreadable = matches!(spot.item.value, manifest::Value::Unreadable);
    if unreadable {
        return Err(Unknown::Unreadable);
    }
    if !target.missing.is_empty() || !spot.item.decided() {
        call.frame().want_named(&target.path);
        return Err(Unknown::Absent);
    }
    call.context.read(Local::Spot(spot))
}
