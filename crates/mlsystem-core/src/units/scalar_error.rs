//! What is wrong with a scalar, in words and in spellings to write instead.

use std::ops::Range as Bytes;

use super::unit::Notation;
use super::{Date, Dimension, comparison, interval, value, word};
use crate::lookalike;

/// What is wrong with a scalar, and what to write instead.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalarError {
    /// What is wrong: lower case, no full stop, under 60 characters, the written text in backticks where it is short.
    pub message: String,
    /// What to write instead, likeliest first.
    pub proposals: Vec<Proposal>,
    /// Words for people where no spelling can be proposed.
    pub advice: Option<String>,
    /// The bytes of the raw text to underline; all of it when absent.
    pub part: Option<Bytes<usize>>,
}

/// One spelling to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The spelling.
    pub text: String,
    /// Whether it certainly means the same, so that a program may apply it.
    pub certain: bool,
    /// Whether a `…` in it stands for what only the author knows, so that no program may write it.
    pub gap: bool,
}

impl Proposal {
    pub(super) fn certain(text: impl Into<String>) -> Self {
        Self::new(text, true)
    }

    pub(super) fn possible(text: impl Into<String>) -> Self {
        Self::new(text, false)
    }

    pub(super) fn with_gap(text: impl Into<String>) -> Self {
        Self { gap: true, ..Self::new(text, false) }
    }

    /// A spelling that is certain or not.
    pub fn new(text: impl Into<String>, certain: bool) -> Self {
        Self { text: text.into(), certain, gap: false }
    }

    /// The same proposal for a longer text, of which this one is a part.
    pub(super) fn within(&self, before: &str, after: &str) -> Self {
        Self { text: format!("{before}{}{after}", self.text), ..self.clone() }
    }
}

/// What to write for a part of a longer text: the part itself when it reads, else what its type proposes.
pub(super) fn repaired(part: &str, reads: bool, propose: impl FnOnce(&str) -> Vec<Proposal>) -> Vec<Proposal> {
    if reads { vec![Proposal::certain(part)] } else { propose(part) }
}

impl ScalarError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), proposals: Vec::new(), advice: None, part: None }
    }

    /// The usual message: `raw` is something else, or nothing known, where `expected` (with its article) is due.
    pub(super) fn not_a(raw: &str, expected: &str) -> Self {
        let shown = shown(raw);
        let message = match kind_of(raw) {
            Some("a number") if raw.ends_with(|c: char| c.is_ascii_digit()) && needs_unit(expected) => {
                format!("{shown} has no unit")
            }
            Some("a number") if expected == "a count" => format!("{shown} is not a count"),
            Some(kind) if kind != expected => format!("{shown} is {kind}, not {expected}"),
            _ => format!("{shown} is not {expected}"),
        };
        Self::new(message)
    }

    /// A text that is wrong for a character that looks like another.
    pub(super) fn holds(raw: &str, character: char) -> Self {
        Self::new(format!("{} holds {}", seen(raw), lookalike::named(character)))
    }

    pub(super) fn certainly(self, text: impl Into<String>) -> Self {
        self.propose([Proposal::certain(text)])
    }

    pub(super) fn perhaps(self, text: impl Into<String>) -> Self {
        self.propose([Proposal::possible(text)])
    }

    pub(super) fn propose(mut self, proposals: impl IntoIterator<Item = Proposal>) -> Self {
        for proposal in proposals {
            if !self.proposals.iter().any(|known| known.text == proposal.text) {
                self.proposals.push(proposal);
            }
        }
        self
    }

    pub(super) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub(super) fn at(mut self, part: Bytes<usize>) -> Self {
        self.part = Some(part);
        self
    }

    /// Drops the proposals that would not read, those with a gap for the author aside.
    pub(super) fn keep_proposals(&mut self, reads: impl Fn(&str) -> bool) {
        self.proposals.retain(|proposal| proposal.gap || reads(&proposal.text));
    }
}

fn needs_unit(expected: &str) -> bool {
    matches!(expected, "a duration" | "an interval" | "a percentage" | "a rate" | "a size")
}

/// The first 20 characters of a text in backticks, on one line.
pub(super) fn shown(raw: &str) -> String {
    let mut text: String =
        raw.chars().take(20).map(|c| if c == '`' || c.is_control() { ' ' } else { c }).collect::<String>();
    if raw.chars().nth(20).is_some() {
        text.push('…');
    }
    format!("`{}`", text.trim())
}

/// The first 16 characters of a text in backticks without those that cannot be seen.
fn seen(raw: &str) -> String {
    let seen: String = raw.chars().filter(|c| !lookalike::is_unseen(*c)).collect();
    match seen.char_indices().nth(16) {
        Some((cut, _)) => shown(&format!("{}…", &seen[..cut])),
        None => shown(&seen),
    }
}

/// What a text is, when it is well written as something.
fn kind_of(raw: &str) -> Option<&'static str> {
    if let Some(quantity) = value::parse(raw) {
        return Some(match (&quantity.dimension, &quantity.shown_in.mark) {
            (Dimension::Number, Notation::Percent) => "a percentage",
            (Dimension::Number, _) => "a number",
            (Dimension::Duration, _) => "a duration",
            (Dimension::Rate, _) => "a rate",
            (Dimension::Size, _) => "a size",
            (Dimension::Money(_), _) => "a sum",
            (Dimension::Spend(_), _) => "a spend",
            (Dimension::Price(_), _) => "a price",
        });
    }
    if Date::parse(raw).is_some() {
        return Some("a date");
    }
    if word::parse_bool(raw).is_some() {
        return Some("a boolean");
    }
    if interval::parse(raw).is_some() {
        return Some("an interval");
    }
    comparison::parse(raw).map(|_| "a comparison")
}
