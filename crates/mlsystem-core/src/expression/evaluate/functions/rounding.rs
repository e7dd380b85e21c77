//! Quantities with the digits that people are shown, rounded so that what a text proposes is enough.

use super::{Call, Function, Gives, NO_OVERLOAD, Takes, takes};
use crate::expression::{Unknown, Value};

/// For what is promised: never more than the quantity.
pub(super) const ROUNDED_DOWN: Function = Function {
    name: "rounded_down",
    parameters: &[takes("quantity", Takes::Quantity)],
    gives: Gives::Same,
    meaning: "the quantity with six digits, never more than it is: a promise that can be kept",
    formula: "⌊x⌋ at the sixth digit",
    source: "arithmetic",
    example: "rounded_down(product(parts))",
    method: false,
    global: true,
    run: down,
};

/// For what is asked for: never less than the quantity.
pub(super) const ROUNDED_UP: Function = Function {
    name: "rounded_up",
    parameters: &[takes("quantity", Takes::Quantity)],
    gives: Gives::Same,
    meaning: "the quantity with six digits, never less than it is: a budget or limit that is enough",
    formula: "⌈x⌉ at the sixth digit",
    source: "arithmetic",
    example: "rounded_up(sum(parts))",
    method: false,
    global: true,
    run: up,
};

fn down<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    rounded(call, false)
}

fn up<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    rounded(call, true)
}

fn rounded<'m>(call: &Call<'_, 'm>, up: bool) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    let quantity = value.as_quantity().ok_or(NO_OVERLOAD)?;
    Ok(Value::quantity(quantity.rounded(up)))
}
