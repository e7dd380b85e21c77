//! Arithmetic and comparison of values.

use std::cmp::Ordering;

use super::Context;
use crate::expression::{BinaryOp, Binding, List, Text, Unknown, Value};
use crate::units::{self, Date, Dimension, Interval, Quantity, Scalar, ScalarType};

/// The word that a retention may be in place of a duration. It is longer than any.
const FOREVER: &str = "forever";

static NEVER: Interval = Interval::Never;

const OVERFLOW: Unknown = Unknown::Fault("the number is too large");
const DIVISION: Unknown = Unknown::Fault("division by zero");
const NO_OVERLOAD: Unknown = Unknown::Fault("the operator does not take these values");

/// `-a`
pub(super) fn minus(value: Value<'_>) -> Result<Value<'_>, Unknown> {
    match value {
        Value::Int(number) => number.checked_neg().map(Value::Int).ok_or(OVERFLOW),
        Value::Double(number) => Ok(Value::Double(-number)),
        Value::Quantity(quantity) => Ok(Value::quantity(quantity.into_owned().negated())),
        _ => Err(NO_OVERLOAD),
    }
}

/// `a + b` and the other operators that make a value.
pub(super) fn arithmetic<'m>(sign: BinaryOp, left: Value<'m>, right: Value<'m>) -> Result<Value<'m>, Unknown> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => whole(sign, a, b).map(Value::Int),
        (Value::Double(a), Value::Double(b)) => real(sign, a, b).map(Value::Double),
        (Value::Int(a), Value::Double(b)) => real(sign, a as f64, b).map(Value::Double),
        (Value::Double(a), Value::Int(b)) => real(sign, a, b as f64).map(Value::Double),
        (Value::Text(a), Value::Text(b)) if sign == BinaryOp::Plus => Ok(Value::text([&*a, &*b].concat())),
        (Value::List(a), Value::List(b)) if sign == BinaryOp::Plus => {
            let joined: Vec<Binding<'m>> = a.iter().chain(b.iter()).collect();
            Ok(Value::List(List::Made(joined.into())))
        }
        (Value::Date(a), Value::Date(b)) if sign == BinaryOp::Minus => Ok(Value::quantity(a.since(b))),
        (Value::Date(date), time) | (time, Value::Date(date)) => shifted(sign, date, &time),
        (Value::Interval(Interval::Never), other) | (other, Value::Interval(Interval::Never)) => {
            // Never and some time more is never.
            let time = other.as_quantity().is_none_or(|other| other.dimension == Dimension::Duration);
            if sign == BinaryOp::Plus && time { Ok(Value::Interval(&NEVER)) } else { Err(Unknown::Incomparable) }
        }
        (left, right) => quantities(sign, &left, &right),
    }
}

fn whole(sign: BinaryOp, a: i64, b: i64) -> Result<i64, Unknown> {
    let divides = matches!(sign, BinaryOp::Over | BinaryOp::Modulo);
    if divides && b == 0 {
        return Err(DIVISION);
    }
    let result = match sign {
        BinaryOp::Plus => a.checked_add(b),
        BinaryOp::Minus => a.checked_sub(b),
        BinaryOp::Times => a.checked_mul(b),
        BinaryOp::Over => a.checked_div(b),
        BinaryOp::Modulo => a.checked_rem(b),
        _ => return Err(NO_OVERLOAD),
    };
    result.ok_or(OVERFLOW)
}

fn real(sign: BinaryOp, a: f64, b: f64) -> Result<f64, Unknown> {
    match sign {
        BinaryOp::Plus => Ok(a + b),
        BinaryOp::Minus => Ok(a - b),
        BinaryOp::Times => Ok(a * b),
        BinaryOp::Over => Ok(a / b),
        _ => Err(NO_OVERLOAD),
    }
}

