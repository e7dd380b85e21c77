//! Parts of typed scalars, as in `target.value`.

use super::Context;
use crate::expression::{Amount, Expr, ItemRef, Member, Text, Unknown, Value};
use crate::facts::{Edge, EdgeId};
use crate::units::{Alert, Bound, Comparison, Condition, Demand, Direction, Move, Quantity, Step};

impl<'m> Context<'_, 'm> {
    /// A part of what `of` comes to.
    pub fn member(self, of: &'m Expr<'m>, member: Member) -> Result<Value<'m>, Unknown> {
        let of = self.evaluate(of)?;
        let quantity = |quantity: &'m Quantity| Value::Quantity(Amount::Written(quantity));
        let text = |text: &'m str| Value::Text(Text::Written(text));
        let found = match (of, member) {
            (Value::Period(period), Member::Start) => period.start(self.frame.today).map(Value::Date),
            (Value::Period(period), Member::End) => Some(Value::Date(period.end(self.frame.today))),
            (Value::Range(range), Member::Start) => Some(quantity(&range.low)),
            (Value::Range(range), Member::End) => Some(quantity(&range.high)),
            (Value::Comparison(comparison), Member::Bound) => comparison_bound(comparison).map(text),
            (Value::Comparison(comparison), Member::Value) => Some(comparison_value(comparison)),
            (Value::Alert(alert), Member::Bound) => Some(text(match alert {
                Alert::Bound { bound, .. } => bound.words(),
                Alert::Within(_) => "within",
                Alert::Outside(_) => "outside",
                Alert::Move(moved) => moved_words(moved),
            })),
            (Value::Alert(alert), Member::Value) => Some(match alert {
                Alert::Bound { value, .. } => quantity(value),
                Alert::Within(range) | Alert::Outside(range) => Value::Range(range),
                Alert::Move(moved) => quantity(moved_by(moved)),
            }),
            (Value::Test(test), Member::Subject) => Some(text(&test.subject)),
            (Value::Test(test), Member::Bound) => match &test.condition {
                Condition::Holds(comparison) => comparison_bound(comparison).map(text),
                Condition::Moves(moved) => Some(text(moved_words(moved))),
            },
            (Value::Test(test), Member::Value) => Some(match &test.condition {
                Condition::Holds(comparison) => comparison_value(comparison),
                Condition::Moves(moved) => quantity(moved_by(moved)),
            }),
            (Value::Requirement(requirement), Member::Subject) => Some(text(&requirement.subject)),
            (Value::Requirement(requirement), Member::Bound) => Some(text(match &requirement.demand {
                Demand::Bound(comparison) => comparison_bound(comparison).unwrap_or("within"),
                Demand::Is(_) => "is",
                Demand::Includes(_) => "includes",
                Demand::IsSet => "is set",
            })),
            (Value::Requirement(requirement), Member::Value) => match &requirement.demand {
                Demand::Bound(comparison) => Some(comparison_value(comparison)),
                Demand::Is(word) | Demand::Includes(word) => Some(text(word)),
                Demand::IsSet => None,
            },
            (Value::Limit(limit), Member::Value) => Some(quantity(&limit.amount)),
            (Value::Edge(id), Member::From) => self.edge(id).map(|edge| Value::Item(ItemRef::whole(edge.from))),
            (Value::Edge(id), Member::To) => self.edge(id).map(|edge| Value::Item(ItemRef::whole(edge.to))),
            (Value::Edge(id), Member::How) => self.edge(id).map(|edge| text(edge.how.word())),
            _ => return Err(Unknown::Incomparable),
        };
        found.ok_or(Unknown::Absent)
    }

    /// What flows between two systems of the workspace.
    pub(in crate::expression) fn edge(self, id: EdgeId) -> Option<Edge<'m>> {
        self.frame.facts()?.edge(id)
    }
}

fn comparison_bound(comparison: &Comparison) -> Option<&'static str> {
    match comparison {
        Comparison::Bound { bound, .. } => Some(Bound::words(*bound)),
        Comparison::Within(_) => Some("within"),
        Comparison::Bare(_) => None,
    }
}

fn comparison_value(comparison: &Comparison) -> Value<'_> {
    match comparison {
        Comparison::Bound { value, .. } | Comparison::Bare(value) => Value::Quantity(Amount::Written(value)),
        Comparison::Within(range) => Value::Range(range),
    }
}

fn moved_words(moved: &Move) -> &'static str {
    match moved.direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

fn moved_by(moved: &Move) -> &Quantity {
    match &moved.by {
        Step::Relative(by) | Step::Points(by) => by,
    }
}
