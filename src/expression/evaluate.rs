//! The evaluator. It has three values for a condition: true, false, and unknown.

use std::borrow::Cow;

use super::functions::Call;
use super::operators;
use super::paths::{Reached, State};
use super::{Cell, Expr, Frame, List, Local, Macro, Member, Node, Sign, Spot, Unknown, Value};
use crate::manifest;
use crate::units::{Alert, Bound, Comparison, Condition, Demand, Direction, Move, Quantity, Step};

/// Evaluates `expr`. CEL's rules hold for what is unknown: `false && unknown` is false, `true || unknown` is true.
pub fn evaluate<'m>(expr: &'static Expr, frame: &Frame<'m>) -> Result<Value<'m>, Unknown> {
    frame.begin();
    let wants = frame.wants();
    let value = Context { frame, variables: None }.evaluate(expr);
    if value.is_ok() {
        frame.forget_wants(wants);
    }
    value
}

/// The items of what `expr` gives, as a loop visits them.
pub fn items<'m>(expr: &'static Expr, frame: &Frame<'m>) -> Result<Vec<Local<'m>>, Unknown> {
    frame.begin();
    let context = Context { frame, variables: None };
    let list = context.evaluate(expr).and_then(|value| context.list(value))?;
    Ok(list.iter().collect())
}

/// What a part of an expression sees.
#[derive(Clone, Copy)]
pub(super) struct Context<'e, 'm> {
    pub frame: &'e Frame<'m>,
    pub variables: Option<&'e Variables<'e, 'm>>,
}

/// The variables of macros, the innermost first.
pub(super) struct Variables<'e, 'm> {
    pub value: &'e Local<'m>,
    pub outer: Option<&'e Variables<'e, 'm>>,
}

impl<'e, 'm> Context<'e, 'm> {
    pub fn variable(self, outward: u8) -> Option<&'e Local<'m>> {
        let mut here = self.variables?;
        for _ in 0..outward {
            here = here.outer?;
        }
        Some(here.value)
    }