fn shifted<'m>(sign: BinaryOp, date: Date, time: &Value<'_>) -> Result<Value<'m>, Unknown> {
    let time = time.as_quantity().filter(|time| time.dimension == Dimension::Duration).ok_or(NO_OVERLOAD)?;
    let days = (time.amount / 86_400e9).floor();
    let days = match sign {
        BinaryOp::Plus => days,
        BinaryOp::Minus => -days,
        _ => return Err(NO_OVERLOAD),
    };
    // A float that is too large becomes the largest number of days, which no date has.
    date.plus_days(days as i32).map(Value::Date).ok_or(OVERFLOW)
}

fn quantities<'m>(sign: BinaryOp, left: &Value<'_>, right: &Value<'_>) -> Result<Value<'m>, Unknown> {
    let (a, b) = (left.as_quantity().ok_or(NO_OVERLOAD)?, right.as_quantity().ok_or(NO_OVERLOAD)?);
    // A number of the expression has no unit of its own, so that `1 - 5%` is `95%`.
    let bare = !matches!(left, Value::Quantity(_) | Value::Interval(_));
    let result = match sign {
        BinaryOp::Plus if bare => b.checked_add(&a),
        BinaryOp::Plus => a.checked_add(&b),
        BinaryOp::Minus if bare => b.into_owned().negated().checked_add(&a),
        BinaryOp::Minus => a.checked_sub(&b),
        BinaryOp::Times if bare => b.checked_mul(&a),
        BinaryOp::Times => a.checked_mul(&b),
        BinaryOp::Over if b.amount == 0.0 => return Err(DIVISION),
        BinaryOp::Over => a.checked_div(&b),
        _ => return Err(NO_OVERLOAD),
    };
    result.map(Value::quantity).ok_or(Unknown::Incomparable)
}

/// `a == b`. Values of different sorts are not equal; quantities of different dimensions cannot be compared.
pub(super) fn equal<'m>(context: Context<'_, 'm>, left: &Value<'m>, right: &Value<'m>) -> Result<bool, Unknown> {
    Ok(match (left, right) {
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => **a == **b,
        (Value::Reference(a, here), Value::Reference(b, there)) => {
            // A name without a system means one of its own manifest.
            let same_system = match (a.system(), b.system()) {
                (None, None) => std::ptr::eq(*here, *there),
                (a, b) => a.or(here.name()) == b.or(there.name()),
            };
            std::ptr::eq(*a, *b)
                || a.name == b.name && same_system && (a.kind == b.kind || a.kind.is_none() || b.kind.is_none())
        }
        (Value::Reference(reference, _), Value::Text(text)) | (Value::Text(text), Value::Reference(reference, _)) => {
            **text == *reference.name
        }
        (Value::Interval(interval), Value::Text(word)) | (Value::Text(word), Value::Interval(interval)) => {
            let meant = units::read(ScalarType::Interval, word);
            let Ok(Scalar::Interval(meant)) = meant else { return Ok(false) };
            match meant.longest_gap() {
                Some(age) => interval.compare_age(&age) == Ordering::Equal,
                None => interval.longest_gap().is_none(),
            }
        }
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::Period(a), Value::Period(b)) => a == b,
        (Value::Range(a), Value::Range(b)) => a == b,
        (Value::Comparison(a), Value::Comparison(b)) => a == b,
        (Value::Alert(a), Value::Alert(b)) => a == b,
        (Value::Test(a), Value::Test(b)) => a == b,
        (Value::Requirement(a), Value::Requirement(b)) => a == b,
        (Value::Limit(a), Value::Limit(b)) => a == b,
        (Value::Item(a), Value::Item(b)) => std::ptr::eq(a.item, b.item),
        (Value::Edge(a), Value::Edge(b)) => a == b,
        (Value::Row(a, row), Value::Row(b, other)) => std::ptr::eq(*a, *b) && row == other,
        (Value::List(a), Value::List(b)) => return equal_lists(context, a, b),
        (a, b) if is_number(a) && is_number(b) => return order(a, b).map(|order| order == Some(Ordering::Equal)),
        _ => false,
    })
}

fn equal_lists<'m>(context: Context<'_, 'm>, a: &List<'m>, b: &List<'m>) -> Result<bool, Unknown> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut unknown = None;
    for (a, b) in a.iter().zip(b.iter()) {
        context.frame.step()?;
        match context.read(a).and_then(|a| context.read(b).and_then(|b| equal(context, &a, &b))) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(found) => unknown = unknown.or(Some(found)),
        }
    }
    unknown.map_or(Ok(true), Err)
}

