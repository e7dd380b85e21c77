//! What operators take and give.

use std::ops::Range;

use super::{Checker, Typed};
use crate::arena::Arena;
use crate::expression::compile::syntax::{Ast, AstKind};
use crate::expression::{BinaryOp, Node, Type};
use crate::units::{Measure, ScalarType};

impl<'a> Checker<'_, 'a> {
    pub(super) fn minus(&mut self, of: &Ast, span: &Range<usize>) -> Typed<'a> {
        let inner = self.value(of);
        let results: Vec<Type<'a>> = inner.of.each().into_iter().filter(|of| negates(*of)).collect();
        let Some(result) = results.into_iter().reduce(|one, other| one.or(other, self.arena)) else {
            if self.strict() {
                let message = format!("{} has no negative", self.words(inner.of));
                self.problem(span, message);
            }
            return self.unknown_as(span, Node::Minus(self.arena.one(inner.expr)));
        };
        self.typed(span, Node::Minus(self.arena.one(inner.expr)), result)
    }

    pub(super) fn binary(&mut self, sign: BinaryOp, a: &Ast, b: &Ast, span: &Range<usize>) -> Typed<'a> {
        let (left, right) = (self.value(a), self.value(b));
        let node = Node::Binary(sign, self.arena.one([left.expr, right.expr]));
        let of = match sign {
            BinaryOp::Plus | BinaryOp::Minus | BinaryOp::Times | BinaryOp::Over | BinaryOp::Modulo => {
                match arithmetic(sign, left.of, right.of, self.arena) {
                    Some(of) => of,
                    None => {
                        if self.strict() {
                            self.no_arithmetic(sign, left.of, right.of, span);
                        }
                        return self.unknown_as(span, node);
                    }
                }
            }
            BinaryOp::Equal
            | BinaryOp::Unequal
            | BinaryOp::Less
            | BinaryOp::AtMost
            | BinaryOp::Greater
            | BinaryOp::AtLeast => {
                if self.strict() {
                    self.comparison(sign, &left, &right, (a, b), span);
                }
                Type::Bool
            }
            BinaryOp::In => {
                if self.strict() {
                    self.membership(&left, &right, (a, b), span);
                }
                Type::Bool
            }
        };
        self.typed(span, node, of)
    }

    fn unknown_as(&self, span: &Range<usize>, node: Node<'a>) -> Typed<'a> {
        self.typed(span, node, Type::Any)
    }

    fn no_arithmetic(&mut self, sign: BinaryOp, a: Type<'a>, b: Type<'a>, span: &Range<usize>) {
        let (left, right) = (self.words(a), self.words(b));
        let message = match sign {
            BinaryOp::Plus => format!("{left} and {right} cannot be added"),
            BinaryOp::Minus => format!("{right} cannot be taken from {left}"),
            BinaryOp::Times => format!("{left} cannot be multiplied by {right}"),
            _ => format!("{left} cannot be divided by {right}"),
        };
        self.problem(span, message);
    }

    fn comparison(
        &mut self,
        sign: BinaryOp,
        left: &Typed<'a>,
        right: &Typed<'a>,
        parts: (&Ast, &Ast),
        span: &Range<usize>,
    ) {
        let (a, b) = (left.of, right.of);
        let ordered = !matches!(sign, BinaryOp::Equal | BinaryOp::Unequal);
        if !comparable(a, b, ordered) {
            let same = comparable(a, b, false);
            let message = if same {
                format!("{} has no order", self.words(a))
            } else {
                format!("{} cannot be compared with {}", self.words(a), self.words(b))
            };
            match self.suggestion(left, right, parts) {
                Some(help) if !same => self.problem_with(span, message, help),
                _ => self.problem(span, message),
            }
            return;
        }
        let (a, b) = list_item(a).zip(list_item(b)).unwrap_or((a, b));
        self.words_fit(a, &parts.0.span, b);
        self.words_fit(b, &parts.1.span, a);
    }

    /// What was probably meant by a comparison that does not fit.
    fn suggestion(&self, left: &Typed<'a>, right: &Typed<'a>, (a, b): (&Ast, &Ast)) -> Option<String> {
        let is_time = |of: Type<'_>| of.each().into_iter().any(|of| of.measure() == Some(Measure::Duration));
        for (one, literal) in [(left.of, b), (right.of, a)] {
            match &literal.form {
                AstKind::Int(_) | AstKind::Double(_) if is_time(one) => {
                    return Some("a duration is written `duration(\"30d\")`".into());
                }
                AstKind::Text(text) if is_time(one) => return Some(format!("write `duration(\"{text}\")`")),
                _ => {}
            }
        }
        if [left.of, right.of].into_iter().any(|of| !of.items().is_empty() && !matches!(of, Type::Any)) {
            return Some("`in` asks whether a list holds something; `.exists(item, …)` whether some item does".into());
        }
        None
    }

    fn membership(&mut self, left: &Typed<'a>, right: &Typed<'a>, (a, b): (&Ast, &Ast), span: &Range<usize>) {
        let mut fits = false;
        for of in right.of.each() {
            match of {
                Type::Any => return,
                Type::Map(key, _) => {
                    fits |= left.of.may_be_text();
                    self.words_fit(left.of, &a.span, Type::of(*key));
                }
                Type::Table(_) => fits |= left.of.may_be_text(),
                Type::List(_) | Type::Items(_) => {
                    let item = of.item(self.arena).unwrap_or(Type::Any);
                    if comparable(left.of, item, false) {
                        fits = true;
                        self.words_fit(left.of, &a.span, item);
                        self.words_fit(item, &b.span, left.of);
                    }
                }
                _ => {}
            }
        }
        if fits {
            return;
        }
        if !right.of.items().is_empty() {
            let message = format!("{} cannot be in {}", self.words(left.of), self.words(right.of));
            self.problem(span, message);
        } else {
            let message = format!("`in` looks into a list or named items, and this is {}", self.words(right.of));
            if right.of.may_be_text() {
                self.problem_with(&b.span, message, "a text in a text is `.contains(…)`, equality is `==`");
            } else {
                self.problem(&b.span, message);
            }
        }
    }
}

