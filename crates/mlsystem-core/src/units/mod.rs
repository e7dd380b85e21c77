//! Quantities and other typed scalars: what people write in a field, read from its raw text.
//!
//! Reading a scalar gives a value or a [`ScalarError`], which says what is wrong and proposes the right spelling. Nothing here
//! knows of files, places or the manifest.

mod alert;
mod comparison;
mod country;
mod cron;
mod currency;
mod date;
mod decimal;
mod duration;
mod field;
mod interval;
mod language;
mod lenient_number;
mod licence;
mod limit;
mod measure;
mod metric_test;
mod money;
mod name;
mod number;
mod path;
mod pattern;
mod period;
mod placeholder;
mod quantity;
mod range;
mod rate;
mod region;
mod requirement;
mod scalar_error;
mod scalar_type;
mod size;
mod suggest;
mod text;
mod unit;
mod value;
mod version;
mod word;

use crate::lookalike;

pub use alert::{Alert, Direction, Move, Step};
pub use comparison::{Better, Bound, Comparison, looser, without_side};
pub use cron::Cron;
pub use currency::Currency;
pub use date::Date;
pub use field::{FieldStep, field_steps};
pub use interval::Interval;
pub use language::language_contains;
pub use limit::{Limit, Per};
pub use measure::{Dimension, Measure, dimension_word};
pub use metric_test::{Condition, Test};
pub use name::{RESERVED_NAMES, meant_name, normal_form};
pub use number::Change;
pub use pattern::NUMBER_PATTERN;
pub use period::Period;
pub use placeholder::{FILLER, PLACEHOLDERS, is_placeholder, is_placeholder_alone, placeholder_in};
pub use quantity::Quantity;
pub use range::Range;
pub use region::region_contains;
pub use requirement::{Demand, Requirement};
pub use scalar_error::{Proposal, ScalarError};
pub use scalar_type::ScalarType;
pub use suggest::{Suggestion, known_words, relations, units_behind};
pub use unit::{TimeUnit, Unit};
pub use version::floating;
pub use word::{BARE_NONES, fold, is_bare_none, meant, nearest, same_word, trimmed};

/// A scalar that was read. What is large and rare is kept aside, so that a manifest of many small ones is small.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// A number with a dimension: a duration, a ratio, a sum.
    Quantity(Quantity),
    /// How often something recurs.
    Interval(Interval),
    /// A difference that has a direction.
    Change(Box<Change>),
    /// A bound on use: so much per something.
    Limit(Box<Limit>),
    /// A day.
    Date(Date),
    /// A stretch of days.
    Period(Period),
    /// A lowest and a highest value.
    Range(Box<Range>),
    /// What must hold of a value.
    Comparison(Box<Comparison>),
    /// The bad side of a value.
    Alert(Box<Alert>),
    /// A metric or signal, and what is demanded or feared of it.
    Test(Box<Test>),
    /// What is demanded of a field.
    Requirement(Box<Requirement>),
    /// A yes or no.
    Bool(bool),
    /// A whole number that counts nothing.
    Integer(i64),
    /// A word of any kind: the value is the raw text itself, which the caller keeps.
    Text,
}

impl Scalar {
    /// The normal form, which reads back as an equal scalar. None for words, which stay as they were written.
    pub fn normal_form(&self) -> Option<String> {
        Some(match self {
            Scalar::Quantity(one) => one.to_string(),
            Scalar::Interval(one) => one.to_string(),
            Scalar::Change(one) => one.to_string(),
            Scalar::Limit(one) => one.to_string(),
            Scalar::Date(one) => one.to_string(),
            Scalar::Period(one) => one.to_string(),
            Scalar::Range(one) => one.to_string(),
            Scalar::Comparison(one) => one.to_string(),
            Scalar::Alert(one) => one.to_string(),
            Scalar::Test(one) => one.to_string(),
            Scalar::Requirement(one) => one.to_string(),
            Scalar::Bool(one) => one.to_string(),
            Scalar::Integer(one) => one.to_string(),
            Scalar::Text => return None,
        })
    }
}

