//! A metric or signal and what is demanded or feared of it: `ndcg@10 at least 0.31`, `orders down 3%`.

use std::fmt::{Display, Formatter, Result as Written};
use std::ops::Range as Bytes;

use super::name::normal_form;
use super::scalar_error::ScalarError;
use super::{Comparison, Move, alert, comparison, field};

/// A metric or signal, and what is demanded or feared of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// A metric, a signal or a field.
    pub subject: String,
    /// The bytes of the subject in the raw text.
    pub subject_span: Bytes<usize>,
    /// What is said of it.
    pub condition: Condition,
}

/// What a test says of its subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A comparison that is not bare.
    Holds(Comparison),
    /// A move of the running figure.
    Moves(Move),
}

pub(super) fn parse(raw: &str) -> Option<Test> {
    let (subject, rest) = raw.split_once(' ')?;
    if !field::is_subject(subject) {
        return None;
    }
    let condition = match alert::parse_move(rest) {
        Some(moved) => Condition::Moves(moved),
        None => Condition::Holds(comparison::parse_sided(rest)?),
    };
    Some(Test { subject: normal_form(subject).into_owned(), subject_span: 0..subject.len(), condition })
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match &self.condition {
            Condition::Holds(comparison) => write!(f, "{} {comparison}", self.subject),
            Condition::Moves(moved) => write!(f, "{} {moved}", self.subject),
        }
    }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    field::explain_sided(raw, "a test", |rest| {
        alert::parse_move(rest).is_some() || comparison::parse_sided(rest).is_some()
    })
}
