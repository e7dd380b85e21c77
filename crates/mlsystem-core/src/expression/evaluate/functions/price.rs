//! What money is of: its currency, and what a price is for.

use super::{Call, Function, Gives, NO_OVERLOAD, Takes, takes};
use crate::expression::{Type, Unknown, Value};
use crate::units::{Dimension, Per};

/// `tokens` of `3 USD/1M tokens`, `day` of the limit `450 EUR/day`; empty where nothing is named.
pub(super) const THING: Function = Function {
    name: "thing",
    parameters: &[takes("price", Takes::Quantity)],
    gives: Gives::Type(Type::Text),
    meaning: "what a price or a limit is for, as it is written: `tokens`, `request`, `day`; empty where it is written without",
    formula: "",
    source: "",
    example: "thing(model.base.price_in)",
    method: false,
    global: true,
    run: thing,
};

/// `USD` of money, a price or a spend.
pub(super) const CURRENCY: Function = Function {
    name: "currency",
    parameters: &[takes("money", Takes::Quantity)],
    gives: Gives::Type(Type::Text),
    meaning: "the currency of money, of a price or of money in time, as its code",
    formula: "",
    source: "ISO 4217",
    example: "currency(economics.budget)",
    method: false,
    global: true,
    run: currency,
};

fn thing<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    if let Value::Limit(limit) = value {
        return Ok(Value::text(limit.per.as_ref().map_or_else(String::new, |per| match per {
            Per::Time(unit) => unit.word().to_owned(),
            Per::Thing(thing) => thing.clone(),
        })));
    }
    let price = value.as_quantity().ok_or(NO_OVERLOAD)?;
    Ok(Value::text(price.thing().unwrap_or_default()))
}

fn currency<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    match value.as_quantity().ok_or(NO_OVERLOAD)?.dimension {
        Dimension::Money(currency) | Dimension::Spend(currency) | Dimension::Price(currency) => {
            Ok(Value::text(currency.to_string()))
        }
        _ => Err(NO_OVERLOAD),
    }
}
