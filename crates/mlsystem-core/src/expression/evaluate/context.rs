//! The evaluator: what each part of an expression comes to where it stands.

use super::functions::Call;
use super::operators;
use super::paths::{Reached, State};
use crate::expression::{
    BinaryOp, Binding, Cell, Condition, Expr, Frame, ItemRef, List, Macro, Node, Text, Unknown, Value,
};
use crate::units::Quantity;

/// What a part of an expression sees.
#[derive(Clone, Copy)]
pub(in crate::expression) struct Context<'e, 'm> {
    pub frame: &'e Frame<'m>,
    pub variables: Option<&'e Variables<'e, 'm>>,
}

/// The variables of macros, the innermost first.
pub(in crate::expression) struct Variables<'e, 'm> {
    pub value: &'e Binding<'m>,
    pub outer: Option<&'e Variables<'e, 'm>>,
}

impl<'e, 'm> Context<'e, 'm> {
    pub fn variable(self, outward: u8) -> Option<&'e Binding<'m>> {
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

    pub fn evaluate(self, expr: &'m Expr<'m>) -> Result<Value<'m>, Unknown> {
        self.frame.step()?;
        match &expr.node {
            Node::Bool(value) => Ok(Value::Bool(*value)),
            Node::Int(value) => Ok(Value::Int(*value)),
            Node::Double(value) => Ok(Value::Double(*value)),
            Node::Text(text) => Ok(Value::Text(Text::Written(text))),
            Node::Duration(nanoseconds) => Ok(Value::quantity(Quantity::duration(*nanoseconds))),
            Node::List(items) => self.made(items),
            Node::Today => Ok(Value::Date(self.frame.today)),
            Node::Path(path) => self.path_value(path),
            Node::Table(number) => self.table(*number),
            Node::Repository(list) => {
                let items = self.frame.view().ok_or(Unknown::Absent)?.items(*list);
                items.iter().take(1).for_each(|first| self.frame.look_at(ItemRef::of(first)));
                Ok(Value::List(List::Defined(items)))
            }
            Node::Column(row, column) => self.column(row, *column),
            Node::Member(of, member) => self.member(of, *member),
            Node::Not(_) | Node::And(_) | Node::Or(_) | Node::Says(_) => self.truth(expr).map(Value::Bool),
            Node::Binary(sign, [a, b]) if sign.is_arithmetic() => self.arithmetic(*sign, a, b),
            Node::Binary(sign, [a, b]) => self.comparison(*sign, a, b).map(Value::Bool),
            Node::Minus(of) => operators::minus(self.evaluate(of)?),
            Node::Choice([condition, yes, no]) => self.evaluate(if self.truth(condition)? { yes } else { no }),
            Node::Comprehension(Macro::Filter, [list, body]) => self.filter(list, body),
            Node::Comprehension(Macro::Map, [list, body]) => self.map(list, body),
            Node::Comprehension(what, [list, body]) => self.quantified(*what, list, body).map(Value::Bool),
            Node::Call(id, arguments) => (id.function().run)(&Call { context: self, arguments }),
            Node::Let(named) => self.frame.named(named, || self.alone().evaluate(&named.body)),
            Node::Condition(condition, None) => {
                self.frame.condition(condition, || self.alone().evaluate(&condition.body))
            }
            Node::Condition(condition, Some(argument)) => self.condition_of(condition, &self.local(argument)),
        }
    }

    /// What a shared condition comes to for an item.
    pub fn condition_of(self, condition: &'m Condition<'m>, item: &Binding<'m>) -> Result<Value<'m>, Unknown> {
        let variables = Variables { value: item, outer: None };
        let compute = || self.with(&variables).evaluate(&condition.body);
        match item {
            Binding::ItemRef(item_ref) => self.frame.condition_of(condition, *item_ref, compute),
            _ => compute(),
        }
    }

    /// A condition's value.
    pub fn truth(self, expr: &'m Expr<'m>) -> Result<bool, Unknown> {
        match &expr.node {
            Node::Not(of) => self.truth(of).map(|truth| !truth),
            Node::And(operands) => self.fold_truth(*operands, false),
            Node::Or(operands) => self.fold_truth(*operands, true),
            Node::Says(saying) => self.says(saying),
            Node::Binary(sign, [a, b]) if !sign.is_arithmetic() => {
                self.frame.step()?;
                self.comparison(*sign, a, b)
            }
            Node::Comprehension(what @ (Macro::Exists | Macro::All | Macro::ExistsOne), [list, body]) => {
                self.frame.step()?;
                self.quantified(*what, list, body)
            }
            _ => match self.evaluate(expr)? {
                Value::Bool(value) => Ok(value),
                _ => Err(Unknown::Fault("a condition is neither true nor false")),
            },
        }
    }

    /// A value with its place, where it has one.
    pub fn local(self, expr: &'m Expr<'m>) -> Binding<'m> {
        match &expr.node {
            Node::Path(path) => match self.walk(path) {
                Ok(Reached::Found(local)) => local,
                Ok(_) => self.path_value(path).map_or_else(Binding::Unknown, Binding::Value),
                Err(unknown) => Binding::Unknown(unknown),
            },
            _ => self.evaluate(expr).map_or_else(Binding::Unknown, Binding::Value),
        }
    }