/// Reads `raw`, which has no blanks at its ends and is not empty, as a scalar of type `kind`.
///
/// Every certain proposal of the error reads without error as the same type.
pub fn read(kind: ScalarType, raw: &str) -> Result<Scalar, ScalarError> {
    if let Some(scalar) = parse(kind, raw) {
        return Ok(scalar);
    }
    let mut scalar_error = explain(kind, raw);
    scalar_error.keep_proposals(|text| parse(kind, text).is_some());
    if let Some(disguised) = disguised(kind, raw, &scalar_error) {
        return Err(disguised);
    }
    if scalar_error.proposals.is_empty() && kind <= ScalarType::Value {
        scalar_error.proposals.extend(without_hedge(kind, raw));
    }
    Err(scalar_error)
}

/// The good path of [`read`]: no allocation beyond what the value itself holds, and no word on what is wrong.
pub fn parse(kind: ScalarType, raw: &str) -> Option<Scalar> {
    match kind {
        ScalarType::Duration => duration::parse(raw).map(Scalar::Quantity),
        ScalarType::Interval => interval::parse(raw).map(Scalar::Interval),
        ScalarType::Percentage => number::parse_percentage(raw).map(Scalar::Quantity),
        ScalarType::Ratio => number::parse_ratio(raw).map(Scalar::Quantity),
        ScalarType::Change => number::parse_change(raw).map(Box::new).map(Scalar::Change),
        ScalarType::Count => number::parse_count(raw).map(Scalar::Quantity),
        ScalarType::Integer => number::parse_integer(raw).map(Scalar::Integer),
        ScalarType::Number => number::parse_number(raw).map(Scalar::Quantity),
        ScalarType::Rate => rate::parse(raw).map(Scalar::Quantity),
        ScalarType::Size => size::parse(raw).map(Scalar::Quantity),
        ScalarType::Sum => money::parse_sum(raw).map(Scalar::Quantity),
        ScalarType::Spend => money::parse_spend(raw).map(Scalar::Quantity),
        ScalarType::Price => money::parse_price(raw).map(Scalar::Quantity),
        ScalarType::Limit => limit::parse(raw).map(Box::new).map(Scalar::Limit),
        ScalarType::Value => value::parse(raw).map(Scalar::Quantity),
        ScalarType::Date => Date::parse(raw).map(Scalar::Date),
        ScalarType::Period => period::parse(raw).map(Scalar::Period),
        ScalarType::Range => range::parse(raw).map(Box::new).map(Scalar::Range),
        ScalarType::Comparison => comparison::parse(raw).map(Box::new).map(Scalar::Comparison),
        ScalarType::Alert => alert::parse(raw).map(Box::new).map(Scalar::Alert),
        ScalarType::Test => metric_test::parse(raw).map(Box::new).map(Scalar::Test),
        ScalarType::Requirement => requirement::parse(raw).map(Box::new).map(Scalar::Requirement),
        ScalarType::Bool => word::parse_bool(raw).map(Scalar::Bool),
        ScalarType::Text => Some(Scalar::Text),
        ScalarType::Label | ScalarType::Team => text::is_label(raw).then_some(Scalar::Text),
        ScalarType::Name => name::is_name(raw).then_some(Scalar::Text),
        ScalarType::SystemName => name::is_system_name(raw).then_some(Scalar::Text),
        ScalarType::Field => field_steps(raw).is_ok().then_some(Scalar::Text),
        ScalarType::Path => path::is_path(raw).then_some(Scalar::Text),
        ScalarType::Version => version::is_version(raw).then_some(Scalar::Text),
        ScalarType::Licence => licence::is_licence(raw).then_some(Scalar::Text),
        ScalarType::Region => region::is_region(raw).then_some(Scalar::Text),
        ScalarType::Language => language::is_language(raw).then_some(Scalar::Text),
    }
}

