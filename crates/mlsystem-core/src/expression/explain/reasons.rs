//! Why a lint applies: the facts of the manifest that made its condition true, in words.

use std::sync::Arc;

use crate::expression::evaluate::paths::State;
use crate::expression::evaluate::{Context, Variables};
use crate::expression::{BinaryOp, Expr, Frame, FunctionId, Macro, Node, Value, WordTest};
use crate::finding::{Because, PointerStep};
use crate::source::Source;

/// How many facts a person reads.
const MAX_REASONS: usize = 4;

/// How many parts are looked at, so that a large condition costs no more than a small one.
const PARTS: usize = 200;

/// The facts that made `expr`, which evaluated to true, true: one of each place, at most four, in the order of the
/// expression.
pub fn reasons<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>) -> Vec<Because> {
    frame.begin();
    let mut found = ReasonCollector { facts: Vec::new(), parts: 0, source: frame.manifest.source() };
    frame.aside(|| found.collect(expr, true, Context { frame, variables: None }));
    found.facts
}

struct ReasonCollector<'f> {
    facts: Vec<Because>,
    parts: usize,
    source: &'f Arc<Source>,
}

impl<'m> ReasonCollector<'m> {
    /// Adds the facts by which `expr` is `truth`.
    fn collect(&mut self, expr: &'m Expr<'m>, truth: bool, context: Context<'_, 'm>) {
        self.parts += 1;
        if self.facts.len() >= MAX_REASONS || self.parts > PARTS {
            return;
        }
        match &expr.node {
            Node::Not(of) => self.collect(of, !truth, context),
            Node::And(operands) | Node::Or(operands) => {
                let every = matches!(expr.node, Node::And(_)) == truth;
                for operand in *operands {
                    if every {
                        self.collect(operand, truth, context);
                    } else if context.truth(operand) == Ok(truth) {
                        // One of several is enough; the first that is so is told.
                        return self.collect(operand, truth, context);
                    }
                }
            }
            Node::Choice([condition, yes, no]) => {
                if let Ok(chosen) = context.truth(condition) {
                    self.collect(condition, chosen, context);
                    self.collect(if chosen { yes } else { no }, truth, context);
                }
            }
            Node::Let(named) => self.collect(&named.body, truth, context.alone()),
            Node::Condition(condition, argument) => match argument {
                None => self.collect(&condition.body, truth, context.alone()),
                Some(argument) => {
                    let value = context.local(argument);
                    let variables = Variables { value: &value, outer: None };
                    self.collect(&condition.body, truth, context.with(&variables));
                }
            },
            Node::Says(saying) => self.said(saying, truth, context),
            Node::Comprehension(what, [list, body]) => self.deciding_item(*what, list, body, truth, context),
            Node::Call(FunctionId::HAS | FunctionId::DECIDED | FunctionId::AGAINST, [argument, ..]) => {
                self.state(argument, context);
            }
            Node::Call(_, arguments) => arguments.iter().for_each(|argument| self.value(argument, context)),
            Node::Binary(BinaryOp::In, [item, list]) => self.member(item, list, truth, context),
            Node::Binary(_, operands) => operands.iter().for_each(|operand| self.value(operand, context)),
            Node::Path(_) => self.value(expr, context),
            _ => {}
        }
    }

    /// What a place says: its state, and the word that it is or holds; of what it does not say, every word.
    fn said(&mut self, saying: &'m WordTest<'m>, truth: bool, context: Context<'_, 'm>) {
        let written = context.state(&saying.place) == Ok(State::Decided);
        if truth || !written {
            self.state(&saying.place, context);
        }
        if !written {
            return;
        }
        for word in saying.words {
            if context.says_one_of(saying, std::slice::from_ref(word)) != Ok(truth) {
                continue;
            }
            if saying.listed {
                self.member(word, &saying.place, truth, context);
            } else {
                self.value(&saying.place, context);
                self.value(word, context);
            }
            if truth {
                return;
            }
        }
    }