    /// `a && b` and `a || b`, of which `decisive` decides alone, whatever else is unknown.
    pub fn fold_truth(self, operands: impl IntoIterator<Item = &'m Expr<'m>>, decisive: bool) -> Result<bool, Unknown> {
        self.frame.attempt(|| {
            let mut unknown = None;
            for operand in operands {
                match self.truth(operand) {
                    Ok(value) if value == decisive => return Ok(decisive),
                    Ok(_) => {}
                    Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                    Err(found) => unknown = unknown.or(Some(found)),
                }
            }
            unknown.map_or(Ok(!decisive), Err)
        })
    }

    fn comparison(self, sign: BinaryOp, a: &'m Expr<'m>, b: &'m Expr<'m>) -> Result<bool, Unknown> {
        if sign == BinaryOp::In {
            return self.membership(a, b);
        }
        let [left, right] = self.both(a, b)?;
        if let (Value::Text(left), Value::Text(right)) = (&left, &right) {
            self.frame.steps_taken(left.len().min(right.len()) / 64)?;
        }
        match sign {
            BinaryOp::Equal => operators::equal(self, &left, &right),
            BinaryOp::Unequal => operators::equal(self, &left, &right).map(|equal| !equal),
            _ => operators::ordered(sign, &left, &right),
        }
    }

    fn arithmetic(self, sign: BinaryOp, a: &'m Expr<'m>, b: &'m Expr<'m>) -> Result<Value<'m>, Unknown> {
        let [left, right] = self.both(a, b)?;
        match (&left, &right) {
            (Value::Text(left), Value::Text(right)) => self.frame.makes(left.len().saturating_add(right.len()))?,
            (Value::List(left), Value::List(right)) => {
                self.frame.makes(List::bytes(left.len().saturating_add(right.len())))?;
            }
            _ => {}
        }
        operators::arithmetic(sign, left, right)
    }

    /// Both operands, which are read even when the first is unknown, so that all that is wanted is known.
    fn both(self, a: &'m Expr<'m>, b: &'m Expr<'m>) -> Result<[Value<'m>; 2], Unknown> {
        let (left, right) = (self.evaluate(a), self.evaluate(b));
        Ok([left?, right?])
    }

    fn made(self, items: &'m [Expr<'m>]) -> Result<Value<'m>, Unknown> {
        self.frame.makes(List::bytes(items.len()))?;
        let mut made = Vec::with_capacity(items.len());
        for item in items {
            made.push(list_item(self.local(item))?);
        }
        Ok(Value::List(List::Made(made.into())))
    }

    fn table(self, number: u16) -> Result<Value<'m>, Unknown> {
        let table = self.frame.tables.get(usize::from(number));
        table.map(Value::Table).ok_or(Unknown::Fault("the table is not there"))
    }

    fn column(self, row: &'m Expr<'m>, column: u16) -> Result<Value<'m>, Unknown> {
        let Value::Row(table, row) = self.evaluate(row)? else { return Err(Unknown::Fault("this is no row")) };
        let cell = table.rows.get(row).and_then(|row| row.cells.get(usize::from(column)));
        match cell.copied().unwrap_or(Cell::Empty) {
            Cell::Empty => Err(Unknown::Absent),
            Cell::Bool(value) => Ok(Value::Bool(value)),
            Cell::Int(value) => Ok(Value::Int(value)),
            Cell::Double(value) => Ok(Value::Double(value)),
            Cell::Text(text) => Ok(Value::Text(Text::Written(text))),
            Cell::Texts(texts) => Ok(Value::List(List::Texts(texts))),
        }
    }

    /// In which state the place is that an expression names.
    pub fn state(self, expr: &'m Expr<'m>) -> Result<State, Unknown> {
        self.frame.step()?;
        match &expr.node {
            Node::Path(path) => Ok(match self.walk(path)? {
                Reached::Found(_) => State::Decided,
                Reached::Against => State::Against,
                Reached::Absent => State::Absent,
            }),
            Node::Let(named) if named.body.is_name() => self.alone().state(&named.body),
            Node::Condition(condition, None) if condition.body.is_name() => self.alone().state(&condition.body),
            _ => self.frame.attempt(|| match self.evaluate(expr) {
                Ok(_) => Ok(State::Decided),
                Err(Unknown::Absent) => Ok(State::Absent),
                Err(unknown) => Err(unknown),
            }),
        }
    }
}

impl<'a> Expr<'a> {
    /// Whether it is a path, or a name for one.
    fn is_name(&self) -> bool {
        matches!(self.node, Node::Path(_) | Node::Let(_) | Node::Condition(_, None))
    }
}

/// An item that is not written is kept as such in a list; a failure is the failure of the list, as in CEL.
pub(super) fn list_item<'m>(binding: Binding<'m>) -> Result<Binding<'m>, Unknown> {
    match binding {
        Binding::Unknown(fault @ (Unknown::Fault(_) | Unknown::TooLong)) => Err(fault),
        binding => Ok(binding),
    }
}