/// What is wrong with a text that reads, or nearly so, with plain characters in place of those that look like them. What
/// already has a certain spelling is left alone.
fn disguised(kind: ScalarType, raw: &str, scalar_error: &ScalarError) -> Option<ScalarError> {
    if scalar_error.proposals.iter().any(|proposal| proposal.certain) {
        return None;
    }
    let (at, character) = lookalike::first(raw)?;
    let plain = lookalike::plain(raw)?;
    let plain = unquoted(trimmed(&plain));
    let proposals = match parse(kind, plain) {
        Some(_) => vec![Proposal::certain(plain)],
        None => {
            let mut nearly = explain(kind, plain);
            nearly.keep_proposals(|text| parse(kind, text).is_some());
            nearly.proposals
        }
    };
    if proposals.is_empty() && !scalar_error.proposals.is_empty() {
        return None;
    }
    let advice = if proposals.is_empty() { scalar_error.advice.clone() } else { None };
    let scalar_error = ScalarError { advice, ..ScalarError::holds(raw, character) };
    Some(scalar_error.propose(proposals).at(at..at + character.len_utf8()))
}

/// A text without the quotes around it.
fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(text)
}

/// The word that a text of other characters looks like, and what is wrong with the text then.
pub fn disguised_word<'w>(raw: &str, mut words: impl Iterator<Item = &'w str>) -> Option<(&'w str, ScalarError)> {
    let (at, character) = lookalike::first(raw)?;
    let plain = lookalike::plain(raw)?;
    let folded = fold(unquoted(trimmed(&plain)));
    let word = words.find(|word| fold(word) == folded)?;
    let scalar_error = ScalarError::holds(raw, character).propose([Proposal::certain(word)]);
    Some((word, scalar_error.at(at..at + character.len_utf8())))
}

/// The quantity behind a word that makes it vague or a bound: `~100ms`, `about 5m`, `< 100ms`.
fn without_hedge(kind: ScalarType, raw: &str) -> Option<Proposal> {
    const HEDGES: [&str; 8] = ["~", "≈", "about ", "around ", "approx. ", "approximately ", "circa ", "ca. "];
    let vague = HEDGES.iter().find_map(|hedge| raw.strip_prefix(hedge));
    let quantity = vague.or_else(|| comparison::take_loose_bound(raw).map(|(_, rest)| rest))?.trim_start();
    parse(kind, quantity).map(|_| Proposal::possible(quantity))
}

/// What is wrong with a text that did not parse. May be slow.
fn explain(kind: ScalarType, raw: &str) -> ScalarError {
    match kind {
        ScalarType::Duration => duration::explain(raw),
        ScalarType::Interval => interval::explain(raw),
        ScalarType::Percentage => number::explain_percentage(raw),
        ScalarType::Ratio => number::explain_ratio(raw),
        ScalarType::Change => number::explain_change(raw),
        ScalarType::Count => number::explain_count(raw),
        ScalarType::Integer => number::explain_integer(raw),
        ScalarType::Number => number::explain_number(raw),
        ScalarType::Rate => rate::explain(raw),
        ScalarType::Size => size::explain(raw),
        ScalarType::Sum => money::explain_sum(raw),
        ScalarType::Spend => money::explain_spend(raw),
        ScalarType::Price => money::explain_price(raw),
        ScalarType::Limit => limit::explain(raw),
        ScalarType::Value => value::explain(raw),
        ScalarType::Date => date::explain(raw),
        ScalarType::Period => period::explain(raw),
        ScalarType::Range => range::explain(raw),
        ScalarType::Comparison => comparison::explain(raw),
        ScalarType::Alert => alert::explain(raw),
        ScalarType::Test => metric_test::explain(raw),
        ScalarType::Requirement => requirement::explain(raw),
        ScalarType::Bool => word::explain_bool(raw),
        ScalarType::Text | ScalarType::Label | ScalarType::Team => text::explain(raw),
        ScalarType::Name => name::explain_name(raw),
        ScalarType::SystemName => name::explain_system_name(raw),
        ScalarType::Field => field::explain(raw),
        ScalarType::Path => path::explain(raw),
        ScalarType::Version => version::explain(raw),
        ScalarType::Licence => licence::explain(raw),
        ScalarType::Region => region::explain(raw),
        ScalarType::Language => language::explain(raw),
    }
}