    /// The item by which a macro is decided: the one that meets `exists`, or that `all` fails on.
    fn deciding_item(
        &mut self,
        what: Macro,
        list: &'m Expr<'m>,
        body: &'m Expr<'m>,
        truth: bool,
        context: Context<'_, 'm>,
    ) {
        let decided_by_one = matches!((what, truth), (Macro::Exists | Macro::ExistsOne, true) | (Macro::All, false));
        let Ok(items) = context.evaluate(list).and_then(|value| context.list(value)) else { return };
        if items.is_empty() {
            return self.state(list, context);
        }
        if !decided_by_one {
            return;
        }
        for item in items.iter() {
            let variables = Variables { value: &item, outer: context.variables };
            let inner = context.with(&variables);
            if inner.truth(body) == Ok(what != Macro::All) {
                return self.collect(body, what != Macro::All, inner);
            }
        }
    }

    /// Whether a place is written.
    fn state(&mut self, expr: &'m Expr<'m>, context: Context<'_, 'm>) {
        let (Some(place), Ok(state)) = (context.location(expr), context.state(expr)) else { return };
        let words = match state {
            // A short value says more than that there is one.
            State::Decided => match self.short(expr, context) {
                Some(value) => format!("is {value}"),
                None => "is written".to_owned(),
            },
            State::Against => "is decided against".to_owned(),
            State::Absent => "is not written".to_owned(),
        };
        self.add(place, &words);
    }

    /// The value of a place.
    fn value(&mut self, expr: &'m Expr<'m>, context: Context<'_, 'm>) {
        match &expr.node {
            // That something flows is told by the label at the reference that says so.
            Node::Member(
                _,
                crate::expression::Member::From | crate::expression::Member::To | crate::expression::Member::How,
            ) => return,
            Node::Path(_) | Node::Member(..) => {}
            Node::Let(named) => return self.value(&named.body, context.alone()),
            Node::Condition(condition, None) => return self.value(&condition.body, context.alone()),
            Node::Minus(of) => return self.value(of, context),
            Node::Binary(_, operands) => return operands.iter().for_each(|operand| self.value(operand, context)),
            Node::Call(_, arguments) => return arguments.iter().for_each(|argument| self.value(argument, context)),
            Node::List(items) => return items.iter().for_each(|item| self.value(item, context)),
            _ => return,
        }
        let (Some(value), Some(mut place)) = (self.short(expr, context), context.location(expr)) else { return };
        // An item of a list that has no name is told of the list.
        if let (Some((list, _)), Some((pointer, PointerStep::Index(_)))) =
            (place.path.rsplit_once('.'), place.pointer.split_last())
        {
            (place.pointer, place.path) = (pointer, list.to_owned());
            return self.add(place, &format!("includes {value}"));
        }
        self.add(place, &format!("is {value}"));
    }

    /// A word that a list holds, or does not hold.
    fn member(&mut self, item: &'m Expr<'m>, list: &'m Expr<'m>, truth: bool, context: Context<'_, 'm>) {
        if !matches!(item.node, Node::Text(_)) {
            self.value(item, context);
            return self.value(list, context);
        }
        if !matches!(list.node, Node::Path(_)) {
            return self.value(item, context);
        }
        let (Ok(value), Ok(found), Some(place)) =
            (context.evaluate(item), context.evaluate(list), context.location(list))
        else {
            return;
        };
        let (word, all) = (context.shown(&value), context.shown(&found));
        let single = context.list(found).is_ok_and(|list| list.len() == 1);
        let words = match (truth, single) {
            (_, true) => format!("is `{all}`"),
            (true, false) => format!("includes `{word}`"),
            (false, false) => format!("does not include `{word}`"),
        };
        self.add(place, &words);
    }

    /// A value that fits into a sentence.
    fn short(&self, expr: &'m Expr<'m>, context: Context<'_, 'm>) -> Option<String> {
        let value = context.evaluate(expr).ok()?;
        if matches!(value, Value::Item(_)) {
            return None;
        }
        let shown = context.shown(&value);
        (!shown.is_empty() && shown.chars().count() <= 40 && !shown.contains('\n')).then(|| format!("`{shown}`"))
    }

    fn add(&mut self, place: crate::expression::Location, words: &str) {
        // A fact of another manifest has no place here that a pointer could name.
        if self.facts.len() >= MAX_REASONS || place.path.is_empty() || !Arc::ptr_eq(&place.source, self.source) {
            return;
        }
        // One fact of each place: that it is decided says less than its value, which stands in its stead.
        if !self.facts.iter().any(|fact| fact.pointer == place.pointer) {
            let text = format!("`{}` {words}", place.path);
            self.facts.push(Because { pointer: place.pointer, text });
        }
    }
}
