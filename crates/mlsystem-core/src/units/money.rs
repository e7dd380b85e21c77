//! Money: a sum `310 USD`, a spend `4200 USD/month`, a price `3 USD/1M tokens`.

use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::unit::{Notation, Thousands};
use super::{Currency, Dimension, Quantity, TimeUnit, decimal, duration, lenient_number, number, word};

pub(super) fn parse_sum(raw: &str) -> Option<Quantity> {
    let (amount, currency) = amount_and_currency(raw)?;
    Quantity::written(amount, Dimension::Money(currency), Notation::Base)
}

pub(super) fn parse_spend(raw: &str) -> Option<Quantity> {
    let (sum, word) = raw.split_once('/')?;
    let unit = TimeUnit::from_word(word).filter(|unit| *unit >= TimeUnit::Hour)?;
    let (amount, currency) = amount_and_currency(sum)?;
    let per_month = amount / months(unit);
    Quantity::written(per_month, Dimension::Spend(currency), Notation::Per(unit))
}

/// How many months a unit of time is: of a year exactly twelve, whatever its days, since a budget of a year is spent in
/// twelve months; of shorter ones by a month of 30 days.
pub(super) fn months(unit: TimeUnit) -> f64 {
    if unit == TimeUnit::Year { 12.0 } else { unit.seconds() / TimeUnit::Month.seconds() }
}

pub(super) fn parse_price(raw: &str) -> Option<Quantity> {
    let Some((sum, thing)) = raw.split_once('/') else {
        let (amount, currency) = amount_and_currency(raw)?;
        return Quantity::written(amount, Dimension::Price(currency), Notation::Base);
    };
    let (count, thing) = if let Some(thing) = thing.strip_prefix("1k ") {
        (Thousands::Thousand, thing)
    } else if let Some(thing) = thing.strip_prefix("1M ") {
        (Thousands::Million, thing)
    } else {
        (Thousands::One, thing)
    };
    // Money in time is a spend, whatever field it stands in.
    if !is_thing(thing) {
        return None;
    }
    let (amount, currency) = amount_and_currency(sum)?;
    let mark = Notation::Thing { count, thing: thing.into() };
    Quantity::written(amount / count.number(), Dimension::Price(currency), mark)
}

/// A word that something is per: `tokens`, `prediction`. A stretch of time is none, however it is written.
pub(super) fn is_thing(word: &str) -> bool {
    !duration::names_time(word)
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn amount_and_currency(raw: &str) -> Option<(f64, Currency)> {
    let (first, second) = raw.split_once(' ')?;
    let (amount, code) =
        if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second) } else { (second, first) };
    let (number, suffix) = decimal::take(amount)?;
    let factor = if matches!(suffix, "" | "k" | "M" | "G") { number::scale(suffix)? } else { return None };
    Some((number.scaled(factor as f64, 1.0), Currency::from_code(code)?))
}

pub(super) fn explain_sum(raw: &str) -> ScalarError {
    let scalar_error = ScalarError::not_a(raw, "a sum");
    if lenient_number::take(raw).is_some_and(|number| number.rest.is_empty()) {
        return ScalarError::new(format!("{} has no currency", shown(raw))).advise("say which currency, as in `3 USD`");
    }
    out_of_use(raw).unwrap_or_else(|| scalar_error.propose(sums(raw)))
}

/// What is wrong with money in a currency that is paid with no longer.
fn out_of_use(raw: &str) -> Option<ScalarError> {
    let words = raw.split(|c: char| !c.is_ascii_alphabetic());
    let (old, new) = words.filter(|word| word.len() == 3).find_map(|code| Some((code, Currency::successor(code)?)))?;
    let start = raw.find(old)?;
    let scalar_error = ScalarError::new(format!("the currency `{old}` is out of use")).at(start..start + old.len());
    Some(scalar_error.advise(format!("write the sum in `{new}`, which took its place")))
}

/// The sums that `raw` was probably meant to be.
pub(super) fn sums(raw: &str) -> Vec<Proposal> {
    let Some(Marked { amount, codes, certain }) = Marked::read(raw) else {
        return Vec::new();
    };
    let Some(number) = lenient_number::take(amount).filter(|number| !number.negative) else {
        return Vec::new();
    };
    let (suffix, sure) = match number.rest {
        "" => ("", true),
        "k" | "K" => ("k", true),
        "M" => ("M", true),
        "G" => ("G", true),
        "m" => ("M", false),
        "B" | "b" => ("G", false),
        _ => return Vec::new(),
    };
    let text = if suffix.is_empty() { number.short("G") } else { number.plain() };
    let certain = certain && sure && number.other().is_none() && codes.len() == 1;
    codes.iter().map(|code| Proposal::new(format!("{text}{suffix} {code}"), certain)).collect()
}

/// An amount and the currencies that the mark beside it may mean.
struct Marked<'a> {
    amount: &'a str,
    codes: Vec<&'static str>,
    certain: bool,
}