fn negates(of: Type<'_>) -> bool {
    of.measure().is_some() && of != Type::Scalar(ScalarType::Interval)
        || matches!(of, Type::Quantity | Type::Any | Type::Nothing)
}

/// What an arithmetic operator gives for two types, of which some alternatives must fit.
fn arithmetic<'a>(sign: BinaryOp, a: Type<'a>, b: Type<'a>, arena: &'a Arena) -> Option<Type<'a>> {
    let mut result = None;
    for a in a.each() {
        for b in b.each() {
            if let Some(of) = plain_arithmetic(sign, a, b, arena) {
                result = Some(result.map_or(of, |sofar: Type<'a>| sofar.or(of, arena)));
            }
        }
    }
    result
}

fn plain_arithmetic<'a>(sign: BinaryOp, a: Type<'a>, b: Type<'a>, arena: &'a Arena) -> Option<Type<'a>> {
    const DATE: Type<'static> = Type::Scalar(ScalarType::Date);
    let duration = Type::Measure(Measure::Duration);
    if matches!(a, Type::Any | Type::Nothing) || matches!(b, Type::Any | Type::Nothing) {
        return Some(Type::Any);
    }
    match (sign, a, b) {
        (BinaryOp::Plus, a, b) if a.is_text() && b.is_text() => return Some(Type::Text),
        (BinaryOp::Plus, a, b) => {
            if let (Some(one), Some(other)) = (list_item(a), list_item(b)) {
                return Some(Type::List(arena.one(one.or(other, arena))));
            }
        }
        _ => {}
    }
    match (sign, a, b) {
        (BinaryOp::Minus, DATE, DATE) => return Some(duration),
        (BinaryOp::Plus, DATE, time) | (BinaryOp::Plus, time, DATE) | (BinaryOp::Minus, DATE, time)
            if time.measure() == Some(Measure::Duration) || time == Type::Quantity =>
        {
            return Some(DATE);
        }
        (_, Type::Int, Type::Int) => return Some(Type::Int),
        _ => {}
    }
    if a == Type::Quantity && (b == Type::Quantity || b.measure().is_some())
        || b == Type::Quantity && a.measure().is_some()
    {
        return Some(Type::Quantity);
    }
    let (a, b) = (a.measure()?, b.measure()?);
    let measure = match sign {
        BinaryOp::Plus | BinaryOp::Minus => Measure::sum(a, b)?,
        BinaryOp::Times => Measure::product(a, b)?,
        BinaryOp::Over => Measure::quotient(a, b)?,
        // CEL has a remainder of whole numbers alone.
        _ => return None,
    };
    Some(Type::Measure(measure))
}

fn list_item<'a>(of: Type<'a>) -> Option<Type<'a>> {
    match of {
        Type::List(of) => Some(*of),
        Type::Items(of) => Some(Type::of(*of)),
        _ => None,
    }
}

/// Whether two types can be compared, as some of their alternatives.
pub(super) fn comparable(a: Type<'_>, b: Type<'_>, ordered: bool) -> bool {
    let (left, right) = (a.each(), b.each());
    left.iter().any(|a| right.iter().any(|b| plain_comparable(*a, *b, ordered)))
}

fn plain_comparable(a: Type<'_>, b: Type<'_>, ordered: bool) -> bool {
    if matches!(a, Type::Any | Type::Nothing) || matches!(b, Type::Any | Type::Nothing) {
        return true;
    }
    if let (Some(a), Some(b)) = (a.measure(), b.measure()) {
        return a == b;
    }
    let is_quantity = |of: Type<'_>| of == Type::Quantity || of.measure().is_some();
    if is_quantity(a) && is_quantity(b) {
        return true;
    }
    if a.is_text() && b.is_text() {
        let has_order = |of: Type<'_>| !matches!(of, Type::Words { .. } | Type::Reference(_));
        return !ordered || has_order(a) && has_order(b);
    }
    match (a, b) {
        (Type::Scalar(ScalarType::Interval), Type::Literal(_))
        | (Type::Literal(_), Type::Scalar(ScalarType::Interval)) => !ordered,
        (Type::Scalar(ScalarType::Date), Type::Scalar(ScalarType::Date)) | (Type::Bool, Type::Bool) => true,
        (Type::Scalar(a), Type::Scalar(b)) => a == b && !ordered,
        (Type::Record(a), Type::Record(b)) => a == b && !ordered,
        (Type::Row(a), Type::Row(b)) => a == b && !ordered,
        _ => match (list_item(a), list_item(b)) {
            (Some(a), Some(b)) => !ordered && comparable(a, b, false),
            _ => false,
        },
    }
}
