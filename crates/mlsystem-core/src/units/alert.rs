//! The bad side of a value: true means alert.

use std::fmt::{Display, Formatter, Result as Written};

use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::{Bound, Comparison, Quantity, Range, comparison, decimal, lenient_number, number, range, value};

/// When to alert.
#[derive(Debug, Clone, PartialEq)]
pub enum Alert {
    /// On one side of a value.
    Bound {
        /// The bad side.
        bound: Bound,
        /// The value.
        value: Quantity,
    },
    /// In a range.
    Within(Range),
    /// Out of a range.
    Outside(Range),
    /// On a move of the running figure.
    Move(Move),
}

/// A move of a running figure: `down 3%`, `up 2 points`.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Which way.
    pub direction: Direction,
    /// How far.
    pub by: Step,
}

/// Which way a figure moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It grows.
    Up,
    /// It falls.
    Down,
}

/// How far a figure moves.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// By a share of itself.
    Relative(Quantity),
    /// By so many points of its own unit.
    Points(Quantity),
}

impl Alert {
    /// The comparison that it guards, which holds exactly where it does not alert. None for a move, and for a range in
    /// which to alert, because no one comparison says "not within".
    pub fn turned(&self) -> Option<Comparison> {
        match self {
            Alert::Bound { bound, value } => Some(Comparison::Bound { bound: bound.turned(), value: value.clone() }),
            Alert::Outside(range) => Some(Comparison::Within(range.clone())),
            Alert::Within(_) | Alert::Move(_) => None,
        }
    }

    /// Whether `value` alerts. None across dimensions, and for a move, which one value does not tell.
    pub fn fires(&self, value: &Quantity) -> Option<bool> {
        match self {
            Alert::Bound { bound, value: limit } => bound.holds(value, limit),
            Alert::Within(range) => range.contains(value),
            Alert::Outside(range) => range.contains(value).map(|inside| !inside),
            Alert::Move(_) => None,
        }
    }

    /// The value it compares with; of a range its lower end, of a move none.
    pub fn value(&self) -> Option<&Quantity> {
        match self {
            Alert::Bound { value, .. } => Some(value),
            Alert::Within(range) | Alert::Outside(range) => Some(&range.low),
            Alert::Move(_) => None,
        }
    }
}

pub(super) fn parse(raw: &str) -> Option<Alert> {
    if let Some(outside) = raw.strip_prefix("outside ") {
        return range::parse(outside).map(Alert::Outside);
    }
    if let Some(moved) = parse_move(raw) {
        return Some(Alert::Move(moved));
    }
    match comparison::parse_sided(raw)? {
        Comparison::Bound { bound, value } => Some(Alert::Bound { bound, value }),
        Comparison::Within(range) => Some(Alert::Within(range)),
        Comparison::Bare(_) => None,
    }
}

pub(super) fn parse_move(raw: &str) -> Option<Move> {
    let (direction, step) = match raw.strip_prefix("up ") {
        Some(step) => (Direction::Up, step),
        None => (Direction::Down, raw.strip_prefix("down ")?),
    };
    let by = match step.strip_suffix(" points") {
        Some(points) => Step::Points(number::parse_number(decimal::all(points).map(|_| points)?)?),
        None => Step::Relative(number::parse_any_percentage(step)?),
    };
    Some(Move { direction, by })
}

impl Display for Alert {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match self {
            Alert::Bound { bound, value } => write!(f, "{} {value}", bound.words()),
            Alert::Within(range) => range.fmt(f),
            Alert::Outside(range) => write!(f, "outside {range}"),
            Alert::Move(moved) => moved.fmt(f),
        }
    }
}

impl Display for Move {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let direction = match self.direction {
            Direction::Up => "up",
            Direction::Down => "down",
        };
        match &self.by {
            Step::Relative(share) => write!(f, "{direction} {share}"),
            Step::Points(points) => write!(f, "{direction} {points} points"),
        }
    }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    let sided = proposals(raw);
    let values = repaired(raw, value::parse(raw).is_some(), value::proposals);
    if let (true, Some(value)) = (sided.is_empty(), values.first()) {
        return ScalarError::new(format!("{} does not say which side is bad", shown(raw)))
            .perhaps(format!("above {}", value.text))
            .perhaps(format!("below {}", value.text));
    }
    if raw.contains("..") {
        let range = raw.strip_prefix("outside ").unwrap_or(raw).trim_start();
        let before = &raw[..raw.len() - range.len()];
        let scalar_error = range::explain(range);
        let proposals: Vec<_> = scalar_error.proposals.iter().map(|range| range.within(before, "")).collect();
        return ScalarError { proposals, ..scalar_error };
    }
    ScalarError::not_a(raw, "an alert").propose(sided)
}

/// The sided conditions that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let begins = |words: &[&'static str]| {
        let lower = raw.to_lowercase();
        words.iter().find(|word| lower.starts_with(**word)).and_then(|word| raw.get(word.len()..))
    };
    let up = begins(&["up by ", "up ", "rises by ", "rises ", "increases by ", "grows by "]).map(|step| ("up ", step));
    let down = begins(&["down by ", "down ", "drops by ", "drops ", "falls by ", "falls ", "decreases by "])
        .map(|step| ("down ", step));
    if let Some((direction, step)) = up.or(down) {
        return steps(step.trim()).iter().map(|step| step.within(direction, "")).collect();
    }
    if let Some(range) = begins(&["outside of ", "outside ", "not in ", "out of "]) {
        let ranges = repaired(range, range::parse(range).is_some(), range::proposals);
        return ranges.iter().map(|range| range.within("outside ", "")).collect();
    }
    comparison::proposals(raw)
}

/// How far a figure moves, however that is written. A bare number may be a percentage or points.
fn steps(step: &str) -> Vec<Proposal> {
    let Some(number) = lenient_number::take(step).filter(|number| !number.negative) else {
        return Vec::new();
    };
    let text = number.plain();
    match number.rest {
        "%" | "percent" | "pct" => vec![Proposal::certain(format!("{text}%"))],
        "points" | "point" | "pp" | "pts" | "percentage points" => vec![Proposal::certain(format!("{text} points"))],
        "" => vec![Proposal::possible(format!("{text}%")), Proposal::possible(format!("{text} points"))],
        _ => Vec::new(),
    }
}