/// `a < b` and the like.
pub(super) fn ordered(sign: BinaryOp, left: &Value<'_>, right: &Value<'_>) -> Result<bool, Unknown> {
    // A number that is none, as CEL has it, is neither less nor greater nor equal.
    let Some(order) = order(left, right)? else { return Ok(false) };
    Ok(match sign {
        BinaryOp::Less => order == Ordering::Less,
        BinaryOp::AtMost => order != Ordering::Greater,
        BinaryOp::Greater => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

fn is_number(value: &Value<'_>) -> bool {
    matches!(value, Value::Int(_) | Value::Double(_) | Value::Quantity(_) | Value::Interval(_))
}

/// The order of two values; none where one is not a number in the sense of floats.
pub(super) fn order(left: &Value<'_>, right: &Value<'_>) -> Result<Option<Ordering>, Unknown> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Ok(Some(a.cmp(b))),
        (Value::Double(a), Value::Double(b)) => Ok(a.partial_cmp(b)),
        (Value::Int(a), Value::Double(b)) => Ok(whole_and_real(*a, *b)),
        (Value::Double(a), Value::Int(b)) => Ok(whole_and_real(*b, *a).map(Ordering::reverse)),
        (Value::Bool(a), Value::Bool(b)) => Ok(Some(a.cmp(b))),
        (Value::Date(a), Value::Date(b)) => Ok(Some(a.cmp(b))),
        (Value::Text(a), Value::Text(b)) => Ok(Some((**a).cmp(b))),
        (Value::Interval(interval @ Interval::Cron(_)), b) if is_time(b) => {
            Ok(b.as_quantity().map(|age| interval.compare_age(&age)))
        }
        (a, Value::Interval(interval @ Interval::Cron(_))) if is_time(a) => {
            Ok(a.as_quantity().map(|age| interval.compare_age(&age).reverse()))
        }
        (a, b) => match (endless(a), endless(b)) {
            (true, true) => Ok(Some(Ordering::Equal)),
            (true, false) if is_time(b) => Ok(Some(Ordering::Greater)),
            (false, true) if is_time(a) => Ok(Some(Ordering::Less)),
            (false, false) => {
                let (a, b) = (a.as_quantity().ok_or(NO_OVERLOAD)?, b.as_quantity().ok_or(NO_OVERLOAD)?);
                a.compare(&b).map(Some).ok_or(Unknown::Incomparable)
            }
            _ => Err(Unknown::Incomparable),
        },
    }
}

fn endless(value: &Value<'_>) -> bool {
    matches!(value, Value::Interval(Interval::Never)) || matches!(value, Value::Text(Text::Written(FOREVER)))
}

fn is_time(value: &Value<'_>) -> bool {
    value.as_quantity().is_some_and(|quantity| quantity.dimension == Dimension::Duration)
}

/// The exact order of a whole number and a float, as CEL compares them.
fn whole_and_real(a: i64, b: f64) -> Option<Ordering> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if b.is_nan() {
        return None;
    }
    if b >= BEYOND {
        return Some(Ordering::Less);
    }
    if b < -BEYOND {
        return Some(Ordering::Greater);
    }
    // Within these bounds the whole part is exact, and the fraction settles a tie.
    let whole = b.trunc() as i64;
    Some(a.cmp(&whole).then_with(|| 0.0f64.total_cmp(&(b - b.trunc() + 0.0))))
}

/// The sum of quantities of one dimension.
pub(super) fn sum(items: &[Value<'_>]) -> Result<Quantity, Unknown> {
    let mut total: Option<Quantity> = None;
    for item in items {
        let item = item.as_quantity().ok_or(Unknown::Incomparable)?;
        total = Some(match total {
            None => item.into_owned(),
            Some(total) => total.checked_add(&item).ok_or(Unknown::Incomparable)?,
        });
    }
    total.ok_or(Unknown::Absent)
}