/// What people write for currencies, longest marks first.
const MARKS: [(&str, &[&str]); 24] = [
    ("US$", &["USD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    ("R$", &["BRL"]),
    ("$", &["USD", "CAD", "AUD"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("₩", &["KRW"]),
    ("¥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("₫", &["VND"]),
    ("₪", &["ILS"]),
    ("฿", &["THB"]),
    ("₴", &["UAH"]),
    ("zł", &["PLN"]),
    ("dollars", &["USD", "CAD", "AUD"]),
    ("euros", &["EUR"]),
    ("euro", &["EUR"]),
    ("pounds", &["GBP"]),
    ("yen", &["JPY"]),
    ("yuan", &["CNY"]),
    ("won", &["KRW"]),
];

impl<'a> Marked<'a> {
    fn read(raw: &'a str) -> Option<Self> {
        for (mark, codes) in MARKS {
            if let Some(amount) = raw.strip_prefix(mark).or_else(|| raw.strip_suffix(mark)) {
                return Some(Self { amount: amount.trim(), codes: codes.to_vec(), certain: true });
            }
        }
        let is_code = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let end = raw.len().checked_sub(3)?;
        let (amount, code) = match (raw.get(..end), raw.get(end..), raw.get(..3), raw.get(3..)) {
            (Some(amount), Some(code), ..) if is_code(code) => (amount, code),
            (.., Some(code), Some(amount)) if is_code(code) => (amount, code),
            _ => return None,
        };
        let capitals = code.to_uppercase();
        if let Some(known) = Currency::codes().find(|known| *known == capitals) {
            return Some(Self { amount: amount.trim(), codes: vec![known], certain: true });
        }
        let near = word::nearest(code, Currency::codes()).filter(|_| capitals == code);
        Some(Self { amount: amount.trim(), codes: near.into_iter().collect(), certain: false })
    }
}

pub(super) fn explain_spend(raw: &str) -> ScalarError {
    if let Some(scalar_error) = out_of_use(raw) {
        return scalar_error;
    }
    let sums = written_sums(raw);
    if sums.is_empty() {
        return ScalarError::not_a(raw, "a spend").propose(spends(raw));
    }
    let per_month = |sum: &Proposal| Proposal::possible(format!("{}/month", sum.text));
    ScalarError::new(format!("{} does not say in which time", shown(raw))).propose(sums.iter().map(per_month))
}

fn written_sums(raw: &str) -> Vec<Proposal> {
    repaired(raw, parse_sum(raw).is_some(), sums)
}

/// The spends that `raw` was probably meant to be, where it names a time.
pub(super) fn spends(raw: &str) -> Vec<Proposal> {
    let Some((sum, word)) = split_per(raw) else {
        let (sum, word) = raw.rsplit_once(' ').unwrap_or((raw, ""));
        let unit = match word {
            "hourly" => "h",
            "daily" => "day",
            "weekly" => "week",
            "monthly" => "month",
            "yearly" | "annually" => "year",
            _ => return Vec::new(),
        };
        return written_sums(sum).iter().map(|sum| sum.within("", &format!("/{unit}"))).collect();
    };
    let mut found = Vec::new();
    // Nobody pays by the minute; `/mo` is nearly always a month.
    for (unit, known) in duration::units_after_slash(word) {
        let certain = known && !matches!(word, "mo" | "m" | "M");
        let text = |sum: &Proposal| format!("{}/{}", sum.text, unit.word());
        found.extend(written_sums(sum).iter().map(|sum| Proposal::new(text(sum), certain && sum.certain)));
    }
    found
}

/// What stands before and after the last stroke or ` per `.
fn split_per(raw: &str) -> Option<(&str, &str)> {
    let (before, after) = raw.rsplit_once('/').or_else(|| raw.rsplit_once(" per "))?;
    Some((before.trim(), after.trim()))
}

pub(super) fn explain_price(raw: &str) -> ScalarError {
    out_of_use(raw).unwrap_or_else(|| ScalarError::not_a(raw, "a price").propose(prices(raw)))
}

/// The prices that `raw` was probably meant to be.
pub(super) fn prices(raw: &str) -> Vec<Proposal> {
    let Some((sum, thing)) = split_per(raw) else {
        return sums(raw);
    };
    let Some(thing) = thing_named(thing) else {
        return Vec::new();
    };
    written_sums(sum).iter().map(|sum| sum.within("", &format!("/{thing}"))).collect()
}

/// The thing a price is for, however its number is written: `1000 tokens`, `MTok`, `1m tokens`.
fn thing_named(thing: &str) -> Option<String> {
    let lower = thing.to_lowercase();
    match lower.as_str() {
        "mtok" | "1mtok" | "m tokens" | "mtokens" => return Some("1M tokens".to_owned()),
        "ktok" | "1ktok" | "k tokens" | "ktokens" => return Some("1k tokens".to_owned()),
        "million tokens" => return Some("1M tokens".to_owned()),
        "thousand tokens" => return Some("1k tokens".to_owned()),
        _ => {}
    }
    let Some(number) = lenient_number::take(&lower) else {
        return is_thing(&lower).then(|| lower.clone());
    };
    let (suffix, thing) =
        number.rest.split_once(' ').filter(|(suffix, _)| suffix.len() == 1).unwrap_or(("", number.rest));
    let prefix = match (number.plain().as_str(), suffix) {
        ("1", "") => "",
        ("1000", "") | ("1", "k") => "1k ",
        ("1000000", "") | ("1", "m") => "1M ",
        _ => return None,
    };
    Some(format!("{prefix}{thing}"))
}
