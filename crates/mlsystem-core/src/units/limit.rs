//! Limits: `70k/task`, `450 EUR/day`, `30/h per account`.

use std::fmt::{Display, Formatter, Result as Written};

use super::scalar_error::{Proposal, ScalarError, repaired};
use super::{Quantity, TimeUnit, duration, money, number, rate};

/// A bound on use.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// How much: a number or money.
    pub amount: Quantity,
    /// For each what: the word after the stroke.
    pub per: Option<Per>,
    /// For whom: the words after `per`.
    pub each: Option<String>,
}

/// What a limit is counted over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Per {
    /// A stretch of time.
    Time(TimeUnit),
    /// A thing, such as a task.
    Thing(String),
}

pub(super) fn parse(raw: &str) -> Option<Limit> {
    let (bound, each) = match raw.split_once(" per ") {
        Some((bound, each)) if is_words(each) => (bound, Some(each.to_owned())),
        Some(_) => return None,
        None => (raw, None),
    };
    let (amount, per) = match bound.split_once('/') {
        Some((amount, word)) => (amount, Some(parse_per(word)?)),
        None => (bound, None),
    };
    let amount = number::parse_scaled(amount).or_else(|| money::parse_sum(amount))?;
    Some(Limit { amount, per, each })
}

fn parse_per(word: &str) -> Option<Per> {
    match TimeUnit::from_word(word) {
        Some(unit) => Some(Per::Time(unit)),
        None => money::is_thing(word).then(|| Per::Thing(word.to_owned())),
    }
}

fn is_words(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ' || byte == b'-')
}

impl Display for Limit {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}", self.amount)?;
        match &self.per {
            Some(Per::Time(unit)) => write!(f, "/{}", unit.word())?,
            Some(Per::Thing(thing)) => write!(f, "/{thing}")?,
            None => {}
        }
        self.each.iter().try_for_each(|each| write!(f, " per {each}"))
    }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    let scalar_error = ScalarError::not_a(raw, "a limit");
    let (bound, each) = match raw.split_once(" per ") {
        Some((bound, each)) if is_words(each) => (bound, format!(" per {each}")),
        _ => (raw, String::new()),
    };
    let amounts = |text: &str| {
        repaired(text, parse(text).is_some_and(|limit| limit.per.is_none() && limit.each.is_none()), |text| {
            let mut found = number::counts(text, "B");
            found.extend(money::sums(text));
            found
        })
    };
    if !raw.contains('/') {
        let plain = amounts(raw);
        if !plain.is_empty() {
            return scalar_error.propose(plain);
        }
    }
    let mut found: Vec<Proposal> = rate::proposals(bound);
    found.extend(money::spends(bound));
    if let Some((amount, word)) = bound.split_once('/') {
        let word = word.trim().to_lowercase();
        if duration::units_after_slash(&word).is_empty() {
            found.extend(amounts(amount.trim()).iter().map(|amount| amount.within("", &format!("/{word}"))));
        }
    }
    scalar_error.propose(found.iter().map(|bound| bound.within("", &each)))
}