    /// The same context with one more variable.
    pub fn with<'i>(self, variables: &'i Variables<'i, 'm>) -> Context<'i, 'm>
    where
        'e: 'i,
    {
        Context { frame: self.frame, variables: Some(variables) }
    }

    /// The context of a named expression, which does not see the variables around its use.
    pub fn alone(self) -> Self {
        Context { frame: self.frame, variables: None }
    }

    pub fn evaluate(self, expr: &'static Expr) -> Result<Value<'m>, Unknown> {
        self.frame.step()?;
        match &expr.node {
            Node::Bool(value) => Ok(Value::Bool(*value)),
            Node::Int(value) => Ok(Value::Int(*value)),
            Node::Double(value) => Ok(Value::Double(*value)),
            Node::Text(text) => Ok(Value::Text(Cow::Borrowed(text))),
            Node::Duration(nanoseconds) => Ok(Value::quantity(Quantity::duration(*nanoseconds))),
            Node::List(items) => self.made(items),
            Node::Today => Ok(Value::Date(self.frame.today)),
            Node::Path(path) => self.path_value(path),
            Node::Table(number) => self.table(*number),
            Node::Repository(list) => {
                let items = self.frame.sight().ok_or(Unknown::Absent)?.items(*list);
                items.iter().take(1).for_each(|first| self.frame.look_at(Spot::of(first)));
                Ok(Value::List(List::Defined(items)))
            }
            Node::Column(row, column) => self.column(row, *column),
            Node::Member(of, member) => self.member(of, *member),
            Node::Not(of) => Ok(Value::Bool(!self.truth(of)?)),
            Node::Minus(of) => operators::minus(self.evaluate(of)?),
            Node::Binary(Sign::In, [item, list]) => self.membership(item, list),
            Node::Binary(sign, [a, b]) => self.binary(*sign, a, b),
            Node::And(operands) => self.fold_truth(operands, false).map(Value::Bool),
            Node::Or(operands) => self.fold_truth(operands, true).map(Value::Bool),
            Node::Choice([condition, yes, no]) => self.evaluate(if self.truth(condition)? { yes } else { no }),
            Node::Fold(what, [list, body]) => self.fold(*what, list, body),
            Node::Call(id, arguments) => (id.function().run)(&Call { context: self, arguments }),
            Node::Let(named) => self.alone().evaluate(&named.body),
            Node::Condition(condition, argument) => match argument {
                None => self.condition(condition),
                Some(argument) => {
                    let value = self.local(argument);
                    let variables = Variables { value: &value, outer: None };
                    self.with(&variables).evaluate(&condition.body)
                }
            },
        }
    }

    /// What a condition without a parameter comes to, which is worked out once where it is a condition in truth and no
    /// other value with a name.
    fn condition(self, condition: &'static super::Condition) -> Result<Value<'m>, Unknown> {
        if let Some(known) = self.frame.known_condition(condition.name) {
            return known.map(Value::Bool);
        }
        let wants = self.frame.wants();
        let value = self.alone().evaluate(&condition.body);
        if let Ok(Value::Bool(truth)) = value {
            self.frame.keep_condition(condition.name, Ok(truth), wants);
        }
        value
    }

    /// A condition's value.
    pub fn truth(self, expr: &'static Expr) -> Result<bool, Unknown> {
        match self.evaluate(expr)? {
            Value::Bool(value) => Ok(value),
            _ => Err(Unknown::Fault("a condition is neither true nor false")),
        }
    }

    /// A value with its place, where it has one.
    pub fn local(self, expr: &'static Expr) -> Local<'m> {
        match &expr.node {
            Node::Path(path) => match self.walk(path) {
                Ok(Reached::Found(local)) => local,
                Ok(_) => self.path_value(path).map_or_else(Local::Unknown, Local::Value),
                Err(unknown) => Local::Unknown(unknown),
            },
            _ => self.evaluate(expr).map_or_else(Local::Unknown, Local::Value),
        }
    }

    /// `a && b` and `a || b`, of which `decisive` decides alone, whatever else is unknown.
    fn fold_truth(self, operands: &'static [Expr], decisive: bool) -> Result<bool, Unknown> {
        let wants = self.frame.wants();
        let mut unknown = None;
        for operand in operands {
            match self.truth(operand) {
                Ok(value) if value == decisive => {
                    self.frame.forget_wants(wants);
                    return Ok(decisive);
                }
                Ok(_) => {}
                Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        unknown.map_or(Ok(!decisive), Err)
    }

    fn binary(self, sign: Sign, a: &'static Expr, b: &'static Expr) -> Result<Value<'m>, Unknown> {
        // Both operands are read even when the first is unknown, so that all that is wanted is known.
        let (left, right) = (self.evaluate(a), self.evaluate(b));
        let (left, right) = (left?, right?);
        match sign {
            Sign::Equal => operators::equal(self, &left, &right).map(Value::Bool),
            Sign::Unequal => operators::equal(self, &left, &right).map(|equal| Value::Bool(!equal)),
            Sign::Less | Sign::AtMost | Sign::Greater | Sign::AtLeast => {
                operators::ordered(sign, &left, &right).map(Value::Bool)
            }
            _ => operators::arithmetic(sign, left, right),
        }
    }

    fn made(self, items: &'static [Expr]) -> Result<Value<'m>, Unknown> {
        let mut made = Vec::with_capacity(items.len());
        for item in items {
            made.push(kept(self.local(item))?);
        }
        Ok(Value::List(List::Made(made.into())))
    }

    fn membership(self, item: &'static Expr, list: &'static Expr) -> Result<Value<'m>, Unknown> {
        let wants = self.frame.wants();
        let item = self.evaluate(item);
        // `f in data.sources` asks for the name.
        if let Node::List(literals) = list.node {
            let item = item?;
            return self.in_literals(&item, literals);
        }
        let list = self.evaluate(list);
        let (item, list) = (item?, list?);
        if let Value::Item(spot) = &list
            && let manifest::Value::Map(_) = spot.item.value
        {
            return self.in_map(&item, *spot);
        }
        let list = match list {
            Value::Table(table) => {
                let word = item.as_text().ok_or(Unknown::Incomparable)?;
                return Ok(Value::Bool(table.row(word).is_some()));
            }
            other => self.list(other)?,
        };
        self.frame.steps_taken(list.len())?;
        let mut unknown = None;
        for other in list.iter() {
            match self.read(other).and_then(|other| operators::equal(self, &item, &other)) {
                Ok(true) => {
                    self.frame.forget_wants(wants);
                    return Ok(Value::Bool(true));
                }
                Ok(false) => {}
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        unknown.map_or(Ok(Value::Bool(false)), Err)
    }

    /// Membership in a list that stands in the expression, without making the list.
    fn in_literals(self, item: &Value<'m>, literals: &'static [Expr]) -> Result<Value<'m>, Unknown> {
        let mut found = false;
        let mut unknown = None;
        for literal in literals {
            match self.evaluate(literal).and_then(|other| operators::equal(self, item, &other)) {
                Ok(equal) => found |= equal,
                Err(fault @ (Unknown::Fault(_) | Unknown::TooLong)) => return Err(fault),
                Err(other) => unknown = unknown.or(Some(other)),
            }
        }
        match unknown {
            Some(unknown) if !found => Err(unknown),
            _ => Ok(Value::Bool(found)),
        }
    }

    fn in_map(self, key: &Value<'m>, map: Spot<'m>) -> Result<Value<'m>, Unknown> {
        let manifest::Value::Map(named) = &map.item.value else { return Ok(Value::Bool(false)) };
        self.frame.steps_taken(named.len())?;
        let name = key.as_text().ok_or(Unknown::Incomparable)?;
        let Some(found) = named.iter().find(|item| &*item.name == name) else { return Ok(Value::Bool(false)) };
        // A reference that means something of another kind is not this item, though the names be equal.
        let Value::Reference(reference, from) = key else { return Ok(Value::Bool(true)) };
        let same = match reference.kind {
            _ if reference.system.is_some() => map.home.name() == reference.system.as_deref(),
            _ if !std::ptr::eq(*from, map.home) => false,
            Some(kind) => map
                .home
                .names
                .find(&reference.name, &[kind])
                .is_some_and(|definition| definition.span.is_none_or(|span| span == found.key)),
            None => true,
        };
        Ok(Value::Bool(same))
    }

    fn fold(self, what: Macro, list: &'static Expr, body: &'static Expr) -> Result<Value<'m>, Unknown> {
        let list = self.evaluate(list).and_then(|value| self.list(value))?;
        let wants = self.frame.wants();
        let mut unknown = None;
        let mut count = 0usize;
        let mut made = Vec::new();
        for index in 0..list.len() {
            self.frame.step()?;
            let Some(item) = list.get(index) else { break };
            let variables = Variables { value: &item, outer: self.variables };
            let inner = self.with(&variables);
            if what == Macro::Map {
                made.push(kept(inner.local(body))?);
                continue;
            }
            match inner.truth(body) {
                Ok(met) => match (what, met) {
                    (Macro::Exists, true) | (Macro::All, false) => {
                        self.frame.forget_wants(wants);
                        return Ok(Value::Bool(met));
                    }
                    (Macro::Filter, true) => made.push(item.clone()),
                    (_, met) => count += usize::from(met),
                },
                Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        match (what, unknown) {
            (_, Some(unknown)) => Err(unknown),
            (Macro::Exists, None) => Ok(Value::Bool(false)),
            (Macro::All, None) => Ok(Value::Bool(true)),
            (Macro::ExistsOne, None) => Ok(Value::Bool(count == 1)),
            (Macro::Filter | Macro::Map, None) => Ok(Value::List(List::Made(made.into()))),
        }
    }

    fn table(self, number: u16) -> Result<Value<'m>, Unknown> {
        let table = self.frame.tables.get(usize::from(number));
        table.map(Value::Table).ok_or(Unknown::Fault("the table is not there"))
    }

    fn column(self, row: &'static Expr, column: u16) -> Result<Value<'m>, Unknown> {
        let Value::Row(table, row) = self.evaluate(row)? else { return Err(Unknown::Fault("this is no row")) };
        let cell = table.rows.get(row).and_then(|row| row.cells.get(usize::from(column)));
        match cell.copied().unwrap_or(Cell::Empty) {
            Cell::Empty => Err(Unknown::Absent),
            Cell::Bool(value) => Ok(Value::Bool(value)),
            Cell::Int(value) => Ok(Value::Int(value)),
            Cell::Double(value) => Ok(Value::Double(value)),
            Cell::Text(text) => Ok(Value::Text(Cow::Borrowed(text))),
            Cell::Texts(texts) => Ok(Value::List(List::Texts(texts))),
        }
    }

    fn member(self, of: &'static Expr, member: Member) -> Result<Value<'m>, Unknown> {
        let of = self.evaluate(of)?;
        let quantity = |quantity: &'m Quantity| Value::Quantity(Cow::Borrowed(quantity));
        let text = |text: &'m str| Value::Text(Cow::Borrowed(text));
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
            (Value::Edge(edge), Member::From) => Some(Value::Item(Spot::whole(edge.from))),
            (Value::Edge(edge), Member::To) => Some(Value::Item(Spot::whole(edge.to))),
            (Value::Edge(edge), Member::How) => Some(text(edge.how.word())),
            _ => return Err(Unknown::Incomparable),
        };
        found.ok_or(Unknown::Absent)
    }

    /// In which state the place is that an expression names.
    pub fn state(self, expr: &'static Expr) -> Result<State, Unknown> {
        self.frame.step()?;
        match &expr.node {
            Node::Path(path) => Ok(match self.walk(path)? {
                Reached::Found(_) => State::Decided,
                Reached::Against => State::Against,
                Reached::Absent => State::Absent,
            }),
            Node::Let(named) => self.alone().state(&named.body),
            Node::Condition(condition, None) => self.alone().state(&condition.body),
            _ => {
                let wants = self.frame.wants();
                match self.evaluate(expr) {
                    Ok(_) => Ok(State::Decided),
                    Err(Unknown::Absent) => {
                        self.frame.forget_wants(wants);
                        Ok(State::Absent)
                    }
                    Err(unknown) => Err(unknown),
                }
            }
        }
    }
}

/// An item that is not written is kept as such in a list; a failure is the failure of the list, as in CEL.
fn kept<'m>(local: Local<'m>) -> Result<Local<'m>, Unknown> {
    match local {
        Local::Unknown(fault @ (Unknown::Fault(_) | Unknown::TooLong)) => Err(fault),
        kept => Ok(kept),
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
        Comparison::Bound { value, .. } | Comparison::Bare(value) => Value::Quantity(Cow::Borrowed(value)),
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
