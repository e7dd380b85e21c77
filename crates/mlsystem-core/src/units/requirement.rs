//! What a stakeholder demands of the manifest's own fields: `serving.latency.p99 at most 100ms`.

use std::fmt::{Display, Formatter, Result as Written};
use std::ops::Range as Bytes;

use super::name::normal_form;
use super::scalar_error::ScalarError;
use super::{Comparison, comparison, field, field_steps};

/// What is demanded of a field or metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// A metric or a field.
    pub subject: String,
    /// The bytes of the subject in the raw text.
    pub subject_span: Bytes<usize>,
    /// What is demanded of it.
    pub demand: Demand,
}

/// What is demanded of a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Demand {
    /// A comparison that is not bare.
    Bound(Comparison),
    /// To be this word.
    Is(String),
    /// To have this word among its items.
    Includes(String),
    /// To be written at all.
    IsSet,
}

pub(super) fn parse(raw: &str) -> Option<Requirement> {
    let (subject, rest) = raw.split_once(' ')?;
    let demand = match comparison::parse_sided(rest) {
        Some(comparison) if field::is_subject(subject) => Demand::Bound(comparison),
        _ if field_steps(subject).is_err() => return None,
        _ if rest == "is set" => Demand::IsSet,
        _ => match rest.strip_prefix("is ") {
            // `is at most 100ms` means the bound, not a word.
            Some(word) if comparison::take_bound(word).is_some() => return None,
            Some(word) => Demand::Is(one_line(word)?),
            None => Demand::Includes(one_line(rest.strip_prefix("includes ")?)?),
        },
    };
    Some(Requirement { subject: normal_form(subject).into_owned(), subject_span: 0..subject.len(), demand })
}

fn one_line(word: &str) -> Option<String> {
    (!word.is_empty() && !word.contains(['\n', '\r'])).then(|| word.to_owned())
}

impl Display for Requirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match &self.demand {
            Demand::Bound(comparison) => write!(f, "{} {comparison}", self.subject),
            Demand::Is(word) => write!(f, "{} is {word}", self.subject),
            Demand::Includes(word) => write!(f, "{} includes {word}", self.subject),
            Demand::IsSet => write!(f, "{} is set", self.subject),
        }
    }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    let scalar_error = field::explain_sided(raw, "a requirement", |rest| comparison::parse_sided(rest).is_some());
    let Some((subject, rest)) = raw.split_once(' ').filter(|(subject, _)| field_steps(subject).is_ok()) else {
        return scalar_error;
    };
    if !scalar_error.proposals.iter().all(|proposal| proposal.gap) {
        return scalar_error;
    }
    let lower = rest.to_lowercase();
    for (words, right) in [("is set", "is set"), ("exists", "is set"), ("set", "is set"), ("is present", "is set")] {
        if lower == words {
            return scalar_error.certainly(format!("{subject} {right}"));
        }
    }
    for (words, right) in [
        ("= ", "is"),
        ("== ", "is"),
        ("equals ", "is"),
        ("is: ", "is"),
        ("contains ", "includes"),
        ("include ", "includes"),
    ] {
        if lower.starts_with(words) && rest.is_char_boundary(words.len()) {
            return scalar_error.certainly(format!("{subject} {right} {}", rest[words.len()..].trim_start()));
        }
    }
    scalar_error
}
